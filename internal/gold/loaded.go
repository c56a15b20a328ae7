package gold

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"parallax/analyzer/text"
)

// A LoadedSentence is a sentence with whether its wording is loaded.
type LoadedSentence struct {
	ID      string
	Article string // sentences of one article belong together
	Outlet  string // "" when it is not known
	Text    string
	Loaded  bool
	Marked  []text.Span // the loaded words, in bytes
	Weight  float64     // of the marked words, for fitting
}

// doubtful is what words count that the rater called leaning a little.
const doubtful = .6

// ReadLoaded reads labelled sentences: JSON lines with id, text, biased (0 or 1)
// and biased_spans in code points, and where known url and source, as BABE has
// them; or a table of labels without text (labels/loaded.tsv), whose texts are
// the articles of those ids in the files given. A grade of 1 or more is loaded.
func ReadLoaded(path string, texts []string) ([]LoadedSentence, error) {
	if filepath.Ext(path) == ".tsv" {
		return readLoadedLabels(path, texts)
	}
	type loadedRow struct {
		ID, Text, URL, Source, Article string
		Biased                         *int
		Spans                          [][]int `json:"biased_spans"`
	}
	return jsonRows(path, "sentences", func(row loadedRow) (s LoadedSentence, keep bool, err error) {
		if row.Biased == nil || row.Text == "" {
			return s, false, errors.New("text and biased must be there")
		}
		s = LoadedSentence{ID: row.ID, Article: cmp.Or(row.Article, row.URL, row.ID), Outlet: row.Source, Text: row.Text, Loaded: *row.Biased != 0, Weight: 1}
		for _, p := range row.Spans {
			if len(p) != 2 {
				return s, false, errors.New("a span is two numbers")
			}
			from, to := byteAt(row.Text, p[0]), byteAt(row.Text, p[1])
			if from < 0 || to <= from {
				return s, false, fmt.Errorf("span %d–%d is not in the text", p[0], p[1])
			}
			s.Marked = append(s.Marked, text.Span{Start: from, End: to})
		}
		return s, true, nil
	})
}

// A loadedLabel is a line of labels/loaded.tsv.
type loadedLabel struct {
	line, start, end, grade int
	article, words          string
}

func readLoadedLabels(path string, texts []string) ([]LoadedSentence, error) {
	var all []loadedLabel
	of := map[string][]int{}
	err := eachLabel(path, 6, func(n int, c []string) (err error) {
		label := loadedLabel{line: n, article: c[0], words: c[5]}
		for k, to := range map[int]*int{1: &label.start, 2: &label.end, 4: &label.grade} {
			if *to, err = strconv.Atoi(c[k]); err != nil {
				return err
			}
		}
		of[label.article] = append(of[label.article], len(all))
		all = append(all, label)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]LoadedSentence, len(all))
	for a, err := range Articles(texts) {
		if err != nil {
			return nil, err
		}
		for _, i := range of[a.ID] {
			if out[i], err = all[i].sentence(a.Text); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, all[i].line, err)
			}
		}
	}
	for i := range out {
		if out[i].Text == "" {
			return nil, fmt.Errorf("%s:%d: article %s is not in %s", path, all[i].line, all[i].article, strings.Join(texts, ", "))
		}
	}
	return out, nil
}

func (l *loadedLabel) sentence(article string) (LoadedSentence, error) {
	from, to := byteAt(article, l.start), byteAt(article, l.end)
	if from < 0 || to <= from {
		return LoadedSentence{}, fmt.Errorf("%d–%d is not in article %s", l.start, l.end, l.article)
	}
	s := LoadedSentence{ID: fmt.Sprintf("%s-%d", l.article, l.start), Article: l.article, Text: article[from:to], Loaded: l.grade > 0, Weight: 1}
	if l.grade == 1 {
		s.Weight = doubtful
	}
	for word := range strings.FieldsSeq(l.words) {
		var a, b int
		if _, err := fmt.Sscanf(strings.TrimSuffix(word, "q"), "%d-%d", &a, &b); err != nil {
			return s, fmt.Errorf("word %q: %w", word, err)
		}
		m := text.Span{Start: byteAt(article, a) - from, End: byteAt(article, b) - from}
		if m.Start < 0 || m.End <= m.Start || m.End > len(s.Text) {
			return s, fmt.Errorf("word %q is not in its sentence", word)
		}
		s.Marked = append(s.Marked, m)
	}
	return s, nil
}
