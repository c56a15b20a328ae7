package render

import (
	"slices"
	"sort"
	"strings"

	"parallax/analyzer/text"
)

// A layout is the text of an article as the analyzer's reader sees it, with the
// paragraphs that are shown and the places of its words.
type layout struct {
	text       string
	paragraphs []text.Span
	words      []int // where each word or number begins
}

func newLayout(doc *text.Document) *layout {
	l := &layout{text: doc.Text}
	from := 0
	end := func(to int) {
		if strings.TrimSpace(doc.Text[from:to]) != "" {
			l.paragraphs = append(l.paragraphs, text.Span{Start: from, End: to})
		}
		from = to
	}
	for _, s := range doc.Sentences {
		if s.Paragraph && s.Start > from {
			end(s.Start)
		}
	}
	end(len(doc.Text))
	for _, t := range doc.Tokens {
		if t.Kind != text.Punct {
			l.words = append(l.words, t.Start)
		}
	}
	return l
}

// before counts the words that begin before a place.
func (l *layout) before(at int) int { return sort.SearchInts(l.words, at) }

// wordsIn counts the words of a span.
func (l *layout) wordsIn(start, end int) int { return l.before(end) - l.before(start) }

// share is how much of the text stands before a place, by words.
func (l *layout) share(at int) float64 {
	if len(l.words) == 0 {
		return 0
	}
	return float64(l.before(at)) / float64(len(l.words))
}

// paragraph is the number of the paragraph that holds a place, 0 for none.
func (l *layout) paragraph(at int) int {
	i, _ := slices.BinarySearchFunc(l.paragraphs, at, func(p text.Span, at int) int {
		if p.End <= at {
			return -1
		}
		return 1
	})
	if i < len(l.paragraphs) && l.paragraphs[i].Start <= at {
		return i + 1
	}
	return 0
}

// paragraphsOf cuts every paragraph at the edges of its marks.
func (l *layout) paragraphsOf(cues []cueMark, quotes []quoteMark) []Paragraph {
	var out []Paragraph
	for i, p := range l.paragraphs {
		for len(cues) > 0 && cues[0].end <= p.Start {
			cues = cues[1:]
		}
		for len(quotes) > 0 && quotes[0].end <= p.Start {
			quotes = quotes[1:]
		}
		out = append(out, Paragraph{N: i + 1, Passages: refsAfterMarks(cut(l.text, p.Start, p.End, cues, quotes))})
	}
	return out
}
