package story

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"parallax/lexicons"
)

// stream is n invented articles on so many topics, three hours apart.
func stream(t testing.TB, n, topics int) []Features {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(set)
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	out := make([]Features, n)
	for i := range out {
		k := i % topics
		word := func(n int) string { // of the topic, and no other
			x := 131*k + n
			return string([]byte{"bdfgklmnprst"[x%12], "aeiou"[x/12%5], "bdfgklmnprst"[x/60%12], "aeiou"[x/720%5], "lnrst"[n%5]})
		}
		headline := fmt.Sprintf("%s %s %s", word(0), word(1), word(2))
		body := ""
		for n := range 40 {
			body += word(n) + " "
		}
		out[i] = r.Read(fmt.Sprint("a", i), day.Add(time.Duration(i)*3*time.Hour), headline, body+fmt.Sprintf("and report%d.", i))
	}
	return out
}

func assign(g *Grouper, all []Features) []string {
	var out []string
	for _, f := range all {
		out = append(out, g.Add(f))
	}
	return out
}

func TestAStoryThatIsForgottenBeginsAnew(t *testing.T) {
	m := embedded(t)
	all := stream(t, 12, 6) // each topic comes back after five others
	config := DefaultConfig()
	if ids := assign(NewGrouper(config, m), all); !slices.Equal(ids[:6], ids[6:]) {
		t.Errorf("all fit: %v", ids)
	}
	config.Active = 3
	g := NewGrouper(config, m)
	ids := assign(g, all)
	for i := range 6 {
		if ids[i] == ids[i+6] {
			t.Errorf("topic %d was not forgotten after five others", i)
		}
	}
	if g.active != 3 || len(g.index) != 3 {
		t.Errorf("%d stories are known, %d by name", g.active, len(g.index))
	}
	// What was forgotten leaves nothing behind by which it could be found.
	for _, p := range g.postings {
		for _, x := range p.list {
			if x.story >= 0 && g.stories[x.story] == nil {
				t.Fatal("a forgotten story has postings")
			}
		}
	}
}

// A grouper that is made from what is stored goes on as one that never stopped,
// also where stories were forgotten and postings dropped.
func TestRestartWithLittleRoom(t *testing.T) {
	m := embedded(t)
	all := stream(t, 120, 17)
	config := DefaultConfig()
	config.Active, config.Scan = 9, 2
	whole := assign(NewGrouper(config, m), all)
	for _, stop := range []int{1, 40, 119} {
		g := NewGrouper(config, m)
		for i := range stop {
			g.Restore(all[i], whole[i])
		}
		if got := assign(g, all[stop:]); !slices.Equal(got, whole[stop:]) {
			t.Errorf("after a stop at %d the stories differ", stop)
		}
	}
}

// Of the postings of a term those that are looked at are kept, and no more than a
// few times as many.
func TestPostingsStayShort(t *testing.T) {
	var p postings
	const scan = 8
	var places []int32
	for k := range int32(1000) {
		places = append(places, p.add(posting{story: k}, scan))
		if len(p.list) > 4*scan {
			t.Fatalf("%d postings are kept", len(p.list))
		}
	}
	for k := range int32(1000) {
		switch x := p.at(places[k]); {
		case k >= 1000-scan && (x == nil || x.story != k):
			t.Errorf("posting %d is %v", k, x)
		case x != nil && x.story != k:
			t.Errorf("at the place of %d stands %d", k, x.story)
		}
	}
}

// A topic that goes on stays one story however many articles it has.
func TestALongStoryStaysOne(t *testing.T) {
	ids := assign(NewGrouper(DefaultConfig(), embedded(t)), stream(t, 300, 3))
	if seen := slices.Compact(slices.Sorted(slices.Values(ids))); len(seen) != 3 {
		t.Errorf("%d stories, want 3", len(seen))
	}
}
