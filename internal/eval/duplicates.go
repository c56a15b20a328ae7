package eval

import (
	"parallax/analyzer/story"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// Duplicates is how well copies were told. Intervals resample pairs.
type Duplicates struct {
	Pairs       int      `json:"pairs"`
	Copies      Score    `json:"copies"`
	CopiesIn    Interval `json:"copies_f1_interval"`
	Independent int      `json:"independent"`
	// FalseAlarms is the share of the pairs that are no copies and were taken for
	// such.
	FalseAlarms   float64          `json:"false_alarms"`
	FalseAlarmsIn Interval         `json:"false_alarms_interval"`
	Kinds         map[string]Tally `json:"kinds"` // by kind of pair
}

// DuplicatesOf scores what is told of pairs.
func DuplicatesOf(set *lexicons.Set, pairs []gold.TextPair) Duplicates {
	told := make([]bool, len(pairs))
	all := make([]int, len(pairs))
	r := Duplicates{Pairs: len(pairs), Kinds: map[string]Tally{}}
	for i, p := range pairs {
		all[i] = i
		told[i] = story.IsCopy(story.NewShingles(set.Reader().Read(p.A)), story.NewShingles(set.Reader().Read(p.B)))
		k := r.Kinds[p.Kind]
		k.add(tallyOf(p.Copy, told[i]))
		r.Kinds[p.Kind] = k
	}
	sum := func(units []int) (copies Tally, independent, alarms int) {
		for _, i := range units {
			copies.add(tallyOf(pairs[i].Copy, told[i]))
			if !pairs[i].Copy {
				independent++
				if told[i] {
					alarms++
				}
			}
		}
		return copies, independent, alarms
	}
	rate := func(units []int) float64 {
		_, n, alarms := sum(units)
		return float64(alarms) / float64(max(1, n))
	}
	copies, n, _ := sum(all)
	r.Copies, r.Independent, r.FalseAlarms = copies.Score(), n, rate(all)
	r.CopiesIn = bootstrap(len(pairs), func(units []int) float64 { c, _, _ := sum(units); return c.Score().F1 })
	r.FalseAlarmsIn = bootstrap(len(pairs), rate)
	return r
}

func tallyOf(is, told bool) (t Tally) {
	if is {
		t.Labelled = 1
	}
	if told {
		t.Found = 1
	}
	if is && told {
		t.Right = 1
	}
	return t
}
