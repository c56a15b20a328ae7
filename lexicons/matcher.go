package lexicons

import (
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// A Hit is a phrase of a lexicon found in a document.
type Hit struct {
	First, Last int  // tokens, [First, Last)
	Lexicon     int  // index into the Set's Lexicons
	Entry       int  // index into that lexicon's Entries
	Weak        bool // a hint only: the words are also something else
}

// A matcher is a trie over word types that holds the phrases of every list, so
// that one walk over a document finds them all.
type matcher struct {
	keys  []uint64 // open addressing: parent node and type, plus one; 0 is empty
	next  []int32  // the node a key leads to
	nodes int32
	first []int32 // per node, index of its first output or -1
	outs  []output
	more  []int32 // per output, the next output of its node or -1
}

// An output is an entry that ends at a node.
type output struct {
	lexicon, entry int32
	exact          string // the words as they must be written, or ""
	weak           bool
	capital        bool // only where the first word has a capital
}

func newMatcher() *matcher { return &matcher{nodes: 1, first: []int32{-1}} }

// add makes a phrase, as word types, lead to an output.
func (m *matcher) add(types []uint32, out output) {
	node := int32(0)
	for _, t := range types {
		child := m.child(node, t)
		if child < 0 {
			child = m.nodes
			m.nodes++
			m.first = append(m.first, -1)
			m.put(node, t, child)
		}
		node = child
	}
	m.outs, m.more = append(m.outs, out), append(m.more, -1)
	at := &m.first[node]
	for *at >= 0 {
		at = &m.more[*at]
	}
	*at = int32(len(m.outs) - 1)
}

func edge(node int32, t uint32) uint64 { return uint64(node)<<32 | uint64(t) }

func slot(key, mask uint64) uint64 {
	key *= 0x9E3779B97F4A7C15
	return (key ^ key>>32) & mask
}

func (m *matcher) child(node int32, t uint32) int32 {
	if len(m.keys) == 0 {
		return -1
	}
	mask := uint64(len(m.keys) - 1)
	key := edge(node, t) + 1
	for i := slot(key, mask); ; i = (i + 1) & mask {
		switch m.keys[i] {
		case key:
			return m.next[i]
		case 0:
			return -1
		}
	}
}

func (m *matcher) put(node int32, t uint32, child int32) {
	if 2*int(m.nodes) > len(m.keys) {
		old, was := m.keys, m.next
		m.keys, m.next = make([]uint64, max(256, 2*len(old))), make([]int32, max(256, 2*len(old)))
		for i, key := range old {
			if key != 0 {
				m.insert(key, was[i])
			}
		}
	}
	m.insert(edge(node, t)+1, child)
}

func (m *matcher) insert(key uint64, child int32) {
	mask := uint64(len(m.keys) - 1)
	i := slot(key, mask)
	for m.keys[i] != 0 {
		i = (i + 1) & mask
	}
	m.keys[i], m.next[i] = key, child
}

// maxLexicons bounds the lists of a Set; the matcher keeps a place for each on
// its stack.
const maxLexicons = 256

// match appends the hits in doc to dst: of each list the leftmost and longest,
// without overlap, never across a sentence. It allocates only to grow dst.
func (m *matcher) match(dst []Hit, doc *text.Document) []Hit {
	var free [maxLexicons]int // per list, the first token not yet taken
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			dst = m.matchAt(dst, doc, &free, i, s.Last)
		}
	}
	return dst
}

func (m *matcher) matchAt(dst []Hit, doc *text.Document, free *[maxLexicons]int, i, end int) []Hit {
	node := int32(0)
	from := len(dst)
	for j := i; j < end; j++ {
		t := doc.Tokens[j].Type
		if t == 0 {
			break
		}
		if node = m.child(node, t); node < 0 {
			break
		}
		for o := m.first[node]; o >= 0; o = m.more[o] {
			out := &m.outs[o]
			if i < free[out.lexicon] || out.exact != "" && out.exact != doc.Slice(doc.Span(i, j+1)) || out.capital && !startsUpper(doc.Word(i)) {
				continue
			}
			dst = longest(dst, from, Hit{First: i, Last: j + 1, Lexicon: int(out.lexicon), Entry: int(out.entry), Weak: out.weak})
		}
	}
	for _, h := range dst[from:] {
		free[h.Lexicon] = h.Last
	}
	return dst
}

// longest puts h among dst[from:], in place of a shorter hit of its list.
func longest(dst []Hit, from int, h Hit) []Hit {
	for k := from; k < len(dst); k++ {
		if dst[k].Lexicon == h.Lexicon {
			dst[k] = h
			return dst
		}
	}
	return append(dst, h)
}

func startsUpper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
