package gold

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A FramedText is a text with the frames that it takes up.
type FramedText struct {
	ID     string
	Title  string
	Text   string
	Kind   string   // "news", "views" or what the data call it, "" where they do not say
	Split  string   // where the data have one
	Frames []string // in the form that [FrameName] gives, the primary one first where the data say so
	Single bool     // the data name one frame a text
}

// FrameName is the name of a frame in lower case, with underscores for what is
// no letter or digit.
func FrameName(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "_")
}

// ReadFrames reads texts with frames: lines of labels as in labels/frames.tsv,
// whose texts are the articles of those ids in the files given, or JSON lines
// with text and frames, or frame or frame1 where there is one a text. Rows
// without are left out.
func ReadFrames(path string, texts []string) ([]FramedText, error) {
	if filepath.Ext(path) == ".tsv" {
		return readFrameLabels(path, texts)
	}
	return jsonRows(path, "texts with frames", func(row frameRow) (FramedText, bool, error) {
		t := FramedText{ID: row.ID, Title: row.Title, Text: row.Text, Kind: row.Genre, Split: row.Split}
		labelled := row.frames(&t)
		return t, labelled, nil
	})
}

type frameRow struct {
	ID, Title, Text, Genre, Split string
	Frames                        []string
	Frame, Frame1                 any
}

// frames sets those of a text, and says whether there are any labels.
func (r *frameRow) frames(t *FramedText) bool {
	for _, one := range []any{r.Frame1, r.Frame} {
		if one != nil {
			t.Frames, t.Single = []string{FrameName(fmt.Sprint(one))}, true
			return true
		}
	}
	for _, f := range r.Frames {
		if name := FrameName(f); !slices.Contains(t.Frames, name) {
			t.Frames = append(t.Frames, name)
		}
	}
	return r.Frames != nil
}

func readFrameLabels(path string, texts []string) ([]FramedText, error) {
	type label struct{ line, read int }
	var out []FramedText
	var labels []label
	at := map[string]int{}
	err := eachLabel(path, 4, func(n int, c []string) error {
		read, err := strconv.Atoi(c[1])
		if err != nil {
			return err
		}
		at[c[0]] = len(out)
		out, labels = append(out, FramedText{ID: c[0], Kind: c[2], Frames: strings.Fields(c[3])}), append(labels, label{n, read})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for a, err := range Articles(texts) {
		if err != nil {
			return nil, err
		}
		i, ok := at[a.ID]
		if !ok {
			continue
		}
		end := byteAt(a.Text, labels[i].read)
		if end < 0 {
			return nil, fmt.Errorf("%s:%d: article %s is shorter than %d", path, labels[i].line, a.ID, labels[i].read)
		}
		out[i].Title, out[i].Text = a.Title, a.Text[:end]
	}
	for i := range out {
		if out[i].Text == "" {
			return nil, fmt.Errorf("%s:%d: article %s is not in %s", path, labels[i].line, out[i].ID, strings.Join(texts, ", "))
		}
	}
	return out, nil
}
