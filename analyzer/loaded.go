package analyzer

import (
	"fmt"
	"math"
	"strings"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
)

const loadedCue = "loaded"

// Loaded finds words that judge or stir up where a plain word would say the
// same (Recasens et al. 2013, Spinde et al. 2021).
func Loaded() Detector {
	return Detector{
		Name: loadedCue,
		Doc:  "Words that judge, exaggerate or stir up where a plain word would say the same, such as “rammed through” or “cronies” (Recasens et al. 2013; Spinde et al. 2021). Found by a score that was learned from sentences a language model labelled by a codebook; a note says what of the score comes from the word, from those beside it and from its sentence. It says nothing of whether the statement is true.",
		Run: func(f *Field, report func(Cue)) {
			for k, s := range f.judge.of(f) {
				sentence := f.Doc.Sentences[k]
				if f.foreign(sentence.Span) {
					continue
				}
				f.loadedIn(sentence, s, f.judge.model.Highlight, report)
			}
		},
	}
}

// loadedIn reports the runs of words of a sentence whose scores reach least.
func (f *Field) loadedIn(sentence text.Sentence, s judged, least float64, report func(Cue)) {
	for i := 0; i < len(s.scores); i++ {
		if !f.isLoaded(sentence, s, i, least) {
			continue
		}
		first, best := i, i
		for i+1 < len(s.scores) && f.isLoaded(sentence, s, i+1, least) {
			i++
			if s.scores[i].Sum() > s.scores[best].Sum() {
				best = i
			}
		}
		span := f.Doc.Span(sentence.First+first, sentence.First+i+1)
		report(Cue{
			Type: loadedCue, Mark: f.Mark(span), Weight: math.Round(1e3*s.scores[best].Chance()) / 1e3,
			Rule: loadedCue + "/" + text.Fold(s.words[best].Text), Note: loadedNote(s.scores[best]), InQuote: f.InQuote(span),
		})
	}
}

// isLoaded says whether word i of a sentence is shown: it is no name.
func (f *Field) isLoaded(sentence text.Sentence, s judged, i int, least float64) bool {
	if !s.words[i].Letters || s.scores[i].Sum() < least {
		return false
	}
	capital := s.words[i].Marks&(1<<loaded.MarkCapital) != 0
	return !capital || f.Name == fieldTitle || !strings.HasPrefix(f.Tag(sentence.First+i), "NNP")
}

// loadedNote tells what a score is made of, as log-odds.
func loadedNote(s loaded.Score) string {
	note := fmt.Sprintf("of the score %+.1f the word itself makes %+.1f, the words beside it %+.1f, the sentence %+.1f", s.Sum()-s.Bias, s.Own, s.Beside, s.Mean)
	if s.Seed != 0 {
		note += fmt.Sprintf(", a list it stands in %+.1f", s.Seed)
	}
	return note + fmt.Sprintf("; a word has %+.1f to begin with", s.Bias)
}
