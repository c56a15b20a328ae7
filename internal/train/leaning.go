package train

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"parallax/analyzer/leaning"
)

// A LeaningText is an article as the model of text leaning sees it.
type LeaningText struct {
	ID     string
	Outlet string // registrable domain
	Side   int    // of the outlet: 0 left, 1 center, 2 right
	Year   int    // 0 when it is not known
	News   bool   // not marked as opinion or another kind
	Words  int    // of the text
	Phrases
}

// Phrases are the phrases of a text in order, with the words of the text that
// have been read up to each.
type Phrases []PlacedPhrase

// A PlacedPhrase is a phrase and how many words of the text it takes to have
// read it; those of the title take none.
type PlacedPhrase struct {
	Key  uint64
	Sign int8
	At   int32
}

// Cut is the phrases of the title and the first n words of the text.
func (p Phrases) Cut(n int) Phrases {
	end := len(p)
	for end > 0 && int(p[end-1].At) > n {
		end--
	}
	return p[:end]
}

// Model gives the phrases as the model reads them.
func (p Phrases) Model() []leaning.Phrase {
	out := make([]leaning.Phrase, len(p))
	for i, x := range p {
		out[i] = leaning.Phrase{Key: x.Key, Sign: x.Sign}
	}
	return out
}

// LeaningConfig says how the model of text leaning is fitted.
type LeaningConfig struct {
	Outlets  float64 // in what share of the outlets a phrase must stand, in ten at least
	MaxShare float64 // of its texts that may be of one outlet
	Texts    int     // in how many texts it must stand
	Phrases  int     // how many are kept; 0 is all
	Costs    [leaning.Heads]float64
	Rounds   int
}

// DefaultLeaning is what the shipped model is fitted with; the choices are
// those of cross-validation over outlets.
func DefaultLeaning() LeaningConfig {
	return LeaningConfig{Outlets: .32, MaxShare: .3, Texts: 15, Phrases: 10_000, Costs: [leaning.Heads]float64{10, 3}, Rounds: 40}
}

// A cell is a phrase of a text: its column, how often it stands, and how often
// on the right less how often on the left.
type cell struct {
	column   int32
	all, net float32
}

// cells counts the phrases of a text that have a column.
func cells(dst []cell, p Phrases, column map[uint64]int32) []cell {
	from := len(dst)
	for _, x := range p {
		if c, ok := column[x.Key]; ok {
			net := float32(x.Sign)
			if x.Sign == 0 {
				net = 1
			}
			dst = append(dst, cell{c, 1, net})
		}
	}
	slices.SortFunc(dst[from:], func(a, b cell) int { return cmp.Compare(a.column, b.column) })
	k := from
	for i := from; i < len(dst); i++ {
		if k > from && dst[k-1].column == dst[i].column {
			dst[k-1].all++
			dst[k-1].net += dst[i].net
			continue
		}
		dst[k] = dst[i]
		k++
	}
	return dst[:k]
}

// fewestOutlets is in how many outlets a phrase must stand at least.
const fewestOutlets = 10

// columns are the phrases that stand in enough outlets and are not the mark of
// one, in order of their keys.
func columns(texts []*LeaningText, cfg LeaningConfig) []uint64 {
	type spread struct{ texts, outlets, most, last, here int32 }
	seen := map[uint64]*spread{}
	outlet, number := "", int32(0)
	var keys []uint64
	for _, t := range bySource(texts) {
		if t.Outlet != outlet || number == 0 {
			outlet, number = t.Outlet, number+1
		}
		keys = keys[:0]
		for _, p := range t.Phrases {
			keys = append(keys, p.Key)
		}
		slices.Sort(keys)
		for _, k := range slices.Compact(keys) {
			s := seen[k]
			if s == nil {
				s = new(spread)
				seen[k] = s
			}
			if s.last != number {
				s.outlets++
				s.last, s.here = number, 0
			}
			s.texts++
			s.here++
			s.most = max(s.most, s.here)
		}
	}
	least := max(fewestOutlets, int(math.Round(cfg.Outlets*float64(number))))
	var out []uint64
	for k, s := range seen {
		if int(s.outlets) >= least && int(s.texts) >= cfg.Texts && float64(s.most) < cfg.MaxShare*float64(s.texts) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// A matrix holds texts as rows of weighted phrases of length 1.
type matrix struct {
	begin  []int32 // of each row, and the end of the last
	column []int32
	value  [leaning.Heads][]float32
	width  int
}

// newMatrix weighs what cells counted: sublinear counts times rarity, at unit
// length (tf-idf).
func newMatrix(rows [][]cell, rarity []float64) *matrix {
	m := &matrix{begin: []int32{0}, width: len(rarity)}
	for _, row := range rows {
		norm := 0.0
		for _, c := range row {
			x := math.Log1p(float64(c.all)) * rarity[c.column]
			norm += float64(x * x)
		}
		scale := 1 / math.Sqrt(max(norm, 1e-12))
		for _, c := range row {
			m.column = append(m.column, c.column)
			m.value[leaning.Center] = append(m.value[leaning.Center], float32(math.Log1p(float64(c.all))*rarity[c.column]*scale))
			net := math.Copysign(math.Log1p(math.Abs(float64(c.net))), float64(c.net))
			m.value[leaning.Axis] = append(m.value[leaning.Axis], float32(net*rarity[c.column]*scale))
		}
		m.begin = append(m.begin, int32(len(m.column)))
	}
	return m
}

// logisticFit is weights and bias of an L2-penalised logistic regression on the
// rows that have a weight; target is whether the row is of the positive class.
func (m *matrix) logisticFit(head int, target []bool, weight []float64, cost float64, rounds int) ([]float64, float64) {
	n := 0
	for _, w := range weight {
		if w > 0 {
			n++
		}
	}
	penalty := 1 / (cost * float64(n))
	values := m.value[head]
	x := minimise(make([]float64, m.width+1), rounds, func(x, gradient []float64) float64 {
		clear(gradient)
		sum := 0.0
		for i, w := range weight {
			if w == 0 {
				continue
			}
			z := x[m.width]
			for k := m.begin[i]; k < m.begin[i+1]; k++ {
				z += float64(values[k]) * x[m.column[k]]
			}
			loss, slope := logLoss(z, target[i], w)
			sum += loss
			g := slope / float64(n)
			for k := m.begin[i]; k < m.begin[i+1]; k++ {
				gradient[m.column[k]] += g * float64(values[k])
			}
			gradient[m.width] += g
		}
		sum /= float64(n)
		for c, v := range x[:m.width] {
			sum += penalty / 2 * v * v
			gradient[c] += penalty * v
		}
		return sum
	})
	return x[:m.width], x[m.width]
}

// rowWeights weighs rows by the outlets' number of texts to the power −½, and
// makes the sides that count equal.
func rowWeights(texts []*LeaningText, counts func(side int) bool) []float64 {
	of := map[string]int{}
	for _, t := range texts {
		of[t.Outlet]++
	}
	out := make([]float64, len(texts))
	var total [3]float64
	n := 0
	for i, t := range texts {
		if counts(t.Side) {
			out[i] = 1 / math.Sqrt(float64(of[t.Outlet]))
			total[t.Side] += out[i]
			n++
		}
	}
	sides := 0
	for _, x := range total {
		if x > 0 {
			sides++
		}
	}
	for i, t := range texts {
		if out[i] > 0 {
			out[i] *= float64(n) / float64(sides) / total[t.Side]
		}
	}
	return out
}

// Leaning fits both heads. What it gives is not calibrated.
func Leaning(texts []*LeaningText, cfg LeaningConfig) leaning.Weights {
	w := leaning.Weights{Keys: columns(texts, cfg), Temperature: 1, Confident: 2}
	w = fitHeads(w, texts, cfg)
	if cfg.Phrases > 0 && len(w.Keys) > cfg.Phrases {
		w = fitHeads(leaning.Weights{Keys: weightiest(w, texts, cfg.Phrases), Temperature: 1, Confident: 2}, texts, cfg)
	}
	return w
}

func rowsOf(w *leaning.Weights, texts []*LeaningText) [][]cell {
	column := make(map[uint64]int32, len(w.Keys))
	for i, k := range w.Keys {
		column[k] = int32(i)
	}
	rows := make([][]cell, len(texts))
	for i, t := range texts {
		rows[i] = cells(nil, t.Phrases, column)
	}
	return rows
}

func fitHeads(w leaning.Weights, texts []*LeaningText, cfg LeaningConfig) leaning.Weights {
	rows := rowsOf(&w, texts)
	stand := make([]int, len(w.Keys))
	for _, row := range rows {
		for _, c := range row {
			stand[c.column]++
		}
	}
	w.Rarity = make([]float64, len(w.Keys))
	for i, n := range stand {
		w.Rarity[i] = math.Log(float64(1+len(texts))/float64(1+n)) + 1
	}
	m := newMatrix(rows, w.Rarity)
	target := [leaning.Heads][]bool{make([]bool, len(texts)), make([]bool, len(texts))}
	for i, t := range texts {
		target[leaning.Axis][i], target[leaning.Center][i] = t.Side == 2, t.Side == 1
	}
	weight := [leaning.Heads][]float64{
		rowWeights(texts, func(side int) bool { return side != 1 }),
		rowWeights(texts, func(int) bool { return true }),
	}
	var wait sync.WaitGroup
	for h := range leaning.Heads {
		wait.Go(func() {
			w.Weights[h], w.Bias[h] = m.logisticFit(h, target[h], weight[h], cfg.Costs[h], cfg.Rounds)
		})
	}
	wait.Wait()
	return w
}

// weightiest are the n phrases that move scores most: the larger of both
// weights times the root mean square of the phrase's value.
func weightiest(w leaning.Weights, texts []*LeaningText, n int) []uint64 {
	m := newMatrix(rowsOf(&w, texts), w.Rarity)
	square := make([]float64, len(w.Keys))
	for k, c := range m.column {
		v := float64(m.value[leaning.Center][k])
		square[c] += v * v
	}
	weight := func(i int) float64 {
		return max(math.Abs(w.Weights[leaning.Axis][i]), math.Abs(w.Weights[leaning.Center][i])) * math.Sqrt(square[i])
	}
	order := make([]int, len(w.Keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	keys := make([]uint64, n)
	for i, o := range order[:n] {
		keys[i] = w.Keys[o]
	}
	slices.Sort(keys)
	return keys
}
