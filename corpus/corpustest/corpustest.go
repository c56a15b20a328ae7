// Package corpustest holds the promises of a corpus, one test each, for every
// database that it runs on.
package corpustest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/corpus"
	"parallax/lexicons"
)

const ratings = `# name: test-outlets
# kind: sources
# version: 1
# language: en
# license: Apache-2.0
# citation: invented for tests
# rater_kind: invented
domain	aliases	name	country	kind	owner	scale	score	basis	rated
l1.example		Left One	XX	national		xx	-0.6	invented	2026-11
l2.example		Left Two	XX	national		xx	-0.5	invented	2026-11
c1.example		Center One	XX	national		xx	0	invented	2026-11
c2.example		Center Two	XX	national		xx	0.1	invented	2026-11
r1.example		Right One	XX	national		xx	0.7	invented	2026-11
wire.example		The Wire	XX	wire		xx	0	invented	2026-11
`

const scales = `# name: test-scales
# kind: scales
# version: 1
# language: en
# license: Apache-2.0
# citation: invented for tests
scale	name	left	center	right
xx	an invented land	one end	the middle	the other end
`

// Analyzer is the embedded one with ratings of invented outlets: l1, l2, c1,
// c2, r1 and wire, all .example.
func Analyzer(t testing.TB) *analyzer.Analyzer {
	t.Helper()
	set, err := lexicons.Load(fstest.MapFS{"test.tsv": {Data: []byte(ratings)}, "scales.tsv": {Data: []byte(scales)}})
	if err != nil {
		t.Fatal(err)
	}
	tag, err := tagger.New(set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := analyzer.New(set, tag, analyzer.Detectors()...)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Open opens a store at an address, to be closed when the test ends.
func Open(t testing.TB, address string) *corpus.Store {
	t.Helper()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	s, err := corpus.Open(context.Background(), address, corpus.Options{Analyzer: Analyzer(t), Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Run holds a database to the promises. The function given makes an empty
// database and returns its address.
func Run(t *testing.T, fresh func(*testing.T) string) {
	for _, c := range []struct {
		name string
		test func(*testing.T, string)
	}{
		{"SeenBefore", seenBefore},
		{"StoryAndReport", storyAndReport},
		{"CopiesDoNotDependOnOrder", copiesInAnyOrder},
		{"Restart", restart},
		{"TwoProcesses", twoProcesses},
		{"Paging", paging},
		{"Filters", filters},
		{"FindStory", findStory},
		{"ExactWords", exactWords},
		{"Revision", revision},
		{"NothingOfAFailedBatch", failedBatch},
		{"Raters", raters},
		{"WithoutASource", withoutASource},
		{"Wording", wording},
		{"ARevisedOriginalLeavesItsCopiesTogether", revisedOriginal},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, fresh(t)) })
	}
}

// lighthouse is a text about one event, in words of the outlet's own.
func lighthouse(outlet string) string {
	return map[string]string{
		"l1":   "The harbour town of Kestrel Bay has sold its lighthouse to a private buyer. Residents say the council gave away what belongs to everyone. Mayor Dorothea Finch may face a vote.",
		"l2":   "Anger grew in Kestrel Bay after the lighthouse went to a private owner. Councillors who opposed the sale spoke of a gift to the rich, and Mayor Dorothea Finch did not answer questions.",
		"c1":   "The council of Kestrel Bay voted on Monday to sell the town's lighthouse, Mayor Dorothea Finch said. The price was not disclosed by the private buyer or by the harbour office.",
		"c2":   "A private buyer has acquired the Kestrel Bay lighthouse. Mayor Dorothea Finch said that the council approved the sale on Monday after a debate of nine hours over price and access.",
		"r1":   "Kestrel Bay will no longer pay for an idle lighthouse: the council under Mayor Dorothea Finch sold it to a private buyer on Monday, a relief for taxpayers in the harbour town.",
		"wire": "KESTREL BAY — The lighthouse of Kestrel Bay was sold on Monday to a private buyer, the council announced. Mayor Dorothea Finch said that the harbour town would use the money for its school. Two councillors voted against the sale, and one abstained from the vote.",
	}[outlet]
}

// line is an article as JSON; fields are pairs of key and value.
func line(fields ...string) string {
	m := map[string]string{}
	for i := 0; i < len(fields); i += 2 {
		m[fields[i]] = fields[i+1]
	}
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func story(outlet string) string {
	return line("id", outlet, "title", "Kestrel Bay lighthouse sold to private buyer", "text", lighthouse(outlet),
		"url", "https://"+outlet+".example/news/lighthouse", "published", "2026-11-02T08:00:00Z")
}

func decode(t testing.TB, s *corpus.Store, lines ...string) []corpus.Article {
	t.Helper()
	var out []corpus.Article
	for _, l := range lines {
		a, err := corpus.DecodeArticle(s.Lexicons(), []byte(l))
		if err != nil {
			t.Fatalf("%s: %v", l, err)
		}
		out = append(out, a)
	}
	return out
}

// add stores articles and gives "id status" of each, with the error.
func add(t testing.TB, s *corpus.Store, lines ...string) []string {
	t.Helper()
	results, err := s.Add(context.Background(), decode(t, s, lines...))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range results {
		what := r.ID + " " + r.Status
		if r.Err != nil {
			what += " " + strings.SplitN(r.Err.Error(), ":", 3)[1]
		}
		out = append(out, what)
	}
	return out
}

func seenBefore(t *testing.T, address string) {
	s := Open(t, address)
	for _, c := range []struct{ name, in, want string }{
		{"new", line("id", "a1", "url", "https://l1.example/x", "text", "The council met."), "a1 accepted"},
		{"same URL, same text", line("id", "a1", "url", "https://www.l1.example/x/?utm_source=y", "text", "The council met."), "a1 duplicate"},
		{"same URL under another id, same text", line("id", "zz", "url", "https://l1.example/x", "text", "The council met."), "a1 duplicate"},
		{"same URL, other text", line("id", "a1", "url", "https://l1.example/x", "text", "The council did not meet."), "a1 revised"},
		{"other URL, same text", line("id", "a2", "url", "https://l2.example/y", "text", "The council did not meet."), "a2 accepted"},
		{"same id, other URL", line("id", "a1", "url", "https://r1.example/z", "text", "Another text."), "a1 rejected  id_conflict"},
		{"id without URL, new", line("id", "b1", "text", "A first text."), "b1 accepted"},
		{"id without URL, same text", line("id", "b1", "text", "A first text."), "b1 duplicate"},
		{"id without URL, other text", line("id", "b1", "text", "A second text."), "b1 revised"},
		{"id that had no URL, with one", line("id", "b1", "text", "A second text.", "url", "https://c1.example/b"), "b1 rejected  id_conflict"},
		{"neither id nor URL", line("text", "Only words."), "a_6992a214aae2137b accepted"},
		{"neither, under another title", line("title", "A title", "text", "Only words."), "a_6992a214aae2137b duplicate"},
		{"neither, again", line("text", "Only words."), "a_6992a214aae2137b duplicate"},
	} {
		if got := add(t, s, c.in)[0]; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	// The same within one batch.
	got := add(t, s, line("id", "c", "text", "Batch one."), line("id", "c", "text", "Batch one."), line("id", "c", "text", "Batch two."))
	if diff := cmp.Diff([]string{"c accepted", "c duplicate", "c revised"}, got); diff != "" {
		t.Errorf("one batch: (-want +got)\n%s", diff)
	}
}

func report(t testing.TB, s *corpus.Store, name string) string {
	t.Helper()
	id, err := s.FindStory(context.Background(), name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Report(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	for _, e := range r.Sources {
		from := ""
		if e.CopyOf != nil {
			from = " copy of " + *e.CopyOf
		}
		sources = append(sources, e.Domain+from)
	}
	return fmt.Sprintf("%s; %d independent; %s", r.Balance.Label, r.Balance.Independent, strings.Join(sources, ", "))
}

func storyAndReport(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"), story("c1"), story("c2"), story("r1"),
		line("id", "other", "title", "River floods the valley", "text", "Rain fell for three days and the river rose over the dam.", "url", "https://l2.example/flood", "published", "2026-11-02"))
	want := "Center (2) of 4 sources; 4 independent; l1.example, c1.example, c2.example, r1.example"
	if got := report(t, s, "l1"); got != want {
		t.Errorf("report is %s, want %s", got, want)
	}
	articles, stories, err := s.Count(context.Background())
	if err != nil || articles != 5 || stories != 2 {
		t.Errorf("%d articles in %d stories, %v; want 5 in 2", articles, stories, err)
	}
}

func copiesInAnyOrder(t *testing.T, address string) {
	s := Open(t, address)
	wire := func(id, outlet, body string) string {
		return line("id", id, "title", "Lighthouse sold", "text", body, "url", "https://"+outlet+".example/w", "published", "2026-11-02T09:00:00Z")
	}
	text := lighthouse("wire")
	add(t, s, wire("w1", "l1", text+" Our reporter was there."), wire("w2", "r1", text), story("c1"), wire("w3", "wire", text), wire("w4", "l2", "Staff report. "+text))
	want := "Left (2), Center (2) of 5 sources; 2 independent; l1.example copy of wire.example, l2.example copy of wire.example, c1.example, wire.example, r1.example copy of wire.example"
	if got := report(t, s, "w1"); got != want {
		t.Errorf("report is %s, want %s", got, want)
	}
}

// A store that was closed and opened goes on as if it had not been.
func restart(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"), story("c1"))
	again := Open(t, address)
	add(t, again, story("r1"))
	if got, want := report(t, again, "r1"), "Left (1), Center (1), Right (1) of 3 sources; 3 independent; l1.example, c1.example, r1.example"; got != want {
		t.Errorf("report is %s, want %s", got, want)
	}
}

// Two processes may write to one database at once.
func twoProcesses(t *testing.T, address string) {
	a, b := Open(t, address), Open(t, address)
	var wg sync.WaitGroup
	for k, s := range []*corpus.Store{a, b} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i, outlet := range []string{"l1", "c1", "r1"} {
				id := fmt.Sprintf("p%d-%d", k, i)
				article := decode(t, s, line("id", id, "title", "Kestrel Bay lighthouse sold to private buyer", "text", lighthouse(outlet)+" "+id,
					"url", "https://"+outlet+".example/"+id, "published", "2026-11-02T08:00:00Z"))
				if _, err := s.Add(context.Background(), article); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	articles, stories, err := a.Count(context.Background())
	if err != nil || articles != 6 || stories != 1 {
		t.Errorf("%d articles in %d stories, %v; want 6 in 1", articles, stories, err)
	}
}

// Paging shows each story once while articles arrive.
func paging(t *testing.T, address string) {
	s := Open(t, address)
	topics := []string{"lighthouse auction", "river flood", "school exams", "ferry strike", "hospital ward", "forest fire", "museum theft"}
	for i, topic := range topics {
		add(t, s, line("id", fmt.Sprint("t", i), "title", topic, "text", strings.Repeat(topic+" ", 9), "url", fmt.Sprintf("https://l1.example/%d", i)))
	}
	seen := map[string]int{}
	after := ""
	for n := 0; ; n++ {
		page, err := s.Stories(context.Background(), corpus.Filter{}, 3, after)
		if err != nil {
			t.Fatal(err)
		}
		if page.Count != len(topics) {
			t.Errorf("count is %d, want %d", page.Count, len(topics))
		}
		for _, item := range page.Items {
			seen[item.ID]++
		}
		add(t, s, line("id", fmt.Sprint("late", n), "title", fmt.Sprint("quarry ", n), "text", fmt.Sprint("quarry noise number ", n)))
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != len(topics) {
		t.Errorf("%d stories seen, want %d", len(seen), len(topics))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s seen %d times", id, n)
		}
	}
	var field *corpus.FieldError
	if _, err := s.Stories(context.Background(), corpus.Filter{}, 3, "nonsense"); !errors.As(err, &field) || field.Field != "cursor" {
		t.Errorf("a foreign cursor gives %v", err)
	}
}

func filters(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"), story("c1"), story("c2"),
		line("id", "flood", "title", "River 100% over its banks_ (Über alles)", "text", "Rain fell on Thornbury for three days.", "url", "https://r1.example/opinion/flood", "published", "2026-11-09"))
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		filter corpus.Filter
		want   int
	}{
		{"all", corpus.Filter{}, 2},
		{"a day between two articles", corpus.Filter{Since: day(3), Until: day(8)}, 0},
		{"words of two headlines", corpus.Filter{Query: "lighthouse ÜBER"}, 0},
		{"words with an umlaut", corpus.Filter{Query: "über"}, 1},
		{"words in any case", corpus.Filter{Query: "LIGHTHOUSE buyer"}, 1},
		{"words of two stories", corpus.Filter{Query: "lighthouse river"}, 0},
		{"a percent sign is itself", corpus.Filter{Query: "100%"}, 1},
		{"an underscore is itself", corpus.Filter{Query: "banks_"}, 1},
		{"and no wildcard", corpus.Filter{Query: "light_ouse"}, 0},
		{"since", corpus.Filter{Since: day(5)}, 1},
		{"until", corpus.Filter{Until: day(5)}, 1},
		{"source", corpus.Filter{Source: "c1.example"}, 1},
		{"missing", corpus.Filter{Missing: "c1.example"}, 1},
		{"kind", corpus.Filter{Kind: "opinion"}, 1},
		{"leaning", corpus.Filter{Leaning: "center"}, 1},
		{"min sources", corpus.Filter{MinSources: 3}, 1},
		{"entity", corpus.Filter{Entity: "dorothea-finch"}, 1},
		{"an injected quote", corpus.Filter{Query: "'; DROP TABLE articles; --"}, 0},
	} {
		page, err := s.Stories(context.Background(), c.filter, 10, "")
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if page.Count != c.want || len(page.Items) != c.want {
			t.Errorf("%s: %d stories, want %d", c.name, page.Count, c.want)
		}
	}
}

func findStory(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"))
	id, err := s.FindStory(context.Background(), "l1")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{id, id[:6], id[:10], id[2:9]} {
		if got, err := s.FindStory(context.Background(), name); err != nil || got != id {
			t.Errorf("FindStory(%q) = %q, %v; want %q", name, got, err, id)
		}
	}
	for _, name := range []string{id[:5], "s_", "nothing", "", "%", "s_%____"} {
		if got, err := s.FindStory(context.Background(), name); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("FindStory(%q) = %q, %v; want not found", name, got, err)
		}
	}
	if _, err := s.Report(context.Background(), "s_none"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("report of no story: %v", err)
	}
	if _, err := s.Article(context.Background(), "none"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("no article: %v", err)
	}
}

// Words come back as they were given, NUL, BOM and CR LF too.
func exactWords(t *testing.T, address string) {
	s := Open(t, address)
	title, text := "A\x00 title\ufeff", "\ufeffFirst line.\r\n\r\nSecond \x00 line — “may” 👩‍👩‍👧."
	add(t, s, line("id", "x", "title", title, "text", text, "source", "Na\x00me"))
	a, err := s.Article(context.Background(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != title || a.Text != text {
		t.Errorf("words are %q, %q", a.Title, a.Text)
	}
	for _, c := range a.Analysis.Cues.Items {
		if text[c.Start:c.End] != c.Text {
			t.Errorf("cue %+v is %q", c, text[c.Start:c.End])
		}
	}
}

func revision(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"), story("wire"))
	add(t, s, line("id", "l1", "title", "Lighthouse: a correction", "text", lighthouse("wire"), "url", "https://l1.example/news/lighthouse"))
	a, err := s.Article(context.Background(), "l1")
	if err != nil {
		t.Fatal(err)
	}
	if a.Revision != 2 || a.Title != "Lighthouse: a correction" || a.Published.IsZero() {
		t.Errorf("revision %d %q, published %v; want the second, with its first date", a.Revision, a.Title, a.Published)
	}
	if got := report(t, s, "l1"); !strings.Contains(got, "l1.example copy of wire.example") {
		t.Errorf("the revised text is a copy now, but the report says %s", got)
	}
	add(t, s, story("l1"))
	if got := report(t, s, "l1"); strings.Contains(got, "copy of") {
		t.Errorf("the text is its own again, but the report says %s", got)
	}
}

// Copies that were linked by one article stay one set when it is revised.
func revisedOriginal(t *testing.T, address string) {
	s := Open(t, address)
	for _, outlet := range []string{"c1", "l1", "r1", "l2"} {
		add(t, s, line("id", outlet, "title", "Lighthouse sold", "text", lighthouse("wire"), "url", "https://"+outlet+".example/w", "published", "2026-11-02"))
	}
	want := "Left (2) of 4 sources; 1 independent; l1.example copy of syndicated, l2.example copy of syndicated, c1.example copy of syndicated, r1.example copy of syndicated"
	if got := report(t, s, "c1"); got != want {
		t.Errorf("four copies: %s, want %s", got, want)
	}
	add(t, s, line("id", "c1", "title", "Lighthouse sold", "text", lighthouse("c1"), "url", "https://c1.example/w", "published", "2026-11-02"))
	want = "Left (2) of 4 sources; 2 independent; l1.example copy of syndicated, l2.example copy of syndicated, c1.example, r1.example copy of syndicated"
	if got := report(t, s, "c1"); got != want {
		t.Errorf("three copies and an original: %s, want %s", got, want)
	}
}

// When a batch can't be stored nothing of it is, and the store goes on.
func failedBatch(t *testing.T, address string) {
	s := Open(t, address)
	add(t, s, story("l1"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Add(ctx, decode(t, s, story("c1"), story("c2"))); err == nil {
		t.Error("a batch was stored after its context had ended")
	}
	articles, _, err := s.Count(context.Background())
	if err != nil || articles != 1 {
		t.Errorf("%d articles, %v; want 1", articles, err)
	}
	if got := add(t, s, story("c1")); got[0] != "c1 accepted" {
		t.Errorf("afterwards: %v", got)
	}
	if got, want := report(t, s, "c1"), "Left (1), Center (1) of 2 sources; 2 independent; l1.example, c1.example"; got != want {
		t.Errorf("report is %s, want %s", got, want)
	}
}
