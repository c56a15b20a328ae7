package render

import (
	"cmp"
	"fmt"
	"slices"

	"parallax/analyzer"
)

// LoadedFrom is the point of decision of [analyzer.Sentence.Loaded].
const LoadedFrom = .5

// mostSentences is how many loaded sentences are shown; the API gives all.
const mostSentences = 10

// Sentences are the loaded sentences of an article, the most loaded first.
type Sentences struct {
	Loaded, All int
	Top         []TopSentence
}

// A TopSentence is a sentence with a figure that it is shown for.
type TopSentence struct {
	Text, Score string
	Paragraph   int // 0 in the title
}

func newSentences(all []analyzer.Sentence, title, body string, l *layout) *Sentences {
	out := &Sentences{All: len(all)}
	var found []analyzer.Sentence
	for _, s := range all {
		if s.Loaded >= LoadedFrom {
			found = append(found, s)
		}
	}
	out.Loaded = len(found)
	slices.SortStableFunc(found, func(x, y analyzer.Sentence) int { return cmp.Compare(y.Loaded, x.Loaded) })
	for _, s := range found[:min(len(found), mostSentences)] {
		out.Top = append(out.Top, sentenceAt(s.Field, s.Start, s.End, fmt.Sprintf("%.2f", s.Loaded), title, body, l))
	}
	return out
}

func sentenceAt(field string, start, end int, score, title, body string, l *layout) TopSentence {
	if field == fieldTitle {
		return TopSentence{Text: title[start:end], Score: score}
	}
	return TopSentence{Text: body[start:end], Score: score, Paragraph: l.paragraph(start)}
}
