package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/jsonline"
	"parallax/internal/train"
	"parallax/lexicons"
)

type evalCmd struct {
	Task     string   `arg:"" help:"entities, tags, sentences, salience, kind, leaning, loaded, frames, quotes, stories, duplicates or triplets."`
	Data     []string `help:"Labelled data; may be repeated." required:"" placeholder:"FILE"`
	Texts    []string `help:"Articles that labels without text are of." placeholder:"FILE"`
	Train    []string `help:"Fit a model on these files first, and on --labels; score with it and not with the one embedded." placeholder:"FILE"`
	Labels   []string `help:"Labels without text to fit on." placeholder:"FILE"`
	Every    int      `help:"Fit on all but each n-th document of the data and score on those." placeholder:"N"`
	Split    []string `help:"Frames, quotes: score only rows of this split." placeholder:"NAME"`
	Folds    int      `help:"Frames, loaded, stories: fit on all but each of N parts of the texts or stories and score on those." placeholder:"N"`
	Vectors  string   `help:"Frames, with --folds: word vectors, as for train frames." placeholder:"FILE"`
	Embedded bool     `help:"Leaning: score the weights in use, and not models fitted without the outlets that they are scored on."`
	Order    []string `help:"Triplets: outlets of which the first should score left of the second." placeholder:"A<B"`
	Same     []string `help:"Triplets: domains of one outlet." placeholder:"A=B"`
	Format   string   `enum:"text,json" default:"text" help:"text or json."`
}

// Help is shown by --help.
func (evalCmd) Help() string {
	return `Files are .conll, .iob2, .conllu, .jsonl or, for labels without text, .tsv.

Examples:
  parallax eval entities --data wikigold.conll
  parallax --tagger prose eval entities --data wikigold.conll
  parallax eval entities --data wikigold.conll --train gum.conllu.gz --labels labels/names-train.tsv --texts leaning/train.jsonl.gz
  parallax eval tags --data gum.conllu.gz --every 5`
}

// Run scores.
func (c evalCmd) Run(a *app) error {
	switch c.Task {
	case "leaning":
		return c.leaning(a)
	case "loaded":
		return c.loaded(a)
	case "frames":
		return c.frames(a)
	case "quotes":
		return c.quotes(a)
	case "stories":
		return c.stories(a)
	case "duplicates":
		return c.duplicates(a)
	case "triplets":
		return c.triplets(a)
	case "entities", "tags", "sentences", "salience", "kind":
	case "cues":
		return fmt.Errorf("cues are judged by people: see parallax eval audit: %w", errUsage)
	default:
		return fmt.Errorf("task %q: must be entities, tags, sentences, salience, kind, leaning, loaded, frames, quotes, stories, duplicates or triplets: %w", c.Task, errUsage)
	}
	if c.Task == "kind" {
		return c.kind(a)
	}
	if c.Every > 0 && c.Task != "tags" || len(c.Train)+len(c.Labels) > 0 && c.Task != "entities" && c.Task != "salience" {
		return fmt.Errorf("--every is for tags, --train and --labels are for entities and salience: %w", errUsage)
	}
	set, err := a.set()
	if err != nil {
		return err
	}
	docs, err := c.docs(set)
	if err != nil {
		return err
	}
	c.warn(a, set)
	switch c.Task {
	case "tags":
		return c.tags(a, set, docs)
	case "sentences":
		r := eval.Sentences(set, docs)
		if r.Words.Labelled == 0 {
			return errors.New("the data hold no sentences")
		}
		return c.print(a, r, "sentences P %.3f R %.3f F1 %.3f; words P %.4f R %.4f F1 %.4f (%d documents)\n",
			r.Sentences.Precision, r.Sentences.Recall, r.Sentences.F1, r.Words.Precision, r.Words.Recall, r.Words.F1, r.Documents)
	}
	an, err := c.analyzer(a)
	if err != nil {
		return err
	}
	if c.Task == "salience" {
		r := eval.Salience(an, docs)
		if r.Documents == 0 {
			return errors.New("the data hold no document with salient entities and others")
		}
		return c.print(a, r, "AUC %.3f (%.3f–%.3f), by count alone %.3f, by first mention alone %.3f; %d salient and %d other entities in %d documents\n",
			r.AUC, r.Interval.Low, r.Interval.High, r.Count, r.First, r.Salient, r.Others, r.Documents)
	}
	r := eval.Entities(an, docs)
	if r.All.Labelled == 0 {
		return errors.New("the data hold no names")
	}
	return c.print(a, r, "F1 %.3f (%.3f–%.3f) P %.3f R %.3f; PER %s LOC %s ORG %s; %d names in %d documents, %d misplaced\n",
		r.All.F1, r.Interval.Low, r.Interval.High, r.All.Precision, r.All.Recall,
		f1(r.Types[gold.Person]), f1(r.Types[gold.Location]), f1(r.Types[gold.Organization]), r.All.Labelled, r.Documents, r.Misplaced)
}

// f1 is the F1 of a type, "–" where none was labelled.
func f1(s eval.Score) string {
	if s.Labelled == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f", s.F1)
}

// warn says when the embedded weights were fitted on a file that is scored.
func (c evalCmd) warn(a *app, set *lexicons.Set) {
	if a.tagger == "prose" || c.Every > 0 || len(c.Train)+len(c.Labels) > 0 || c.Task == "sentences" {
		return
	}
	for _, w := range set.AllWeights() {
		for _, path := range c.Data {
			if slices.Contains(w.Data, filepath.Base(path)) {
				fmt.Fprintf(a.err, "parallax: the weights %q were fitted on %s: the figure says how well it is remembered\n", w.Name, filepath.Base(path))
			}
		}
	}
}

func (c evalCmd) docs(set *lexicons.Set) ([]gold.Document, error) {
	var docs []gold.Document
	for _, path := range c.Data {
		var more []gold.Document
		var err error
		if filepath.Ext(path) == ".tsv" {
			more, err = gold.ReadLabels(path, c.Texts)
		} else {
			more, err = gold.Read(path, titles(set))
		}
		if err != nil {
			return nil, err
		}
		docs = append(docs, more...)
	}
	return docs, nil
}

// analyzer is the embedded one, or one whose name model is fitted now.
func (c evalCmd) analyzer(a *app) (*analyzer.Analyzer, error) {
	if len(c.Train)+len(c.Labels) == 0 {
		return a.analyzer()
	}
	set, k, err := a.knowledge()
	if err != nil {
		return nil, err
	}
	corpora, err := nameCorpora(set, c.Train, c.Labels, c.Texts)
	if err != nil {
		return nil, err
	}
	weights := train.Names(set, k, corpora, train.DefaultNames())
	return analyzer.New(set, tagger.FromWeights(set, k, weights, nil))
}

func (c evalCmd) tags(a *app, set *lexicons.Set, docs []gold.Document) error {
	t, err := a.taggerOf(set)
	if err != nil {
		return err
	}
	if c.Every > 0 {
		var fit, score []gold.Document
		for i, d := range docs {
			if i%c.Every == 0 {
				score = append(score, d)
			} else {
				fit = append(fit, d)
			}
		}
		docs = score
		if a.tagger != "prose" {
			k, err := tagger.ReadKnowledge(set)
			if err != nil {
				return err
			}
			for _, path := range c.Data {
				if err := mayFit(path); err != nil {
					return err
				}
			}
			w := train.Tags(set, k, fit, train.DefaultTags())
			if len(w.Keys) == 0 {
				return errNoTags
			}
			if err := silver(a, set, k, w, fit, c.Texts); err != nil {
				return err
			}
			t = tagger.FromWeights(set, k, tagger.NoNames(), w)
		}
	}
	r := eval.Tags(set, t, docs)
	if r.Words == 0 {
		return errors.New("the data hold no tagged words")
	}
	var worst []string
	for _, x := range r.Confused {
		worst = append(worst, fmt.Sprintf("%s as %s %d", x.Want, x.Got, x.Count))
	}
	return c.print(a, r, "accuracy %.4f (%.4f–%.4f) of %d words in %d documents; %s\n",
		r.Accuracy, r.Interval.Low, r.Interval.High, r.Words, r.Documents, strings.Join(worst, ", "))
}

func (c evalCmd) print(a *app, r any, format string, args ...any) error {
	if c.Format == "json" {
		return jsonline.Write(a.out, r)
	}
	_, err := fmt.Fprintf(a.out, format, args...)
	return err
}

// kind scores the kinds of articles: labels are lines of id, kind and the kind
// that a second reader might say.
func (c evalCmd) kind(a *app) error {
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	labels := map[string]eval.KindLabel{}
	for _, path := range c.Data {
		if err := readKinds(path, labels); err != nil {
			return err
		}
	}
	if len(labels) == 0 {
		return errors.New("the data hold no labels")
	}
	var in []analyzer.Input
	var want []eval.KindLabel
	for article, err := range gold.Articles(c.Texts) {
		if err != nil {
			return err
		}
		if l, ok := labels[article.ID]; ok {
			in = append(in, analyzer.Input{ID: article.ID, Title: article.Title, Text: article.Text, URL: article.URL, Domain: article.Domain, Source: article.Source})
			want = append(want, l)
		}
	}
	if len(in) < len(labels) {
		return fmt.Errorf("the texts of %d of %d articles are not in %s", len(labels)-len(in), len(labels), strings.Join(c.Texts, ", "))
	}
	r, got := eval.Kind(an, in, want)
	if c.Format == "text" {
		for i := range in {
			if got[i] != want[i].Kind && got[i] != want[i].Or {
				if _, err := fmt.Fprintf(a.err, "%s is %s, taken for %s: %s\n", in[i].ID, want[i].Kind, got[i], in[i].URL); err != nil {
					return err
				}
			}
		}
	}
	var parts []string
	for _, kind := range analyzer.Kinds {
		if s, ok := r.Kinds[kind]; ok {
			parts = append(parts, fmt.Sprintf("%s P %.3f R %.3f (%d)", kind, s.Precision, s.Recall, s.Labelled))
		}
	}
	return c.print(a, r, "right %d of %d told (%.3f–%.3f), %d articles; %s\n", r.Right, r.Told, r.Interval.Low, r.Interval.High, r.Articles, strings.Join(parts, "; "))
}

func readKinds(path string, labels map[string]eval.KindLabel) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "article\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return fmt.Errorf("%s: %q has %d columns, not 3", path, line, len(f))
		}
		labels[f[0]] = eval.KindLabel{Kind: f[1], Or: strings.Trim(f[2], "-")}
	}
	return nil
}
