package eval_test

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
	"parallax/internal/demo"
	"parallax/internal/eval"
	"parallax/lexicons"
)

// finds is a detector of a family that finds words wherever they stand.
func finds(family, doc string, words ...string) analyzer.Detector {
	return analyzer.Detector{Name: family, Doc: doc, Run: func(f *analyzer.Field, report func(analyzer.Cue)) {
		for i, t := range f.Doc.Tokens {
			if w := strings.ToLower(f.Doc.Word(i)); slices.Contains(words, w) {
				report(analyzer.Cue{Type: family, Mark: f.Mark(t.Span), Weight: 1, Rule: family + "/" + w, InQuote: f.InQuote(t.Span)})
			}
		}
	}}
}

// auditor finds two families in articles of the invented outlets of the demo.
func auditor(t *testing.T) *analyzer.Analyzer {
	t.Helper()
	set, err := lexicons.Load(demo.Lexicons())
	if err != nil {
		t.Fatal(err)
	}
	a, err := analyzer.New(set, fake{},
		finds("weather", "Words for what falls from the sky.", "rain", "hail", "snow"),
		finds("boat", "Words for what swims.", "ferry", "barge"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func inputs(articles ...analyzer.Input) iter.Seq2[analyzer.Input, error] {
	return func(yield func(analyzer.Input, error) bool) {
		for _, in := range articles {
			if !yield(in, nil) {
				return
			}
		}
	}
}

// harbour are small articles: three by each of three outlets, of which one is
// rated left, one right and one not at all.
func harbour() []analyzer.Input {
	var out []analyzer.Input
	for n, text := range []string{
		"Mayor Odile Fenn said that the ferry would wait for the rain to end. Then the rain turned into hail, and the hail into snow.",
		"“The ferry is late because of the rain,” said Tobias Dray. The barge was not, in spite of the rain and of the snow.",
		"It was the snow that held the ferry up, and then the other ferry, and the barge and the old barge.\n\nThe café — “Odile’s” — was where they waited for the hail to end.",
	} {
		for _, outlet := range []string{"theharbourvoice", "thefreeholder", "nobody"} {
			title := "The council met"
			if n == 2 {
				title = "More hail to come"
			}
			section := "news"
			if n == 1 {
				section = "opinion"
			}
			out = append(out, analyzer.Input{
				ID: fmt.Sprintf("%s-%d", outlet, n+1), Title: title, Text: text,
				URL: fmt.Sprintf("https://%s.example/%s/%d", outlet, section, n+1),
			})
		}
	}
	return out
}

func drawn(t *testing.T, a *analyzer.Analyzer, d eval.Draw, articles []analyzer.Input) []eval.Flag {
	t.Helper()
	flags, err := d.Flags(a, inputs(articles...))
	if err != nil {
		t.Fatal(err)
	}
	return flags
}

var both = []string{"weather", "boat"}

// The sheet and what a coder reads, as files to look at. "go test -update"
// redraws them.
func TestAuditSheet(t *testing.T) {
	a, articles := auditor(t), harbour()
	flags := drawn(t, a, eval.Draw{Families: both, PerFamily: 7, Seed: 5, Order: 1}, articles)
	var sheet, passages bytes.Buffer
	if err := eval.NewSheet(flags, 2, eval.Property{Name: eval.HeadEngine, Value: "0.0.0"}).Write(&sheet); err != nil {
		t.Fatal(err)
	}
	texts, err := eval.Passages(a, flags, inputs(articles...))
	if err != nil {
		t.Fatal(err)
	}
	if err := eval.WritePassages(&passages, flags, a.Detectors(), texts); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"sheet.tsv": sheet.String(), "sheet.txt": passages.String()} {
		file := "testdata/audit/" + name
		if analyzertest.Update() {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
	back, err := eval.ReadSheet("sheet.tsv", &sheet)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(flags, back.Flags); diff != "" || back.Property(eval.HeadEngine) != "0.0.0" || len(back.Coders) != 2 {
		t.Errorf("read back: %v, coders %v (-want +got)\n%s", back.Head, back.Coders, diff)
	}
}

func TestDrawKeepsItsLimits(t *testing.T) {
	a := auditor(t)
	flags := drawn(t, a, eval.Draw{Families: both, PerFamily: 25, Seed: 3, Order: 1}, harbour())
	article, rule, seen := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, f := range flags {
		article[f.Family+" "+f.Article]++
		if rule[f.Rule+" "+f.Article] {
			t.Errorf("%s is drawn twice from %s", f.Rule, f.Article)
		}
		if seen[f.ID()] {
			t.Errorf("flag %s is drawn twice", f.ID())
		}
		rule[f.Rule+" "+f.Article], seen[f.ID()] = true, true
	}
	for of, n := range article {
		if n > 2 {
			t.Errorf("%d flags of %s", n, of)
		}
	}
	// Of nine articles, all have two rules of weather or more. Three have two
	// rules of boats, six have one.
	if n := len(flags); n != 9*2+3*2+6 {
		t.Errorf("%d flags are drawn, want 30", n)
	}
}

func TestDrawTakesOutletsInTurn(t *testing.T) {
	a := auditor(t)
	// One outlet publishes much more than the others, and is drawn no more often.
	articles := harbour()
	for n := range 50 {
		in := articles[0]
		in.ID = fmt.Sprintf("theharbourvoice-%d", n+10)
		articles = append(articles, in)
	}
	for seed := range uint64(10) {
		of := map[string]int{}
		for _, f := range drawn(t, a, eval.Draw{Families: []string{"weather"}, PerFamily: 9, Seed: seed, Order: 1}, articles) {
			outlet, _, _ := strings.Cut(f.Article, "-")
			of[outlet]++
		}
		if diff := cmp.Diff(map[string]int{"theharbourvoice": 3, "thefreeholder": 3, "nobody": 3}, of); diff != "" {
			t.Errorf("seed %d: (-want +got)\n%s", seed, diff)
		}
	}
}

func TestDrawIsSeeded(t *testing.T) {
	a := auditor(t)
	d := eval.Draw{Families: both, PerFamily: 5, Seed: 1, Order: 1}
	first := drawn(t, a, d, harbour())
	back := harbour()
	slices.Reverse(back)
	if diff := cmp.Diff(first, drawn(t, a, d, back)); diff != "" {
		t.Errorf("the order of the articles changes the draw:\n%s", diff)
	}
	ids := func(flags []eval.Flag) (out []string) {
		for _, f := range flags {
			out = append(out, f.ID())
		}
		return out
	}
	sorted := func(flags []eval.Flag) []string { return slices.Sorted(slices.Values(ids(flags))) }
	d.Order = 2
	second := drawn(t, a, d, harbour())
	if slices.Equal(ids(first), ids(second)) || !slices.Equal(sorted(first), sorted(second)) {
		t.Error("another order must be of the same flags")
	}
	one := drawn(t, a, eval.Draw{Families: []string{"boat"}, PerFamily: 5, Seed: 1, Order: 1}, harbour())
	rest := slices.DeleteFunc(slices.Clone(first), func(f eval.Flag) bool { return f.Family != "boat" })
	if diff := cmp.Diff(rest, one); diff != "" {
		t.Errorf("a family alone is drawn otherwise than with others:\n%s", diff)
	}
	d.Seed = 2
	if slices.Equal(sorted(first), sorted(drawn(t, a, d, harbour()))) {
		t.Error("another seed draws the same flags")
	}
}

func TestDrawOfQuotedWords(t *testing.T) {
	a := auditor(t)
	in := analyzer.Input{ID: "q", Text: "“The ferry is late because of the rain,” said Tobias Dray of the council, who was on the barge when they met."}
	rules := func(quoted bool) (out []string) {
		for _, f := range drawn(t, a, eval.Draw{Families: both, PerFamily: 5, Quoted: quoted}, []analyzer.Input{in}) {
			out = append(out, f.Rule)
		}
		slices.Sort(out)
		return out
	}
	if got := rules(false); !slices.Equal(got, []string{"boat/barge"}) {
		t.Errorf("without quoted words: %v", got)
	}
	if got := rules(true); !slices.Equal(got, []string{"boat/barge", "boat/ferry", "weather/rain"}) {
		t.Errorf("with quoted words: %v", got)
	}
}
