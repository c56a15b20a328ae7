package eval

import (
	"maps"
	"slices"

	"parallax/internal/gold"
)

// Stories is how well a stream was grouped. Intervals resample labelled
// stories.
type Stories struct {
	Articles int      `json:"articles"`
	BCubed   Score    `json:"b_cubed"` // mean over articles (Bagga and Baldwin 1998)
	BCubedIn Interval `json:"b_cubed_f1_interval"`
	Pairs    Score    `json:"pairs"` // of articles put together
	PairsIn  Interval `json:"pairs_f1_interval"`
	Labelled int      `json:"stories_labelled"`
	Found    int      `json:"stories_found"`
	// Exact is the share of the labelled stories of two articles or more whose
	// best match has exactly their numbers of left, center and right; nil where
	// the data have no leanings.
	Exact   *float64  `json:"counts_exact,omitempty"`
	ExactIn *Interval `json:"counts_exact_interval,omitempty"`
}

// A storyUnit is a labelled story: what its articles add up to.
type storyUnit struct {
	n                           int
	precision, recall           float64 // sums over articles
	together, found, labelledTo int     // pairs, seen from each article
	many, exact                 bool
}

// StoriesOf scores the stories that were found for articles, one each.
func StoriesOf(articles []gold.StoryArticle, found []string) Stories {
	type cell struct{ gold, found string }
	of, to, both := map[string][]int{}, map[string][]int{}, map[cell]int{}
	leanings := false
	for i := range articles {
		a := &articles[i]
		of[a.Story] = append(of[a.Story], i)
		to[found[i]] = append(to[found[i]], i)
		both[cell{a.Story, found[i]}]++
		leanings = leanings || a.Leaning != ""
	}
	counts := func(members []int) map[string]int {
		c := map[string]int{}
		for _, i := range members {
			c[articles[i].Leaning]++
		}
		return c
	}
	var units []storyUnit
	for _, name := range slices.Sorted(maps.Keys(of)) {
		members := of[name]
		u := storyUnit{n: len(members), many: len(members) > 1}
		best, most := "", 0
		for _, i := range members {
			k := both[cell{name, found[i]}]
			u.precision += float64(k) / float64(len(to[found[i]]))
			u.recall += float64(k) / float64(len(members))
			u.together += k - 1
			u.found += len(to[found[i]]) - 1
			u.labelledTo += len(members) - 1
			if k > most {
				best, most = found[i], k
			}
		}
		u.exact = maps.Equal(counts(members), counts(to[best]))
		units = append(units, u)
	}
	all := make([]int, len(units))
	for i := range all {
		all[i] = i
	}
	b, p, exact := sumStories(units, all)
	r := Stories{Articles: len(articles), BCubed: b, Pairs: p, Labelled: len(of), Found: len(to)}
	r.BCubedIn = bootstrap(len(units), func(of []int) float64 { b, _, _ := sumStories(units, of); return b.F1 })
	r.PairsIn = bootstrap(len(units), func(of []int) float64 { _, p, _ := sumStories(units, of); return p.F1 })
	if leanings {
		in := bootstrap(len(units), func(of []int) float64 { _, _, e := sumStories(units, of); return e })
		r.Exact, r.ExactIn = &exact, &in
	}
	return r
}

func sumStories(units []storyUnit, of []int) (bcubed, pairs Score, exact float64) {
	n, many, right := 0, 0, 0
	precision, recall := 0.0, 0.0
	var p Tally
	for _, i := range of {
		u := &units[i]
		n += u.n
		precision, recall = precision+u.precision, recall+u.recall
		p.add(Tally{u.together, u.found, u.labelledTo})
		if u.many {
			many++
			if u.exact {
				right++
			}
		}
	}
	bcubed = Score{Precision: precision / float64(max(1, n)), Recall: recall / float64(max(1, n)), Labelled: n}
	if bcubed.Precision+bcubed.Recall > 0 {
		bcubed.F1 = 2 * bcubed.Precision * bcubed.Recall / (bcubed.Precision + bcubed.Recall)
	}
	pairs = p.Score()
	if p.Found == 0 {
		pairs.Precision = 1
	}
	if many > 0 {
		exact = float64(right) / float64(many)
	}
	return bcubed, pairs, exact
}
