package train

import (
	"math"
	"slices"

	"parallax/analyzer/framing"
)

// leastSlope keeps a frame of which nothing was learned from turning round.
const leastSlope = .05

// calibratedFrames are log-odds that were told out of fold, as probabilities
// (Platt 1999).
type calibratedFrames struct {
	slope, bias []float64
	odds        [][]float64 // by frame
	gold        [][]bool
	surprise    float64 // mean of −log p of what is labelled
	single      bool    // one frame a text: the highest is meant, and there is no point of decision
}

func calibrateFrames(told [][]float64, samples []*FrameSample, names []string) calibratedFrames {
	c := calibratedFrames{single: !slices.ContainsFunc(samples, func(s *FrameSample) bool { return !s.Single })}
	for f, name := range names {
		m := &matrix{begin: []int32{0}, width: 1}
		target, weight := make([]bool, len(told)), make([]float64, len(told))
		for i, row := range told {
			m.column, m.value[0] = append(m.column, 0), append(m.value[0], float32(row[f]))
			m.begin = append(m.begin, int32(i+1))
			target[i], weight[i] = slices.Contains(samples[i].Frames, name), 1
		}
		x, bias := m.logisticFit(0, target, weight, 1, 60)
		slope := max(x[0], leastSlope)
		odds := make([]float64, len(told))
		for i, row := range told {
			odds[i] = float64(slope*row[f]) + bias
			p := framing.Chance(odds[i])
			if !target[i] {
				p = 1 - p
			}
			c.surprise -= math.Log(max(1e-12, p)) / float64(len(told)*len(names))
		}
		c.slope, c.bias = append(c.slope, slope), append(c.bias, bias)
		c.odds, c.gold = append(c.odds, odds), append(c.gold, target)
	}
	return c
}

// decide calibrates weights and sets the points of decision: of each frame the
// probability from which on the greatest F1 is expected, moved for all frames
// together to where the sum of micro and macro F1 is greatest.
func (c *calibratedFrames) decide(w *framing.Weights) {
	for i := range w.Weights {
		w.Weights[i] = float32(c.slope[i%len(w.Frames)] * float64(w.Weights[i]))
	}
	for f := range w.Frames {
		w.Bias[f] = float64(c.slope[f]*w.Bias[f]) + c.bias[f]
	}
	if c.single {
		return
	}
	for f := range w.Frames {
		point := bestPoint(c.odds[f])
		w.Bias[f] -= point
		for i := range c.odds[f] {
			c.odds[f][i] -= point
		}
	}
	shift, most := 0.0, -1.0
	for k := -40; k <= 40; k++ {
		s := float64(k) / 20
		if sum := f1Sum(c.odds, c.gold, s); sum > most+1e-9 || sum > most-1e-9 && math.Abs(s) < math.Abs(shift) {
			shift, most = s, sum
		}
	}
	for f := range w.Bias {
		w.Bias[f] += shift
	}
}

// bestPoint is the log-odds from which on saying yes gives the greatest F1 that
// is expected where the probabilities are right (Lipton et al. 2014).
func bestPoint(odds []float64) float64 {
	sorted := slices.Clone(odds)
	slices.Sort(sorted)
	slices.Reverse(sorted)
	all := 0.0
	for _, x := range sorted {
		all += framing.Chance(x)
	}
	point, most, sum := 0.0, -1.0, 0.0
	for i, x := range sorted {
		sum += framing.Chance(x)
		if f1 := 2 * sum / (float64(i+1) + all); f1 > most {
			most, point = f1, x
			if i+1 < len(sorted) {
				point = (x + sorted[i+1]) / 2
			}
		}
	}
	return point
}

// f1Sum is micro and macro F1 together where yes is said from −shift on.
func f1Sum(odds [][]float64, gold [][]bool, shift float64) float64 {
	macro, right, found, labelled := 0.0, 0, 0, 0
	for f := range odds {
		r, n, l := 0, 0, 0
		for i, x := range odds[f] {
			yes := x+shift >= 0
			if yes {
				n++
			}
			if gold[f][i] {
				l++
			}
			if yes && gold[f][i] {
				r++
			}
		}
		macro += 2 * float64(r) / float64(max(1, n+l)) / float64(len(odds))
		right, found, labelled = right+r, found+n, labelled+l
	}
	return macro + 2*float64(right)/float64(max(1, found+labelled))
}
