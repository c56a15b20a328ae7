package eval_test

import (
	"math"
	"testing"

	"parallax/analyzer/loaded"
	"parallax/internal/eval"
	"parallax/internal/train"
)

// said is a sentence of two words of which the first is marked where it is
// loaded, with the scores of both.
func said(article, outlet string, is bool, chance, first, second float64) eval.LoadedVerdict {
	return eval.LoadedVerdict{
		LoadedSample: &train.LoadedSample{
			Article: article, Loaded: is, Words: []loaded.Word{{Letters: true}, {Letters: true}}, Marked: []bool{is, false},
		},
		Outlet: outlet, Chance: chance, Scores: []loaded.Score{{Own: first}, {Own: second}}, Shown: []bool{first > 1, second > 1},
	}
}

func TestLoadedOf(t *testing.T) {
	r := eval.LoadedOf([]eval.LoadedVerdict{
		said("a", "x", true, .9, 3, 0),  // told right, its word is shown
		said("a", "x", true, .4, .5, 2), // missed, the other word is shown
		said("b", "x", false, .6, 0, 0), // wrongly told
		said("c", "x", false, .1, 0, 0),
	})
	// Of each kind one of two is told right: F1 is .5 for both.
	if r.MacroF1 != .5 || r.Loaded != 2 || r.Articles != 3 {
		t.Errorf("macro-F1 %v, %d loaded, %d articles", r.MacroF1, r.Loaded, r.Articles)
	}
	// .9 is over both plain ones, .4 over one of them.
	if r.AUC != .75 {
		t.Errorf("AUC %v", r.AUC)
	}
	if r.Words.Precision != .5 || r.Words.Recall != .5 || r.Top != .5 || r.TopOf != 2 {
		t.Errorf("words %+v, heaviest %v of %d", r.Words, r.Top, r.TopOf)
	}
	if r.Outlets != 0 || r.OutletAUC != 0 {
		t.Errorf("four sentences make an outlet: %d, %v", r.Outlets, r.OutletAUC)
	}
}

func TestLoadedWithinOutlets(t *testing.T) {
	var all []eval.LoadedVerdict
	// Knowing the outlet is worth nothing here: within each the order is right in
	// "x" and reversed in "y".
	for i := range 30 {
		is := i%2 == 0
		p := .2
		if is {
			p = .3
		}
		all = append(all, said("a", "x", is, p, 0, 0), said("b", "y", is, 1-p, 0, 0))
	}
	r := eval.LoadedOf(all)
	if r.Outlets != 2 || math.Abs(r.OutletAUC-.5) > 1e-9 {
		t.Errorf("%d outlets, %v", r.Outlets, r.OutletAUC)
	}
}
