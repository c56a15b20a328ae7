package train

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"parallax/lexicons"
)

// PairUses is how often the terms of pairs stand in the texts of an outlet.
type PairUses struct {
	Side  int            // 0 left, 1 center, 2 right
	Terms map[string]int // by form
}

// The evidence that a pair needs.
const (
	leastPairUses    = 3 // of either term by an outlet that is counted
	leastPairOutlets = 4 // of each side
	pairSamples      = 2000
)

// CountPairs keeps the pairs whose direction counts over outlets bear out: the
// 95 % interval of the difference between the mean share of the right term among
// the uses of both, in outlets of the right and of the left, lies over zero, and
// the ratio of each of the two terms by itself lies over one. Outlets are drawn anew for the interval (bootstrap; Efron 1979).
// Refused are the others, with how many outlets of each side were counted.
func CountPairs(candidates []lexicons.Pair, outlets map[string]PairUses, seed uint64) (kept, refused []lexicons.Pair) {
	names := make([]string, 0, len(outlets))
	for o := range outlets {
		names = append(names, o)
	}
	slices.Sort(names)
	for _, p := range candidates {
		var shares [2][]float64 // of the right term, in outlets of the left and of the right
		p.Uses = 0
		for _, o := range names {
			u := outlets[o]
			if u.Side == 1 {
				continue
			}
			left, right := uses(u.Terms, p.Left.Forms), uses(u.Terms, p.Right.Forms)
			p.Uses += left + right
			if left+right < leastPairUses {
				continue
			}
			shares[u.Side/2] = append(shares[u.Side/2], (float64(right)+.5)/float64(left+right+1))
		}
		p.LeftOutlets, p.RightOutlets = len(shares[0]), len(shares[1])
		if p.LeftOutlets < leastPairOutlets || p.RightOutlets < leastPairOutlets || !measurePair(&p, shares, seed) {
			refused = append(refused, p)
			continue
		}
		kept = append(kept, p)
	}
	return kept, refused
}

func uses(terms map[string]int, forms []string) int {
	n := 0
	for _, f := range forms {
		n += terms[f]
	}
	return n
}

// measurePair fills in how often each term is chosen and says whether the
// direction is borne out.
func measurePair(p *lexicons.Pair, shares [2][]float64, seed uint64) bool {
	rng := rand.New(rand.NewPCG(seed, 3))
	right, left := mean(shares[1])/mean(shares[0]), (1-mean(shares[0]))/(1-mean(shares[1]))
	var rights, lefts, differences []float64
	for range pairSamples {
		l, r := mean(drawn(rng, shares[0])), mean(drawn(rng, shares[1]))
		rights, lefts, differences = append(rights, r/l), append(lefts, (1-l)/(1-r)), append(differences, r-l)
	}
	p.Right.Times = twoPlaces(right)
	p.Right.Low, p.Right.High = bounds(rights)
	p.Left.Times = twoPlaces(left)
	p.Left.Low, p.Left.High = bounds(lefts)
	low, _ := bounds(differences)
	return low > 0 && p.Right.Low > 1 && p.Left.Low > 1
}

func drawn(rng *rand.Rand, x []float64) []float64 {
	out := make([]float64, len(x))
	for i := range out {
		out[i] = x[rng.IntN(len(x))]
	}
	return out
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// bounds are the 2.5th and 97.5th percentile.
func bounds(x []float64) (low, high float64) {
	sort.Float64s(x)
	n := len(x)
	return twoPlaces(x[n/40]), twoPlaces(x[n-1-n/40])
}

func twoPlaces(x float64) float64 { return math.Round(x*100) / 100 }
