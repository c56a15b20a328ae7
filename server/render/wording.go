package render

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/lexicons"
)

// A PhraseRow is a phrase of a text and what it adds, in all places where it
// stands, to the log-odds of right against left.
type PhraseRow struct {
	Text, Rule string
	Times      int
	Total      float64
}

// SidePhrases are the phrases that add to one side, the heaviest first.
type SidePhrases struct {
	Side     string
	Evidence []PhraseRow
}

// Phrases are the phrases of a leaning's evidence by side, left and right.
func Phrases(l *analyzer.Leaning) [2]SidePhrases {
	out := [2]SidePhrases{{Side: lexicons.Left}, {Side: lexicons.Right}}
	for _, e := range l.Evidence {
		row := PhraseRow{e.Text, strings.TrimPrefix(e.Rule, "phrase/"), e.Times, e.Weight * float64(e.Times)}
		side := &out[1]
		if row.Total < 0 {
			side = &out[0]
		}
		side.Evidence = append(side.Evidence, row)
	}
	for i := range out {
		slices.SortStableFunc(out[i].Evidence, func(a, b PhraseRow) int {
			return cmp.Compare(max(b.Total, -b.Total), max(a.Total, -a.Total))
		})
	}
	return out
}
