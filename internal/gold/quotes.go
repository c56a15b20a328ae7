package gold

import (
	"errors"
	"fmt"
	"slices"

	"parallax/analyzer/text"
)

// An Attribution is what somebody is said to have said or thought: source, cue
// and content, each in pieces (Newell, Margolin and Ruths 2018).
type Attribution struct{ Source, Cue, Content []text.Span }

// An AttributedText is a text with its attributions.
type AttributedText struct {
	ID, Text     string
	Attributions []Attribution
}

// ReadAttributions reads JSON lines with id, text and attributions
// [{"src":[[s,e]…],"cue":[…],"con":[…]}] in code points, as PolNeAR has them here.
// Of files with splits only those named are read; none reads all.
func ReadAttributions(path string, splits []string) ([]AttributedText, error) {
	type attributedRow struct {
		ID, Text, Split string
		Attributions    []struct{ Src, Cue, Con [][]int }
	}
	return jsonRows(path, "texts with attributions", func(row attributedRow) (AttributedText, bool, error) {
		if len(splits) > 0 && !slices.Contains(splits, row.Split) {
			return AttributedText{}, false, nil
		}
		t := AttributedText{ID: row.ID, Text: row.Text}
		for _, a := range row.Attributions {
			var got Attribution
			for k, pieces := range [][][]int{a.Src, a.Cue, a.Con} {
				to := []*[]text.Span{&got.Source, &got.Cue, &got.Content}[k]
				for _, p := range pieces {
					if len(p) != 2 {
						return t, false, errors.New("a span is two numbers")
					}
					s := text.Span{Start: byteAt(row.Text, p[0]), End: byteAt(row.Text, p[1])}
					if s.Start < 0 || s.End <= s.Start {
						return t, false, fmt.Errorf("span %d–%d is not in the text", p[0], p[1])
					}
					*to = append(*to, s)
				}
			}
			t.Attributions = append(t.Attributions, got)
		}
		return t, true, nil
	})
}
