package eval_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"parallax/internal/eval"
)

// marked reads a row of marks for each coder, a column for each unit; "." is
// none.
func marked(coders ...string) [][]string {
	var units [][]string
	for _, row := range coders {
		for u, mark := range strings.Fields(row) {
			if u == len(units) {
				units = append(units, nil)
			}
			units[u] = append(units[u], strings.Trim(mark, "."))
		}
	}
	return units
}

// near says whether a figure is want to three decimals; NaN is none.
func near(got *float64, want float64) bool {
	if got == nil {
		return math.IsNaN(want)
	}
	return math.Abs(*got-want) < .0005+1e-12
}

func told(x *float64) string {
	if x == nil {
		return "none"
	}
	return fmt.Sprintf("%.4f", *x)
}

func TestKrippendorff(t *testing.T) {
	for _, c := range []struct {
		is    string
		marks [][]string
		alpha float64 // to three decimals, NaN where it is not defined
		alike float64
		units int
	}{
		{
			"Krippendorff (2011), example A: two coders, two categories: 1 − 19·4/(14·6)",
			marked(
				"0 1 0 0 0 0 0 0 1 0",
				"1 1 1 0 0 1 0 0 0 0"),
			.095, .6, 10,
		},
		{
			"Krippendorff (2011), example B: two coders, five categories",
			marked(
				"a a b b d c c c e d d a",
				"b a b b b c c c e d d d"),
			.692, .75, 12,
		},
		{
			"Krippendorff (2011), example C: four coders, marks missing, one unit with one mark only",
			marked(
				"1 2 3 3 2 1 4 1 2 . . .",
				"1 2 3 3 2 2 4 1 2 5 . 3",
				". 3 3 3 2 3 4 2 2 5 1 .",
				"1 2 3 3 2 4 4 1 2 5 1 ."),
			.743, .8, 11,
		},
		{"always alike", marked("1 0 1", "1 0 1"), 1, 1, 3},
		{"never alike: (3·0 − 4)/(12 − 4)", marked("1 0", "0 1"), -.5, 0, 2},
		{"three coders, one differs once: (5·4 − 20)/(30 − 20)", marked("1 1", "1 1", "1 0"), 0, 2. / 3, 2},
		{"one category: nothing could have differed", marked("1 1 1", "1 1 1"), math.NaN(), 1, 3},
		{"no unit with two marks", marked("1 . 1", ". 1 ."), math.NaN(), math.NaN(), 0},
		{"no marks", marked(". .", ". ."), math.NaN(), math.NaN(), 0},
		{"no units", nil, math.NaN(), math.NaN(), 0},
	} {
		got := eval.Krippendorff(c.marks)
		if !near(got.Alpha, c.alpha) || !near(got.Alike, c.alike) || got.Units != c.units {
			t.Errorf("%s: α %s, %s alike of %d units; want %.3f, %.3f of %d", c.is, told(got.Alpha), told(got.Alike), got.Units, c.alpha, c.alike, c.units)
		}
	}
}
