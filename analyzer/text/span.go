package text

import "unicode/utf8"

// A Span is a half-open range of byte offsets, [Start, End), on rune borders.
// The zero Span is empty and lies at the start.
type Span struct {
	Start, End int
}

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Valid returns s with each byte that is no UTF-8 replaced by one U+FFFD, as
// encoding/json does, so that offsets agree whichever way a text came in.
func Valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}
