package server

import (
	"fmt"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// A wordingView is what a page says of the wording of a text: which outlets' it
// resembles, how likely, and the phrases that made it.
type wordingView struct {
	Told      string // in a sentence
	Measured  bool
	Confident bool
	Parts     []wordingPart
	Phrases   [2]render.SidePhrases
	Known     string // how many phrases of the model there are
	Raw, Bias string
	Differs   string // where the leaning of the outlet is on the other side
}

// A wordingPart is a side and its probability.
type wordingPart struct {
	Side, Name, Letter, Percent, X, Width string
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
	w.Known, w.Raw, w.Bias = count(l.Phrases, "phrase"), score(*l.Raw), score(*l.Bias)
	x := 0.0
	for i, p := range []float64{l.Probabilities.Left, l.Probabilities.Center, l.Probabilities.Right} {
		side := lexicons.Sides[i]
		w.Parts = append(w.Parts, wordingPart{side, story.Title(side), letterOf(side), percent(&p), length(100 * x), length(100 * p)})
		x += p
	}
	w.Phrases = render.Phrases(l)
	if render.Differ(a) {
		w.Differs = fmt.Sprintf("The outlet is rated %s, and the wording of this text is nearest to that of %s-rated outlets. These are two questions; neither answer corrects the other.", a.Source.Leaning, l.Label)
	}
	return w
}
