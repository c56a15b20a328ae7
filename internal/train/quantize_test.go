package train

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A row is whole numbers of 8 bits and a shift for all of them. Of the median
// weight eight units are kept, so that 1 here is 8 there.
func TestQuantizeKeepsRatios(t *testing.T) {
	for _, c := range []struct {
		is    string
		row   []float32 // after nine rows of 1 and -1
		shift uint8
		want  []int8
	}{
		{"as the others", []float32{1, -1}, 0, []int8{8, -8}},
		{"an eighth and less", []float32{-.125, .02}, 0, []int8{-1, 0}},
		{"the largest without a shift", []float32{15.875, 1}, 0, []int8{127, 8}},
		{"over it: a half is kept of each", []float32{16, -2}, 1, []int8{64, -8}},
		{"the side does not matter", []float32{2, -16}, 1, []int8{8, -64}},
		{"very large: the small one is lost", []float32{1000, -1}, 6, []int8{125, 0}},
		{"very large: ratios stay", []float32{-1000, 250}, 6, []int8{-125, 31}},
	} {
		w, keys := append([]float32(nil), c.row...), []uint32{7}
		for i := range uint32(9) {
			w, keys = append(w, 1, -1), append(keys, 100+i)
		}
		q, scale := quantize(keys, w, 2)
		if scale != 8 || len(q.Keys) != 10 {
			t.Fatalf("%s: one is %g units in %d rows, want 8 in 10", c.is, scale, len(q.Keys))
		}
		if got := q.Weights[:2]; q.Shifts[0] != c.shift || !cmp.Equal(got, c.want) {
			t.Errorf("%s: %v is %v shifted by %d, want %v shifted by %d", c.is, c.row, got, q.Shifts[0], c.want, c.shift)
		}
		for i, x := range c.row {
			back := float64(int(q.Weights[i])<<q.Shifts[0]) / scale
			if off, most := math.Abs(back-float64(x)), float64(int(1)<<c.shift)/scale/2; off > most {
				t.Errorf("%s: %g comes back as %g, off by more than %g", c.is, x, back, most)
			}
		}
	}
}

func TestQuantizeDropsEmptyRows(t *testing.T) {
	q, _ := quantize([]uint32{3, 5, 7, 9}, []float32{1, 1, 0, 0, .001, -.001, 0, 2}, 2)
	if diff := cmp.Diff([]uint32{3, 9}, q.Keys); diff != "" {
		t.Errorf("keys: (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]int8{8, 8, 0, 16}, q.Weights); diff != "" || len(q.Shifts) != 2 {
		t.Errorf("weights, with %d shifts: (-want +got)\n%s", len(q.Shifts), diff)
	}
	if q, scale := quantize([]uint32{3}, []float32{0, 0}, 2); len(q.Keys) != 0 || scale != 1 {
		t.Errorf("of nothing there are %d rows at %g units, want 0 at 1", len(q.Keys), scale)
	}
}
