package analyzer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// A mention is a name where it stands, before mentions are merged.
type mention struct {
	field       *Field
	first, last int // tokens
	kind        string
	known       string // name under which a lexicon lists it, or ""
	certain     bool   // the type comes from a lexicon, a title or a head noun
}

func (m mention) span() text.Span { return m.field.Doc.Span(m.first, m.last) }

// name is the mention's words with single spaces.
func (m mention) name() string {
	return strings.Join(strings.Fields(m.field.Doc.Slice(m.span())), " ")
}

// entities finds the names in title and text and merges those of one thing.
// The text comes first: in a headline every word may have a capital, so that
// only names known from the text or the lexicons count there.
func (a *Analyzer) entities(title, body *Field) []Entity {
	inText := a.mentions(body, nil)
	return a.merge(append(a.mentions(title, inText), inText...))
}

// mentions finds the names in one field: what the tagger takes for one, what
// the lexicons list and what follows a title, with the boundaries set by
// capitals and the type by the surest evidence. In a line in which most words
// have a capital, as headings do, only listed names count and those that stand
// elsewhere in the field or in others.
func (a *Analyzer) mentions(f *Field, others []mention) []mention {
	n := &namer{Field: f, names: a.names, lists: f.listed(), inner: map[string]bool{}}
	var headings []text.Sentence
	for i, s := range f.Doc.Sentences {
		tagging := a.tagger.Read(f.Doc, s, true)
		f.tags[i] = tagging.Tags
		n.tagged = append(n.tagged, tagging.Names...)
		if titleCase(f.Doc, s) {
			headings = append(headings, s)
			continue
		}
		for j := s.First; j < s.Last; j++ {
			if f.capital(j) && !f.begins(j, s) {
				n.inner[f.Doc.Word(j)] = true
			}
		}
	}
	var out []mention
	for _, s := range f.Doc.Sentences {
		if len(headings) == 0 || !titleCase(f.Doc, s) {
			out = n.sentence(out, s)
		}
	}
	out = a.settle(out, others)
	if len(headings) == 0 {
		return out
	}
	n.known = a.knownNames(append(slices.Clone(others), out...))
	for _, s := range headings {
		out = n.sentence(out, s)
	}
	slices.SortStableFunc(out, func(x, y mention) int { return cmp.Compare(x.first, y.first) })
	return out
}

// knownNames are mentions by their name, persons also by the last word of it.
func (a *Analyzer) knownNames(ms []mention) map[string]mention {
	known := map[string]mention{}
	for _, m := range ms {
		known[a.names.key(m.name(), person)] = m
		if m.kind == person {
			known[a.names.key(lastWord(m.name()), person)] = m
		}
	}
	return known
}

// titleCase says whether most longer words of a line have a capital, and
// enough of them to tell. What ends with a period is a sentence full of names.
func titleCase(doc *text.Document, s text.Sentence) bool {
	if w := doc.Word(s.Last - 1); w[len(w)-1] == '.' {
		return false
	}
	upper, n := 0, 0
	for i := s.First; i < s.Last; i++ {
		if w := doc.Word(i); doc.Tokens[i].Kind == text.Word && len(w) > 3 {
			n++
			if startsUpper(w) {
				upper++
			}
		}
	}
	return n > 2 && 3*upper > 2*n
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// A namer finds the names of one field.
type namer struct {
	*Field
	names  names
	lists  map[int][]listedName
	tagged []text.Name
	known  map[string]mention // nil but for headings
	inner  map[string]bool    // words with a capital that did not begin a sentence
}

// sentence appends the names of a sentence.
func (n *namer) sentence(out []mention, s text.Sentence) []mention {
	for j := s.First; j < s.Last; {
		m, next := n.nameAt(j, s)
		if m.kind != "" {
			out = append(out, m)
		}
		j = max(next, j+1)
	}
	return out
}

// What is no type yet: a word that has its capital for beginning a sentence,
// and a head noun alone, which is a name only where it ends a longer one.
const (
	unsure   = "unsure"
	partName = "part"
)

// settle keeps an unsure mention where the same name, or a full name that it
// is short for, stands elsewhere, in this field or among the others.
func (a *Analyzer) settle(ms, others []mention) []mention {
	sure, ends := map[string]string{}, map[string]bool{}
	for _, m := range append(slices.Clone(others), ms...) {
		if m.kind == unsure || m.kind == partName {
			continue
		}
		if m.kind == organization && m.last-m.first > 1 {
			ends[lastWord(m.name())] = true
		}
		sure[a.names.key(m.name(), person)] = m.kind
		if m.kind == person {
			sure[a.names.key(lastWord(m.name()), person)] = person
		}
	}
	out := ms[:0]
	for _, m := range ms {
		if m.kind == partName {
			if !ends[m.name()] {
				continue
			}
			m.kind = organization
		}
		if m.kind == unsure {
			if m.kind = sure[a.names.key(m.name(), person)]; m.kind == "" {
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

type listedName struct {
	kind, phrase, note string
	last               int
	weak               bool // may be a name too, as "May"
}

// listed are the hits of name lists and titles, by first token.
func (f *Field) listed() map[int][]listedName {
	out := map[int][]listedName{}
	for _, h := range f.Hits {
		l, e := f.Set.Entry(h)
		switch l.Kind {
		case place, organization, "title", "org_head", "nationality", "calendar", "attribution_verb":
			if l.Kind != "calendar" || f.Reads(h, e) {
				out[h.First] = append(out[h.First], listedName{l.Kind, e.Phrase, e.Note, h.Last, e.Weight < 1})
			}
		}
	}
	return out
}

// nameAt is the name that begins at token j of a sentence, and where to look
// on. A mention without a kind is none.
func (n *namer) nameAt(j int, s text.Sentence) (mention, int) {
	none := mention{}
	if !n.capital(j) || n.begins(j, s) && n.function(j) {
		return none, j + 1
	}
	if t, ok := longestOf(n.lists[j], "title"); ok && t.last < s.Last && n.capital(t.last) {
		return none, t.last // the name comes after its title
	}
	end := n.capitalEnd(j, s)
	if c, ok := longestOf(n.lists[j], "calendar"); ok && !n.afterTitle(j, s) && (!c.weak || end == c.last) {
		return none, c.last
	}
	for _, kind := range []string{place, organization} {
		if l, ok := longestOf(n.lists[j], kind); ok && (l.last >= end || n.known != nil) {
			return mention{n.Field, j, l.last, kind, l.phrase, true}, l.last
		}
	}
	if n.known != nil {
		return n.knownAt(j, end)
	}
	if end < s.Last && n.titleAt(end) {
		return none, end // "Transport" of "Transport Minister Voss"
	}
	m := mention{field: n.Field, first: j, last: end}
	m.kind, m.certain = n.kindOf(j, end, s)
	if m.kind == "" {
		return none, end
	}
	return m, end
}

// kindOf is the type of the name [first, last), and whether it is certain; ""
// when it is no name.
func (n *namer) kindOf(first, last int, s text.Sentence) (string, bool) {
	head, one := n.hasHead(first, last), last-first == 1
	switch {
	case (n.afterTitle(first, s) || n.afterTitleAndComma(first, s) || n.apposed(last, s)) && !head:
		return person, true
	case head && !one:
		return organization, true
	case one && n.agencyMark(first, s):
		return "", false
	case one && head:
		return partName, false // "the Board", where a longer name ends so
	case one && n.is(first, "nationality"):
		return "", false // "French" is no name of a thing
	case one && n.begins(first, s) && !n.inner[n.Doc.Word(first)]:
		return unsure, false
	case strings.ContainsAny(n.Doc.Slice(n.Doc.Span(first, last)), "0123456789"):
		return other, false // "COVID-19", "AK-47"
	case one && n.acronym(first):
		return organization, false
	case first > s.First && text.Fold(n.Doc.Word(first-1)) == "in":
		return place, false
	}
	i, _ := slices.BinarySearchFunc(n.tagged, first+1, func(t text.Name, token int) int { return cmp.Compare(t.Last, token) })
	if i == len(n.tagged) || n.tagged[i].First >= last {
		return "", false
	}
	label := n.tagged[i].Label
	if label == "PERSON" && first > s.First && text.Fold(n.Doc.Word(first-1)) == "the" {
		return other, false // "the Border Order"
	}
	if last-first > 1 && label != "ORGANIZATION" && n.speaks(first, last, s) {
		return person, false
	}
	return typeOf(label), false
}

// agencyMark says whether token i is the agency of a dateline, "PARIS (AP) —".
func (n *namer) agencyMark(i int, s text.Sentence) bool {
	if i == s.First || i+2 >= s.Last || n.Doc.Word(i-1) != "(" || n.Doc.Word(i+1) != ")" {
		return false
	}
	dash := n.Doc.Word(i + 2)
	return strings.HasPrefix(dash, "-") || strings.HasPrefix(dash, "–") || strings.HasPrefix(dash, "—")
}

// speaks says whether a verb of speech stands next to the name [first, last),
// or "of the", as in "Piet Aldous of the Labour Alliance".
func (n *namer) speaks(first, last int, s text.Sentence) bool {
	if last-first == 2 && last+1 < s.Last && n.Doc.Word(last) == "of" && n.Doc.Word(last+1) == "the" {
		return true
	}
	if last < s.Last && n.is(last, "attribution_verb") {
		return true
	}
	v, ok := longestOf(n.lists[max(first-1, s.First)], "attribution_verb")
	return ok && v.last == first
}

// knownAt is the longest name of the text that begins at token j.
func (n *namer) knownAt(j, end int) (mention, int) {
	for last := end; last > j; last-- {
		if m, ok := n.known[n.names.key(n.Doc.Slice(n.Doc.Span(j, last)), person)]; ok {
			return mention{n.Field, j, last, m.kind, m.known, m.certain}, last
		}
	}
	return mention{}, j + 1
}

func longestOf(ls []listedName, kind string) (listedName, bool) {
	best, ok := listedName{}, false
	for _, l := range ls {
		if l.kind == kind && (!ok || l.last > best.last) {
			best, ok = l, true
		}
	}
	return best, ok
}

// capital says whether token i is a word with a capital, as a name has.
func (f *Field) capital(i int) bool {
	return f.Doc.Tokens[i].Kind == text.Word && startsUpper(f.Doc.Word(i))
}

// begins says whether token i has its capital for beginning a sentence, a
// quotation or a clause after a colon or dash.
func (f *Field) begins(i int, s text.Sentence) bool {
	if i == s.First {
		return true
	}
	return f.Doc.Tokens[i-1].Kind == text.Punct && !strings.ContainsAny(f.Doc.Word(i-1), ",()$&/")
}

// function says whether token i is a function word by its tag.
func (f *Field) function(i int) bool {
	if w := f.Doc.Word(i); w == strings.ToUpper(w) && len(w) > 1 {
		return false // "US", "WHO"
	}
	switch f.Tag(i) {
	case "DT", "PRP", "PRP$", "IN", "CC", "WDT", "WP", "WRB", "MD", "TO", "RB", "EX", "UH", "CD":
		return true
	}
	return false
}

// longestName is how many words a name may have; what is longer is a line in
// capitals.
const longestName = 12

// capitalEnd is where the run of capitalised words that begins at j ends. "of"
// joins what a head noun begins ("Ministry of Defence"), an apostrophe what
// one ends ("Dockers' Union").
func (n *namer) capitalEnd(j int, s text.Sentence) int {
	end := j + 1
	for end < min(s.Last, j+longestName) && n.near(end) {
		next := end+1 < s.Last && n.capital(end+1)
		switch w := n.Doc.Word(end); {
		case n.capital(end) && !n.titleAt(end) && !n.dated(end):
			end++
		case next && w == "of" && n.hasHead(end-1, end), next && (w == "'" || w == "’") && n.hasHead(end+1, end+2):
			end += 2
		default:
			return end
		}
	}
	return end
}

// titleAt says whether a title with a name after it begins at token i.
func (n *namer) titleAt(i int) bool {
	t, ok := longestOf(n.lists[i], "title")
	return ok && t.last < len(n.Doc.Tokens) && n.capital(t.last)
}

// dated says whether token i is a day or month and can't be a family name.
func (n *namer) dated(i int) bool {
	c, ok := longestOf(n.lists[i], "calendar")
	return ok && !c.weak
}

func (n *namer) is(i int, kind string) bool {
	_, ok := longestOf(n.lists[i], kind)
	return ok
}

// near says whether token i is parted from the one before by a space at most.
func (f *Field) near(i int) bool {
	gap := f.Doc.Text[f.Doc.Tokens[i-1].End:f.Doc.Tokens[i].Start]
	return !strings.ContainsAny(gap, "\n\r")
}

// afterTitle says whether a title ends where token j begins.
func (n *namer) afterTitle(j int, s text.Sentence) bool {
	for i := j - 1; i >= s.First && i >= j-4; i-- {
		if t, ok := longestOf(n.lists[i], "title"); ok && t.last == j {
			return true
		}
	}
	return false
}

// afterTitleAndComma says whether the name at token j stands in apposition to a
// title: "its president, Gerrit Hale".
func (n *namer) afterTitleAndComma(j int, s text.Sentence) bool {
	return j-1 > s.First && n.Doc.Word(j-1) == "," && n.afterTitle(j-1, s)
}

// apposed says whether a title in apposition follows the name that ends at
// token i: "Nadia Osei, the councillor,".
func (n *namer) apposed(i int, s text.Sentence) bool {
	if i+2 >= s.Last || n.Doc.Word(i) != "," {
		return false
	}
	for k := i + 1; k < min(i+4, s.Last); k++ {
		if n.Doc.Tokens[k].Kind == text.Punct {
			return false
		}
		if t, ok := longestOf(n.lists[k], "title"); ok {
			return t.last >= s.Last || !n.capital(t.last)
		}
	}
	return false
}

// hasHead says whether one of the tokens [first, last) is a head noun of
// organizations.
func (n *namer) hasHead(first, last int) bool {
	for i := first; i < last; i++ {
		if n.is(i, "org_head") {
			return true
		}
	}
	return false
}

// acronym says whether token i is all capitals in a text that isn't.
func (f *Field) acronym(i int) bool {
	w := f.Doc.Word(i)
	return len(w) >= 2 && len(w) <= 6 && w == strings.ToUpper(w) && !strings.Contains(w, ".")
}
