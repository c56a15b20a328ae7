package render

import (
	"bytes"
	"fmt"

	"parallax/analyzer"
)

// Frames are the policy frames of an article, in their order.
type Frames struct {
	Why  string // why they were not measured, "" when they were
	Rows []FrameRow
}

// A FrameRow is a frame with what speaks for it.
type FrameRow struct {
	Name, Score string
	Width       string // of the bar, in per cent
	Taken       bool   // the score reaches the point of decision
	Evidence    []TopSentence
	Terms       []analyzer.FrameTerm
}

// newFrames is nil for an analysis of which no frames were asked.
func newFrames(a *analyzer.Analysis, title, body string, l *layout) *Frames {
	if !a.Frames.Asked {
		return nil
	}
	out := &Frames{Why: notMeasured[a.Measured[analyzer.PartFrames]]}
	for _, f := range a.Frames.Items {
		row := FrameRow{
			Name: Words(f.Name), Score: fmt.Sprintf("%.2f", f.Score), Width: Length(100 * f.Score), Taken: f.Score >= .5, Terms: f.Terms,
		}
		for _, e := range f.Evidence {
			row.Evidence = append(row.Evidence, sentenceAt(e.Field, e.Start, e.End, fmt.Sprintf("%+.2f", e.Weight), title, body, l))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// notMeasured says in words why a part was not measured.
var notMeasured = map[string]string{
	analyzer.ReasonShort:    "the text is too short to say",
	analyzer.ReasonLanguage: "the text is not in English",
	analyzer.ReasonWeights:  "the lexicons in use hold no model of frames",
}

// framesText writes the frames that an article takes up.
func framesText(b *bytes.Buffer, frames []analyzer.Frame) {
	fmt.Fprintln(b, "\nFrames, from .50 on taken up")
	for _, f := range frames {
		mark := " "
		if f.Score >= .5 {
			mark = "*"
		}
		fmt.Fprintf(b, "  %s %.2f %s\n", mark, f.Score, Words(f.Name))
		for _, e := range f.Evidence {
			fmt.Fprintf(b, "      %d–%d “%s” %+.2f\n", e.Start, e.End, Plain(e.Text), e.Weight)
		}
	}
}
