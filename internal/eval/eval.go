// Package eval scores the program on labelled data, with the measures of the
// field: exact spans of names (Tjong Kim Sang and De Meulder 2003), accuracy
// of tags, exact sentences, how well salience ranks.
package eval

import (
	"math/rand/v2"
	"slices"
)

// An Interval is a 95 % interval by resampling the units that were drawn:
// documents.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// resamples is how often units are drawn anew.
const resamples = 500

// bootstrap is the interval of a statistic of n units (Efron 1979), seeded.
func bootstrap(n int, stat func(units []int) float64) Interval {
	rng := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 0, resamples)
	units := make([]int, n)
	for range resamples {
		for i := range units {
			units[i] = rng.IntN(n)
		}
		values = append(values, stat(units))
	}
	slices.Sort(values)
	return Interval{values[resamples*25/1000], values[resamples*975/1000]}
}

// A Tally counts what is right, what was found and what is labelled.
type Tally struct{ Right, Found, Labelled int }

func (t *Tally) add(o Tally) {
	t.Right += o.Right
	t.Found += o.Found
	t.Labelled += o.Labelled
}

// Score is a tally as precision, recall and their harmonic mean; all are 0
// where nothing was found and nothing labelled.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Labelled  int     `json:"labelled"`
}

// Score sums the tally up.
func (t Tally) Score() Score {
	s := Score{Labelled: t.Labelled}
	if t.Found > 0 {
		s.Precision = float64(t.Right) / float64(t.Found)
	}
	if t.Labelled > 0 {
		s.Recall = float64(t.Right) / float64(t.Labelled)
	}
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	return s
}
