package eval_test

import (
	"strings"
	"testing"

	"parallax/analyzer/analyzertest"
	"parallax/analyzer/text"
	"parallax/internal/eval"
	"parallax/internal/gold"
)

// attributed labels a text: source and content are given in their words.
func attributed(body, source, content string) gold.AttributedText {
	span := func(words string) []text.Span {
		at := strings.Index(body, words)
		return []text.Span{{Start: at, End: at + len(words)}}
	}
	return gold.AttributedText{Text: body, Attributions: []gold.Attribution{{Source: span(source), Content: span(content)}}}
}

func TestQuotesOf(t *testing.T) {
	r := eval.QuotesOf(analyzertest.New(t), []gold.AttributedText{
		attributed("“We will not sell the pier,” said Ian Hale.", "Ian Hale", "“We will not sell the pier,”"),
		attributed("“We will not sell the pier,” said Ian Hale.", "“We", "“We will not sell the pier,”"), // another source is labelled
		attributed("Mara Ellwood said the bridge would open in May.", "Mara Ellwood", "the bridge would open in May"),
		attributed("Mara Ellwood left the hall at nine and met the board.", "Mara Ellwood", "the hall at nine and met the board"), // nobody says it
	})
	if r.Precision != 1 || r.Recall != 1 || r.Matched != 2 {
		t.Errorf("direct P %v R %v, %d matched", r.Precision, r.Recall, r.Matched)
	}
	if r.Speaker != .5 || r.Attempted != .5 {
		t.Errorf("speaker %v, %v when attempted", r.Speaker, r.Attempted)
	}
	if r.Indirect.Precision != 1 || r.Indirect.Recall != .5 {
		t.Errorf("indirect %+v", r.Indirect)
	}
}
