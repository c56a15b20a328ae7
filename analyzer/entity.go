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

// named are the names of a field; they are read when somebody first asks.
func (a *Analyzer) named(f *Field) []text.Name {
	if !f.namesRead {
		f.names = f.bodies(f.joinPossessives(datelines(f.Doc, a.tagger.Names(nil, f.Doc, f.Hits))))
		f.namesRead = true
	}
	return f.names
}

// mentions are the names of a field, each with the entry that lists it.
func (a *Analyzer) mentions(f *Field) []mention {
	found := a.named(f)
	out := make([]mention, 0, len(found))
	for _, n := range found {
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
// mentions have, a person's where it is the family name of one named in full,
// and an organization's where it begins the full name of one and is no person's.
func (a *Analyzer) agree(ms []mention) []mention {
	votes := map[string]*[4]int{}
	family, firm := map[string]bool{}, map[string]bool{}
	for i := range ms {
		m := &ms[i]
		if m.kind == place && !m.one() && m.entry == nil && m.field.isHead(m.last-1) {
			m.kind = organization // "Port Sable Harbour Authority"
		}
		v := votes[m.words]
		if v == nil {
			v = new([4]int)
			votes[m.words] = v
		}
		v[slices.Index(entityKinds[:], m.kind)]++
		if m.kind == person && !m.one() {
			family[lastWord(m.words)] = true
		}
		if m.kind == organization && !m.one() {
			first, _, _ := strings.Cut(m.words, " ")
			firm[first] = true
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
		case family[m.words] || kind != person:
		case m.field.country(m):
			kind = place
		case firm[m.words] && (m.entry == nil || m.weak) && m.field.titled(m.first) == m.first:
			kind = organization // "Calder" of "Calder Holdings"
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

// sortMarks puts marks in the order of the article, the title first.
func sortMarks(ms []Mark) {
	slices.SortFunc(ms, func(x, y Mark) int {
		return cmp.Or(-cmp.Compare(len(x.Field), len(y.Field)), cmp.Compare(x.Start, y.Start))
	})
}
