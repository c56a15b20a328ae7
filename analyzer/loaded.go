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
				f.loadedIn(sentence, s, report)
			}
		},
	}
}

// loadedIn reports the runs of words of a sentence that are shown.
func (f *Field) loadedIn(sentence text.Sentence, s judged, report func(Cue)) {
	for i := 0; i < len(s.scores); i++ {
		if !f.isLoaded(sentence, s, i) {
			continue
		}
		first, best := i, i
		for i+1 < len(s.scores) && f.isLoaded(sentence, s, i+1) {
			i++
			if s.scores[i].Sum() > s.scores[best].Sum() {
				best = i
			}
		}
		span := f.Doc.Span(sentence.First+first, sentence.First+i+1)
		report(Cue{
			Type: loadedCue, Mark: f.Mark(span), Weight: math.Round(1e3*s.scores[best].Chance()) / 1e3,
			Rule: loadedCue + "/" + text.Fold(s.words[best].Text), Note: f.loadedNote(s.words[best], s.scores[best]), InQuote: f.InQuote(span),
		})
	}
}

// otherFamilies are the lists whose words are shown as what they are.
const otherFamilies = 1<<loaded.SeedIntensifier | 1<<loaded.SeedCertainty | 1<<loaded.SeedHedge

// isLoaded says whether word i of a sentence is shown: it is no name, and no
// word of degree or certainty.
func (f *Field) isLoaded(sentence text.Sentence, s judged, i int) bool {
	w := &s.words[i]
	if !f.judge.model.ready().Shown(w, s.scores[i]) || w.Seeds&otherFamilies != 0 {
		return false
	}
	if f.withinHit("loaded_plain", sentence.First+i) {
		return false
	}
	capital := w.Marks&(1<<loaded.MarkCapital|1<<loaded.MarkFirst) != 0
	return !capital || f.Name == fieldTitle || !strings.HasPrefix(f.Tag(sentence.First+i), "NNP")
}

// loadedNote tells what a score is made of, as log-odds, and how often the word
// was marked in the sentences that it was learned from.
func (f *Field) loadedNote(w loaded.Word, s loaded.Score) string {
	note := "log-odds " + signed(s.Sum()) + ": the word itself " + signed(s.Own) + ", the words beside it " + signed(s.Beside) + ", the sentence " + signed(s.Mean)
	if s.Seed != 0 {
		note += ", a list it stands in " + signed(s.Seed)
	}
	note += ", any word " + signed(s.Bias) + "; "
	seen := f.judge.model.ready().SeenOf(&w)
	if seen.Times == 0 {
		return note + "not among the labelled sentences, judged by words like it"
	}
	return note + fmt.Sprintf("marked in %d of the %d places where it stood in labelled sentences", seen.Marked, seen.Times)
}

// signed writes a number with its sign and one decimal.
func signed(x float64) string {
	if x < 0 {
		return fmt.Sprintf("−%.1f", -x)
	}
	return fmt.Sprintf("+%.1f", x)
}
