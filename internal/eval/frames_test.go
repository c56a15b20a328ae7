package eval_test

import (
	"math"
	"strings"
	"testing"

	"parallax/internal/eval"
	"parallax/internal/gold"
)

func framed(labelled, found, highest string, single bool) eval.FrameVerdict {
	return eval.FrameVerdict{
		FramedText: &gold.FramedText{Frames: strings.Fields(labelled), Single: single},
		Found:      strings.Fields(found), Highest: highest,
	}
}

func TestFramesOf(t *testing.T) {
	r := eval.FramesOf([]eval.FrameVerdict{
		framed("economic political", "economic", "economic", false),
		framed("political", "political economic", "political", false),
		framed("", "", "economic", false),
	})
	// economic: one of two found is right, the one labelled is found; political:
	// the one found is right, one of two labelled is found. Both have F1 2/3.
	if r.Texts != 3 || math.Abs(r.Micro.F1-2./3) > 1e-9 || math.Abs(r.MacroF1-2./3) > 1e-9 {
		t.Errorf("%+v", r)
	}
	if e := r.Frames["economic"]; e.Precision != .5 || e.Recall != 1 || e.Labelled != 1 {
		t.Errorf("economic %+v", e)
	}
	if r.Labelled != 1 || r.Found != 1 || r.Accuracy != nil {
		t.Errorf("%v labelled and %v found a text, accuracy %v", r.Labelled, r.Found, r.Accuracy)
	}
	if in := r.MicroIn; in.Low > r.Micro.F1 || in.High < r.Micro.F1 {
		t.Errorf("interval %+v", in)
	}
}

// Where one frame a text is named, the highest score counts.
func TestFramesOfOneEach(t *testing.T) {
	r := eval.FramesOf([]eval.FrameVerdict{framed("a", "", "a", true), framed("b", "b", "a", true)})
	if r.Accuracy == nil || *r.Accuracy != .5 {
		t.Errorf("%+v", r)
	}
	if none := eval.FramesOf(nil); none.Texts != 0 || none.Micro.F1 != 0 {
		t.Errorf("%+v", none)
	}
}
