package corpustest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	storyreport "parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
)

// raters: what the user adds is shown apart and is counted only when asked for.
func raters(t *testing.T, address string) {
	ctx := context.Background()
	s := Open(t, address)
	add(t, s, story("l1"), story("l2"), story("c1"), story("r1"))
	id := theStory(t, s)
	balance := func(w corpus.WhatIf) string {
		t.Helper()
		v, err := s.View(ctx, w)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.ReportIn(ctx, id, v)
		if err != nil {
			t.Fatal(err)
		}
		b := r.Balance
		return fmt.Sprintf("%d %d %d, %d unrated", b.Left.Sources, b.Center.Sources, b.Right.Sources, b.Unrated.Sources)
	}
	put := func(r corpus.Rater, ratings ...corpus.RaterRating) {
		t.Helper()
		if err := s.PutRater(ctx, r, ratings); err != nil {
			t.Fatal(err)
		}
	}
	theirs := corpus.Rater{ID: "theirs", Name: "Theirs", Kind: "data_set", Scale: "xx", Rated: "2025", Hash: "sha256:1"}
	put(theirs, corpus.RaterRating{Domain: "l1.example", Score: .4, Low: .3, High: .5, Rated: "2025", Basis: "counted"}, corpus.RaterRating{Domain: "c1.example", Score: .9, Low: .9, High: .9})
	put(corpus.Rater{ID: "abroad", Name: "Abroad", Kind: "person", Scale: "us"}, corpus.RaterRating{Domain: "l1.example", Score: 1, Low: 1, High: 1})

	for _, c := range []struct {
		raters []string
		want   string
	}{
		{nil, "2 1 1, 0 unrated"}, // added ratings change nothing by themselves
		{[]string{corpus.Ours}, "2 1 1, 0 unrated"},
		{[]string{"theirs"}, "0 0 2, 2 unrated"},               // who they do not rate is unrated
		{[]string{corpus.Ours, "theirs"}, "1 1 2, 0 unrated"},  // medians: l1 −0.1, c1 0.45
		{[]string{"theirs", "theirs"}, "0 0 2, 2 unrated"},     // named twice counts once
		{[]string{corpus.Ours, "abroad"}, "2 1 1, 0 unrated"},  // another scale is not mixed in
		{[]string{"abroad", corpus.Ours}, "1 1 2, 0 unrated"},  // the first one's scale counts
		{[]string{"abroad", "theirs"}, "0 0 2, 2 unrated"},     // each source by itself
		{[]string{corpus.Ours, "abroad", "x"}, "x: not found"}, // nobody of that name
	} {
		if c.raters != nil && c.raters[len(c.raters)-1] == "x" {
			if _, err := s.View(ctx, corpus.WhatIf{Raters: c.raters}); !errors.Is(err, corpus.ErrNotFound) {
				t.Errorf("raters %v: %v, want ErrNotFound", c.raters, err)
			}
			continue
		}
		if got := balance(corpus.WhatIf{Raters: c.raters}); got != c.want {
			t.Errorf("raters %v: %s, want %s", c.raters, got, c.want)
		}
	}
	v, err := s.View(ctx, corpus.WhatIf{Raters: []string{corpus.Ours, "theirs"}})
	if err != nil {
		t.Fatal(err)
	}
	want := &lexicons.Rating{Score: -.1, Low: -.6, High: .5, Raters: 2, Passes: 1, RaterKind: "invented, data_set", Rated: "2026-11", Basis: "median of parallax -0.60, theirs 0.40"}
	if diff := cmp.Diff(want, v.Source("l1.example").Rating); diff != "" {
		t.Errorf("rating by two: (-want +got)\n%s", diff)
	}
	if v.RatingsHash() == s.Lexicons().RatingsHash() {
		t.Error("other ratings have the hash of those in use")
	}

	// A rater that is put again replaces what it said; one that is removed is gone.
	put(theirs, corpus.RaterRating{Domain: "r1.example", Score: -1, Low: -1, High: -1})
	if got := balance(corpus.WhatIf{Raters: []string{"theirs"}}); got != "1 0 0, 3 unrated" {
		t.Errorf("replaced: %s", got)
	}
	by, err := s.RatingsOf(ctx, "l1.example")
	if err != nil || len(by) != 1 || by[0].Rater != "abroad" || by[0].Leaning != lexicons.Right {
		t.Errorf("ratings of l1: %+v, %v", by, err)
	}
	if err := s.RemoveRater(ctx, "theirs"); err != nil {
		t.Error(err)
	}
	if err := s.RemoveRater(ctx, "theirs"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	all, err := s.Raters(ctx)
	if err != nil || len(all) != 1 || all[0].ID != "abroad" || all[0].Sources != 1 {
		t.Errorf("raters left: %+v, %v", all, err)
	}
	for _, bad := range []corpus.Rater{{ID: corpus.Ours, Name: "x", Kind: "person", Scale: "us"}, {ID: "A b", Name: "x", Kind: "person", Scale: "us"}, {ID: "x", Name: "x", Kind: "oracle", Scale: "us"}, {ID: "x", Kind: "person"}} {
		if err := s.PutRater(ctx, bad, nil); err == nil {
			t.Errorf("rater %+v was taken", bad)
		}
	}
}

// withoutASource: a report without a source is that of a database that never had
// it, whichever it is.
func withoutASource(t *testing.T, address string) {
	ctx := context.Background()
	outlets := []string{"wire", "l1", "l2", "c1", "c2", "r1"}
	copyOf := line("id", "copy", "title", "Lighthouse sold", "text", lighthouse("wire"), "url", "https://l2.example/news/copy", "published", "2026-11-02T09:00:00Z")
	s := Open(t, address)
	for _, o := range outlets {
		add(t, s, story(o))
	}
	add(t, s, copyOf)
	id := theStory(t, s)
	for _, out := range outlets {
		other := Open(t, t.TempDir()+"/without.db")
		for _, o := range outlets {
			if o != out {
				add(t, other, story(o))
			}
		}
		if out != "l2" {
			add(t, other, copyOf)
		}
		want, err := other.Report(ctx, theStory(t, other))
		if err != nil {
			t.Fatal(err)
		}
		v, err := s.View(ctx, corpus.WhatIf{Without: []string{out + ".example"}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.ReportIn(ctx, id, v)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(storyreport.Report{}, "UpdatedAt")); diff != "" { // each database has a clock of its own
			t.Errorf("without %s: (-never had it +left out)\n%s", out, diff)
		}
	}
	v, err := s.View(ctx, corpus.WhatIf{Without: []string{"wire.example", "l1.example", "l2.example", "c1.example", "c2.example", "r1.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReportIn(ctx, id, v); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("without every source: %v, want ErrNotFound", err)
	}
}

// theStory is the id of the only story there is.
func theStory(t *testing.T, s *corpus.Store) string {
	t.Helper()
	page, err := s.Stories(context.Background(), corpus.Filter{}, 10, "")
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("%d stories, %v; want one", len(page.Items), err)
	}
	return page.Items[0].ID
}

// wording: an average is given from thirty articles on, with an interval.
func wording(t *testing.T, address string) {
	ctx := context.Background()
	s := Open(t, address)
	for n := range corpus.LeastWordings + 1 {
		if w, err := s.SourceWording(ctx, "l1.example"); err != nil || w.Articles != n || (w.Mean != nil) != (n >= corpus.LeastWordings) {
			t.Fatalf("after %d articles: %+v, %v", n, w, err)
		}
		text := fmt.Sprintf("%s The council met for the %dth time and %d residents spoke about the price of the tower, the cost of its repair and what the money should be spent on next year in the town.", lighthouse("l1"), n, n*n)
		add(t, s, line("id", fmt.Sprint("w", n), "title", fmt.Sprint("Meeting ", n), "text", text+"\n\n"+text, "url", fmt.Sprint("https://l1.example/w/", n)))
	}
	w, err := s.SourceWording(ctx, "l1.example")
	if err != nil || w.Mean == nil || *w.Low > *w.Mean || *w.Mean > *w.High || *w.Low < -1 || *w.High > 1 {
		t.Errorf("wording: %+v, %v", w, err)
	}
}
