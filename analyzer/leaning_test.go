package analyzer_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

// wordingOf is the text leaning with all evidence.
func wordingOf(t testing.TB, title, body string) *analyzer.Leaning {
	t.Helper()
	a := analyzertest.New(t, analyzer.Detectors()...)
	return a.Analyze(analyzer.Input{Title: title, Text: body}, analyzer.Options{Only: []string{analyzer.PartLeaning}, AllEvidence: true}).Leaning
}

// pages are the texts of a file, which are parted by lines of "---".
func pages(t testing.TB, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for p := range strings.SplitSeq(string(data), "\n---\n") {
		out = append(out, strings.TrimSpace(p))
	}
	return out
}

// Every score opens to the words that made it: bias and weights add up to raw.
func TestEvidenceAddsUp(t *testing.T) {
	for _, p := range append(pages(t, "testdata/leaning/abroad.txt"), pages(t, "testdata/leaning/templates.txt")...) {
		l := wordingOf(t, "A headline about the senate", p)
		axis, center, seen := *l.Bias, l.Center.Bias, map[string]bool{}
		for _, e := range l.Evidence {
			axis, center, seen[e.Rule] = axis+e.Weight, center+e.Center, true
		}
		if math.Abs(axis-*l.Raw) > 1e-6 || math.Abs(center-l.Center.Raw) > 1e-6 {
			t.Errorf("%.40q: evidence adds up to %v and %v, raw is %v and %v", p, axis, center, *l.Raw, l.Center.Raw)
		}
		if len(seen) != l.Phrases {
			t.Errorf("%.40q: evidence of %d phrases, %d are said", p, len(seen), l.Phrases)
		}
		pr := l.Probabilities
		if math.Abs(pr.Left+pr.Center+pr.Right-1) > 1e-6 || math.Abs(*l.Score-(pr.Right-pr.Left)) > 1e-6 {
			t.Errorf("%.40q: probabilities %+v, score %v", p, *pr, *l.Score)
		}
		// The odds of right against left are those of raw.
		if math.Abs(math.Log(pr.Right/pr.Left)-*l.Raw) > 1e-5 {
			t.Errorf("%.40q: odds %v, raw %v", p, math.Log(pr.Right/pr.Left), *l.Raw)
		}
	}
}

// The politics of other countries are nothing that the model has learned.
func TestPoliticsAbroadIsNotTold(t *testing.T) {
	sure := analyzertest.New(t, analyzer.Detectors()...).Confident()
	for _, p := range pages(t, "testdata/leaning/abroad.txt") {
		// They are short, and would not be called confident for that alone.
		l := wordingOf(t, "", p)
		if pr := l.Probabilities; max(pr.Left, pr.Center, pr.Right) >= sure || l.Confident {
			t.Errorf("sure: %s, %+v: %.60q", l.Label, *pr, p)
		}
	}
}

// swapped are the names of sides and of persons, left and right, that must not
// decide how a text is told.
var swapped = [][2]string{
	{"Democrats", "Republicans"},
	{"Democratic", "Republican"},
	{"Democrat", "Republican"},
	{"liberals", "conservatives"},
	{"liberal", "conservative"},
	{"left-wing", "right-wing"},
	{"far-left", "far-right"},
	{"Joe Biden", "Donald Trump"},
	{"Biden", "Trump"},
	{"Chuck Schumer", "Mitch McConnell"},
	{"Schumer", "McConnell"},
	{"Nancy Pelosi", "Kevin McCarthy"},
	{"Pelosi", "McCarthy"},
	{"Elizabeth Warren", "Ted Cruz"},
	{"Warren", "Cruz"},
}

func swap(s string) string {
	var pairs []string
	for _, p := range swapped {
		pairs = append(pairs, p[0], p[1], p[1], p[0])
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// With the sides exchanged, what their names add turns round and all else stays.
// Names of parties and persons move a text little; that one calls the other
// "right-wing" or "far-left" is the wording of a side, and moves it more.
func TestSidesExchanged(t *testing.T) {
	var apart, gaps []float64
	for _, p := range pages(t, "testdata/leaning/templates.txt") {
		other := swap(p)
		if other == p {
			t.Fatalf("names no side: %.60q", p)
		}
		one, two := wordingOf(t, "", p), wordingOf(t, "", other)
		signed := func(l *analyzer.Leaning) (names, rest float64) {
			for _, e := range l.Evidence {
				if strings.ContainsAny(e.Rule, "~{") {
					names += e.Weight
				} else {
					rest += e.Weight
				}
			}
			return names, rest
		}
		names1, rest1 := signed(one)
		names2, rest2 := signed(two)
		apart = append(apart, math.Abs(names1+names2)+math.Abs(rest1-rest2))
		if !strings.Contains(p, "-wing") && !strings.Contains(p, "far-") {
			gaps = append(gaps, math.Abs(*one.Score-*two.Score))
		}
	}
	if m := median(apart); m > .05 {
		t.Errorf("median asymmetry %.3f, at most .05: %.3f", m, apart)
	}
	if m := median(gaps); m > .05 {
		t.Errorf("exchanging the sides moves the score by %.3f at the median: %.3f", m, gaps)
	}
}

func median(x []float64) float64 {
	x = slices.Clone(x)
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// An outlet's name, a quotation and a byline are no evidence.
func TestWhatIsNoEvidence(t *testing.T) {
	p := pages(t, "testdata/leaning/templates.txt")[0]
	plain := wordingOf(t, "", p)
	for name, other := range map[string]string{
		"an outlet's name":       strings.Replace(p, "on Tuesday", "on Tuesday, Fox News", 1),
		"another outlet's name":  strings.Replace(p, "on Tuesday", "on Tuesday, CNN", 1),
		"a quotation":            p + "\n\n“The radical left wants open borders, illegal aliens and government schools, and the mainstream media help.”",
		"a quotation of another": p + "\n\n“Marriage equality, reproductive rights and racial justice are under attack from corporate greed.”",
	} {
		if l := wordingOf(t, "", other); math.Abs(*l.Raw-*plain.Raw) > 1e-9 {
			t.Errorf("%s moves raw from %v to %v", name, *plain.Raw, *l.Raw)
		}
	}
	base := "The council met for two hours and talked about the bridge, the price of its repair and what the county would pay, and a vote was put off until the engineers had looked at the piers once more, which may take a month."
	for _, c := range []struct{ text, not string }{
		{base + " Students of Liberty University came to look at it.", "liberty"},
		{base + " The insurer of the bridge is Progressive Insurance.", "progressive"},
		{base + " The plan is not socialist, and nobody called it radical.", "socialist"},
		{base + " The plan is not socialist, and nobody called it radical.", "radical"},
		{base + " It is no tax hike.", "tax"},
	} {
		for _, e := range wordingOf(t, "", c.text).Evidence {
			if slices.Contains(strings.Fields(strings.TrimPrefix(e.Rule, "phrase/")), c.not) {
				t.Errorf("%q is evidence in %q", e.Text, strings.TrimPrefix(c.text, base))
			}
		}
	}
}

func TestWhenAWordingIsNotTold(t *testing.T) {
	short := strings.Repeat("The council met. ", 13) // 39 words
	german := strings.Repeat("Der Stadtrat hat am Montag über die Brücke und die Kosten ihrer Instandsetzung beraten und nichts beschlossen. ", 4)
	for _, c := range []struct{ name, title, text, reason string }{
		{"a headline", "Radical left wants open borders, and the council of the town says that it will not pay for the plan", "The council met on Monday.", analyzer.ReasonShort},
		{"39 words", "", short, analyzer.ReasonShort},
		{"German", "", german, analyzer.ReasonLanguage},
	} {
		l := wordingOf(t, c.title, c.text)
		if l.Label != "unrated" || l.Reason != c.reason || l.Score != nil || l.Probabilities != nil || len(l.Evidence) != 0 {
			t.Errorf("%s: %+v", c.name, *l)
		}
	}
	if l := wordingOf(t, "", short+"Again."); l.Reason != "" || l.Probabilities == nil {
		t.Errorf("40 words: %+v", *l)
	}
}

// The heaviest ten of each side are those of all.
func TestTopEvidence(t *testing.T) {
	p := strings.Join(pages(t, "testdata/leaning/templates.txt"), "\n\n")
	a := analyzertest.New(t, analyzer.Detectors()...)
	top := a.Analyze(analyzer.Input{Text: p}, analyzer.Options{Only: []string{analyzer.PartLeaning}}).Leaning
	left, right := 0, 0
	for _, e := range top.Evidence {
		if e.Weight < 0 {
			left++
		} else {
			right++
		}
	}
	if left != 10 || right != 10 {
		t.Errorf("%d phrases of the left and %d of the right, want ten each", left, right)
	}
	all := wordingOf(t, "", p)
	if *all.Raw != *top.Raw || len(all.Evidence) <= len(top.Evidence) {
		t.Errorf("raw %v and %v, %d and %d pieces of evidence", *all.Raw, *top.Raw, len(all.Evidence), len(top.Evidence))
	}
}
