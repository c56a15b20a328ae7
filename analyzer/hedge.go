package analyzer

import "parallax/lexicons"

// Hedge finds words that withhold full commitment to a claim, such as "may"
// or "reportedly" (Hyland 2005). A hedge is care, not bias.
func Hedge() Detector {
	return fromLexicon("hedge", "Words that withhold full commitment to a claim, such as “may” or “reportedly” (Hyland 2005). A hedge is care, not bias.", notBeforeNumber)
}

// notBeforeNumber keeps out dates, as "in May 2026" and "May 5", whatever the
// tagger says, and words that only round a number, as "perhaps 30".
func notBeforeNumber(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool { return !f.beforeNumber(h) }
