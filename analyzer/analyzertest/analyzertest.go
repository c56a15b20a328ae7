// Package analyzertest runs a detector over pages of marked text.
//
// A page is plain prose in which [[double brackets]] stand around what the
// detector must find; everything else it must leave alone. "go test -update"
// redraws the brackets, and the diff is what one reviews.
package analyzertest

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/lexicons"
)

var update = flag.Bool("update", false, "redraw the marks in testdata")

// Update says whether the marks are to be redrawn.
func Update() bool { return *update }

// shared is the embedded set with its tagger, which take a moment to load.
var shared = sync.OnceValues(func() (*tagger.Tagger, error) {
	set, err := lexicons.Load()
	if err != nil {
		return nil, err
	}
	return tagger.New(set)
})

// New is an analyzer with the embedded lexicons and the detectors given.
func New(t testing.TB, detectors ...analyzer.Detector) *analyzer.Analyzer {
	t.Helper()
	tag, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	a, err := analyzer.New(tag.Lexicons(), tag, detectors...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Run holds a detector to the marks in the files that match pattern.
func Run(t *testing.T, d analyzer.Detector, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file matches %s", pattern)
	}
	a := New(t, d)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := marked(a, string(data))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s: (-want +got)\n%s", file, diff)
			}
		})
	}
}

// marked analyses a page without its marks, line by line so that one case
// can't disturb another, and draws the marks anew.
func marked(a *analyzer.Analyzer, page string) string {
	lines := strings.Split(page, "\n")
	for i, line := range lines {
		plain := strings.NewReplacer("[[", "", "]]", "").Replace(line)
		cues := a.Analyze(analyzer.Input{Text: plain}, analyzer.Options{Only: []string{analyzer.PartCues}, Experimental: true}).Cues.Items
		slices.SortFunc(cues, func(x, y analyzer.Cue) int { return y.Start - x.Start })
		for _, c := range cues {
			plain = plain[:c.Start] + "[[" + plain[c.Start:c.End] + "]]" + plain[c.End:]
		}
		lines[i] = plain
	}
	return strings.Join(lines, "\n")
}
