package analyzer_test

import (
	"math"
	"strings"
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

// trial is an invented report on a trial and a tax, over the least length.
var trial = analyzer.Input{
	Title: "Judge in Port Annick jails two for robbery",
	Text: strings.Join([]string{
		"A judge in Port Annick sent two men to prison on Monday for the robbery of a bank.",
		"The prosecutor said that the court had heard from the police and from four witnesses of the crime.",
		"Their lawyer told the court that the verdict breaks the constitution and that they will appeal.",
		"Das Gericht schwieg am Montag zu allen Fragen der Presse, und niemand wusste, warum das so war.",
		"The men, who had been arrested in June, will stay in jail.",
	}, "\n\n"),
}

func framesOf(t *testing.T, in analyzer.Input, all bool) *analyzer.Analysis {
	t.Helper()
	return analyzertest.New(t).Analyze(in, analyzer.Options{Only: []string{analyzer.PartFrames}, AllEvidence: all})
}

func TestFramesOpenToTheirWords(t *testing.T) {
	got := framesOf(t, trial, true)
	if len(got.Frames.Items) != len(analyzer.FrameNames) {
		t.Fatalf("%d frames", len(got.Frames.Items))
	}
	for i, f := range got.Frames.Items {
		if f.Name != analyzer.FrameNames[i] {
			t.Errorf("frame %d is %s", i, f.Name)
		}
		sum := *f.Bias
		for _, term := range f.Terms {
			sum += term.Weight
		}
		if p := 1 / (1 + math.Exp(-sum)); math.Abs(p-f.Score) > 2e-4 {
			t.Errorf("%s: the words add up to %.4f, the score is %.4f", f.Name, p, f.Score)
		}
		for _, s := range f.Evidence {
			field := trial.Text
			if s.Field == "title" {
				field = trial.Title
			}
			if field[s.Start:s.End] != s.Text || strings.Contains(s.Text, "Gericht") {
				t.Errorf("%s: evidence %+v", f.Name, s)
			}
		}
		if (f.Score >= .5) != (len(f.Evidence) > 0) {
			t.Errorf("%s: score %v and %d sentences", f.Name, f.Score, len(f.Evidence))
		}
	}
}

// What is shown of a frame is little: the sentences and words that add most.
func TestFramesShowLittle(t *testing.T) {
	for _, f := range framesOf(t, trial, false).Frames.Items {
		if f.Bias != nil || len(f.Evidence) > 3 || len(f.Terms) > 6 || f.Score < .5 && len(f.Terms) > 0 {
			t.Errorf("%s: bias %v, %d sentences, %d words", f.Name, f.Bias, len(f.Evidence), len(f.Terms))
		}
		if want := f.Name == "crime_and_punishment"; want && (f.Score < .5 || f.Terms[0].Weight < f.Terms[1].Weight) {
			t.Errorf("%s: %+v", f.Name, f)
		}
		at := -1
		for _, s := range f.Evidence {
			if s.Field == "" && s.Start < at {
				t.Errorf("%s: sentences are not in the order of the text", f.Name)
			}
			if s.Field == "" {
				at = s.Start
			}
		}
	}
}

func TestFramesAreNotMeasured(t *testing.T) {
	for _, c := range []struct{ text, why string }{
		{"The judge left.", analyzer.ReasonShort},
		{strings.Repeat("Das Gericht schwieg am Montag zu allen Fragen der Presse. ", 10), analyzer.ReasonLanguage},
	} {
		got := framesOf(t, analyzer.Input{Text: c.text}, false)
		if got.Measured[analyzer.PartFrames] != c.why || len(got.Frames.Items) > 0 {
			t.Errorf("%.20s: %v, %d frames", c.text, got.Measured, len(got.Frames.Items))
		}
	}
}
