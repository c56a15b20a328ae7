package analyzer

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Label finds loaded names for people, groups and policies, such as
// "extremist" or "handout" (Da San Martino et al. 2019).
func Label() Detector {
	return fromLexicon("label", "Loaded names for people, groups and policies, such as “extremist” or “handout” (Da San Martino et al. 2019).", ownWord)
}

// ownWord keeps out words that are part of a name others gave themselves, as
// in "the Radical Party": capitals where the list has none, beside another.
func ownWord(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	if !f.named(h.First) || e.Phrase != text.Fold(e.Phrase) {
		return true
	}
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	return !(h.First > s.First && f.capital(h.First-1) || h.Last < s.Last && f.capital(h.Last))
}
