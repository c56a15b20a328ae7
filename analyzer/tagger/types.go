package tagger

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// The tags of names: outside, and begin, inside, end and single of each type.
const (
	nameTypes = 4
	nameTags  = 1 + 4*nameTypes
)

// Labels are the types of names by number.
var Labels = [nameTypes]string{"PER", "LOC", "ORG", "MISC"}

// The places of a tag in a name.
const (
	begin = iota
	inside
	end
	single
)

func tagOf(kind, place int) uint8 { return uint8(1 + 4*kind + place) }

func kindOf(tag uint8) int  { return int(tag-1) / 4 }
func placeOf(tag uint8) int { return int(tag-1) % 4 }

// after says whether tag b may follow tag a within a segment.
func after(a, b uint8) bool {
	if open := a != 0 && (placeOf(a) == begin || placeOf(a) == inside); open {
		return b != 0 && (placeOf(b) == inside || placeOf(b) == end) && kindOf(a) == kindOf(b)
	}
	return b == 0 || placeOf(b) == begin || placeOf(b) == single
}

// ends says whether a segment may end with tag a.
func ends(a uint8) bool { return a == 0 || placeOf(a) == end || placeOf(a) == single }

// A wordType is what is kept of a word type once it was seen.
type wordType struct {
	typeBasics
	hash     uint64
	from, to uint32 // its bytes in the arena
	fold     int32  // number of its folded form
	joins    bool   // stands within names though in lower case
	sure     uint8  // its only tag, or 0
}

// types numbers word types as they are written. It is not safe for concurrent
// use; every reader has its own.
type types struct {
	k     *Knowledge
	table []int32 // open addressing, index+1 or 0
	all   []wordType
	arena []byte
	folds map[feature]int32
	join  map[string]bool // words in lower case that stand within names
	sure  map[string]uint8
	most  int // types that are kept; see namer.makeRoom

	looks []look    // per type, made when first asked for
	feats []feature // of all looks
}

// A look is where the features of a type by itself lie; the zero look was not
// made.
type look struct{ from, wide, to int32 }

func newTypes(k *Knowledge) *types {
	t := &types{k: k, most: maxTypes}
	t.reset()
	return t
}

// maxTypes is how many types are kept; a reader that has seen more begins
// anew.
const maxTypes = 1 << 17

// reset forgets all types but the first, which stands for what is outside of a
// sentence.
func (t *types) reset() {
	t.table, t.all, t.arena, t.folds = make([]int32, 1<<14), t.all[:0], t.arena[:0], map[feature]int32{}
	t.looks, t.feats = t.looks[:0], t.feats[:0]
	t.of("\x00")
}

func hashOf(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * prime
	}
	return h ^ h>>32
}

// of is the number of a word type, which may be new.
func (t *types) of(word string) int32 {
	h := hashOf(word)
	mask := uint64(len(t.table) - 1)
	i := h & mask
	for ; t.table[i] != 0; i = (i + 1) & mask {
		w := &t.all[t.table[i]-1]
		if w.hash == h && string(t.arena[w.from:w.to]) == word {
			return t.table[i] - 1
		}
	}
	lower := text.Fold(word)
	f := t.k.basics(word, lower)
	w := wordType{typeBasics: f, hash: h, from: uint32(len(t.arena)), joins: !f.upper && t.join[lower], sure: t.sure[lower]}
	t.arena = append(t.arena, word...)
	w.to = uint32(len(t.arena))
	var ok bool
	if w.fold, ok = t.folds[f.lower]; !ok {
		w.fold = int32(len(t.folds))
		t.folds[f.lower] = w.fold
	}
	t.all = append(t.all, w)
	t.looks = append(t.looks, look{})
	t.table[i] = int32(len(t.all))
	if 2*len(t.all) > len(t.table) {
		t.grow()
	}
	return int32(len(t.all) - 1)
}

func (t *types) grow() {
	t.table = make([]int32, 2*len(t.table))
	mask := uint64(len(t.table) - 1)
	for id := range t.all {
		i := t.all[id].hash & mask
		for t.table[i] != 0 {
			i = (i + 1) & mask
		}
		t.table[i] = int32(id + 1)
	}
}

// at appends the keys of the features that type id has by itself at a place.
func (t *types) at(keys []uint32, id int32, place int) []uint32 {
	l := t.looks[id]
	if l.to == 0 {
		w := &t.all[id]
		n := len(t.feats)
		var wide int
		t.feats, wide = t.k.look(t.feats, string(t.arena[w.from:w.to]), &w.typeBasics)
		l = look{int32(n), int32(n + wide), int32(len(t.feats))}
		t.looks[id] = l
	}
	end := l.to
	if place != 2 {
		end = l.wide
	}
	for _, f := range t.feats[l.from:end] {
		keys = append(keys, at(place, f).Key())
	}
	if place == 2 {
		keys = append(keys, bias)
	}
	return keys
}

// hitCode says what the hits of each kind of list mean to the model.
func hitCode(kind string, h lexicons.Hit) feature {
	c := feature(0)
	switch kind {
	case "place":
		c = 1
	case "organization":
		c = 2
	case "person":
		c = 3
	case "other_name":
		c = 4
	case "title":
		c = 5
	case "org_head":
		c = 6
	case "nationality":
		c = 7
	case "attribution_verb":
		c = 8
	case "calendar":
		c = 9
	default:
		return 0
	}
	if h.Weak {
		c += 16
	}
	return c
}
