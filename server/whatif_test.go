package server_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/corpus/corpustest"
	"parallax/lexicons"
	"parallax/server"
)

// ratedClient has the two articles stored and a rater added.
func ratedClient(t *testing.T) client {
	t.Helper()
	store := corpustest.Open(t, t.TempDir()+"/x.db")
	s, err := server.New(server.Config{Store: store, Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	c := client{t, s}
	if r := c.do("POST", "/v1/articles", twoArticles); r.StatusCode != 202 {
		t.Fatalf("status %d", r.StatusCode)
	}
	err = store.PutRater(context.Background(), corpus.Rater{ID: "theirs", Name: "Their <desk>", Kind: "person", Scale: "xx", Rated: "2025"},
		[]corpus.RaterRating{{Domain: "l1.example", Score: .5, Low: .5, High: .5, Basis: "a look"}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAWhatIfIsAskedForAndNamed(t *testing.T) {
	c := ratedClient(t)
	report := func(query string) (r story.Report, hash string) {
		t.Helper()
		answer := c.do("GET", "/v1/stories/a1"+query, "")
		if err := json.Unmarshal([]byte(answered(t, answer)), &r); err != nil || answer.StatusCode != 200 {
			t.Fatalf("%s: status %d, %v", query, answer.StatusCode, err)
		}
		return r, answer.Header.Get("Parallax-Ratings")
	}
	plain, hash := report("")
	if plain.Balance.Label != "Left (1), Center (1) of 2 sources" || plain.Ratings != hash {
		t.Fatalf("plain: %s, ratings %s and %s", plain.Balance.Label, plain.Ratings, hash)
	}
	for _, q := range []struct {
		query, label string
		other        bool // ratings than those in use
	}{
		{"?without=c1.example", "Left (1) of 1 sources", false},
		{"?without=https://www.l1.example/x", "Center (1) of 1 sources", false},
		{"?raters=theirs", "Right (1) of 2 sources", true},
		{"?raters=parallax,theirs", "Center (2) of 2 sources", true}, // median of −0.6 and 0.5
		{"?raters=parallax&raters=theirs&without=c1.example", "Center (1) of 1 sources", true},
	} {
		r, hash := report(q.query)
		if r.Balance.Label != q.label || (r.Ratings != plain.Ratings) != q.other || r.Ratings != hash {
			t.Errorf("%s: %s with ratings %.20s, want %s", q.query, r.Balance.Label, r.Ratings, q.label)
		}
	}
	for query, want := range map[string]string{
		"?raters=nobody":                               `rater \"nobody\": not found; there are parallax, theirs`,
		"?ratings=1999.1.1":                            "no such version of the ratings",
		"?without=l1.example,c1.example":               "has no other source",
		"?without=" + strings.Repeat("a.example,", 51): "too many sources",
	} {
		r := c.do("GET", "/v1/stories/a1"+query, "")
		if body := answered(t, r); r.StatusCode/100 != 4 || !strings.Contains(body, want) {
			t.Errorf("%.60s: status %d, %s; want %s", query, r.StatusCode, body, want)
		}
	}
}

func TestSourcesKeepRatersApart(t *testing.T) {
	c := ratedClient(t)
	var src struct {
		lexicons.Source
		Raters  []corpus.RatedBy     `json:"by_other_raters"`
		History []lexicons.Change    `json:"history"`
		Wording corpus.SourceWording `json:"wording"`
	}
	if err := json.Unmarshal([]byte(answered(t, c.do("GET", "/v1/sources/l1.example", ""))), &src); err != nil {
		t.Fatal(err)
	}
	if src.Score != -.6 || len(src.Raters) != 1 || src.Raters[0].Score != .5 || src.Raters[0].Leaning != lexicons.Right || src.Wording.Mean != nil {
		t.Errorf("l1: %+v", src)
	}
	if err := json.Unmarshal([]byte(answered(t, c.do("GET", "/v1/sources/cnn.com", ""))), &src); err != nil {
		t.Fatal(err)
	}
	if len(src.History) != 1 || src.History[0].From != "2026.11.1" || src.History[0].Reason == "" {
		t.Errorf("history of cnn.com: %+v", src.History)
	}
	var then struct{ Source lexicons.Source }
	if err := json.Unmarshal([]byte(answered(t, c.do("GET", "/v1/lookup?url=cnn.com&ratings=2026.11.1", ""))), &then); err != nil {
		t.Fatal(err)
	}
	if then.Source.Rating == nil || then.Source.Passes != 1 {
		t.Errorf("cnn.com then: %+v", then.Source)
	}
	if body := answered(t, c.do("GET", "/v1/raters", "")); !strings.Contains(body, `"id":"theirs"`) || !strings.Contains(body, `"versions":["1","2026.11.1","2026.11.2"]`) {
		t.Errorf("raters: %s", body)
	}
}

// A page says what it was asked for, and shows what others say as their words.
func TestPagesOfRatersAndWhatIfs(t *testing.T) {
	c := ratedClient(t)
	var r story.Report
	if err := json.Unmarshal([]byte(answered(t, c.do("GET", "/v1/stories/a1", ""))), &r); err != nil {
		t.Fatal(err)
	}
	page := answered(t, c.do("GET", "/stories/"+r.ID+"?without=c1.example&raters=parallax", ""))
	for _, want := range []string{"this is the report without Center One; rated by parallax", `<option value="c1.example" selected>`, "Their &lt;desk&gt;", "/report.csv?without=c1.example"} {
		if !strings.Contains(page, want) {
			t.Errorf("the what-if page has no %q", want)
		}
	}
	if page := answered(t, c.do("GET", "/stories/"+r.ID, "")); strings.Contains(page, "What if:") || !strings.Contains(page, "What if an outlet were left out") {
		t.Error("the plain page should offer a what-if and be none")
	}
	page = answered(t, c.do("GET", "/sources/l1.example", ""))
	for _, want := range []string{"Their &lt;desk&gt;", "a look", "0 full articles: too few to say", "has not answered its rating", "an invented land"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of l1 has no %q", want)
		}
	}
	if page := answered(t, c.do("GET", "/sources/cnn.com", "")); !strings.Contains(page, "Until version 2026.11.1") {
		t.Error("the page of cnn.com has no history")
	}
}
