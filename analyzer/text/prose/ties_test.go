package prose

import (
	"testing"

	"github.com/jdkato/prose/v2"
)

func TestProseHasTheFieldsThatBreakTies(t *testing.T) {
	d, err := prose.NewDocument("x")
	if err != nil {
		t.Fatal(err)
	}
	bias := (*field[map[string]map[string]float64](d.Model, "tagger", "model", "weights"))["bias"]
	labels := *field[[]string](d.Model, "extracter", "model", "labels")
	mapping := *field[map[string]int](d.Model, "extracter", "model", "mapping")
	have := 0
	for _, l := range labels {
		if _, ok := mapping["bias-True-"+l]; ok {
			have++
		}
	}
	t.Logf("tags with a bias: %d; entity labels with a bias: %d of %d", len(bias), have, len(labels))
	if !breakTies(d.Model) {
		t.Fatal("the fields of prose's model are not those of v2.0.0")
	}
}
