package eval

import (
	"slices"

	"parallax/internal/gold"
)

// Frames is how well the frames of texts were told. Intervals resample texts.
type Frames struct {
	Texts    int              `json:"texts"`
	Labelled float64          `json:"labelled_per_text"`
	Found    float64          `json:"found_per_text"`
	Micro    Score            `json:"micro"`
	MicroIn  Interval         `json:"micro_f1_interval"`
	MacroF1  float64          `json:"macro_f1"` // over the frames that are labelled or found
	MacroIn  Interval         `json:"macro_f1_interval"`
	Frames   map[string]Score `json:"frames"`
	// Accuracy is the share of texts whose highest score is that of the label,
	// where the data name one frame a text.
	Accuracy   *float64  `json:"accuracy,omitempty"`
	AccuracyIn *Interval `json:"accuracy_interval,omitempty"`
}

// A FrameVerdict is what was found in a labelled text.
type FrameVerdict struct {
	*gold.FramedText
	Found   []string // frames at or over the point of decision
	Highest string   // the one with the highest score
}

// FramesOf sums verdicts up.
func FramesOf(all []FrameVerdict) Frames {
	out := Frames{Texts: len(all), Frames: map[string]Score{}}
	if len(all) == 0 {
		return out
	}
	tallies := frameTallies(all)
	var sum Tally
	for name, t := range tallies {
		out.Frames[name] = t.Score()
		sum.add(t)
	}
	out.Micro, out.MacroF1 = sum.Score(), macroOfFrames(tallies)
	out.Labelled, out.Found = float64(sum.Labelled)/float64(len(all)), float64(sum.Found)/float64(len(all))
	some := func(units []int) []FrameVerdict {
		s := make([]FrameVerdict, len(units))
		for i, u := range units {
			s[i] = all[u]
		}
		return s
	}
	out.MicroIn = bootstrap(len(all), func(u []int) float64 {
		var sum Tally
		for _, t := range frameTallies(some(u)) {
			sum.add(t)
		}
		return sum.Score().F1
	})
	out.MacroIn = bootstrap(len(all), func(u []int) float64 { return macroOfFrames(frameTallies(some(u))) })
	if !slices.ContainsFunc(all, func(v FrameVerdict) bool { return !v.Single }) {
		right := func(all []FrameVerdict) float64 {
			n := 0
			for i := range all {
				if slices.Contains(all[i].Frames, all[i].Highest) {
					n++
				}
			}
			return float64(n) / float64(len(all))
		}
		accuracy, in := right(all), bootstrap(len(all), func(u []int) float64 { return right(some(u)) })
		out.Accuracy, out.AccuracyIn = &accuracy, &in
	}
	return out
}

// frameTallies counts by frame.
func frameTallies(all []FrameVerdict) map[string]Tally {
	out := map[string]Tally{}
	for i := range all {
		for _, f := range all[i].Frames {
			t := out[f]
			t.Labelled++
			if slices.Contains(all[i].Found, f) {
				t.Right++
			}
			out[f] = t
		}
		for _, f := range all[i].Found {
			t := out[f]
			t.Found++
			out[f] = t
		}
	}
	return out
}

func macroOfFrames(tallies map[string]Tally) float64 {
	var f1 []float64
	for _, t := range tallies {
		f1 = append(f1, t.Score().F1)
	}
	slices.Sort(f1) // the order of a map must not show in the last digit
	sum := 0.0
	for _, x := range f1 {
		sum += x / float64(len(f1))
	}
	return sum
}
