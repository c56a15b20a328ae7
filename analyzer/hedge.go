package analyzer

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Hedge finds words that withhold full commitment to a claim, such as "may"
// or "reportedly" (Hyland 2005). A hedge is care, not bias.
func Hedge() Detector {
	return fromLexicon("hedge", "Words that withhold full commitment to a claim, such as “may” or “reportedly” (Hyland 2005). A hedge is care, not bias.", withholds)
}

// withholds keeps out dates, as "in May 2026" and "May 5", whatever the tagger
// says, words that only round a number, as "perhaps 30", and readings in which
// no statement is held back.
func withholds(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool {
	if f.beforeNumber(h) {
		return false
	}
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	switch f.reading("hedge_reading", h.First) {
	case "able":
		return !f.precededBy(h.First, "ability_lead", "", 5)
	case "concession":
		return !f.concedes(h, s)
	case "odd":
		return h.Last >= s.Last || !tagged(f.Tag(h.Last), "NN|JJ")
	case "seeming":
		return !f.precededBy(h.First, "unreal", "condition", 12)
	}
	return true
}

// concedes says whether a clause with "but" answers that of a modal, as in “it
// may be old, but it works”, or "while" opens it.
func (f *Field) concedes(h lexicons.Hit, s text.Sentence) bool {
	for k := s.First; k < h.First; k++ {
		if f.isOf("concession", k) {
			return true
		}
	}
	for k := h.Last; k+1 < min(s.Last, h.Last+20); k++ {
		if w := f.Doc.Word(k); w == "," {
			switch text.Fold(f.Doc.Word(k + 1)) {
			case "but", "yet":
				return true
			}
		}
	}
	return false
}
