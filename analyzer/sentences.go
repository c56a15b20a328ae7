package analyzer

import (
	"math"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Sentence is a sentence with how loaded its wording is.
type Sentence struct {
	Field string `json:"field,omitempty"` // "title"; "" is the text
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Loaded is in [0, 1]; .5 is the point of decision. It reads the whole
	// sentence, quoted words included.
	Loaded float64 `json:"loaded"`
}

// A judged sentence is one with the scores of its words.
type judged struct {
	words  []loaded.Word
	scores []loaded.Score
	loaded float64
}

// A judge scores the sentences of a field once, for whoever asks.
type judge struct {
	model *lazy[loaded.Model]
	seeds *seedKinds
	done  []judged
}

// of are the judged sentences of a field, nil where there is no model.
func (j *judge) of(f *Field) []judged {
	m := j.model.ready()
	if m == nil || j.done != nil {
		return j.done
	}
	sentences := j.seeds.read(f)
	j.done = make([]judged, len(sentences))
	all := make([]loaded.Score, 0, len(f.Doc.Tokens))
	for i, words := range sentences {
		from := len(all)
		all = m.Scores(all, words)
		s := judged{words: words, scores: all[from:len(all):len(all)]}
		s.loaded = m.Loaded(s.words, s.scores)
		j.done[i] = s
	}
	return j.done
}

// seedKinds says which lists of a set are seeds of loaded language.
type seedKinds struct {
	kind []uint8 // per lexicon of the set, the seed plus one; verbs have verbSeed
}

// verbSeed marks the list whose entries are seeds by their stance.
const verbSeed = 255

var seedLists = map[string]loaded.Seed{
	"label": loaded.SeedLabel, "intensifier": loaded.SeedIntensifier, "certainty": loaded.SeedCertainty, "hedge": loaded.SeedHedge,
	lexicons.KindPartisanTerm: loaded.SeedPartisan, "moral": loaded.SeedMoral, "emotion": loaded.SeedEmotion,
}

var seedStances = map[string]loaded.Seed{
	"forceful": loaded.SeedForceful, "distancing": loaded.SeedDistancing, "factive": loaded.SeedFactive,
	"soft": loaded.SeedSoft, "neutral": loaded.SeedNeutral,
}

func newSeedKinds(set *lexicons.Set) *seedKinds {
	s := &seedKinds{}
	for _, l := range set.All() {
		kind := uint8(0)
		if seed, ok := seedLists[l.Kind]; ok {
			kind = uint8(seed) + 1
		}
		if l.Kind == "attribution_verb" {
			kind = verbSeed
		}
		s.kind = append(s.kind, kind)
	}
	return s
}

// seed is what kind of seed a hit is, if it is one.
func (s *seedKinds) seed(f *Field, h lexicons.Hit) (loaded.Seed, bool) {
	kind := s.kind[h.Lexicon]
	if kind == 0 {
		return 0, false
	}
	_, e := f.Set.Entry(h)
	switch {
	case e.Plain:
		return 0, false
	case kind == verbSeed:
		seed, ok := seedStances[e.Stance]
		return seed, ok
	}
	return loaded.Seed(kind - 1), true
}

// read is the words of each sentence of a field as the model sees them.
func (s *seedKinds) read(f *Field) [][]loaded.Word {
	seeds := make([]uint16, len(f.Doc.Tokens))
	for _, h := range f.Hits {
		if seed, ok := s.seed(f, h); ok {
			for i := h.First; i < h.Last; i++ {
				seeds[i] |= 1 << seed
			}
		}
	}
	out := make([][]loaded.Word, len(f.Doc.Sentences))
	all := make([]loaded.Word, 0, len(f.Doc.Tokens))
	quoted := f.Quoted
	for k, sentence := range f.Doc.Sentences {
		from := len(all)
		for i := sentence.First; i < sentence.Last; i++ {
			t := &f.Doc.Tokens[i]
			function := t.Type != 0 && f.Set.Function(t.Type)
			for len(quoted) > 0 && quoted[0].End < t.End {
				quoted = quoted[1:]
			}
			inQuote := len(quoted) > 0 && quoted[0].Contains(t.Span)
			all = append(all, loaded.NewWord(f.Doc, sentence, i, function, inQuote, seeds[i]))
		}
		out[k] = all[from:len(all):len(all)]
	}
	return out
}

// sentences are those of title and text with how loaded they are. Paragraphs in
// another language are left out.
func (a *Analyzer) sentences(fields ...*Field) []Sentence {
	out := make([]Sentence, 0, len(fields[len(fields)-1].Doc.Sentences)+1)
	for _, f := range fields {
		judged := f.judge.of(f)
		for i, s := range f.Doc.Sentences {
			if judged == nil || f.foreign(s.Span) {
				continue
			}
			out = append(out, Sentence{f.Name, s.Start, s.End, math.Round(1e4*judged[i].loaded) / 1e4})
		}
	}
	return out
}

// A LoadedSentence is a sentence as the model of loaded language reads it, for
// those who fit one.
type LoadedSentence struct {
	text.Span
	Tokens []text.Span
	Words  []loaded.Word
}

// LoadedSentences reads a text as the model of loaded language does.
func (a *Analyzer) LoadedSentences(s string) []LoadedSentence {
	f := a.field("", s)
	read := a.seeds.read(f)
	out := make([]LoadedSentence, len(read))
	for i, s := range f.Doc.Sentences {
		out[i] = LoadedSentence{Span: s.Span, Words: read[i]}
		for k := s.First; k < s.Last; k++ {
			out[i].Tokens = append(out[i].Tokens, f.Doc.Tokens[k].Span)
		}
	}
	return out
}
