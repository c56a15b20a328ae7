package eval_test

import (
	"math"
	"strings"
	"testing"

	"parallax/internal/eval"
	"parallax/internal/gold"
)

// placed are articles written as label, side and story found: "aL1".
func placed(s string) (articles []gold.StoryArticle, found []string) {
	sides := map[byte]string{'L': "left", 'C': "center", 'R': "right", '-': ""}
	for i, w := range strings.Fields(s) {
		articles = append(articles, gold.StoryArticle{ID: string(rune('0' + i)), Story: w[:1], Leaning: sides[w[1]]})
		found = append(found, w[2:])
	}
	return articles, found
}

func TestStoriesOf(t *testing.T) {
	// Story a is found but for one article; b was put together with c.
	r := eval.StoriesOf(placed("aL1 aC1 aR2 bL3 bR3 cC3"))
	// B-cubed: P = (1+1+1+2/3+2/3+1/3)/6, R = (2/3+2/3+1/3+1+1+1)/6.
	if p, rec := 14./18, 14./18; math.Abs(r.BCubed.Precision-p) > 1e-9 || math.Abs(r.BCubed.Recall-rec) > 1e-9 {
		t.Errorf("B-cubed %+v", r.BCubed)
	}
	// Pairs: found aa, bb, bc, bc; labelled aa, aa, aa, bb; right aa, bb.
	if r.Pairs.Precision != .5 || r.Pairs.Recall != .5 || r.Pairs.F1 != .5 {
		t.Errorf("pairs %+v", r.Pairs)
	}
	if r.Labelled != 3 || r.Found != 3 || r.Exact == nil || *r.Exact != 0 {
		t.Errorf("%+v", r)
	}
	if in := r.BCubedIn; in.Low > r.BCubed.F1 || in.High < r.BCubed.F1 {
		t.Errorf("interval %+v", in)
	}
}

// Counts can be right though the articles are not.
func TestCountsOfSides(t *testing.T) {
	r := eval.StoriesOf(placed("aL1 aC1 bL1 bR2 bR2"))
	if r.Exact == nil || *r.Exact != 0 {
		t.Errorf("%+v", r)
	}
	r = eval.StoriesOf(placed("aL1 aL1 aC2 bL3 bC1 bR3"))
	// a: two left and one center, as story 1 has; b: left, center, right against left, right.
	if r.Exact == nil || *r.Exact != .5 {
		t.Errorf("exact %v", *r.Exact)
	}
	if none := eval.StoriesOf(placed("a-1 a-1 b-2")); none.Exact != nil || none.Pairs.F1 != 1 {
		t.Errorf("%+v", none)
	}
	if alone := eval.StoriesOf(placed("a-1 b-2")); alone.Pairs.Precision != 1 || alone.BCubed.F1 != 1 {
		t.Errorf("%+v", alone)
	}
}
