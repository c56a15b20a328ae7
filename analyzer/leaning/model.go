package leaning

import (
	"math"
	"slices"
	"sync"

	"parallax/analyzer/text"
)

// Heads are the two questions that the model answers, as indices.
const (
	Axis   = iota // right (positive) against left
	Center        // center (positive) against left and right
	Heads
)

// Weights are a fitted model.
type Weights struct {
	Keys    []uint64 // of phrases, ascending
	Labels  []string // as [Reader.Label] gives them
	Rarity  []float64
	Weights [Heads][]float64
	Bias    [Heads]float64
	// Temperature flattens the probabilities (Guo et al. 2017); the weights of
	// the axis are divided by it already.
	Temperature float64
	// Short is how many different known phrases a text must have for its
	// evidence to count half.
	Short float64
	// Confident is the least highest probability at which at least 70 % of
	// texts of unseen outlets are told right; over 1 where there is none.
	Confident float64
	// Coverage is the share of those texts that reach Confident.
	Coverage float64
}

// A Model is weights made ready. It is safe for concurrent use.
type Model struct {
	Weights
	index *text.Index
	alike []int32 // per phrase, the first one of its label
	pool  sync.Pool
}

// New makes weights ready; they must not change any more.
func New(w Weights) *Model {
	m := &Model{Weights: w, index: text.NewIndex(w.Keys), alike: make([]int32, len(w.Keys))}
	first := make(map[string]int32, len(w.Labels))
	for i, label := range w.Labels {
		if k, ok := first[label]; ok {
			m.alike[i] = k
		} else {
			m.alike[i], first[label] = int32(i), int32(i)
		}
	}
	return m
}

// An Evidence is a phrase of the model where it stands, with what it adds to
// the log-odds of both heads.
type Evidence struct {
	Field  int // index of the field
	Phrase Phrase
	Label  string
	Weight [Heads]float64
	Times  int  // how often phrases of this label stand in the text
	First  bool // whether it is the first of its label

	place int32 // of the phrase in the model
}

// A Score is what the model says of a text.
type Score struct {
	Bias     [Heads]float64
	Raw      [Heads]float64 // log-odds: Bias and the sum of the evidence
	Known    int            // different phrases of the model in the text
	Left     float64        // probabilities
	Center   float64
	Right    float64
	Evidence []Evidence // in order of field and place
}

// counts is how often a phrase stands in a text: all, and those of the right
// less those of the left.
type counts struct{ all, net, alike int32 }

type scratch struct {
	counts  []counts
	touched []int32
	alike   []int32 // counted for their label only
}

// Score reads the phrases of the fields of a text, such as title and body. The
// evidence is appended to dst.
func (m *Model) Score(dst []Evidence, fields ...[]Phrase) Score {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{counts: make([]counts, len(m.Keys))}
	}
	out := Score{Bias: m.Bias, Raw: m.Bias}
	out.Evidence = dst
	for f, phrases := range fields {
		for _, p := range phrases {
			i, ok := m.index.Of(p.Key)
			if !ok {
				continue
			}
			c := &s.counts[i]
			if c.all == 0 {
				s.touched = append(s.touched, i)
			}
			c.all++
			c.net += int32(p.Sign)
			of := m.alike[i]
			if of != i && s.counts[of].all == 0 && s.counts[of].alike == 0 {
				s.alike = append(s.alike, of)
			}
			s.counts[of].alike++
			out.Evidence = append(out.Evidence, Evidence{Field: f, Phrase: p, Label: m.Labels[i], First: s.counts[of].alike == 1, place: i})
		}
	}
	slices.Sort(s.touched)
	out.Known = len(s.touched)
	norm := 0.0
	for _, i := range s.touched {
		x := m.value(i, s.counts[i].all)
		norm += float64(x * x)
	}
	if norm > 0 {
		n := float64(len(s.touched))
		m.weigh(&out, s, n/(n+m.Short)/math.Sqrt(norm))
	}
	out.Left, out.Center, out.Right = Chances(out.Raw[Axis], out.Raw[Center], m.Temperature)
	for _, i := range s.touched {
		s.counts[i] = counts{}
	}
	for _, i := range s.alike {
		s.counts[i] = counts{}
	}
	s.touched, s.alike = s.touched[:0], s.alike[:0]
	m.pool.Put(s)
	return out
}

// value is how much a phrase that stands n times counts: sublinear, and more
// the rarer it is (tf-idf; Salton and Buckley 1988).
func (m *Model) value(i, n int32) float64 { return math.Log1p(float64(n)) * m.Rarity[i] }

// weigh gives each piece of evidence its part of what its phrase adds.
func (m *Model) weigh(out *Score, s *scratch, scale float64) {
	for k := range out.Evidence {
		e := &out.Evidence[k]
		i := e.place
		c := s.counts[i]
		e.Times = int(s.counts[m.alike[i]].alike)
		e.Weight[Center] = m.Weights.Weights[Center][i] * m.value(i, c.all) * scale / float64(c.all)
		switch {
		case e.Phrase.Sign == 0:
			e.Weight[Axis] = m.Weights.Weights[Axis][i] * m.value(i, c.all) * scale / float64(c.all)
		case c.net != 0:
			// Each of the larger side adds its part of the surplus, each of the
			// smaller takes as much away.
			n := max(c.net, -c.net)
			e.Weight[Axis] = float64(e.Phrase.Sign) * m.Weights.Weights[Axis][i] * m.value(i, n) * scale / float64(n)
		}
		for h := range out.Raw {
			out.Raw[h] += e.Weight[h]
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Chances are the probabilities of left, center and right that follow from the
// log-odds of both heads: the center's and its complement, which the axis
// divides, each to the power of one over the temperature. Whatever that is, it
// changes neither the order of the three nor the odds of right against left.
func Chances(axis, center, temperature float64) (left, middle, right float64) {
	c := logistic(center)
	r := logistic(axis * temperature)
	left, middle, right = math.Pow((1-c)*(1-r), 1/temperature), math.Pow(c, 1/temperature), math.Pow((1-c)*r, 1/temperature)
	sum := left + middle + right
	return left / sum, middle / sum, right / sum
}

// Extent is the span of a phrase in its document.
func (p Phrase) Extent(doc *text.Document) text.Span { return doc.Span(p.First, p.Last) }
