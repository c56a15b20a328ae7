package analyzer

import (
	"parallax/analyzer/text"
)

// A description is a noun phrase that an apposition or a title says to mean a
// person: "the Ukrainian president".
type description struct {
	mark  Mark
	words string // folded, without the article
}

// descriptions finds phrases of a nationality and a title: those that stand
// before or beside a name say whom they mean, and others in the text with the
// same words mean the same.
func (a *Analyzer) descriptions(f *Field, ms []mention) map[string][]Mark {
	said := map[string]string{} // words to the person's name
	var loose []description
	starts := map[int]*mention{}
	ends := map[int]*mention{}
	for i := range ms {
		if ms[i].field == f && ms[i].kind == person {
			starts[ms[i].first], ends[ms[i].last] = &ms[i], &ms[i]
		}
	}
	for _, h := range f.Hits {
		if l, _ := f.Set.Entry(h); l.Kind != "nationality" {
			continue
		}
		last := f.titleAt(h.Last)
		if last == 0 {
			continue
		}
		words := text.Fold(spaced(f.Doc.Slice(f.Doc.Span(h.First, last))))
		switch {
		case starts[last] != nil: // "Ukrainian President Volodymyr Zelenskyy"
			said[words] = starts[last].words
		case last < len(f.Doc.Tokens) && f.Doc.Word(last) == "," && starts[last+1] != nil: // "the Ukrainian president, Volodymyr Zelenskyy"
			said[words] = starts[last+1].words
		case h.First > 1 && text.Fold(f.Doc.Word(h.First-1)) == "the":
			first := h.First - 1
			if m := ends[first-1]; f.Doc.Word(first-1) == "," && m != nil { // "Volodymyr Zelenskyy, the Ukrainian president"
				said[words] = m.words
				continue
			}
			loose = append(loose, description{f.Mark(f.Doc.Span(first, last)), words})
		case h.First > 0 && text.Fold(f.Doc.Word(h.First-1)) == "the":
			loose = append(loose, description{f.Mark(f.Doc.Span(h.First-1, last)), words})
		}
	}
	out := map[string][]Mark{}
	for _, d := range loose {
		if name, ok := said[d.words]; ok {
			out[name] = append(out[name], d.mark)
		}
	}
	return out
}

// titleAt is where a title that begins at token i ends, or 0.
func (f *Field) titleAt(i int) int {
	last := 0
	for _, h := range f.hitsIn(i, i+1) {
		if l, _ := f.Set.Entry(h); l.Kind == "title" {
			last = max(last, h.Last)
		}
	}
	return last
}
