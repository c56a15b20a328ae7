package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

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
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	r, _, err := decompress(f, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []AttributedText
	sc := lines(r)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var row struct {
			ID, Text, Split string
			Attributions    []struct{ Src, Cue, Con [][]int }
		}
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if len(splits) > 0 && !slices.Contains(splits, row.Split) {
			continue
		}
		t := AttributedText{ID: row.ID, Text: row.Text}
		for _, a := range row.Attributions {
			var got Attribution
			for k, pieces := range [][][]int{a.Src, a.Cue, a.Con} {
				to := []*[]text.Span{&got.Source, &got.Cue, &got.Content}[k]
				for _, p := range pieces {
					if len(p) != 2 {
						return nil, fmt.Errorf("%s:%d: a span is two numbers", path, n)
					}
					s := text.Span{Start: byteAt(row.Text, p[0]), End: byteAt(row.Text, p[1])}
					if s.Start < 0 || s.End <= s.Start {
						return nil, fmt.Errorf("%s:%d: span %d–%d is not in the text", path, n, p[0], p[1])
					}
					*to = append(*to, s)
				}
			}
			t.Attributions = append(t.Attributions, got)
		}
		out = append(out, t)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(out) == 0 {
		return nil, errors.New(path + ": no texts with attributions")
	}
	return out, nil
}
