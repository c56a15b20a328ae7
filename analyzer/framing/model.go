package framing

import (
	"math"
	"slices"
	"sync"
)

// Weights are a fitted model.
type Weights struct {
	Frames  []string  // names, in the order of the scores
	Words   []string  // words and phrases in the form that [Form] gives
	Rarity  []float32 // of each word: how much it counts
	Weights []float32 // of each word those to all frames, one word after the other
	// Bias is the log-odds of each frame before a word is read, so that zero is
	// the point of decision.
	Bias []float64
	// Short is the sum of rarities that a text must have for its words to count
	// half.
	Short float64
	// Whole is added to the log-odds of every frame of a text of [WholeWords] at
	// least, and of a shorter one the less, down to nothing at [LeadWords]: a
	// whole article takes up more than its first paragraphs, and thins it out.
	Whole float64
}

// LeadWords is up to how many words a text is read like the passages that the
// shipped model was fitted on, WholeWords from how many on like a whole article.
const (
	LeadWords  = 250
	WholeWords = 500
)

// A Model is weights made ready. It is safe for concurrent use.
type Model struct {
	Weights
	*Vocabulary
	pool sync.Pool
}

// New makes weights ready; they must not change any more.
func New(w Weights) *Model { return &Model{Weights: w, Vocabulary: NewVocabulary(w.Words)} }

// A Reading is what a model says of a text.
type Reading struct {
	// LogOdds of each frame, zero being the point of decision: Bias and what all
	// units add.
	LogOdds []float64
	Bias    []float64
	// Share of each unit of each field: times the weight of its word, what it
	// adds.
	Share [][]float64
}

type scratch struct {
	counts  []int32
	touched []int32
}

// Read scores a text of so many words by the units of its fields, such as title
// and body.
func (m *Model) Read(words int, fields ...[]Unit) Reading {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{counts: make([]int32, len(m.Rarity))}
	}
	for _, units := range fields {
		for _, u := range units {
			if s.counts[u.Word] == 0 {
				s.touched = append(s.touched, u.Word)
			}
			s.counts[u.Word]++
		}
	}
	slices.Sort(s.touched) // sums do not depend on the order of the text
	out := Reading{Bias: make([]float64, len(m.Frames)), LogOdds: make([]float64, len(m.Frames)), Share: make([][]float64, len(fields))}
	sum := m.Short
	for _, w := range s.touched {
		sum += Value(float64(m.Rarity[w]), int(s.counts[w]))
	}
	sum = max(sum, 1e-9)
	for f := range m.Frames {
		out.Bias[f] = m.Bias[f] + float64(m.Whole*wholeness(words))
		out.LogOdds[f] = out.Bias[f]
	}
	for _, w := range s.touched {
		x := Value(float64(m.Rarity[w]), int(s.counts[w])) / sum
		for f := range m.Frames {
			out.LogOdds[f] += float64(x * m.Weight(w, f))
		}
	}
	for k, units := range fields {
		out.Share[k] = make([]float64, len(units))
		for i, u := range units {
			n := int(s.counts[u.Word])
			out.Share[k][i] = Value(float64(m.Rarity[u.Word]), n) / sum / float64(n)
		}
	}
	for _, w := range s.touched {
		s.counts[w] = 0
	}
	s.touched = s.touched[:0]
	m.pool.Put(s)
	return out
}

// Weight is that of a word to a frame.
func (m *Model) Weight(word int32, frame int) float64 {
	return float64(m.Weights.Weights[int(word)*len(m.Frames)+frame])
}

// Value is how much a word that stands n times counts: more the rarer it is,
// and sublinearly (Salton and Buckley 1988).
func Value(rarity float64, n int) float64 { return rarity * (1 + math.Log(float64(n))) }

// wholeness is 0 for a text as short as a lead, 1 for one as long as an
// article.
func wholeness(words int) float64 {
	x := math.Log(float64(max(1, words))/LeadWords) / math.Log(float64(WholeWords)/LeadWords)
	return min(1, max(0, x))
}

// Chance is the score of log-odds.
func Chance(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }
