package render

import (
	"fmt"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
)

// A Wording is what a page says of the wording of a text: which outlets' it
// resembles, how likely, and the phrases that made it.
type Wording struct {
	Told      string // in a sentence
	Measured  bool
	Confident bool
	Parts     []WordingPart
	Phrases   [2]SidePhrases
	Known     string // how many phrases of the model there are
	Raw, Bias string
	Differs   string // where the leaning of the outlet is on the other side
}

// A WordingPart is a side and its probability.
type WordingPart struct {
	Side, Name, Letter, Percent, X, Width string
}

func newWording(a *analyzer.Analysis) *Wording {
	l := a.Leaning
	if l == nil {
		return nil
	}
	w := &Wording{Told: LeaningText(l), Measured: l.Probabilities != nil, Confident: l.Confident}
	if !w.Measured {
		return w
	}
	w.Known, w.Raw, w.Bias = Count(l.Phrases, "phrase"), Score(*l.Raw), Score(*l.Bias)
	x := 0.0
	for i, p := range []float64{l.Probabilities.Left, l.Probabilities.Center, l.Probabilities.Right} {
		side := lexicons.Sides[i]
		w.Parts = append(w.Parts, WordingPart{side, story.Title(side), Letter(side), PerCent(p), Length(100 * x), Length(100 * p)})
		x += p
	}
	w.Phrases = Phrases(l)
	if Differ(a) {
		w.Differs = fmt.Sprintf("The outlet is rated %s, and the wording of this text is nearest to that of %s-rated outlets. These are two questions; neither answer corrects the other.", a.Source.Leaning, l.Label)
	}
	return w
}
