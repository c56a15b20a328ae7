package analyzer

import "parallax/lexicons"

// Certainty finds words that present a claim as beyond doubt, such as
// "undoubtedly" (the boosters of Hyland 2005).
func Certainty() Detector {
	return fromLexicon("certainty", "Words that present a claim as beyond doubt, such as “undoubtedly” (the boosters of Hyland 2005).", notDenied)
}

// notDenied keeps out what is denied: "it is not obvious" presents nothing as
// certain.
func notDenied(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool { return !f.negated(h.First) }
