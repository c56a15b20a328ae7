package analyzer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A mention is a name where it stands, before mentions are merged.
type mention struct {
	field       *Field
	first, last int // tokens
	kind        string
	words       string          // with single spaces
	entry       *lexicons.Entry // that lists the name, or nil
	weak        bool            // the list says that the words are also something else
}

func (m *mention) span() text.Span { return m.field.Doc.Span(m.first, m.last) }

func (m *mention) one() bool { return !strings.Contains(m.words, " ") }

// kindOf is the type of entity that a label of names means.
var kindOf = map[string]string{"PER": person, "LOC": place, "ORG": organization, "MISC": other}

// entities finds the names in title and text and merges those of one thing.
// The text is read first: in a headline every word may have a capital, so that
// names known from the text count there.
func (a *Analyzer) entities(title, body *Field) []Entity {
	inText := a.agree(a.mentions(body))
	inTitle := a.headline(title, a.mentions(title), inText)
	all := append(inTitle, inText...)
	return a.merge(all, a.descriptions(body, all))
}

// mentions are the names of a field, each with the entry that lists it.
func (a *Analyzer) mentions(f *Field) []mention {
	f.names = a.tagger.Names(f.names[:0], f.Doc, f.Hits)
	f.names = f.bodies(f.joinPossessives(datelines(f.Doc, f.names)))
	out := make([]mention, 0, len(f.names))
	for _, n := range f.names {
		m := mention{field: f, first: n.First, last: n.Last, kind: kindOf[n.Label]}
		if m.last-m.first > 1 && f.Doc.Word(m.first) == "The" && f.begins(m.first) {
			m.first++ // the capital of a sentence's begin
		}
		m.words = spaced(f.Doc.Slice(m.span()))
		if m.kind == "" || f.foreign(m.span()) || m.kind == other && a.noThing(f, &m) {
			continue
		}
		m.entry, m.weak = f.entryOf(&m)
		if m.kind == other && m.entry == nil && f.inHeading(m.first) {
			continue // a heading's capitals make no name of "Historical Context"
		}
		out = append(out, m)
	}
	return out
}

// longestHeading is how many tokens a heading has at most.
const longestHeading = 60

// inHeading says whether token i stands in a line without a full stop in which
// nearly all longer words have a capital.
func (f *Field) inHeading(i int) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(i)]
	if s.Last-s.First > longestHeading {
		return false
	}
	if w := f.Doc.Word(s.Last - 1); strings.ContainsAny(w, ".!?”\"") && len(w) <= 3 {
		return false
	}
	upper, n := 0, 0
	for k := s.First; k < s.Last; k++ {
		if w := f.Doc.Word(k); f.Doc.Tokens[k].Kind == text.Word && len(w) > 3 {
			n++
			if startsUpper(w) {
				upper++
			}
		}
	}
	return 4*upper >= 3*n
}

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

// begins says whether token i begins a sentence, or a quotation in one.
func (f *Field) begins(i int) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(i)]
	return i == s.First || i == s.First+1 && f.Doc.Tokens[s.First].Kind == text.Punct
}

// spaced is s with single spaces.
func spaced(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && i > 0 && s[i-1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// noThing says whether a name of another kind is none of a thing: a
// nationality, or a compound such as "U.S.-led".
func (a *Analyzer) noThing(f *Field, m *mention) bool {
	for _, h := range f.hitsIn(m.first, m.first+1) {
		if l, _ := f.Set.Entry(h); l.Kind == "nationality" && h.Last == m.last {
			return true
		}
	}
	if m.last-m.first > 1 || !strings.ContainsAny(m.words, "-–") {
		return false
	}
	for part := range strings.FieldsFuncSeq(m.words, func(r rune) bool { return r == '-' || r == '–' }) {
		if unicode.IsLower(firstRune(part)) || a.names.places[text.Fold(part)] {
			return true
		}
	}
	return false
}

// listKinds are the kinds of lists of names by the type of entity.
var listKinds = map[string]string{"place": place, "organization": organization, "person": person, "other_name": other}

// entryOf is the entry that lists a name as one of its type. A title before
// the name may stand in the list with it.
func (f *Field) entryOf(m *mention) (e *lexicons.Entry, weak bool) {
	for _, h := range f.hitsIn(m.first, m.first+1) {
		l, entry := f.Set.Entry(h)
		if h.Last != m.last || listKinds[l.Kind] != m.kind {
			continue
		}
		if e == nil || weak && !h.Weak {
			e, weak = entry, h.Weak
		}
	}
	return e, weak
}

// agree settles what one name is throughout a text: the type that most of its
// mentions have, and a person's where it is the family name of one named in
// full. Where no mention was read at all, one that repeats a name is.
func (a *Analyzer) agree(ms []mention) []mention {
	votes := map[string]*[4]int{}
	family := map[string]bool{}
	for i := range ms {
		m := &ms[i]
		v := votes[m.words]
		if v == nil {
			v = new([4]int)
			votes[m.words] = v
		}
		v[slices.Index(entityKinds[:], m.kind)]++
		if m.kind == person && !m.one() {
			family[lastWord(m.words)] = true
		}
	}
	for i := range ms {
		m := &ms[i]
		kind := m.kind
		v := votes[m.words]
		own := v[slices.Index(entityKinds[:], kind)]
		for k, n := range v {
			if n > 2*own {
				kind, own = entityKinds[k], n
			}
		}
		switch {
		case !m.one():
		case family[m.words] && (m.entry == nil || m.weak):
			kind = person
		case !family[m.words] && kind == person && m.field.country(m):
			kind = place
		}
		if kind != m.kind {
			m.kind = kind
			m.entry, m.weak = m.field.entryOf(m)
		}
	}
	return ms
}

// country says whether a name of one word without a title before it is listed
// as a country: "Jordan asked for help".
func (f *Field) country(m *mention) bool {
	for _, h := range f.hitsIn(m.first, m.first+1) {
		l, e := f.Set.Entry(h)
		if l.Kind == place && e.Value == "country" && h.Last == m.last {
			return f.titled(m.first) == m.first
		}
	}
	return false
}

// titled is where the title before the name at token i begins, or i.
func (f *Field) titled(i int) int {
	for _, h := range f.hitsIn(max(0, i-longestTitle), i) {
		if l, _ := f.Set.Entry(h); l.Kind == "title" && h.Last == i {
			return h.First
		}
	}
	return i
}

// longestTitle is how many words of a title are looked at.
const longestTitle = 6

// headline puts names that the text has into its title, where the title alone
// would not tell: the longest first.
func (a *Analyzer) headline(title *Field, own, inText []mention) []mention {
	if len(title.Doc.Tokens) == 0 {
		return nil
	}
	known := map[string]*mention{}
	for i := range inText {
		m := &inText[i]
		if known[m.words] == nil {
			known[m.words] = m
		}
		if last := lastWord(m.words); m.kind == person && known[last] == nil {
			known[last] = m
		}
	}
	var out []mention
	at := 0
	for i := 0; i < len(title.Doc.Tokens); {
		for at < len(own) && own[at].first < i {
			at++
		}
		if at < len(own) && own[at].first == i {
			m := own[at]
			k := known[m.words]
			if k != nil && k.kind != m.kind {
				m.kind = k.kind
				m.entry, m.weak = title.entryOf(&m)
			}
			// The text names what its title is about; one word that it does not
			// name is one with a headline's capital.
			if k != nil || !m.one() || m.entry != nil || m.kind == person || len(inText) == 0 || !title.inHeading(m.first) {
				out = append(out, m)
			}
			i = m.last
			continue
		}
		end := len(title.Doc.Tokens)
		if at < len(own) {
			end = own[at].first
		}
		m, ok := title.repeated(i, min(end, i+longestName), known)
		if ok {
			out = append(out, m)
			i = m.last
		} else {
			i++
		}
	}
	return out
}

// longestName is how many words of a title are looked at for one name.
const longestName = 8

// repeated is the longest name known from the text that begins at token i of a
// title and ends by end.
func (f *Field) repeated(i, end int, known map[string]*mention) (mention, bool) {
	if !startsUpper(f.Doc.Word(i)) {
		return mention{}, false
	}
	for last := end; last > i; last-- {
		words := spaced(f.Doc.Slice(f.Doc.Span(i, last)))
		if k := known[words]; k != nil && len(words) > 2 {
			m := mention{field: f, first: i, last: last, kind: k.kind, words: words}
			m.entry, m.weak = f.entryOf(&m)
			return m, true
		}
	}
	return mention{}, false
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

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

// sortMarks puts marks in the order of the article, the title first.
func sortMarks(ms []Mark) {
	slices.SortFunc(ms, func(x, y Mark) int {
		return cmp.Or(-cmp.Compare(len(x.Field), len(y.Field)), cmp.Compare(x.Start, y.Start))
	})
}
