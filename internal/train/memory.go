package train

import (
	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Memory counts how often a first name model took each word with a capital
// for a part of a name of each type, over many unlabelled texts.
type Memory struct {
	tagger *tagger.Tagger
	set    *lexicons.Set
	seen   map[uint32]*[5]int // uses with a capital, then by type
	names  []text.Name
}

// NewMemory counts with a first model.
func NewMemory(set *lexicons.Set, first *tagger.Tagger) *Memory {
	return &Memory{tagger: first, set: set, seen: map[uint32]*[5]int{}}
}

// Add counts the words of a document. Headings are left out: there a capital
// says little.
func (m *Memory) Add(doc *text.Document) {
	m.names = m.tagger.Names(m.names[:0], doc, m.set.Match(nil, doc))
	at := 0
	for _, s := range doc.Sentences {
		skip := heading(doc, s)
		for i := s.First; i < s.Last; i++ {
			for at < len(m.names) && m.names[at].Last <= i {
				at++
			}
			w := doc.Word(i)
			if skip || doc.Tokens[i].Kind != text.Word || !tagger.Upper(w) {
				continue
			}
			key := tagger.WordKey(w)
			n := m.seen[key]
			if n == nil {
				n = &[5]int{}
				m.seen[key] = n
			}
			n[0]++
			if at < len(m.names) && m.names[at].First <= i {
				t, _ := tagger.TypeOf(m.names[at].Label)
				n[1+t]++
			}
		}
	}
}

// leastMemory is how often a word must be seen for its types to be kept.
const leastMemory = 4

// Fill writes what was counted into the facts of words.
func (m *Memory) Fill(facts map[uint32]tagger.WordFacts) {
	for key, n := range m.seen {
		if n[0] < leastMemory {
			continue
		}
		f := facts[key]
		var share [4]int
		for t := range share {
			share[t] = (7*n[1+t] + n[0]/2) / n[0]
		}
		f.Memory = tagger.MemoryOf(share)
		facts[key] = f
	}
}
