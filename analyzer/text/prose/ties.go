package prose

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/jdkato/prose/v2"
)

// nudge is how far apart ties are put. prose's tag weights are rounded to three
// decimals, so that sums which differ do so by far more than a nudge times the
// number of labels, and the noise of adding them in any order is far less.
const nudge = 1e-8

// breakTies makes prose give the same answer each time.
//
// prose picks the best label by ranging over a map, so that of two labels with
// equal scores it takes either. Every decision has the feature "bias": its
// weights are moved apart by a nudge a label, in the labels' order, which
// decides ties and nothing else. The weights are not exported and prose will
// not change any more (it is archived); should the fields be missing, the test
// of this says so.
func breakTies(m *prose.Model) (done bool) {
	tags := field[map[string]map[string]float64](m, "tagger", "model", "weights")
	mapping := field[map[string]int](m, "extracter", "model", "mapping")
	weights := field[[]float64](m, "extracter", "model", "weights")
	labels := field[[]string](m, "extracter", "model", "labels")
	if tags == nil || mapping == nil || weights == nil || labels == nil {
		return false
	}
	names := map[string]bool{}
	for _, byLabel := range *tags {
		for label := range byLabel {
			names[label] = true
		}
	}
	order := map[string]float64{}
	for i, label := range sorted(names) {
		order[label] = nudge * (float64(i+1) + 1/float64(i+2)) // so that small multiples of two differ
	}
	// A label that a feature does not name is no candidate by it, so only
	// weights that are there may change.
	for feature, byLabel := range *tags {
		share := 1.0
		if feature != "bias" {
			share = .001
		}
		for label := range byLabel {
			byLabel[label] += share * order[label]
		}
	}
	for i, label := range slices.Sorted(slices.Values(*labels)) {
		if k, ok := (*mapping)["bias-True-"+label]; ok && k < len(*weights) {
			(*weights)[k] += nudge * float64(i+1)
		}
	}
	return true
}

func sorted(set map[string]bool) []string {
	var out []string
	for s := range set {
		out = append(out, s)
	}
	slices.SortFunc(out, strings.Compare)
	return out
}

// field is an unexported field reached through pointers to structs, or nil.
func field[T any](m *prose.Model, path ...string) *T {
	v := reflect.ValueOf(m).Elem()
	for i, name := range path {
		if v = v.FieldByName(name); !v.IsValid() {
			return nil
		}
		if i < len(path)-1 {
			if v.Kind() != reflect.Pointer || v.IsNil() {
				return nil
			}
			v = v.Elem()
		}
	}
	if v.Type() != reflect.TypeFor[T]() {
		return nil
	}
	return (*T)(unsafe.Pointer(v.UnsafeAddr()))
}
