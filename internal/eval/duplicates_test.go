package eval_test

import (
	"testing"

	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/lexicons"
)

func TestDuplicatesOf(t *testing.T) {
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	const wire = "The council of the harbour town voted on Monday to sell the old lighthouse to a private buyer from the coast after a debate of nine hours."
	const other = "Ferry crews struck over pay in the north while passengers from three islands waited in the rain for a boat that did not come that night."
	r := eval.DuplicatesOf(set, []gold.TextPair{
		{Kind: "copy", A: wire, B: "PORT ANNICK (AP) — " + wire, Copy: true},
		{Kind: "rewritten", A: wire, B: other, Copy: true},
		{Kind: "independent", A: wire, B: other},
		{Kind: "independent", A: other, B: other + " So it was."},
	})
	if r.Copies.Precision != .5 || r.Copies.Recall != .5 || r.Independent != 2 || r.FalseAlarms != .5 {
		t.Errorf("%+v", r)
	}
	if k := r.Kinds["rewritten"]; k.Labelled != 1 || k.Right != 0 {
		t.Errorf("rewritten: %+v", k)
	}
}
