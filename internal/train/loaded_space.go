package train

import (
	"math"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// A WordSpace is what is known of words before a model is fitted: for each word
// a row of numbers.
type WordSpace struct {
	Size  int
	keys  []uint32
	words []string // "" where only the key is known
	row   map[uint32]int
	data  []float32
}

func newWordSpace(size int) *WordSpace { return &WordSpace{Size: size, row: map[uint32]int{}} }

// add adds a word with its numbers. A second word of one key is left out.
func (s *WordSpace) add(key uint32, word string, numbers []float32) {
	if _, ok := s.row[key]; ok {
		return
	}
	s.row[key] = len(s.keys)
	s.keys, s.words = append(s.keys, key), append(s.words, word)
	s.data = append(s.data, numbers...)
}

// Of are the numbers of a word, nil where nothing is known of it.
func (s *WordSpace) Of(key uint32) []float32 {
	i, ok := s.row[key]
	if !ok {
		return nil
	}
	return s.data[i*s.Size : (i+1)*s.Size]
}

// Usage counts in how many articles words stand, of partisan and of center
// outlets and of opinion and news: distant supervision by where a word is used.
type Usage struct {
	words    map[uint32]*[usages]int32
	articles [usages]int
}

const (
	partisan = iota
	central
	views
	news
	usages
)

// NewUsage is an empty count.
func NewUsage() *Usage { return &Usage{words: map[uint32]*[usages]int32{}} }

// Add counts the words of an article, which is of a kind.
func (u *Usage) Add(doc *text.Document, g *gold.Article, kind string) {
	var in []int
	switch g.Leaning {
	case lexicons.Left, lexicons.Right:
		in = append(in, partisan)
	case lexicons.Center:
		in = append(in, central)
	}
	switch kind {
	case "opinion", "editorial":
		in = append(in, views)
	case "news":
		in = append(in, news)
	}
	for _, k := range in {
		u.articles[k]++
	}
	here := map[uint32]bool{}
	for i := range doc.Tokens {
		key := loaded.Key(doc.Word(i))
		if here[key] {
			continue
		}
		here[key] = true
		n := u.words[key]
		if n == nil {
			n = new([usages]int32)
			u.words[key] = n
		}
		for _, k := range in {
			n[k]++
		}
	}
}

// fewestUses is in how many articles a word must stand for its usage to count.
const fewestUses = 5

// of are the log-odds of a word: partisan against center, opinion against news,
// halved; zero where it is rare.
func (u *Usage) of(key uint32) [2]float32 {
	n := u.words[key]
	if n == nil || n[partisan]+n[central] < fewestUses {
		return [2]float32{}
	}
	odds := func(a, b int) float32 {
		x := math.Log(float64(n[a]+2) / float64(u.articles[a]+4))
		y := math.Log(float64(n[b]+2) / float64(u.articles[b]+4))
		return float32((x - y) / 2)
	}
	return [2]float32{odds(partisan, central), odds(views, news)}
}

// Common says whether a word stands in at least n articles of outlets with a
// leaning.
func (u *Usage) Common(key uint32, n int32) bool {
	w := u.words[key]
	return w != nil && w[partisan]+w[central] >= n
}

// VectorSpace is word vectors with the usage of words.
func VectorSpace(v *Vectors, u *Usage) *WordSpace {
	s := newWordSpace(v.Size + 2)
	for i, word := range v.Words {
		key := loaded.Key(word)
		usage := u.of(key)
		s.add(key, word, append(append([]float32{}, v.data[i*v.Size:(i+1)*v.Size]...), usage[:]...))
	}
	return s
}

// ModelSpace is what another model has learned of words, for those who fit one
// of their own without vectors.
func ModelSpace(m *loaded.Model) *WordSpace {
	s := newWordSpace(6)
	for i, key := range m.Keys {
		r := m.Rows[i]
		s.add(key, "", []float32{r.Own / 4, r.Mean / 4, r.Beside[0], r.Beside[1], r.Beside[2], r.Beside[3]})
	}
	return s
}
