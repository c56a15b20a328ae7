package analyzer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Reads says whether a hit holds where it stands: it is no plain phrase, and
// its entry's tag and what must come next are met. Clauses and quotations are left
// to who reads verbs.
func (f *Field) Reads(h lexicons.Hit, e *lexicons.Entry) bool {
	if e.Plain || e.Tag != "" && !tagged(f.Tag(h.First), e.Tag) {
		return false
	}
	switch e.Before {
	case "", "clause", "quote":
		return true
	case "number":
		return f.beforeNumber(h)
	}
	return h.Last < f.Doc.Sentences[f.Doc.SentenceAt(h.First)].Last && tagged(f.Tag(h.Last), e.Before)
}

// tagged says whether a tag begins with one of the prefixes, parted by "|".
func tagged(tag, prefixes string) bool {
	for p := range strings.SplitSeq(prefixes, "|") {
		if strings.HasPrefix(tag, p) {
			return true
		}
	}
	return false
}

func (f *Field) beforeNumber(h lexicons.Hit) bool {
	return h.Last < len(f.Doc.Tokens) && f.Doc.Tokens[h.Last].Kind == text.Number
}

// negated says whether one of the two words before token i denies it.
func (f *Field) negated(i int) bool {
	first := f.Doc.Sentences[f.Doc.SentenceAt(i)].First
	for k := i - 1; k >= max(first, i-2) && f.Doc.Tokens[k].Kind != text.Punct; k-- {
		if strings.HasSuffix(text.Fold(f.Doc.Word(k)), "n't") || f.isOf("negation", k) {
			return true
		}
	}
	return false
}

// named says whether token i has a capital where an ordinary word would have
// none. In a title capitals say nothing.
func (f *Field) named(i int) bool {
	first := f.Doc.Sentences[f.Doc.SentenceAt(i)].First
	return f.Name != fieldTitle && i > first && f.capital(i)
}

// capital says whether token i begins with a capital.
func (f *Field) capital(i int) bool {
	r, _ := utf8.DecodeRuneInString(f.Doc.Word(i))
	return unicode.IsUpper(r)
}

// plain says whether a hit lies within a plain phrase of a list of its kind.
func (f *Field) plain(h lexicons.Hit, kind string) bool {
	const longest = 8 // words of a phrase
	for _, p := range f.hitsIn(h.First-longest, h.First+1) {
		if l, e := f.Set.Entry(p); e.Plain && l.Kind == kind && p.Last >= h.Last {
			return true
		}
	}
	return false
}

// precededBy says whether a hit of a list of that kind, with that value unless it is
// "", begins among the n tokens before token i, no mark between.
func (f *Field) precededBy(i int, kind, value string, n int) bool {
	first := f.Doc.Sentences[f.Doc.SentenceAt(i)].First
	for k := i - 1; k >= max(first, i-n) && f.Doc.Tokens[k].Kind != text.Punct; k-- {
		if f.ofValue(kind, value, k) {
			return true
		}
	}
	return false
}

// ofValue says whether a hit of a list of that kind, with that value unless it
// is "", begins at token i.
func (f *Field) ofValue(kind, value string, i int) bool {
	return slices.ContainsFunc(f.hitsIn(i, i+1), func(h lexicons.Hit) bool {
		l, e := f.Set.Entry(h)
		return l.Kind == kind && (value == "" || e.Value == value)
	})
}

// reading is the value of the entry of a list of that kind that begins at token
// i: how the word there is to be read; "" where there is none.
func (f *Field) reading(kind string, i int) string {
	for _, h := range f.hitsIn(i, i+1) {
		if l, e := f.Set.Entry(h); l.Kind == kind {
			return e.Value
		}
	}
	return ""
}

// withinHit says whether token i lies within a hit of a list of that kind.
func (f *Field) withinHit(kind string, i int) bool {
	const longest = 8 // words of a phrase
	return slices.ContainsFunc(f.hitsIn(i-longest, i+1), func(h lexicons.Hit) bool {
		l, _ := f.Set.Entry(h)
		return l.Kind == kind && h.Last > i
	})
}

// isOf says whether a hit of a list of that kind begins at token i.
func (f *Field) isOf(kind string, i int) bool { return f.ofValue(kind, "", i) }

// form is the auxiliary that token i is a form of: be, have or do.
func (f *Field) form(i int) string {
	for _, h := range f.hitsIn(i, i+1) {
		if l, e := f.Set.Entry(h); l.Kind == "auxiliary" {
			return e.Phrase
		}
	}
	return ""
}
