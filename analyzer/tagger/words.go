package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Knowledge is what is known of words before any document is read: numbers
// counted in large unlabelled texts and clusters of word vectors, by folded
// word, and the names and heads that the lexicons list.
type Knowledge struct {
	words map[uint32]WordFacts
	lists map[string]listFlag // folded word to the lists it stands in
}

// WordFacts are what was counted of a word. The zero WordFacts say nothing.
type WordFacts struct {
	Cluster uint16 // three digits to base 16, plus 1; 0 is unknown
	Capital uint8  // eighths of its uses within a sentence that have a capital, plus 1; 0 is unknown
	Memory  uint16 // how often a first model took it for each type of name, see [MemoryOf]; 0 is unknown
}

// memoryKnown tells a word that was never taken for a name from one not seen.
const memoryKnown = 0x8000

// MemoryOf packs the shares, in sevenths, of a word's uses with a capital that
// were taken for a part of a name of each type.
func MemoryOf(share [nameTypes]int) uint16 {
	m := uint16(memoryKnown)
	for t, s := range share {
		m |= uint16(s) << (4 * t)
	}
	return m
}

type listFlag uint16

const (
	inGiven listFlag = 1 << iota
	inFamily
	inFamilyWeak
	inPlace
	inPlacePart
	inOrganization
	inOrganizationPart
	inPersonPart
	inOther
	inHead
	inNationality
	inTitle
)

// NewKnowledge joins word facts by key of [WordKey] with what the set lists.
func NewKnowledge(set *lexicons.Set, facts map[uint32]WordFacts) *Knowledge {
	k := &Knowledge{words: facts, lists: map[string]listFlag{}}
	for _, l := range set.Lexicons() {
		for i := range l.Entries {
			e := &l.Entries[i]
			for _, form := range e.All() {
				k.list(l.Kind, form, e.Hinted(form))
			}
		}
	}
	return k
}

// list files the words of a listed phrase.
func (k *Knowledge) list(kind, form string, weak bool) {
	whole, part := listFlag(0), listFlag(0)
	switch kind {
	case "given_name":
		whole = inGiven
	case "family_name":
		whole = inFamily
		if weak {
			whole = inFamilyWeak
		}
	case "place":
		whole, part = inPlace, inPlacePart
	case "organization":
		whole, part = inOrganization, inOrganizationPart
	case "person":
		whole, part = inPersonPart, inPersonPart
	case "other_name":
		whole = inOther
	case "org_head":
		whole = inHead
	case "nationality":
		whole = inNationality
	case "title":
		whole = inTitle
	default:
		return
	}
	words := strings.Fields(form)
	if len(words) == 1 {
		k.lists[text.Fold(form)] |= whole
		return
	}
	for _, w := range words {
		if part != 0 && startsUpper(w) {
			k.lists[text.Fold(w)] |= part
		}
	}
}

// WordKey is the key under which facts of a word are filed.
func WordKey(word string) uint32 { return of('l', text.Fold(word)).Key() }

// A typeBasics is what a word type says at a glance.
type typeBasics struct {
	lower, shape, cluster feature
	upper                 bool // holds a capital letter
	caps                  bool // is in capitals, two letters at least
	digit                 bool // begins with a digit
	facts                 WordFacts
}

// basics reads a word type; lower is its folded form.
func (k *Knowledge) basics(word, lower string) typeBasics {
	f := typeBasics{lower: of('l', lower), shape: shapeOf(word)}
	f.facts = k.words[f.lower.Key()]
	f.cluster = feature(mix(uint64(f.facts.Cluster) + 'c'<<32))
	letters := 0
	f.caps = true
	for i, r := range word {
		switch {
		case unicode.IsUpper(r):
			f.upper = true
			letters++
		case unicode.IsLetter(r):
			f.caps = false
			letters++
		case i == 0 && unicode.IsDigit(r):
			f.digit = true
		}
	}
	f.caps = f.caps && letters > 1
	return f
}

// look appends the features that a word type has by itself: first those that
// are used at all five places, then those of the word in its own place only.
// Wide is how many there are of the first.
func (k *Knowledge) look(out []feature, word string, f *typeBasics) (features []feature, wide int) {
	from := len(out)
	lower := text.Fold(word)
	capital, c := feature(f.facts.Capital), int(f.facts.Cluster)
	lists := k.lists[lower]
	out = append(out, f.lower, f.shape, pair(53, capital, 0))
	var two feature
	if c > 0 {
		one := feature(mix(uint64((c-1)>>8) + 'd'<<32))
		two = feature(mix(uint64((c-1)>>4) + 'e'<<32))
		out = append(out, f.cluster, one, two)
	}
	for b := listFlag(1); b <= inTitle; b <<= 1 {
		if lists&b != 0 {
			out = append(out, pair(60, feature(b), 0))
		}
	}
	wide = len(out) - from
	out = append(out, of('w', word), pair(52, capital, 0), pair(52, capital, f.shape), pair(62, feature(lists), 0))
	if c > 0 {
		out = append(out, pair(50, f.cluster, f.shape), pair(50, two, f.shape))
	} else {
		out = append(out, pair(51, 0, f.shape))
	}
	for n, i, j := 1, 0, len(lower); n <= 4; n++ {
		_, left := utf8.DecodeRuneInString(lower[i:])
		_, right := utf8.DecodeLastRuneInString(lower[:j])
		if i += left; i >= len(lower) {
			break // the affix would be the word
		}
		j -= right
		out = append(out, of('p', lower[:i]), of('x', lower[j:]))
	}
	if m := f.facts.Memory; m != 0 {
		for t := range 4 {
			out = append(out, pair(54+uint64(t), feature(m>>(4*t)&7), 0))
		}
		out = append(out, pair(58, feature(m), 0))
	}
	if lists == 0 {
		out = append(out, pair(59, 0, f.shape))
	}
	for b := listFlag(1); b <= inTitle; b <<= 1 {
		if lists&b != 0 {
			out = append(out, pair(61, feature(b), f.shape))
		}
	}
	return out, wide
}

// shapeOf hashes the sort of each character, runs of more than two cut short:
// "Xxx" for "Paris", "XX-dd" for "COVID-19".
func shapeOf(word string) feature {
	var buf [16]byte
	b := buf[:0]
	for _, r := range word {
		c := byte('.')
		switch {
		case r >= 'a' && r <= 'z':
			c = 'x'
		case r >= 'A' && r <= 'Z':
			c = 'X'
		case r >= '0' && r <= '9':
			c = 'd'
		case r < utf8.RuneSelf:
			c = byte(r)
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLower(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = 'd'
		case r == '’':
			c = '\''
		case r == '“' || r == '”':
			c = '"'
		}
		if n := len(b); n >= 2 && b[n-1] == c && b[n-2] == c && c != '.' {
			continue
		}
		if b = append(b, c); len(b) > 10 {
			break
		}
	}
	return of('s', string(b))
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
