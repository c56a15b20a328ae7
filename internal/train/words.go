package train

import (
	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
)

// Counts are what is counted of words in unlabelled texts.
type Counts struct {
	capital map[uint32]*count
}

type count struct{ upper, lower int }

// NewCounts are counts of no text.
func NewCounts() *Counts { return &Counts{map[uint32]*count{}} }

// Add counts the words of a document that do not begin a sentence or a
// quotation, where a capital says something.
func (c *Counts) Add(doc *text.Document) {
	for _, s := range doc.Sentences {
		if heading(doc, s) {
			continue
		}
		for i := s.First + 1; i < s.Last; i++ {
			if doc.Tokens[i].Kind != text.Word || doc.Tokens[i-1].Kind == text.Punct && doc.Word(i-1) != "," {
				continue
			}
			w := doc.Word(i)
			key := tagger.WordKey(w)
			n := c.capital[key]
			if n == nil {
				n = &count{}
				c.capital[key] = n
			}
			if tagger.Upper(w) {
				n.upper++
			} else {
				n.lower++
			}
		}
	}
}

// heading says whether most words of a sentence have a capital.
func heading(doc *text.Document, s text.Sentence) bool {
	upper, n := 0, 0
	for i := s.First; i < s.Last; i++ {
		if doc.Tokens[i].Kind == text.Word && doc.Tokens[i].Len() > 3 {
			n++
			if tagger.Upper(doc.Word(i)) {
				upper++
			}
		}
	}
	return n > 2 && 2*upper > n
}

// leastUses is how often a word must be seen for its capitals to be counted.
const leastUses = 3

// Facts puts counts and clusters together. Words that were hardly seen and are
// in no cluster are left out.
func Facts(c *Counts, clusters map[string]uint16) map[uint32]tagger.WordFacts {
	facts := map[uint32]tagger.WordFacts{}
	for w, path := range clusters {
		facts[tagger.WordKey(w)] = tagger.WordFacts{Cluster: path + 1}
	}
	for key, n := range c.capital {
		if n.upper+n.lower < leastUses {
			continue
		}
		f := facts[key]
		f.Capital = uint8(1 + 8*n.upper/(n.upper+n.lower))
		facts[key] = f
	}
	return facts
}

// Seen says whether a word stood in the texts that were counted.
func (c *Counts) Seen(word string) bool { return c.capital[tagger.WordKey(word)] != nil }
