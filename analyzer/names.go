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
	suffixes map[string]string // folded, what follows a family name
}

func newNames(set *lexicons.Set) names {
	n := names{spelling: map[string]string{}, suffixes: map[string]string{}}
	for _, l := range set.OfKind("nickname") {
		for from, to := range l.Map() {
			n.spelling[from] = to
		}
	}
	for _, l := range set.OfKind("name_suffix") {
		for suffix := range l.Map() {
			n.suffixes[suffix] = suffix
		}
	}
	return n
}

// key files a name of a kind of thing: words in lower case without accents,
// joined by hyphens; of persons, nicknames and spellings in one form.
func (n names) key(name, kind string) string {
	var parts []string
	if kind != person { // "The Guardian" and "the Guardian" are one
		if rest, ok := strings.CutPrefix(name, "The "); ok {
			name = rest
		}
	}
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

// plain says whether a word is ASCII letters, digits and hyphens.
func plain(w string) bool {
	for i := range len(w) {
		if c := w[i]; (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// slug is a word in lower case letters and digits, without accents.
func slug(w string) string {
	if plain(w) {
		return strings.ToLower(w)
	}
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return r
		}
		return -1
	}, norm.NFD.String(w))
}
