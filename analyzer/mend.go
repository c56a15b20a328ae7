package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// joinPossessives draws a name on over an apostrophe to the head of an
// organization: "Dockers' Union".
func (f *Field) joinPossessives(names []text.Name) []text.Name {
	out := names[:0]
	for _, n := range names {
		if k := len(out) - 1; k >= 0 && n.First < out[k].Last {
			if n.Last > out[k].Last {
				out[k].Last = n.Last
			}
			continue
		}
		s := f.Doc.Sentences[f.Doc.SentenceAt(n.First)]
		if at := n.Last; at+1 < s.Last && f.Doc.Tokens[at].Start == f.Doc.Tokens[at-1].End && (f.Doc.Word(at) == "'" || f.Doc.Word(at) == "’") &&
			startsUpper(f.Doc.Word(at+1)) && f.isHead(at+1) {
			n = text.Name{First: n.First, Last: at + 2, Label: "ORG"}
		}
		out = append(out, n)
	}
	return out
}

// isHead says whether token i is a head noun of organizations.
func (f *Field) isHead(i int) bool {
	return slices.ContainsFunc(f.hitsIn(i, i+1), func(h lexicons.Hit) bool {
		l, _ := f.Set.Entry(h)
		return l.Kind == "org_head"
	})
}

// bodies adds the organizations that were missed: two words with capitals or
// more, within a sentence, of which the last is a head noun of organizations
// and none is in a name yet, as in "the River Board".
func (f *Field) bodies(names []text.Name) []text.Name {
	var missed []text.Name
	for _, h := range f.Hits {
		if l, _ := f.Set.Entry(h); l.Kind != "org_head" || !startsUpper(f.Doc.Word(h.First)) {
			continue
		}
		s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
		first := h.First
		for first > s.First && h.First-first < longestName && f.Doc.Tokens[first-1].Kind == text.Word && startsUpper(f.Doc.Word(first-1)) && !f.begins(first-1) {
			first--
		}
		if first == h.First || overlaps(names, first, h.Last) || f.inHeading(h.First) {
			continue
		}
		missed = append(missed, text.Name{First: first, Last: h.Last, Label: "ORG"})
	}
	if missed == nil {
		return names
	}
	names = append(names, missed...)
	slices.SortFunc(names, func(a, b text.Name) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last)) })
	last := 0
	return slices.DeleteFunc(names, func(n text.Name) bool {
		if n.First < last {
			return true
		}
		last = n.Last
		return false
	})
}

// overlaps says whether one of names, which are in order, lies among the tokens
// [first, last).
func overlaps(names []text.Name, first, last int) bool {
	i, _ := slices.BinarySearchFunc(names, first+1, func(n text.Name, token int) int { return cmp.Compare(n.Last, token) })
	return i < len(names) && names[i].First < last
}

// datelines sets what the words of "PARIS (AP) —" at the begin of a paragraph
// are, a place and an agency, whatever their capitals made of them.
func datelines(doc *text.Document, names []text.Name) []text.Name {
	for _, s := range doc.Sentences {
		if s.First > maxDateline {
			break
		}
		if !s.Paragraph {
			continue
		}
		place, agency, ok := dateline(doc, s)
		if !ok {
			continue
		}
		names = slices.DeleteFunc(names, func(n text.Name) bool { return n.First < agency.Last && n.Last > place.First })
		i, _ := slices.BinarySearchFunc(names, s.First, func(n text.Name, first int) int { return cmp.Compare(n.First, first) })
		names = slices.Insert(names, i, place, agency)
	}
	return names
}

// maxDateline is the last token at which a dateline is looked for.
const maxDateline = 300

// dateline is the place and agency of a sentence that begins with them.
func dateline(doc *text.Document, s text.Sentence) (place, agency text.Name, ok bool) {
	i := s.First
	for i < s.Last && doc.Tokens[i].Kind == text.Word && acronymLike(doc.Word(i)) {
		i++
	}
	place = text.Name{First: s.First, Last: i, Label: "LOC"}
	if i == s.First || i >= s.Last || doc.Word(i) != "(" {
		return place, agency, false
	}
	i++
	agency = text.Name{First: i, Label: "ORG"}
	for i < s.Last && doc.Tokens[i].Kind == text.Word && startsUpper(doc.Word(i)) {
		i++
	}
	agency.Last = i
	if i == agency.First || i-agency.First > 3 || i+1 >= s.Last || doc.Word(i) != ")" {
		return place, agency, false
	}
	dash := doc.Word(i + 1)
	return place, agency, len(dash) <= 3 && strings.ContainsAny(dash, "-–—")
}

func acronymLike(w string) bool { return len(w) > 2 && w == strings.ToUpper(w) }
