package analyzer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// merge makes entities of mentions. A family name belongs to the person last
// named in full with it, an acronym to the organization with those initials,
// "Calder" to "Calder Holdings".
func (a *Analyzer) merge(all []mention) []Entity {
	ahead, before := newFullNames(), newFullNames()
	for i := len(all) - 1; i >= 0; i-- { // so that the first of two stays
		ahead.add(a, all[i])
	}
	groups := map[string][]mention{}
	var order []string
	for _, m := range all {
		key, ok := before.find(a, m)
		if !ok {
			if key, ok = ahead.find(a, m); !ok {
				key = a.ownKey(m)
			}
		}
		before.add(a, m)
		if _, ok := groups[key]; !ok {
			order = append(order, key)
		}
		groups[key] = append(groups[key], m)
	}
	var out []Entity
	for _, key := range order {
		out = append(out, a.entity(key, groups[key], len(all)))
	}
	slices.SortStableFunc(out, func(x, y Entity) int { return cmp.Compare(y.Salience, x.Salience) })
	return out
}

// ownKey is the key of a mention that is short for nothing.
func (a *Analyzer) ownKey(m mention) string {
	name := m.name()
	if m.known != "" {
		name = m.known
	}
	if key := a.names.key(name, m.kind); key != "" {
		return key
	}
	return "x" // a name without letters
}

// fullNames are the keys of names of several words, by what is short for them.
type fullNames struct {
	family   map[string]string // key of the last word of a person's name
	initials map[string]string // of an organization
	first    map[string]string // key of the first word of an organization's name
	head     map[string]string // last word of an organization's name, "Board"
}

func newFullNames() fullNames {
	return fullNames{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
}

func (f fullNames) add(a *Analyzer, m mention) {
	if m.last-m.first < 2 {
		// "Zelensky" taken for a place is the person of that name.
		if key := a.ownKey(m); m.kind == person && m.known == "" && f.family[key] == "" {
			f.family[key] = key
		}
		return
	}
	key, name := a.ownKey(m), m.name()
	switch {
	case m.kind == person && m.known == "":
		f.family[a.names.key(lastWord(name), person)] = key
	case m.kind == organization:
		f.initials[initials(name)] = key
		f.head[lastWord(name)] = key
		if m.certain && m.known == "" {
			word, _, _ := strings.Cut(name, " ")
			f.first[a.names.key(word, "")] = key
		}
	}
}

// find is the key of the full name that a one-word mention stands for.
func (f fullNames) find(a *Analyzer, m mention) (string, bool) {
	if m.known != "" || m.last-m.first > 1 {
		return "", false
	}
	name := m.name()
	if m.kind == person || !m.certain {
		if key, ok := f.family[a.names.key(name, person)]; ok {
			return key, true
		}
	}
	if m.field.acronym(m.first) {
		if key, ok := f.initials[name]; ok {
			return key, true
		}
	}
	if m.certain {
		return "", false
	}
	if key, ok := f.head[name]; ok && m.kind == organization {
		return key, true
	}
	key, ok := f.first[a.names.key(name, "")]
	return key, ok
}

func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// initials are the capitals that begin the words of a name.
func initials(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// entity sums mentions up.
func (a *Analyzer) entity(key string, ms []mention, total int) Entity {
	e := Entity{Key: key}
	votes := map[string]int{}
	title, first := false, 1.0
	for _, m := range ms {
		votes[m.kind]++
		if m.certain {
			votes[m.kind] += 10
		}
		name := m.name()
		if m.known != "" {
			name = m.known
		}
		if len(name) > len(e.Name) {
			e.Name = name
		}
		span := m.span()
		e.Mentions = append(e.Mentions, m.field.Mark(span))
		if m.field.Name == fieldTitle {
			title = true
		} else {
			first = min(first, float64(span.Start)/float64(len(m.field.Doc.Text)))
		}
	}
	for _, kind := range []string{person, organization, place, other} {
		if e.Type == "" || votes[kind] > votes[e.Type] {
			e.Type = kind
		}
	}
	if e.Type == person {
		e.Name = a.names.display(e.Name)
	}
	e.Salience = salience(len(ms), total, first, title)
	return e
}

// salience is how much of the article an entity is: half its share of all
// mentions (saturating), three tenths how early it comes, two tenths the
// title; to three digits.
func salience(n, total int, first float64, title bool) float64 {
	share := float64(n) / float64(total)
	s := .5*share/(share+.1) + .3*(1-first)
	if title {
		s += .2
	}
	return float64(int(s*1000+.5)) / 1000
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
