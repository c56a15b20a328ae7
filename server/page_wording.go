package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// A wordingView is what a page says of the wording of a text: which outlets' it
// resembles, how likely, and the phrases that made it.
type wordingView struct {
	Told        string // in a sentence
	Measured    bool
	Confident   bool
	Parts       []wordingPart
	Left, Right []phraseRow
	Phrases     string // how many phrases of the model there are
	Raw, Bias   string
	Differs     string // where the leaning of the outlet is on the other side
}

// A wordingPart is a side and its probability.
type wordingPart struct {
	Side, Name, Letter, Percent, X, Width string
}

// A phraseRow is a phrase of the text and what it adds, in all places where it
// stands.
type phraseRow struct {
	Phrase, Rule, Weight string
	Times                int
	total                float64
}

func newWording(a *analyzer.Analysis) *wordingView {
	l := a.Leaning
	if l == nil {
		return nil
	}
	w := &wordingView{Told: render.LeaningText(l), Measured: l.Probabilities != nil, Confident: l.Confident}
	if !w.Measured {
		return w
	}
	w.Phrases, w.Raw, w.Bias = count(l.Phrases, "phrase"), score(*l.Raw), score(*l.Bias)
	x := 0.0
	for i, p := range []float64{l.Probabilities.Left, l.Probabilities.Center, l.Probabilities.Right} {
		side := lexicons.Sides[i]
		w.Parts = append(w.Parts, wordingPart{side, story.Title(side), letterOf(side), percent(&p), length(100 * x), length(100 * p)})
		x += p
	}
	for _, e := range l.Evidence {
		row := phraseRow{Phrase: e.Text, Rule: strings.TrimPrefix(e.Rule, "phrase/"), Times: e.Times, total: e.Weight * float64(e.Times)}
		row.Weight = strings.Replace(fmt.Sprintf("%+.3f", row.total), "-", "−", 1)
		if row.total < 0 {
			w.Left = append(w.Left, row)
		} else {
			w.Right = append(w.Right, row)
		}
	}
	slices.SortStableFunc(w.Left, func(a, b phraseRow) int { return cmp.Compare(a.total, b.total) })
	slices.SortStableFunc(w.Right, func(a, b phraseRow) int { return cmp.Compare(b.total, a.total) })
	if render.Differ(a) {
		w.Differs = fmt.Sprintf("The outlet is rated %s, and the wording of this text is nearest to that of %s-rated outlets. These are two questions; neither answer corrects the other.", a.Source.Leaning, l.Label)
	}
	return w
}
