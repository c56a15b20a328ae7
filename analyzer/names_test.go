package analyzer_test

import (
	"cmp"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

var nameMark = regexp.MustCompile(`\[\[(?:person|place|organization|other): (.*?)\]\]`)

// TestNames holds the recogniser to the marks of a page; "go test -update"
// redraws them, and the diff is what one reviews.
func TestNames(t *testing.T) {
	const file = "testdata/names/cases.txt"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := analyzertest.New(t)
	lines := strings.Split(string(data), "\n")
	got := slices.Clone(lines)
	for i := 2; i < len(lines); i++ {
		got[i] = markNames(a, nameMark.ReplaceAllString(lines[i], "$1"))
	}
	if analyzertest.Update() {
		if err := os.WriteFile(file, []byte(strings.Join(got, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := diff.Diff(lines, got); d != "" {
		t.Errorf("%s: (-want +got)\n%s", file, d)
	}
}

func markNames(a *analyzer.Analyzer, line string) string {
	type mark struct {
		analyzer.Mark
		kind string
	}
	var marks []mark
	for _, e := range a.Analyze(analyzer.Input{Text: line}, analyzer.Options{Only: []string{analyzer.PartEntities}}).Entities.Items {
		for _, m := range e.Mentions {
			marks = append(marks, mark{m, e.Type})
		}
	}
	slices.SortFunc(marks, func(x, y mark) int { return cmp.Compare(y.Start, x.Start) })
	for _, m := range marks {
		line = line[:m.Start] + "[[" + m.kind + ": " + m.Text + "]]" + line[m.End:]
	}
	return line
}
