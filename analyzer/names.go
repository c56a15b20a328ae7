package analyzer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// The types of entities.
const (
	person       = "person"
	place        = "place"
	organization = "organization"
	other        = "other"
)

// names is what the lexicons know about names.
type names struct {
	spelling map[string]string // folded word to the form it is filed under
}

func newNames(set *lexicons.Set) names {
	n := names{spelling: map[string]string{}}
	for _, l := range set.OfKind("nickname") {
		for from, to := range l.Map() {
			n.spelling[from] = to
		}
	}
	return n
}

// key files a name of a kind of thing: words in lower case without accents,
// joined by hyphens; of persons, nicknames and spellings in one form.
func (n names) key(name, kind string) string {
	var parts []string
	for w := range strings.FieldsSeq(name) {
		if to, ok := n.spelling[text.Fold(strings.Trim(w, ".,"))]; ok && kind == person {
			w = to
		}
		if p := slug(w); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "-")
}

// slug is a word in lower case letters and digits, without accents.
func slug(w string) string {
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return r
		}
		return -1
	}, norm.NFD.String(w))
}

// typeOf is the type of entity that a tagger's label means.
func typeOf(label string) string {
	switch label {
	case "PERSON":
		return person
	case "ORGANIZATION":
		return organization
	case "GPE", "LOCATION", "GSP", "FACILITY":
		return place
	}
	return other
}
