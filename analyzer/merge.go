package analyzer

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// A named is a name as a thing of a kind.
type named struct{ words, kind string }

// entityKinds are the types of entities, in the order in which a tie is
// settled.
var entityKinds = [...]string{person, organization, place, other}

// merge makes entities of mentions. A family name belongs to the person last
// named in full with it, an acronym to the organization with those initials,
// "Calder" to "Calder Holdings", an alias to what the lexicons list it for.
func (a *Analyzer) merge(all []mention, described map[string][]Mark) []Entity {
	full := newFullNames()
	keys := map[*mention]string{} // of the first mention of each name
	first := map[named]*mention{}
	for i := range all {
		m := &all[i]
		if name := (named{m.words, m.kind}); first[name] == nil {
			first[name] = m
			full.add(a, m)
		}
	}
	groups := make(map[string][]*mention, len(first))
	var order []string
	for i := range all {
		m := &all[i]
		of := first[named{m.words, m.kind}]
		key, ok := keys[of]
		if !ok {
			key = full.keyOf(a, of)
			keys[of] = key
		}
		if _, ok := groups[key]; !ok {
			order = append(order, key)
		}
		groups[key] = append(groups[key], m)
	}
	out := make([]Entity, 0, len(order))
	for _, key := range order {
		e := a.entity(key, groups[key])
		for _, m := range groups[key] {
			if marks, ok := described[m.words]; ok && e.Type == person {
				e.Descriptions = append(e.Descriptions, marks...)
				delete(described, m.words)
			}
		}
		sortMarks(e.Descriptions)
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(x, y Entity) int { return cmp.Compare(y.Salience, x.Salience) })
	return out
}

// ownKey is the key of a mention that is short for nothing in the article.
func (a *Analyzer) ownKey(m *mention) string {
	if m.entry != nil && !(m.weak && m.one()) {
		if key := a.names.key(m.entry.Phrase, m.kind); key != "" {
			return key
		}
	}
	if key := a.names.key(m.words, m.kind); key != "" {
		return key
	}
	return "x" // a name without letters
}

// A fullName is a name of several words that others are short for.
type fullName struct {
	key   string
	given string // of a person, the first letter of the given name
}

// fullNames are names of several words, by what is short for them.
type fullNames struct {
	family   map[string][]fullName // last word of a person's name, as filed
	initials map[string]string     // of an organization
	first    map[string]string     // first word of an organization's name, as filed
	head     map[string]string     // last word of an organization's name, "Board"
}

func newFullNames() *fullNames {
	return &fullNames{family: map[string][]fullName{}, initials: map[string]string{}, first: map[string]string{}, head: map[string]string{}}
}

func (f *fullNames) add(a *Analyzer, m *mention) {
	if m.one() {
		return
	}
	key := a.ownKey(m)
	switch m.kind {
	case person:
		given, _ := utf8.DecodeRuneInString(m.words)
		last := a.names.familyName(m.words)
		for _, form := range []string{a.names.key(last, person), a.names.key(lastWord(last), person)} {
			if list := f.family[form]; len(list) == 0 || list[len(list)-1].key != key {
				f.family[form] = append(list, fullName{key, string(given)})
			}
		}
	case organization:
		if in := initials(m.words); len(in) > 1 && f.initials[in] == "" {
			f.initials[in] = key
		}
		if last := lastWord(m.words); f.head[last] == "" {
			f.head[last] = key
		}
		word, _, _ := strings.Cut(m.words, " ")
		if form := a.names.key(word, ""); f.first[form] == "" {
			f.first[form] = key
		}
	}
}

// keyOf is the key of what a mention names: that of the full name it is short
// for, else its own.
func (f *fullNames) keyOf(a *Analyzer, m *mention) string {
	own := a.ownKey(m)
	switch m.kind {
	case person:
		if key, ok := f.personOf(a, m); ok {
			return key
		}
	case organization:
		if !m.one() {
			return own
		}
		if key, ok := f.initials[strings.ReplaceAll(m.words, ".", "")]; ok && acronym(m.words) {
			return key
		}
		if m.entry != nil { // "House" alone is not short for "White House"
			return own
		}
		if key, ok := f.head[m.words]; ok {
			return key
		}
		if key, ok := f.first[a.names.key(m.words, "")]; ok {
			return key
		}
	}
	return own
}

// personOf is the key of the person whom a family name, or a name with an
// initial, is short for.
func (f *fullNames) personOf(a *Analyzer, m *mention) (string, bool) {
	given, family, several := strings.Cut(m.words, " ")
	form := m.words
	if several {
		if !initial(given) {
			return "", false
		}
		form = family
	}
	// Of several persons with one family name the first counts.
	for _, n := range f.family[a.names.key(form, person)] {
		if !several || strings.HasPrefix(given, n.given) && n.key != a.ownKey(m) {
			return n.key, true
		}
	}
	return "", false
}

// initial says whether a given name is one letter, with or without a period.
func initial(w string) bool {
	return utf8.RuneCountInString(strings.TrimSuffix(w, ".")) == 1
}

// acronym says whether a word is capitals and periods.
func acronym(w string) bool {
	return len(w) >= 2 && len(w) <= 8 && w == strings.ToUpper(w)
}

func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// familyName is the last word of a person's name, with the particles before it
// and without "Jr.".
func (n names) familyName(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && n.suffixes[text.Fold(words[len(words)-1])] != "" {
		words = words[:len(words)-1]
	}
	first := len(words) - 1
	for first > 1 && unicode.IsLower(firstRune(words[first-1])) {
		first--
	}
	return strings.Join(words[first:], " ")
}

func firstRune(w string) rune {
	r, _ := utf8.DecodeRuneInString(w)
	return r
}

// initials are the capitals that begin the words of a name.
func initials(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if r := firstRune(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// entity sums mentions up.
func (a *Analyzer) entity(key string, ms []*mention) Entity {
	e := Entity{Key: key, Mentions: make([]Mark, 0, len(ms))}
	var votes [len(entityKinds)]int
	var p prominence
	for _, m := range ms {
		votes[slices.Index(entityKinds[:], m.kind)]++
		name := m.words
		if m.entry != nil && !(m.weak && m.one()) {
			name = m.entry.Phrase
		}
		if len(name) > len(e.Name) {
			e.Name = name
		}
		e.Mentions = append(e.Mentions, m.field.Mark(m.span()))
		p.add(m)
	}
	best := 0
	for k, n := range votes {
		if n > votes[best] {
			best = k
		}
	}
	e.Type = entityKinds[best]
	if e.Type == person {
		e.Name = a.names.display(e.Name)
	}
	e.Salience = p.salience()
	return e
}

// A prominence is how an entity stands in an article.
type prominence struct {
	title     bool
	mentions  int     // in the text
	starts    int     // those among the first three words of their sentence
	sentence  int     // the first one that names it, from 0
	before    float64 // share of the text before that
	sentences int     // of the text
}

func (p *prominence) add(m *mention) {
	if m.field.Name == fieldTitle {
		p.title = true
		return
	}
	doc := m.field.Doc
	s := doc.SentenceAt(m.first)
	if p.mentions == 0 {
		p.sentence, p.sentences = s, len(doc.Sentences)
		p.before = float64(m.span().Start) / float64(len(doc.Text))
	}
	p.mentions++
	if m.first-doc.Sentences[s].First < 3 {
		p.starts++
	}
}

// salience is the chance that a short summary of the article names the entity,
// to three digits, so that the last bits of a float don't show: a logistic model of how often, how early and in which place
// of the sentence it is named, fitted on the named entities of GUM, where five
// summaries a document say which are salient (Lin and Zeldes 2024). GUM's texts
// have no titles; that one in the title counts like standing early is our
// guess.
func (p *prominence) salience() float64 {
	z := -.8
	if p.mentions > 0 {
		z += 1.4*math.Log(float64(p.mentions)) - .4*math.Log(float64(p.sentences))
		z += 2*math.Exp(-float64(p.sentence)/3) + .4*(1-p.before) + .6*float64(p.starts)/float64(p.mentions)
	}
	if p.title {
		z += 2
	}
	return math.Round(1000/(1+math.Exp(-z))) / 1000
}

// display writes transliterated family names in their one spelling but leaves
// given names as people use them.
func (n names) display(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return name
	}
	last := len(words) - 1
	if to, ok := n.spelling[text.Fold(words[last])]; ok {
		words[last] = to
	}
	return strings.Join(words, " ")
}
