package tagger

import (
	"slices"

	"parallax/analyzer/text"
)

// What fitting needs to know of the tags of names.
const (
	NameTags = nameTags
	Outside  = uint8(0)
	Misc     = 3
)

// May says whether tag b may follow tag a within a segment; [Outside] is the
// begin of one too.
func May(a, b uint8) bool { return after(a, b) }

// MayEnd says whether a segment may end with tag a.
func MayEnd(a uint8) bool { return ends(a) }

// TypeOf is the number of a type of names.
func TypeOf(label string) (int, bool) {
	i := slices.Index(Labels[:], label)
	return i, i >= 0
}

// TagsOf are the tags of a type, a bit each.
func TagsOf(kind int) uint32 { return 0xf << (1 + 4*kind) }

// TagAt is the tag of word i of a name of n words.
func TagAt(kind, i, n int) uint8 {
	switch {
	case n == 1:
		return tagOf(kind, single)
	case i == 0:
		return tagOf(kind, begin)
	case i == n-1:
		return tagOf(kind, end)
	}
	return tagOf(kind, inside)
}

// Upper says whether a word holds a capital letter at its begin.
func Upper(word string) bool { return startsUpper(word) }

// Rows are the weights of features: of each key one weight a tag, to be
// shifted left.
type Rows struct {
	Keys    []uint32 // ascending
	Shifts  []uint8
	Weights []int8
}

// MostShift is the largest shift of a row.
const MostShift = 1<<shiftBits - 1

// NameWeights are a fitted name model.
type NameWeights struct {
	Rows
	Steps []int32  // from tag to tag, then from the begin of a segment
	Joins []string // words in lower case that stand within names
}

func (w *NameWeights) model() *nameModel {
	m := &nameModel{table: newTable(w.Rows, nameTags), joins: map[string]bool{}}
	for a := range m.steps {
		copy(m.steps[a][:], w.Steps[a*nameTags:])
	}
	for _, j := range w.Joins {
		m.joins[j] = true
	}
	return m
}

// NoNames are weights that find no name.
func NoNames() *NameWeights { return &NameWeights{Steps: make([]int32, (nameTags+1)*nameTags)} }

// TagWeights are a fitted model of parts of speech.
type TagWeights struct {
	Rows
	Names []string          // of the tags; the first is ""
	Sure  map[string]string // folded words with one tag
}

func (w *TagWeights) model() *tagModel {
	m := &tagModel{table: newTable(w.Rows, len(w.Names)), sure: map[string]uint8{}}
	for i, name := range w.Names {
		tag := text.ParseTag(name)
		m.names = append(m.names, tag)
		m.index[tag] = uint8(i)
	}
	for word, tag := range w.Sure {
		m.sure[word] = uint8(slices.Index(w.Names, tag))
	}
	return m
}
