package train_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"parallax/analyzer/analyzertest"
	"parallax/analyzer/framing"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// inventedTexts are forty short texts of which every second one is on a tax,
// and every third one calls it a sin.
func inventedTexts() []gold.FramedText {
	var out []gold.FramedText
	for i, who := range []string{"council", "mayor", "harbour", "union"} {
		for k, what := range []string{"pier", "bridge", "ferry", "lock", "gate", "school", "museum", "market", "mill", "tower"} {
			n := 10*i + k
			t := gold.FramedText{ID: fmt.Sprint("t", n), Text: fmt.Sprintf("The %s opened the %s and spoke of it at length on that day.", who, what)}
			if n%2 == 0 {
				t.Text += " The tax on its income rose again."
				t.Frames = append(t.Frames, "economic")
			}
			if n%3 == 0 {
				t.Text += " Preachers called this a shameful sin."
				t.Frames = append(t.Frames, "morality")
			}
			out = append(out, t)
		}
	}
	return out
}

func TestFrames(t *testing.T) {
	set := analyzertest.New(t).Lexicons()
	samples := train.FrameSamples(set, inventedTexts())
	names := train.FrameNames(samples)
	if len(names) != 2 || names[0] != "economic" || names[1] != "morality" {
		t.Fatalf("frames %v", names)
	}
	usage := train.NewFrameUsage(set)
	for _, s := range samples {
		usage.Label(s.Fields()...)
	}
	space := usage.Space(nil)
	space.Read(samples)
	fit := func() (framing.Weights, []byte) {
		w := train.Frames(samples, space, names, train.DefaultFrames(), 1)
		data, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented"}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return w, data
	}
	w, data := fit()
	if _, again := fit(); !bytes.Equal(data, again) {
		t.Error("fitted twice, the same data give other bytes")
	}
	m := framing.New(w)
	for _, c := range []struct {
		text string
		want [2]bool
	}{
		{"The theatre said that the tax on its income rose.", [2]bool{true, false}},
		{"The theatre said that preachers called it a shameful sin.", [2]bool{false, true}},
		{"The theatre opened the hall and spoke of it on that day.", [2]bool{false, false}},
	} {
		doc := set.Reader().Read(c.text)
		odds := m.Read(doc.Words(), m.Units(nil, doc, nil)).LogOdds
		if (odds[0] >= 0) != c.want[0] || (odds[1] >= 0) != c.want[1] {
			t.Errorf("%s: log-odds %v, want %v", c.text, odds, c.want)
		}
	}
}

// Frames of another codebook come after those of ours, by name.
func TestFrameNamesOfOthers(t *testing.T) {
	samples := train.FrameSamples(analyzertest.New(t).Lexicons(), []gold.FramedText{
		{Text: "a", Frames: []string{"zeal", "political"}}, {Text: "b", Frames: []string{"economic", "awe"}},
	})
	if got := fmt.Sprint(train.FrameNames(samples)); got != "[economic political awe zeal]" {
		t.Error(got)
	}
}

func TestFoldsAreEven(t *testing.T) {
	count := map[int]int{}
	for _, f := range train.Folds(103, 5, 1) {
		count[f]++
	}
	for k := range 5 {
		if count[k] < 20 || count[k] > 21 {
			t.Errorf("fold %d has %d of 103", k, count[k])
		}
	}
	first, again, other := train.Folds(10, 3, 1), train.Folds(10, 3, 1), train.Folds(10, 3, 2)
	if !slices.Equal(first, again) || slices.Equal(first, other) {
		t.Error("folds follow their seed")
	}
}
