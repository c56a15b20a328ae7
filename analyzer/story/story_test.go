package story_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parallax/analyzer/story"
	"parallax/lexicons"
)

// rate reads the leaning out of a source's name: "left3" is rated left, a
// "wire" is a center agency, "mixed" is rated on both sides.
func rate(key string) lexicons.Source {
	s := lexicons.Source{Domain: key, Name: key, Leaning: lexicons.Unrated}
	for _, side := range lexicons.Sides {
		if strings.HasPrefix(key, side) {
			s.Leaning, s.Rating = side, &lexicons.Rating{}
		}
	}
	switch {
	case strings.HasPrefix(key, "wire"):
		s.Leaning, s.Kind, s.Rating = lexicons.Center, "wire", &lexicons.Rating{}
	case strings.HasPrefix(key, "mixed"):
		s.Leaning, s.Rating = lexicons.Center, &lexicons.Rating{Low: -.3, High: .1}
	}
	return s
}

// articles makes one article for each "source" or "source/kind".
func articles(sources ...string) []story.Article {
	var out []story.Article
	for i, s := range sources {
		source, kind, _ := strings.Cut(s, "/")
		if kind == "" {
			kind = "news"
		}
		out = append(out, story.Article{ID: fmt.Sprintf("a%02d", i), Source: source, Kind: kind})
	}
	return out
}

func repeat(prefix string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint(prefix, i))
	}
	return out
}

func TestLabelNamesTheLargestSide(t *testing.T) {
	for _, c := range []struct {
		sources []string
		want    string
	}{
		{slices.Concat(repeat("left", 6), repeat("center", 7), repeat("right", 4), repeat("x", 2)), "Center (7) of 19 sources center"},
		{slices.Concat(repeat("left", 6), repeat("center", 6), repeat("right", 4), repeat("x", 3)), "Left (6), Center (6) of 19 sources tied"},
		{repeat("x", 3), "Unrated (3) of 3 sources unrated"},
		{[]string{"right1", "right1", "left1"}, "Left (1), Right (1) of 2 sources tied"},
		{[]string{"right1", "left1/satire", "left2/sponsored", "left3/press_release"}, "Right (1) of 1 sources right"},
		{[]string{"left1/satire"}, "Unrated (0) of 0 sources unrated"},
		{[]string{"left1/opinion"}, "Left (1) of 1 sources left"},
	} {
		b := story.NewBalance(articles(c.sources...), nil, rate)
		if got := b.Label + " " + b.Leaning; got != c.want {
			t.Errorf("%v: %s, want %s", c.sources, got, c.want)
		}
	}
}

func TestACopiedTextCountsOnceForItsAgency(t *testing.T) {
	own := slices.Concat(repeat("left", 2), repeat("center", 1))
	copies := func(as []story.Article, from int) []story.Pair {
		var ps []story.Pair
		for i := from + 1; i < len(as); i++ {
			ps = append(ps, story.Pair{A: as[i-1].ID, B: as[i].ID})
		}
		return ps
	}
	for _, c := range []struct {
		name    string
		sources []string
		agency  string
		want    string // independent: all, left, center, right, unrated
	}{
		{"the agency's own text is stored", append(repeat("right", 10), "wire1"), "", "4: 2 2 0 0"},
		{"a dateline names the agency", repeat("right", 10), "wire1", "4: 2 2 0 0"},
		{"no one knows whose it is", repeat("right", 10), "", "4: 2 1 0 1"},
	} {
		as := articles(slices.Concat(own, c.sources)...)
		for i := range as[3:] {
			as[3+i].Agency = c.agency
		}
		ps := copies(as, 3)
		b := story.NewBalance(as, ps, rate)
		got := fmt.Sprintf("%d: %d %d %d %d", b.Independent, b.Left.Independent, b.Center.Independent, b.Right.Independent, b.Unrated.Independent)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if b.Right.Sources != 10 {
			t.Errorf("%s: %d right sources, want 10", c.name, b.Right.Sources)
		}
		rand.Shuffle(len(as), func(i, j int) { as[i], as[j] = as[j], as[i] })
		slices.Reverse(ps)
		if diff := cmp.Diff(b, story.NewBalance(as, ps, rate)); diff != "" {
			t.Errorf("%s: in another order (-first +second)\n%s", c.name, diff)
		}
	}
}

func TestWhoseTextItIs(t *testing.T) {
	// Two versions of one outlet's text are its own.
	as := articles("left1", "left1", "right1")
	b := story.NewBalance(as, []story.Pair{{A: "a00", B: "a01"}}, rate)
	if b.Independent != 2 || b.Left.Independent != 1 {
		t.Errorf("two versions: %d independent, left %d; want 2, 1", b.Independent, b.Left.Independent)
	}
	// A dateline names the agency though no other outlet runs the text.
	as = articles("left1", "right1")
	as[0].Agency = "wire1"
	b = story.NewBalance(as, nil, rate)
	if b.Left.Independent != 0 || b.Center.Independent != 1 || b.Left.Sources != 1 {
		t.Errorf("dateline: left %d, center %d independent; want 0, 1", b.Left.Independent, b.Center.Independent)
	}
}

// Thirty copies of one text are no majority among independent texts.
func TestSeparatedIsOfTheSideThatTheLabelNames(t *testing.T) {
	as := articles(slices.Concat(repeat("center", 30), repeat("left", 25))...)
	var ps []story.Pair
	for i := range 29 {
		ps = append(ps, story.Pair{A: as[i].ID, B: as[i+1].ID})
	}
	if b := story.NewBalance(as, ps, rate); b.Separated || b.Leaning != "center" {
		t.Errorf("%s, separated %v", b.Label, b.Separated)
	}
}

// The bounds in the contract's example.
func TestWilson(t *testing.T) {
	low, high := story.Wilson(5, 13, .95)
	if math.Abs(low-.177) > .0005 || math.Abs(high-.645) > .0005 {
		t.Errorf("Wilson(5, 13) = %.4f, %.4f; want .177, .645", low, high)
	}
}

func TestSeparatedNeedsRoom(t *testing.T) {
	for _, c := range []struct {
		left, center int
		want         bool
	}{{3, 0, false}, {7, 6, false}, {30, 2, true}, {0, 0, false}} {
		b := story.NewBalance(articles(slices.Concat(repeat("left", c.left), repeat("center", c.center))...), nil, rate)
		if b.Separated != c.want {
			t.Errorf("left %d, center %d: separated %v, want %v", c.left, c.center, b.Separated, c.want)
		}
	}
}

func TestContestedSources(t *testing.T) {
	if b := story.NewBalance(articles("mixed1", "mixed2", "center1", "x"), nil, rate); b.Contested != 2 {
		t.Errorf("contested is %d, want 2", b.Contested)
	}
}

// Whatever the articles and copies: the parts sum, the shares lie within their
// bounds, and the order of input changes nothing.
func TestBalanceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.SampledFrom(slices.Concat(
			repeat("left", 4), repeat("center", 4), repeat("right", 4), repeat("x", 3), []string{"wire1", "wire2", "left0/satire", "right0/opinion"},
		)), 0, 25).Draw(t, "sources")
		as := articles(names...)
		var ps []story.Pair
		for range rapid.IntRange(0, 12).Draw(t, "copies") {
			if len(as) > 1 {
				i, j := rapid.IntRange(0, len(as)-1).Draw(t, "i"), rapid.IntRange(0, len(as)-1).Draw(t, "j")
				ps = append(ps, story.Pair{A: as[i].ID, B: as[j].ID})
			}
		}
		b := story.NewBalance(as, ps, rate)
		if b.Left.Sources+b.Center.Sources+b.Right.Sources+b.Unrated.Sources != b.Sources {
			t.Fatalf("sources don't sum: %+v", b)
		}
		if b.Left.Independent+b.Center.Independent+b.Right.Independent+b.Unrated.Independent != b.Independent {
			t.Fatalf("independent don't sum: %+v", b)
		}
		for _, label := range lexicons.Sides {
			s := b.Side(label)
			if s.IndependentShare != nil && !(0 <= *s.Low && *s.Low <= *s.IndependentShare && *s.IndependentShare <= *s.High && *s.High <= 1) {
				t.Fatalf("%s: %g ≤ %g ≤ %g does not hold", label, *s.Low, *s.IndependentShare, *s.High)
			}
		}
		report := story.NewReport(story.Meta{ID: "s"}, as, ps, rate)
		if len(report.Sources) != b.Sources || len(report.Headlines) != len(as) {
			t.Fatalf("%d sources listed of %d, %d headlines of %d", len(report.Sources), b.Sources, len(report.Headlines), len(as))
		}
		slices.Reverse(as)
		slices.Reverse(ps)
		if diff := cmp.Diff(report, story.NewReport(story.Meta{ID: "s"}, as, ps, rate)); diff != "" {
			t.Fatalf("order matters: (-first +second)\n%s", diff)
		}
	})
}

func reader(t testing.TB) (*lexicons.Set, *story.Reader) {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set, story.NewReader(set)
}

const wire = "The council of the harbour town voted on Monday to sell the old lighthouse to a private buyer from the coast, after a debate of nine hours in which both sides accused each other of delay. The price was not disclosed by the mayor, who left early."

func TestContainment(t *testing.T) {
	set, _ := reader(t)
	shingles := func(s string) story.Shingles { return story.NewShingles(set.Reader().Read(s)) }
	for _, c := range []struct {
		name, b  string
		min, max float64
	}{
		{"itself", wire, 1, 1},
		{"with another beginning and end", "By our staff. " + wire + " More on this later today.", .95, 1},
		{"in other case and quotes", strings.ToUpper(wire), 1, 1},
		{"the first half", wire[:len(wire)/2], .9, 1},
		{"another text", "Rain fell over the northern hills for three days, and the river rose by a metre before the gates of the dam were opened to let the water through at night.", 0, .05},
		{"too short to say", "The council voted on Monday", 0, 0},
	} {
		if got := story.Containment(shingles(wire), shingles(c.b)); got < c.min || got > c.max {
			t.Errorf("%s: %.3f, want %g to %g", c.name, got, c.min, c.max)
		}
	}
}

func TestAgencyOfADateline(t *testing.T) {
	_, r := reader(t)
	for _, c := range []struct{ in, want string }{
		{"PARIS (AP) — The council voted.", "apnews.com"},
		{"(Reuters) - The council voted.", "reuters.com"},
		{"By Jane Doe, Associated Press\n\nThe council voted.", "apnews.com"},
		{"Reuters\n\nThe council voted.", "reuters.com"},
		{"The council told Reuters on Monday that it had voted.", ""},
		{"The AP exam was held on Monday.", ""},
		{"", ""},
	} {
		if got := r.Agency(c.in); got != c.want {
			t.Errorf("Agency(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestGroupingIsTheSameAfterARestart(t *testing.T) {
	set, r := reader(t)
	merge, err := story.LoadMerge(set)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	var fs []story.Features
	for i := range 40 {
		topic := []string{
			"Lighthouse sold to private buyer; harbour town auction closes after bids from the coast",
			"River bursts banks; villages evacuated while dam gates open and rain falls",
			"School curriculum reform angers teachers; history lessons and exams change",
			"Ferry crews strike over pay; island passengers stranded at terminal",
		}[i%4]
		fs = append(fs, r.Read(fmt.Sprint("a", i), day.Add(time.Duration(i)*3*time.Hour), topic, fmt.Sprintf("%s. Report number %d.", topic, i)))
	}
	run := func(stop int) []string {
		g := story.NewGrouper(story.DefaultConfig(), merge)
		var ids []string
		for i, f := range fs {
			if i == stop {
				fresh := story.NewGrouper(story.DefaultConfig(), merge)
				for k := range i {
					fresh.Restore(fs[k], ids[k])
				}
				g = fresh
			}
			ids = append(ids, g.Add(f))
		}
		return ids
	}
	whole := run(-1)
	if diff := cmp.Diff(whole, run(23)); diff != "" {
		t.Errorf("a restart changes the stories: (-whole +restarted)\n%s", diff)
	}
	if diff := cmp.Diff(whole, run(-1)); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	distinct := map[string]bool{}
	for _, id := range whole {
		distinct[id] = true
	}
	if len(distinct) != 4 {
		t.Errorf("%d stories, want 4", len(distinct))
	}
}

func ExampleNewBalance() {
	rate := func(key string) lexicons.Source {
		return lexicons.Source{Domain: key, Leaning: map[string]string{"a.example": "left", "b.example": "center"}[key]}
	}
	b := story.NewBalance([]story.Article{
		{ID: "1", Source: "a.example"}, {ID: "2", Source: "b.example"}, {ID: "3", Source: "b.example"}, {ID: "4", Source: "c.example"},
	}, nil, rate)
	fmt.Println(b.Label)
	fmt.Printf("center: share %.3f of rated sources, between %.3f and %.3f\n", *b.Center.Share, *b.Center.Low, *b.Center.High)
	// Output:
	// Left (1), Center (1) of 3 sources
	// center: share 0.500 of rated sources, between 0.095 and 0.905
}
