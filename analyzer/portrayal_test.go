package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
	"parallax/analyzer/text"
)

// A page of testdata/portrayal has an article a line, with its title before
// "//" where it has one, and below each line what is said of whom. "#" begins a
// remark. go test -update redraws what is said.
func TestPortrayal(t *testing.T) {
	files, err := filepath.Glob("testdata/portrayal/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	a := analyzertest.New(t)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := portrayed(a, string(data))
		if analyzertest.Update() {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", file, diff)
		}
	}
}

// portrayed draws a page anew.
func portrayed(a *analyzer.Analyzer, page string) string {
	var b strings.Builder
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "\t") {
			continue
		}
		b.WriteString(line)
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		in := analyzer.Input{Text: line}
		if title, body, ok := strings.Cut(line, " // "); ok {
			in = analyzer.Input{Title: title, Text: body}
		}
		for _, e := range a.Analyze(in, analyzer.Options{Only: []string{analyzer.PartEntities}}).Entities.Items {
			for _, p := range e.Portrayal {
				fmt.Fprintf(&b, "\t%s: %s “%s”%s\n", e.Name, p.Role, p.Text, voiceOf(p))
			}
		}
	}
	return b.String()
}

func voiceOf(p analyzer.Portrayal) string {
	switch {
	case p.InQuote && p.By == "":
		return " – quoted"
	case p.InQuote:
		return " – quoted from " + p.By
	case p.By != "":
		return " – says " + p.By
	}
	return ""
}

func TestPortrayalIsTheSameWithAndWithoutOtherParts(t *testing.T) {
	a := analyzertest.New(t)
	in := analyzer.Input{Text: "“Tomas Rehn is a coward,” said Odile Karsk. The embattled mayor Tomas Rehn cut the budget."}
	all, few := a.Analyze(in, analyzer.Options{}), a.Analyze(in, analyzer.Options{Only: []string{analyzer.PartEntities}})
	if diff := cmp.Diff(all.Entities, few.Entities); diff != "" {
		t.Errorf("(-all +only)\n%s", diff)
	}
	said := 0
	for _, e := range all.In(text.Rune, in.Title, in.Text).Entities.Items {
		for _, p := range e.Portrayal {
			said++
			if got := string([]rune(in.Text)[p.Start:p.End]); got != p.Text {
				t.Errorf("%q is at the place of %q", got, p.Text)
			}
		}
	}
	if said != 3 {
		t.Errorf("%d portrayals", said)
	}
}
