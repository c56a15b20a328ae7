package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Vocabulary numbers word types. Two words are one type when they differ
// only in case or in the form of an apostrophe or hyphen. Ids start at 1; 0 is
// "not in the vocabulary". The zero Vocabulary is empty and ready for use.
// Looking up is safe for concurrent use, adding is not.
type Vocabulary struct {
	words []string // folded, by id-1
	table []uint32 // open addressing, id or 0; its length is a power of two
}

// Len is the number of types.
func (v *Vocabulary) Len() int { return len(v.words) }

// Word is the folded form of a type.
func (v *Vocabulary) Word(id uint32) string { return v.words[id-1] }

// Add returns the id of word, numbering it if it is new.
func (v *Vocabulary) Add(word string) uint32 {
	if id := v.ID(word); id != 0 {
		return id
	}
	if 2*(len(v.words)+1) > len(v.table) {
		v.grow()
	}
	v.words = append(v.words, Fold(word))
	id := uint32(len(v.words))
	v.put(id, Hash(word))
	return id
}

// ID is the id of word, or 0. It does not allocate.
func (v *Vocabulary) ID(word string) uint32 {
	if len(v.table) == 0 {
		return 0
	}
	mask := uint64(len(v.table) - 1)
	for i := Hash(word) & mask; ; i = (i + 1) & mask {
		id := v.table[i]
		if id == 0 || same(v.words[id-1], word) {
			return id
		}
	}
}

func (v *Vocabulary) put(id uint32, h uint64) {
	mask := uint64(len(v.table) - 1)
	i := h & mask
	for v.table[i] != 0 {
		i = (i + 1) & mask
	}
	v.table[i] = id
}

func (v *Vocabulary) grow() {
	v.table = make([]uint32, max(64, 2*len(v.table)))
	for i, w := range v.words {
		v.put(uint32(i+1), Hash(w))
	}
}

// Fold is the form under which a word is numbered: lower case, with straight
// apostrophes and plain hyphens.
func Fold(word string) string { return strings.Map(foldRune, word) }

func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r {
	case '’', '‘', 'ʼ', '′':
		return '\''
	case '‐', '‑':
		return '-'
	}
	return unicode.ToLower(r)
}

// Hash is FNV-1a over the folded runes of a word, mixed for use with a mask.
func Hash(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return hashRunes(h, word[i:])
		}
		h = (h ^ uint64(lower[c])) * 1099511628211
	}
	return h ^ h>>29
}

func hashRunes(h uint64, word string) uint64 {
	for _, r := range word {
		h = (h ^ uint64(foldRune(r))) * 1099511628211
	}
	return h ^ h>>29
}

// lower is the folded form of ASCII.
var lower = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		t[c] = byte(foldRune(rune(c)))
	}
	return t
}()

// same says whether folded is the folded form of word.
func same(folded, word string) bool {
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return i <= len(folded) && sameRunes(folded[i:], word[i:])
		}
		if i >= len(folded) || folded[i] != lower[c] {
			return false
		}
	}
	return len(folded) == len(word)
}

func sameRunes(folded, word string) bool {
	i := 0
	for _, r := range word {
		f, n := utf8.DecodeRuneInString(folded[i:])
		if n == 0 || f != foldRune(r) {
			return false
		}
		i += n
	}
	return i == len(folded)
}
