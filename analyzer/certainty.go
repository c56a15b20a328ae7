package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Certainty finds words that present a claim as beyond doubt, such as
// "undoubtedly" (the boosters of Hyland 2005).
func Certainty() Detector {
	return fromLexicon("certainty", "Words that present a claim as beyond doubt, such as “undoubtedly” (the boosters of Hyland 2005).", presentsAsCertain)
}

// notDenied keeps out what is denied: "it is not obvious" presents nothing as
// certain.
func notDenied(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool { return !f.negated(h.First) }

// presentsAsCertain keeps out what is denied, left open or somebody else's
// view, how something is said or seen, what must be done, and the job site.
func presentsAsCertain(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	switch {
	case f.negated(h.First) || f.underCondition(h.First):
		return false
	case f.precededBy(h.First, "others_view", "", 4):
		return false
	case f.named(h.First) && f.Doc.Tokens[h.First-1].Kind != text.Punct && e.Phrase == text.Fold(e.Phrase):
		return false // "a job found on Indeed"
	}
	switch f.reading("certainty_reading", h.First) {
	case "manner":
		return !f.tellsHow(h)
	case "conclusion":
		return !f.duty(h)
	case "predicate":
		return !f.attributive(h)
	}
	return !f.deniedQuality(h)
}

// underCondition says whether a condition stands before token i in its clause; a
// comma right before it, as in “if he has, indeed, left”, ends no clause.
func (f *Field) underCondition(i int) bool {
	if i > 0 && f.Doc.Word(i-1) == "," {
		i--
	}
	return f.precededBy(i, "unreal", "condition", 12)
}

// tellsHow says whether an adverb goes with a verb of speech or perception, or
// ends the clause of its verb: "it clearly asks", "she saw it clearly".
func (f *Field) tellsHow(h lexicons.Hit) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	if h.Last < s.Last && f.isOf("manner_verb", h.Last) || h.First > s.First && f.isOf("manner_verb", h.First-1) {
		return true
	}
	ends := h.Last >= s.Last || f.Doc.Tokens[h.Last].Kind == text.Punct
	return ends && h.First > s.First && f.Doc.Tokens[h.First-1].Kind != text.Punct
}

// duty says whether what follows "must have" makes it a condition to be met.
func (f *Field) duty(h lexicons.Hit) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	for k := h.Last; k < min(s.Last, h.Last+15); k++ {
		if f.isOf("duty_sign", k) {
			return true
		}
	}
	return false
}

// attributive says whether an adjective stands before its noun, as in “obvious
// places to look”, or is denied from further off.
func (f *Field) attributive(h lexicons.Hit) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	return h.Last < s.Last && tagged(f.Tag(h.Last), "NN|JJ") || f.deniedQuality(h)
}

// deniedQuality says whether an adjective, or an adverb of one, is denied or
// put under a modal from further off, as in “none of it would be obvious”.
func (f *Field) deniedQuality(h lexicons.Hit) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	if f.Tag(h.First) != "JJ" && !(h.Last < s.Last && strings.HasPrefix(f.Tag(h.First), "RB") && f.Tag(h.Last) == "JJ") {
		return false
	}
	for k := h.First - 1; k >= max(s.First, h.First-12); k-- {
		if f.ofValue("unreal", "negation", k) || f.ofValue("certainty_reading", "denial", k) {
			return true
		}
	}
	return false
}
