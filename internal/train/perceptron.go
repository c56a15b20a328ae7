// Package train fits the program's models. Fitting is seeded: the same data
// gives the same bytes.
package train

import (
	"math"
	"slices"

	"parallax/analyzer/tagger"
)

// A perceptron is a linear model whose weights are averaged over its updates
// (Freund and Schapire 1999, Collins 2002). Rows are features, columns tags.
type perceptron struct {
	width int
	w     []float32
	total []float64
	since []int32
	step  int32
}

func newPerceptron(rows, width int) *perceptron {
	n := rows * width
	return &perceptron{width: width, w: make([]float32, n), total: make([]float64, n), since: make([]int32, n)}
}

func (p *perceptron) add(row int32, tag uint8, v float32) {
	i := int(row)*p.width + int(tag)
	p.total[i] += float64(p.step-p.since[i]) * float64(p.w[i])
	p.since[i] = p.step
	p.w[i] += v
}

// average replaces the weights by their average over all steps.
func (p *perceptron) average() {
	for i := range p.w {
		p.total[i] += float64(p.step-p.since[i]) * float64(p.w[i])
		p.since[i] = p.step
		p.w[i] = float32(p.total[i] / float64(p.step))
	}
}

// An index numbers the keys of features.
type index struct {
	of   map[uint32]int32
	keys []uint32
}

// newIndex numbers the keys that were seen least times or more, in order of
// the keys, so that the numbers do not depend on a map.
func newIndex(counts map[uint32]int32, least int32) *index {
	ix := &index{of: make(map[uint32]int32)}
	for k, n := range counts {
		if n >= least {
			ix.keys = append(ix.keys, k)
		}
	}
	slices.Sort(ix.keys)
	for i, k := range ix.keys {
		ix.of[k] = int32(i)
	}
	return ix
}

func (ix *index) rows(keys []uint32) []int32 {
	rows := make([]int32, 0, len(keys))
	for _, k := range keys {
		if r, ok := ix.of[k]; ok {
			rows = append(rows, r)
		}
	}
	return rows
}

// quantize brings weights to whole numbers: those of a row are int8, to be
// shifted left by as many bits as the row's largest weight needs. One unit is
// a fraction of the typical weight; a row in which nothing is left is dropped.
func quantize(keys []uint32, w []float32, width int) (q tagger.Rows, scale float64) {
	size := make([]float64, 0, len(w))
	for _, x := range w {
		if x != 0 {
			size = append(size, math.Abs(float64(x)))
		}
	}
	if len(size) == 0 {
		return q, 1
	}
	slices.Sort(size)
	scale = unit / size[len(size)/2]
	for r, k := range keys {
		row := w[r*width : (r+1)*width]
		most := 0.0
		for _, x := range row {
			most = max(most, math.Abs(float64(x))*scale)
		}
		if most < .5 { // nothing is left of it
			continue
		}
		shift := 0
		for most/float64(int(1)<<shift) > 127 && shift < tagger.MostShift {
			shift++
		}
		q.Keys, q.Shifts = append(q.Keys, k), append(q.Shifts, uint8(shift))
		for _, x := range row {
			whole := math.Round(float64(x) * scale / float64(int(1)<<shift))
			q.Weights = append(q.Weights, int8(max(-127, min(127, whole))))
		}
	}
	return q, scale
}

// unit is how many units the median weight has.
const unit = 8

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
