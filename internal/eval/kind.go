package eval

import (
	"parallax/analyzer"
)

// Kinds is how often the kind of articles was told right.
type Kinds struct {
	Articles int              `json:"articles"`
	Kinds    map[string]Score `json:"kinds"`
	// Right and Told are over the articles that were told a kind other than
	// "unknown".
	Right    int      `json:"right"`
	Told     int      `json:"told"`
	Interval Interval `json:"interval"` // of Right / Told
}

// A KindLabel is the kind of an article, and another that a second reader
// might well say, or "".
type KindLabel struct{ Kind, Or string }

// Kind tells the kinds of articles by everything but what was given as kind. A
// kind that a second reader might say counts as right.
func Kind(a *analyzer.Analyzer, in []analyzer.Input, labels []KindLabel) (Kinds, []string) {
	out := Kinds{Articles: len(in), Kinds: map[string]Score{}}
	tallies := map[string]*Tally{}
	tally := func(kind string) *Tally {
		if tallies[kind] == nil {
			tallies[kind] = new(Tally)
		}
		return tallies[kind]
	}
	var right []bool
	got := make([]string, len(in))
	for i := range in {
		article := in[i]
		article.Kind = ""
		got[i] = a.Analyze(article, analyzer.Options{Only: []string{}}).Kind
		want := labels[i].Kind
		if got[i] == labels[i].Or {
			want = labels[i].Or
		}
		tally(want).Labelled++
		tally(got[i]).Found++
		if got[i] == want {
			tally(want).Right++
		}
		if got[i] != "unknown" {
			right = append(right, got[i] == want)
		}
	}
	share := func(units []int) float64 {
		n := 0
		for _, i := range units {
			if right[i] {
				n++
			}
		}
		return float64(n) / float64(max(1, len(units)))
	}
	for _, ok := range right {
		out.Told++
		if ok {
			out.Right++
		}
	}
	if out.Told > 0 {
		out.Interval = bootstrap(out.Told, share)
	}
	for kind, t := range tallies {
		out.Kinds[kind] = t.Score()
	}
	return out, got
}
