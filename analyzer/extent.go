package analyzer

import (
	"slices"
	"strings"

	"parallax/analyzer/text"
)

// summaryWords is below how many words a text is taken for a summary.
const summaryWords = 75

// extent is how much of the article there was to read.
func (a *Analyzer) extent(doc *text.Document) string {
	words := doc.Words()
	if words == 0 {
		return "headline"
	}
	end := text.Fold(doc.Text[tailFrom(doc.Text, 160):])
	cut := ""
	for _, l := range a.extents {
		for i := range l.Entries {
			e := &l.Entries[i]
			if cut != "paywalled" && slices.ContainsFunc(e.All(), func(f string) bool { return strings.Contains(end, text.Fold(f)) }) {
				cut = e.Value
			}
		}
	}
	if cut != "" {
		return cut
	}
	tail := strings.TrimRight(end, " \t\r\n\"'”)]")
	switch {
	case strings.HasSuffix(tail, "...") || strings.HasSuffix(tail, "…"):
		return "truncated"
	case words < summaryWords:
		return "summary"
	}
	return "full"
}

// tailFrom is the byte at which the last n bytes of s begin, moved to a rune
// border.
func tailFrom(s string, n int) int {
	from := max(0, len(s)-n)
	for from < len(s) && s[from]&0xC0 == 0x80 {
		from++
	}
	return from
}
