package analyzer

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	places   map[string]bool   // folded, places and nationalities
}

func newNames(set *lexicons.Set) names {
	n := names{spelling: map[string]string{}, suffixes: map[string]string{}, places: map[string]bool{}}
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
	for _, kind := range []string{place, "nationality"} {
		for _, l := range set.OfKind(kind) {
			for phrase := range l.Map() {
				n.places[phrase] = true
			}
		}
	}
	return n
}

// longestKey is how many bytes of a name go into its key, which databases
// index.
const longestKey = 200

// key files a name of a kind of thing: words in lower case without accents,
// joined by hyphens; of persons, nicknames and spellings in one form.
func (n names) key(name, kind string) string {
	if kind != person { // "The Guardian" and "the Guardian" are one
		name = strings.TrimPrefix(name, "The ")
	}
	name = name[:min(len(name), longestKey)] // a cut rune is no letter
	b := make([]byte, 0, len(name)+8)
	for w := range strings.FieldsSeq(name) {
		if kind == person {
			if to, ok := n.spelling[text.Fold(strings.Trim(w, ".,"))]; ok {
				w = to
			}
		}
		end := len(b)
		if end > 0 {
			b = append(b, '-')
		}
		from := len(b)
		if b = slug(b, w); len(b) == from {
			b = b[:end]
		}
	}
	return string(b)
}

// slug appends a word in lower case letters and digits, without accents.
func slug(b []byte, w string) []byte {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return slugRunes(b, w)
		}
	}
	for i := range len(w) {
		switch c := w[i]; {
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
			b = append(b, c)
		}
	}
	return b
}

func slugRunes(b []byte, w string) []byte {
	for _, r := range norm.NFD.String(w) {
		if r = unicode.ToLower(r); unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
