package lexicons_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parallax/lexicons"
)

const head = "name: %s\nkind: %s\nversion: 1\nlanguage: en\nlicense: Apache-2.0\ncitation: ours\nentries:\n"

// files makes a file system of word lists, "name/kind" to entries.
func files(lists map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for key, entries := range lists {
		name, kind, _ := strings.Cut(key, "/")
		out[name+".yaml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf(head, name, kind) + entries)}
	}
	return out
}

func load(t testing.TB, overlays ...fstest.MapFS) *lexicons.Set {
	t.Helper()
	var set *lexicons.Set
	var err error
	switch len(overlays) {
	case 0:
		set, err = lexicons.Load()
	default:
		set, err = lexicons.LoadOnly(overlays[0])
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestMatchFindsTheLongestOfEachList(t *testing.T) {
	set := load(t, files(map[string]string{
		"hedges/hedge":  "  - {phrase: may}\n  - {phrase: it may be}\n  - {phrase: May, case: exact, forms: [MAY]}\n",
		"verbs/verb":    "  - {phrase: may}\n  - {phrase: point out, forms: [pointed out]}\n",
		"labels/label":  "  - {phrase: far-left}\n  - {phrase: don't care}\n",
		"stops/abbrevi": "  - {phrase: zzz}\n",
	}))
	for _, c := range []struct{ in, want string }{
		{"It may be so", "hedges:It may be, verbs:may"},
		{"MAY day. may", "hedges:MAY, verbs:MAY, hedges:may, verbs:may"},
		{"She pointed\nout a FAR-LEFT plot", "verbs:pointed\nout, labels:FAR-LEFT"},
		{"They don’t care. It. May be", "labels:don’t care, hedges:May, verbs:May"},
		{"dismay mayor", ""},
	} {
		doc := set.Reader().Read(c.in)
		var got []string
		for _, h := range set.Match(nil, doc) {
			l, _ := set.Entry(h)
			got = append(got, l.Name+":"+doc.Slice(doc.Span(h.First, h.Last)))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("matches in %q: (-want +got)\n%s", c.in, diff)
		}
	}
}

func TestErrorsNameFileAndLine(t *testing.T) {
	for _, c := range []struct{ file, data, want string }{
		{"a.yaml", fmt.Sprintf(head, "a", "b") + "  - {phrase: x}\n  - {phrase: y, weight: 3}\n", "a.yaml:9: weight 3 is over 1"},
		{"a.yaml", fmt.Sprintf(head, "a", "b") + "  - {phrase: x}\n  - {phrase: X}\n", `a.yaml:9: "X" stands on line 8 already`},
		{"a.yaml", fmt.Sprintf(head, "a", "b") + "  - {phrase: x, wieght: 1}\n", `a.yaml:8: unknown key "wieght"`},
		{"a.yaml", fmt.Sprintf(head, "a", "b") + "  - {phrase: x, weight: heavy}\n", `a.yaml:8: weight: "heavy" is of the wrong type`},
		{"a.yaml", strings.Replace(fmt.Sprintf(head, "a", "b"), "license: Apache-2.0\n", "", 1) + "  - {phrase: x}\n", "a.yaml:1: no license"},
		{"a.yaml", "name: [", "a.yaml:1: "},
		{"a.yaml", "just words", "a.yaml:1: not a mapping"},
		{"s.tsv", "# name: s\n# rater_kind: x\ndomain\tname\n", `s.tsv:3: no column "aliases"`},
		{"s.tsv", ratings("a.example\t\tA\tUS\tnational\t\tus\t2\tsays so\t2026-11"), `s.tsv:9: score "2" is no number in [-1, 1]`},
		{"s.tsv", ratings("a.example\t\tA\tUS\tnational\t\tus\t0.5\t\t2026-11"), "s.tsv:9: a score needs scale, basis and rated"},
		{"s.tsv", ratings("a.example\t\tA\tUS\tshop\t\tus\t\t\t"), `s.tsv:9: kind "shop"`},
		{"s.tsv", ratings("a.example\t\tA\tUS\tlocal\t\tus\t\t\t", "b.example\ta.example\tB\tUS\tlocal\t\tus\t\t\t"), "s.tsv:10: a.example stands on line 9 already"},
	} {
		_, err := lexicons.LoadOnly(fstest.MapFS{c.file: {Data: []byte(c.data)}})
		if !errors.Is(err, lexicons.ErrInvalid) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("error is %v, want %s…", err, c.want)
		}
	}
}

func ratings(rows ...string) string {
	return "# name: s\n# kind: sources\n# version: 1\n# language: en\n# license: x\n# citation: y\n# rater_kind: model_assisted\n" +
		"domain\taliases\tname\tcountry\tkind\towner\tscale\tscore\tbasis\trated\n" + strings.Join(rows, "\n") + "\n"
}

func TestCanonicalVectors(t *testing.T) {
	set := load(t)
	f, err := os.Open("testdata/canonical.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	n := 0
	for sc.Scan() {
		var v struct {
			In, URL string
			Error   bool
		}
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		n++
		got, err := set.Canonical(v.In)
		if (err != nil) != v.Error || got != v.URL {
			t.Errorf("Canonical(%q) = %q, %v; want %q, error %v", v.In, got, err, v.URL, v.Error)
		}
		if err != nil && !errors.Is(err, lexicons.ErrAddress) {
			t.Errorf("Canonical(%q): %v is no ErrAddress", v.In, err)
		}
	}
	if n < 30 {
		t.Errorf("%d vectors read", n)
	}
}

func TestSourceOfAnAddress(t *testing.T) {
	set := load(t)
	for _, c := range []struct{ in, key, leaning string }{
		{"https://www.bbc.co.uk/news/1", "bbc.co.uk", lexicons.Center},
		{"https://www.bbc.com/news/1?utm_source=a", "bbc.co.uk", lexicons.Center},
		{"http://edition.cnn.com:80/2026/x", "cnn.com", lexicons.Left},
		{"https://amp.theguardian.com/x", "theguardian.com", lexicons.Left},
		{"m.foxnews.com/x.amp", "foxnews.com", lexicons.Right},
		{"https://www.google.com/amp/s/www.foxnews.com/x", "foxnews.com", lexicons.Right},
		{"https://nobody-knows-it.example/x", "nobody-knows-it.example", lexicons.Unrated},
		{"https://foxnews.com.evil.example/x", "evil.example", lexicons.Unrated},
		{"https://notfoxnews.com/", "notfoxnews.com", lexicons.Unrated},
		{"https://alice.substack.com/p/x", "alice.substack.com", lexicons.Unrated},
		{"https://substack.com/@Alice/note", "substack.com/@alice", lexicons.Unrated},
		{"https://medium.com/@X/story", "medium.com/@x", lexicons.Unrated},
		{"https://bob.medium.com/story", "bob.medium.com", lexicons.Unrated},
		{"https://carol.blogspot.com/2026", "carol.blogspot.com", lexicons.Unrated},
		{"https://dave.github.io/x", "dave.github.io", lexicons.Unrated},
		{"https://www.youtube.com/watch?v=1", "youtube.com", lexicons.Unrated},
		{"https://www.youtube.com/channel/UC1/videos", "youtube.com/channel/uc1", lexicons.Unrated},
		{"https://x.com/FoxNews/status/1", "twitter.com/foxnews", lexicons.Unrated},
		{"https://www.msn.com/en-us/news/fox", "msn.com", lexicons.Unrated},
		{"http://192.0.2.7/x", "192.0.2.7", lexicons.Unrated},
	} {
		a, src, err := set.Lookup(c.in)
		if err != nil || a.Source != c.key || src.Leaning != c.leaning {
			t.Errorf("Lookup(%q) = %q %s, %v; want %q %s", c.in, a.Source, src.Leaning, err, c.key, c.leaning)
		}
	}
}

func TestOverlayReplacesOneSourceAndChangesOnlyTheRatingsHash(t *testing.T) {
	base := load(t)
	over, err := lexicons.Load(fstest.MapFS{"mine.tsv": {Data: []byte(ratings("bbc.co.uk\tbbc.com\tBBC\tGB\tbroadcaster\t\tgb\t0.9\tmy view\t2026-11"))}})
	if err != nil {
		t.Fatal(err)
	}
	if got := over.Source("bbc.co.uk").Leaning; got != lexicons.Right {
		t.Errorf("bbc.co.uk is %s, want right", got)
	}
	if over.Source("foxnews.com").Leaning != lexicons.Right || over.Words() != base.Words() || over.RatingsHash() == base.RatingsHash() {
		t.Error("the overlay should change one rating and the ratings hash, nothing else")
	}
	over, err = lexicons.Load(files(map[string]string{"hedges/hedge": "  - {phrase: perchance}\n"}))
	if err != nil {
		t.Fatal(err)
	}
	l, err := over.Lexicon("hedges")
	if err != nil || len(l.Entries) != 1 || over.Words() == base.Words() || over.RatingsHash() != base.RatingsHash() {
		t.Errorf("hedges has %d entries, %v; want the one of the overlay and another words hash", len(l.Entries), err)
	}
}

// The lexicon's size and honesty are promised in the README.
func TestEmbeddedSources(t *testing.T) {
	set := load(t)
	file := map[string]string{}
	for _, r := range set.Ratings() {
		for _, s := range r.Sources {
			for _, d := range append([]string{s.Domain}, s.Aliases...) {
				if file[d] != "" {
					t.Errorf("%s is in %s and in %s", d, file[d], r.Name)
				}
				file[d] = r.Name
				if a, err := set.Resolve(d); err != nil || a.Source != s.Domain {
					t.Errorf("%s resolves to %q, %v; want %s", d, a.Source, err, s.Domain)
				}
			}
		}
	}
	countries := map[string]int{}
	rated := 0
	for _, s := range set.Sources() {
		countries[s.Country]++
		if s.Rating != nil {
			rated++
			if s.RaterKind != "model_assisted" || s.Raters != 1 || s.Basis == "" {
				t.Errorf("%s: %+v", s.Domain, *s.Rating)
			}
		}
	}
	if n := len(set.Sources()); n < 300 || rated < 200 || len(countries) < 15 {
		t.Errorf("%d sources, %d rated, %d countries; want 300, 200, 15", n, rated, len(countries))
	}
}

func ExampleSet_Lookup() {
	set, err := lexicons.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	a, src, _ := set.Lookup("https://amp.foxnews.com/politics/x?utm_source=mail")
	fmt.Println(a.URL, src.Name, src.Leaning)
	// Output: https://foxnews.com/politics/x Fox News right
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"https://www.bbc.co.uk/x?utm_a=1", "http://[::1]:80/", "//a/b", "x@y", "https://google.com/amp/s/amp.google.com/amp/x", "https://a.cdn.ampproject.org/c/s/b", "medium.com/@x", "http://a.b/%41%2f//amp/?&&=", "ß.example", "\x9c", "0?0&0 #0", "cdn.ampproject.org/c/s/", "google.com/amp/s/google.com/amp/s/google.com/amp/google.com/amp/a.b/amp/", "a.b/" + strings.Repeat("\x9b", 5000)} {
		f.Add(s)
	}
	set := load(f)
	f.Fuzz(func(t *testing.T, s string) {
		once, err := set.Canonical(s)
		if err != nil {
			if !errors.Is(err, lexicons.ErrAddress) {
				t.Fatalf("Canonical(%q): %v", s, err)
			}
			return
		}
		twice, err := set.Canonical(once)
		if err != nil || twice != once {
			t.Fatalf("Canonical(%.300q) = %.300q, then %.300q, %v", s, once, twice, err)
		}
		a, err := set.Resolve(s)
		if err != nil || a.URL != once || a.Source == "" {
			t.Fatalf("Resolve(%q) = %+v, %v", s, a, err)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	set := load(b)
	text := strings.Repeat("The minister may, according to critics, clearly have claimed that the so-called reform was an utterly radical plan. ", 60)
	doc := set.Reader().Read(text)
	hits := set.Match(nil, doc)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		hits = set.Match(hits[:0], doc)
	}
}
