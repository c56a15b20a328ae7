package train

import (
	"slices"

	"parallax/analyzer"
	"parallax/internal/gold"
)

// LoadedSamples reads labelled sentences as the model does. A sentence that is
// read as several makes a sample of each: where some of them hold marked words,
// those are the loaded ones.
func LoadedSamples(a *analyzer.Analyzer, sentences []gold.LoadedSentence) []*LoadedSample {
	var out []*LoadedSample
	for _, g := range sentences {
		from := len(out)
		for _, s := range a.LoadedSentences(g.Text) {
			sample := &LoadedSample{Article: g.Article, Loaded: g.Loaded, Weight: g.Weight, Words: s.Words, Marked: make([]bool, len(s.Words))}
			for i, token := range s.Tokens {
				for _, m := range g.Marked {
					if token.Start < m.End && m.Start < token.End {
						sample.Marked[i] = true
					}
				}
			}
			out = append(out, sample)
		}
		parts := out[from:]
		holds := func(s *LoadedSample) bool { return slices.Contains(s.Marked, true) }
		if g.Loaded && slices.ContainsFunc(parts, holds) {
			for _, s := range parts {
				s.Loaded = holds(s)
			}
		}
	}
	return out
}
