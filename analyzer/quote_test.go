package analyzer_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

// TestQuotes holds quotations and their speakers to a page of cases; "go test
// -update" writes them anew, and the diff is what one reviews.
func TestQuotes(t *testing.T) {
	const file = "testdata/quotes/cases.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := analyzertest.New(t)
	var got strings.Builder
	for block := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n\n") {
		head, _, _ := strings.Cut(block, "\n")
		text, isCase := strings.CutPrefix(head, "## ")
		if !isCase {
			got.WriteString(block + "\n\n")
			continue
		}
		got.WriteString(head + "\n")
		in := analyzer.Input{Text: strings.ReplaceAll(text, " ¶ ", "\n\n")}
		for _, q := range a.Analyze(in, analyzer.Options{Only: []string{analyzer.PartQuotes}}).Quotes.Items {
			got.WriteString(quoteLine(q) + "\n")
		}
		got.WriteString("\n")
	}
	page := strings.TrimSuffix(got.String(), "\n")
	if analyzertest.Update() {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(page, "\n")); d != "" {
		t.Errorf("%s: (-want +got)\n%s", file, d)
	}
}

func quoteLine(q analyzer.Quote) string {
	s := fmt.Sprintf("%d %s: %s", q.ID, q.Kind, strings.ReplaceAll(q.Content.Text, "\n\n", " ¶ "))
	if q.Verb != nil {
		s += " / " + q.Verb.Text
	}
	if q.Speaker != nil {
		s += fmt.Sprintf(" / %s = %s (%s)", q.Speaker.Text, q.Speaker.Name, q.Speaker.Kind)
	}
	if q.Rule != "" {
		s += " [" + q.Rule + "]"
	}
	return s
}
