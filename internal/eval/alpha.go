package eval

import "gonum.org/v1/gonum/mat"

// Agreement is how far marks of the same units agree.
type Agreement struct {
	// Alpha is Krippendorff's α: 1 where marks always agree, 0 where they agree
	// as often as if they had been dealt out at random, less where seldomer. It
	// is nil where it is not defined: nothing was marked twice, or every mark is
	// the same, so that nothing could have differed.
	Alpha *float64 `json:"alpha,omitempty"`
	// Alike is the share of pairs of marks of one unit that are the same, nil
	// where there are no pairs.
	Alike *float64 `json:"alike,omitempty"`
	Units int      `json:"flags"` // with at least two marks
}

// Krippendorff is the agreement of nominal marks, α as in Krippendorff (2011),
// “Computing Krippendorff's alpha-reliability”. marks[u] are the marks that unit
// u was given, one for each coder, "" where one gave none. A unit with fewer
// than two marks has no pairs and does not count.
func Krippendorff(marks [][]string) Agreement {
	var out Agreement
	category := map[string]int{}
	for _, unit := range marks {
		for _, m := range unit {
			if _, ok := category[m]; !ok && m != "" {
				category[m] = len(category)
			}
		}
	}
	if len(category) == 0 {
		return out
	}
	// The coincidence matrix holds each ordered pair of marks of a unit, weighed
	// so that a unit counts for as many as it has marks.
	coincidences := mat.NewDense(len(category), len(category), nil)
	for _, unit := range marks {
		counts, m := make([]float64, len(category)), 0.0
		for _, mark := range unit {
			if mark != "" {
				counts[category[mark]]++
				m++
			}
		}
		if m < 2 {
			continue
		}
		out.Units++
		for c, x := range counts {
			for k, y := range counts {
				if c == k {
					y-- // a mark is no pair with itself
				}
				coincidences.Set(c, k, coincidences.At(c, k)+x*y/(m-1))
			}
		}
	}
	if out.Units == 0 {
		return out
	}
	n, same := mat.Sum(coincidences), mat.Trace(coincidences)
	alike := same / n
	out.Alike = &alike
	byChance := 0.0 // pairs that would be the same, of n (n − 1)
	for c := range len(category) {
		nc := mat.Sum(coincidences.RowView(c))
		byChance += nc * (nc - 1)
	}
	if pairs := n * (n - 1); pairs-byChance > 0.5 { // whole numbers but for rounding
		alpha := ((n-1)*same - byChance) / (pairs - byChance)
		out.Alpha = &alpha
	}
	return out
}
