package train

import (
	"math/rand/v2"
	"slices"

	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// TagsConfig says how the model of parts of speech is fitted.
type TagsConfig struct {
	Seed   uint64
	Rounds int
	Least  int32 // how often a feature must occur
}

// DefaultTags is what the shipped model is fitted with.
func DefaultTags() TagsConfig { return TagsConfig{Seed: 1, Rounds: 8, Least: 5} }

// A tagSample is a sentence: the rows of each word that do not depend on tags,
// and its tag.
type tagSample struct {
	doc  *text.Document
	sent text.Sentence
	keys [][]uint32
	rows [][]int32
	tags []uint8
}

// Tokenized is a document with the tokens of a corpus, and the tag of each.
// With joined hyphens, what a corpus cuts at hyphens is one token with the
// last tag, as the program's own tokenizer has it.
func Tokenized(set *lexicons.Set, d *gold.Document, joined bool) (*text.Document, []string) {
	words := d.Words
	if joined {
		words = joinHyphens(d)
	}
	doc := &text.Document{Text: d.Text}
	var tags []string
	for _, w := range words {
		t := text.Token{Span: w.Span, Kind: kindOf(d.Text[w.Start:w.End])}
		if w.First && len(doc.Tokens) > 0 {
			doc.Sentences = append(doc.Sentences, sentence(doc))
		}
		doc.Tokens = append(doc.Tokens, t)
		tags = append(tags, w.Tag)
	}
	if len(doc.Tokens) > 0 {
		doc.Sentences = append(doc.Sentences, sentence(doc))
	}
	return doc, tags
}

// sentence is the run of tokens since the last sentence.
func sentence(doc *text.Document) text.Sentence {
	first := 0
	if n := len(doc.Sentences); n > 0 {
		first = doc.Sentences[n-1].Last
	}
	return text.Sentence{Span: doc.Span(first, len(doc.Tokens)), First: first, Last: len(doc.Tokens)}
}

func kindOf(word string) text.Kind {
	doc := new(text.Reader).Read(word)
	if len(doc.Tokens) == 0 {
		return text.Punct
	}
	return doc.Tokens[0].Kind
}

func joinHyphens(d *gold.Document) []gold.Word {
	var out []gold.Word
	for i := 0; i < len(d.Words); i++ {
		w := d.Words[i]
		for i+2 < len(d.Words) && d.Text[d.Words[i+1].Start:d.Words[i+1].End] == "-" &&
			d.Words[i+1].Start == w.End && d.Words[i+2].Start == d.Words[i+1].End && !d.Words[i+2].First {
			w.End, w.Tag = d.Words[i+2].End, d.Words[i+2].Tag
			i += 2
		}
		out = append(out, w)
	}
	return out
}

// Tags fits a model of parts of speech.
func Tags(set *lexicons.Set, k *tagger.Knowledge, docs []gold.Document, cfg TagsConfig) *tagger.TagWeights {
	sampler := tagger.NewSampler(set, k, nil)
	names := []string{""}
	var samples []tagSample
	use := map[string]map[string]int{}
	for i := range docs {
		for _, joined := range []bool{false, true} {
			doc, tags := Tokenized(set, &docs[i], joined)
			for _, s := range doc.Sentences {
				x := tagSample{doc: doc, sent: s, keys: sampler.TagKeys(doc, s), tags: make([]uint8, s.Last-s.First)}
				for j := range x.tags {
					if x.keys[j] == nil {
						continue
					}
					tag := tags[s.First+j]
					if text.ParseTag(tag) == 0 { // that of a mark: "US$"
						x.keys[j] = nil
						continue
					}
					t := slices.Index(names, tag)
					if t < 0 {
						t, names = len(names), append(names, tag)
					}
					x.tags[j] = uint8(t)
					word := text.Fold(doc.Word(s.First + j))
					if use[word] == nil {
						use[word] = map[string]int{}
					}
					use[word][tag]++
				}
				samples = append(samples, x)
			}
		}
	}
	w := &tagger.TagWeights{Names: names, Sure: sure(use)}
	counts := map[uint32]int32{}
	var keys []uint32
	for _, s := range samples {
		one, two := uint8(0), uint8(0)
		for i := range s.tags {
			if s.keys[i] != nil {
				keys = sampler.HistoryKeys(keys[:0], s.doc, s.sent, i, one, two)
				for _, key := range append(keys, s.keys[i]...) {
					counts[key]++
				}
			}
			one, two = s.tags[i], one
		}
	}
	ix := newIndex(counts, cfg.Least)
	for i := range samples {
		for _, keys := range samples[i].keys {
			samples[i].rows = append(samples[i].rows, ix.rows(keys))
		}
		if len(samples[i].rows) == 0 {
			samples[i].rows = make([][]int32, len(samples[i].tags))
		}
	}
	p := newPerceptron(len(ix.keys), len(names))
	rng := rand.New(rand.NewPCG(cfg.Seed, 3))
	score := make([]float32, len(names))
	for range cfg.Rounds {
		for _, k := range rng.Perm(len(samples)) {
			s := &samples[k]
			one, two := uint8(0), uint8(0)
			for i := range s.tags {
				got := uint8(0)
				if s.keys[i] != nil {
					p.step++
					keys = sampler.HistoryKeys(keys[:0], s.doc, s.sent, i, one, two)
					rows := append(ix.rows(keys), s.rows[i]...)
					got = p.best(score, rows)
					if want := s.tags[i]; got != want {
						for _, r := range rows {
							p.add(r, want, 1)
							p.add(r, got, -1)
						}
					}
				}
				one, two = got, one
			}
		}
	}
	p.average()
	w.Rows, _ = quantize(ix.keys, p.w, len(names))
	return w
}

// best is the tag with the highest score; 0 is none.
func (p *perceptron) best(score []float32, rows []int32) uint8 {
	clear(score)
	for _, r := range rows {
		for t, x := range p.w[int(r)*p.width:][:p.width] {
			score[t] += x
		}
	}
	best := 1
	for t := 2; t < len(score); t++ {
		if score[t] > score[best] {
			best = t
		}
	}
	return uint8(best)
}

// Silver counts how a fitted model tags many unlabelled texts, to find the
// words that it gives one tag wherever they stand: those need no look.
type Silver struct {
	tagger *tagger.Tagger
	use    map[string]map[string]int
}

// NewSilver counts with a fitted model.
func NewSilver(set *lexicons.Set, k *tagger.Knowledge, w *tagger.TagWeights) *Silver {
	return &Silver{tagger.FromWeights(set, k, tagger.NoNames(), w), map[string]map[string]int{}}
}

// Add counts the words of a document.
func (s *Silver) Add(doc *text.Document) {
	tags := make([]text.Tag, len(doc.Tokens))
	for _, sent := range doc.Sentences {
		for i := sent.First; i < sent.Last; i++ {
			s.tagger.Tag(tags, doc, sent, i)
			tag := tags[i].String()
			if tag == "" {
				continue
			}
			word := text.Fold(doc.Word(i))
			if s.use[word] == nil {
				s.use[word] = map[string]int{}
			}
			s.use[word][tag]++
		}
	}
}

// What a word must have to count as sure by silver tags: so many uses, nearly
// all with one tag.
const (
	leastSilver = 20
	silverShare = .985
)

// Sure adds the words that are sure to the weights, unless the labelled data
// know of another tag.
func (s *Silver) Sure(w *tagger.TagWeights, docs []gold.Document) {
	known := map[string]map[string]int{}
	for i := range docs {
		for _, t := range docs[i].Words {
			word := text.Fold(docs[i].Text[t.Start:t.End])
			if known[word] == nil {
				known[word] = map[string]int{}
			}
			known[word][t.Tag]++
		}
	}
	for word, tags := range s.use {
		n := 0
		for _, c := range tags {
			n += c
		}
		for tag, c := range tags {
			if n < leastSilver || float64(c) < silverShare*float64(n) {
				continue
			}
			all := 0
			for _, k := range known[word] {
				all += k
			}
			if known[word][tag]*30 >= all*29 {
				w.Sure[word] = tag
			}
		}
	}
}

// leastSure is how often a word must have one tag and no other to be given it
// without a look.
const leastSure = 40

func sure(use map[string]map[string]int) map[string]string {
	out := map[string]string{}
	for word, tags := range use {
		for tag, n := range tags {
			if len(tags) == 1 && n >= leastSure {
				out[word] = tag
			}
		}
	}
	return out
}
