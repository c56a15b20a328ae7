package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Hedge finds words that withhold full commitment to a claim, such as "may"
// or "reportedly" (Hyland 2005). A hedge is care, not bias.
func Hedge() Detector {
	return fromLexicon("hedge", "Words that withhold full commitment to a claim, such as “may” or “reportedly” (Hyland 2005). A hedge is care, not bias.", notADate)
}

// notADate keeps "in May 2026" and "May 5" out, whatever the tagger says.
func notADate(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool {
	if !strings.HasPrefix(f.Doc.Word(h.First), "M") || h.Last-h.First > 1 {
		return true
	}
	return h.Last >= len(f.Doc.Tokens) || f.Doc.Tokens[h.Last].Kind != text.Number
}
