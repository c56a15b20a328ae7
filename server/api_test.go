package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/corpus/corpustest"
	"parallax/internal/jsonline"
	"parallax/server"
)

// A client asks a server that listens on loopback, or not.
type client struct {
	t *testing.T
	s *server.Server
}

func newClient(t *testing.T, loopback bool) client {
	t.Helper()
	s, err := server.New(server.Config{Store: corpustest.Open(t, t.TempDir()+"/x.db"), Loopback: loopback})
	if err != nil {
		t.Fatal(err)
	}
	return client{t, s}
}

// do sends a request; headers are pairs. The Host is localhost unless given.
func (c client) do(method, path, body string, headers ...string) *http.Response {
	c.t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	r.Host = "localhost:8080"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		switch headers[i] {
		case "Host":
			r.Host = headers[i+1]
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	c.s.ServeHTTP(w, r)
	return w.Result()
}

func answered(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const twoArticles = `[
 {"id":"a1","title":"Council of Kestrel Bay sells lighthouse","text":"The council of Kestrel Bay may have sold the lighthouse to a private buyer, Mayor Dorothea Finch said.","url":"https://l1.example/news/1","published":"2026-11-02"},
 {"id":"a2","title":"Kestrel Bay lighthouse sold","text":"Kestrel Bay has sold its lighthouse; Mayor Dorothea Finch did not name the private buyer.","url":"https://c1.example/news/1","published":"2026-11-02T10:00:00Z"}
]`

func TestArticlesGoInAndStoriesComeOut(t *testing.T) {
	c := newClient(t, true)
	r := c.do("POST", "/v1/articles", twoArticles)
	var in struct {
		Accepted int
		Articles []struct {
			Line              int
			ID, Status, Story string
		}
	}
	if err := json.Unmarshal([]byte(answered(t, r)), &in); err != nil || r.StatusCode != 202 || in.Accepted != 2 || in.Articles[1].Line != 2 {
		t.Fatalf("%d %+v, %v", r.StatusCode, in, err)
	}
	if r := c.do("POST", "/v1/articles?wait=true", twoArticles); r.StatusCode != 200 || !strings.Contains(answered(t, r), `"duplicates":2`) {
		t.Errorf("again with wait: %d", r.StatusCode)
	}
	story := in.Articles[0].Story
	for path, want := range map[string]string{
		"/v1/stories":                                  `"label":"Left (1), Center (1) of 2 sources"`,
		"/v1/stories?q=lighthouse&leaning=tied":        `"count":1`,
		"/v1/stories?missing=l1.example":               `"count":0`,
		"/v1/stories?since=2026-11-02&min_sources=2":   `"count":1`,
		"/v1/stories?until=2026-11-01":                 `"count":0`,
		"/v1/stories/" + story:                         `"id":"` + story + `"`,
		"/v1/stories/a1":                               `"id":"` + story + `"`,
		"/v1/stories/" + story + "/balance":            `{"label":"Left (1), Center (1) of 2 sources","sources":2,"independent":2`,
		"/v1/stories/" + story + "/articles":           `"count":2`,
		"/v1/stories/" + story + "/report.md":          `# Kestrel Bay lighthouse sold`,
		"/v1/stories/" + story + "/report.csv":         `story,balance,side`,
		"/v1/stories/" + story + "/report.html":        `<h1>Kestrel Bay lighthouse sold</h1>`,
		"/v1/articles?source=https://www.l1.example/x": `"count":1`,
		"/v1/articles/a1":                              `"rule":"hedge/may`,
		"/v1/lookup?url=http://www.l1.example/news/1":  `"leaning":"left"`,
		"/v1/lookup?url=nowhere.example":               `"source":{"domain":"nowhere.example","leaning":"unrated"},"story":null`,
		"/v1/sources?q=left+one":                       `"articles":1`,
		"/v1/sources/l1.example":                       `"score":-0.6`,
		"/v1/sources/nowhere.example":                  `"leaning":"unrated"`,
		"/v1/lexicons":                                 `"name":"hedges"`,
		"/v1/lexicons/hedges":                          `"phrase":"may"`,
		"/healthz":                                     `{"status":"ok"}`,
		"/readyz":                                      `"database":"ok"`,
	} {
		r := c.do("GET", path, "")
		if body := answered(t, r); r.StatusCode != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d\n%.600s\nhas no %s", path, r.StatusCode, body, want)
		}
	}
}

// The API's report and the command line's are the same bytes.
func TestReportBytes(t *testing.T) {
	store := corpustest.Open(t, t.TempDir()+"/x.db")
	s, err := server.New(server.Config{Store: store, Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	c := client{t, s}
	c.do("POST", "/v1/articles", twoArticles)
	id, err := store.FindStory(context.Background(), "a1")
	if err != nil {
		t.Fatal(err)
	}
	report, err := store.Report(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	want, err := jsonline.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/stories/" + id, "/v1/stories/" + id + "/report.json"} {
		if diff := cmp.Diff(string(want), answered(t, c.do("GET", path, ""))); diff != "" {
			t.Errorf("%s: (-command line +API)\n%s", path, diff)
		}
	}
}

func TestETag(t *testing.T) {
	c := newClient(t, true)
	r := c.do("GET", "/v1/stories", "")
	tag := r.Header.Get("ETag")
	if tag == "" || r.Header.Get("Cache-Control") == "" {
		t.Fatalf("headers: %v", r.Header)
	}
	if r := c.do("GET", "/v1/stories", "", "If-None-Match", `"x", `+tag); r.StatusCode != 304 || answered(t, r) != "" {
		t.Errorf("the same tag gives %d", r.StatusCode)
	}
	c.do("POST", "/v1/articles", twoArticles)
	if r := c.do("GET", "/v1/stories", "", "If-None-Match", tag); r.StatusCode != 200 {
		t.Errorf("after a change the old tag gives %d", r.StatusCode)
	}
}

func TestHead(t *testing.T) {
	s := httptest.NewServer(newClient(t, true).s)
	defer s.Close()
	r, err := http.Head(s.URL + "/v1/stories")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != 200 || r.Header.Get("ETag") == "" || answered(t, r) != "" {
		t.Errorf("HEAD: %d %v", r.StatusCode, r.Header)
	}
}

func TestAnalyzeStoresNothing(t *testing.T) {
	c := newClient(t, true)
	r := c.do("POST", "/v1/analyze?only=cues&offsets=utf16", `{"id":"d","text":"👩 It may rain."}`)
	if body := answered(t, r); r.StatusCode != 200 || !strings.Contains(body, `"start":6,"end":9,"text":"may"`) || strings.Contains(body, "entities") {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	if body := answered(t, c.do("GET", "/v1/articles", "")); !strings.Contains(body, `"count":0`) {
		t.Errorf("articles: %s", body)
	}
}

func TestAnalyzeExperimental(t *testing.T) {
	c := newClient(t, true)
	const article, cue = `{"text":"The owners were furious at the vote."}`, `"rule":"emotion/furious","note":"anger","in_quote":false,"experimental":true`
	for query, found := range map[string]bool{"": false, "&experimental=false": false, "&experimental=true": true} {
		if body := answered(t, c.do("POST", "/v1/analyze?only=cues"+query, article)); strings.Contains(body, cue) != found {
			t.Errorf("%s: %s", query, body)
		}
	}
}

func TestLookupBatch(t *testing.T) {
	c := newClient(t, true)
	body := answered(t, c.do("POST", "/v1/lookup", `{"urls":["bbc.co.uk","not an address"]}`))
	var out struct {
		Items []struct{ Domain, Error string }
		Count int
	}
	if err := json.Unmarshal([]byte(body), &out); err != nil || out.Count != 2 || out.Items[0].Domain != "bbc.co.uk" || out.Items[1].Error == "" {
		t.Errorf("%s, %v", body, err)
	}
}

// What is wrong is told as problem+json with field and line.
func TestProblems(t *testing.T) {
	c := newClient(t, true)
	c.do("POST", "/v1/articles", twoArticles)
	many := `{"urls":["a.example"` + strings.Repeat(`,"a.example"`, 100) + `]}`
	for _, x := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/v1/articles", " ", 400, "the body is empty"},
		{"POST", "/v1/articles", "[", 400, "the body is no JSON array"},
		{"POST", "/v1/articles", "[]", 400, "the array is empty"},
		{"POST", "/v1/articles", "{\"text\":\n", 422, `"line":1`},
		{"POST", "/v1/articles", `[{"id":"a","text":"x","published":"soon"}]`, 422, `"field":"published","line":1`},
		{"POST", "/v1/articles", `[{"id":"a1","text":"x","url":"https://r1.example/x"}]`, 422, "id_conflict"},
		{"POST", "/v1/articles", `[{"text":"` + strings.Repeat("a", 5_000_001) + `"}]`, 422, "too_large"},
		{"POST", "/v1/analyze", `{"text":""}`, 400, `"field":"text"`},
		{"POST", "/v1/analyze", `{"url":"https://a.example/x"}`, 501, "this server fetches no addresses"},
		{"POST", "/v1/analyze?only=tides", `{"text":"x"}`, 400, `"field":"only"`},
		{"POST", "/v1/analyze?only=nonsense", `{"text":"x"}`, 400, "must be one of"},
		{"POST", "/v1/analyze?offsets=word", `{"text":"x"}`, 400, `"field":"offsets"`},
		{"POST", "/v1/analyze?experimental=yes", `{"text":"x"}`, 400, `"field":"experimental"`},
		{"POST", "/v1/lookup", `{"urls":[]}`, 400, `"field":"urls"`},
		{"POST", "/v1/lookup", many, 400, "101 addresses"},
		{"GET", "/v1/lookup", "", 400, `"field":"url"`},
		{"GET", "/v1/lookup?url=ftp://x", "", 400, `"field":"url"`},
		{"GET", "/v1/stories?since=soon", "", 400, `"field":"since"`},
		{"GET", "/v1/stories?limit=0", "", 400, `"field":"limit"`},
		{"GET", "/v1/stories?limit=201", "", 400, `"field":"limit"`},
		{"GET", "/v1/stories?kind=blog", "", 400, `"field":"kind"`},
		{"GET", "/v1/stories?leaning=up", "", 400, `"field":"leaning"`},
		{"GET", "/v1/stories?min_sources=x", "", 400, `"field":"min_sources"`},
		{"GET", "/v1/articles?missing=a.example", "", 400, `"field":"missing"`},
		{"GET", "/v1/stories?q=" + strings.Repeat("a+", 30), "", 400, `"field":"q"`},
		{"GET", "/v1/stories?cursor=e30", "", 400, `"field":"cursor"`},
		{"POST", "/v1/articles", "\ufeff", 400, "the body is empty"},
		{"GET", "/v1/stories?sort=x", "", 400, `"field":"sort"`},
		{"GET", "/v1/sources?leaning=up", "", 400, `"field":"leaning"`},
		{"GET", "/v1/stories?cursor=x", "", 400, `"field":"cursor"`},
		{"GET", "/v1/stories/none", "", 404, "not found"},
		{"GET", "/v1/stories/a1/report.pdf", "", 404, "report.pdf"},
		{"GET", "/v1/stories/a1/versions", "", 501, "not built yet"},
		{"GET", "/v1/articles/none", "", 404, "not found"},
		{"DELETE", "/v1/articles/a1", "", 501, "not built yet"},
		{"GET", "/v1/lexicons/none", "", 404, "not found"},
		{"GET", "/v1/stats", "", 501, "not built yet"},
		{"GET", "/openapi.json", "", 501, "not built yet"},
		{"GET", "/v1/nothing", "", 404, `"status":404`},
		{"PUT", "/v1/stories", "{}", 405, `"status":405`},
	} {
		r := c.do(x.method, x.path, x.body)
		body := answered(t, r)
		if r.StatusCode != x.status || !strings.Contains(body, x.want) || r.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s %.40q: %d %s\n%.400s\nwant %d %s", x.method, x.path, x.body, r.StatusCode, r.Header.Get("Content-Type"), body, x.status, x.want)
		}
	}
}

// The good articles of a batch go in, the bad ones are told by line.
func TestABadArticleLosesNoOther(t *testing.T) {
	c := newClient(t, true)
	lines := "{\"id\":\"1\",\"text\":\"One met.\"}\n{broken\n\n{\"id\":\"4\",\"text\":\"\"}\n{\"id\":\"5\",\"text\":\"Five met.\"}\n"
	r := c.do("POST", "/v1/articles", lines, "Content-Type", "application/x-ndjson")
	body := answered(t, r)
	for _, want := range []string{`"accepted":2`, `{"line":2,"id":null,"error":"not a JSON object`, `{"line":4,"id":"4","error":"text: empty`, `{"line":5,"id":"5","status":"accepted"`} {
		if r.StatusCode != 202 || !strings.Contains(body, want) {
			t.Errorf("%d %s\nhas no %s", r.StatusCode, body, want)
		}
	}
}

// No web page can write to a server on loopback or read from it.
func TestLoopbackRefusesWebPages(t *testing.T) {
	c := newClient(t, true)
	for _, x := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
	}{
		{"a program", "POST", "/v1/articles", twoArticles, nil, 202},
		{"a program by address", "GET", "/v1/stories", "", []string{"Host", "127.0.0.1:8080"}, 200},
		{"a program by IPv6 address", "GET", "/v1/stories", "", []string{"Host", "[::1]:8080"}, 200},
		{"the server's own page", "POST", "/v1/analyze", `{"text":"x y"}`, []string{"Origin", "http://localhost:8080"}, 200},
		{"a rebinding name reads", "GET", "/v1/stories", "", []string{"Host", "evil.example"}, 403},
		{"a rebinding name with a port", "GET", "/", "", []string{"Host", "localhost.evil.example:8080"}, 403},
		{"a rebinding name like an address", "GET", "/", "", []string{"Host", "127.0.0.1.evil.example"}, 403},
		{"an empty Host", "GET", "/", "", []string{"Host", ""}, 403},
		{"a foreign page writes", "POST", "/v1/articles", twoArticles, []string{"Origin", "https://evil.example"}, 403},
		{"a foreign page analyses", "POST", "/v1/analyze", `{"text":"x"}`, []string{"Origin", "https://evil.example"}, 403},
		{"a page of another port", "POST", "/v1/articles", twoArticles, []string{"Origin", "http://localhost:9090"}, 403},
		{"a sandboxed page", "POST", "/v1/articles", twoArticles, []string{"Origin", "null"}, 403},
		{"a browser says cross-site", "POST", "/v1/articles", twoArticles, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a foreign page's form on /analyze", "POST", "/analyze", "text=x", []string{"Origin", "https://evil.example", "Content-Type", "application/x-www-form-urlencoded"}, 403},
		{"a simple request", "POST", "/v1/articles", twoArticles, []string{"Content-Type", "text/plain"}, 415},
		{"a form", "POST", "/v1/articles", "a=b", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"a file form", "POST", "/v1/articles", "x", []string{"Content-Type", "multipart/form-data; boundary=x"}, 415},
		{"no type", "POST", "/v1/articles", twoArticles, []string{"Content-Type", ""}, 415},
		{"a broken type", "POST", "/v1/articles", twoArticles, []string{"Content-Type", "application/json;;"}, 415},
		{"another verb", "DELETE", "/v1/articles/a1", "", []string{"Origin", "https://evil.example"}, 403},
	} {
		r := c.do(x.method, x.path, x.body, x.headers...)
		if r.StatusCode != x.status {
			t.Errorf("%s: %d %.200s, want %d", x.name, r.StatusCode, answered(t, r), x.status)
		}
		if origin := r.Header.Get("Access-Control-Allow-Origin"); origin != "" {
			t.Errorf("%s: another origin may read: %q", x.name, origin)
		}
	}
	// A preflight gets no permission.
	if r := c.do("OPTIONS", "/v1/articles", "", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST"); r.Header.Get("Access-Control-Allow-Methods") != "" {
		t.Error("a preflight is granted")
	}
}

func TestAPublicServerIsReadOnly(t *testing.T) {
	c := newClient(t, false)
	if r := c.do("GET", "/v1/stories", "", "Host", "parallax.example"); r.StatusCode != 200 {
		t.Errorf("reading: %d", r.StatusCode)
	}
	if r := c.do("POST", "/v1/articles", twoArticles, "Host", "parallax.example"); r.StatusCode != 403 {
		t.Errorf("writing: %d", r.StatusCode)
	}
}

func TestLoopbackAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:0": true, "[::1]:80": true, "127.5.5.5:80": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:80": false, "192.0.2.7:80": false, "parallax.example:80": false,
	} {
		if got := server.LoopbackAddress(address); got != want {
			t.Errorf("LoopbackAddress(%q) = %v", address, got)
		}
	}
}

// Paging by cursor shows each story once.
func TestAPIPaging(t *testing.T) {
	c := newClient(t, true)
	for i := range 7 {
		topic := []string{"lighthouse auction", "river flood", "school exams", "ferry strike", "hospital ward", "forest fire", "museum theft"}[i]
		c.do("POST", "/v1/articles", fmt.Sprintf(`{"id":"t%d","title":"%s","text":"%s"}`, i, topic, strings.Repeat(topic+" ", 9)))
	}
	seen := map[string]bool{}
	next := ""
	for {
		var page struct {
			Items []struct{ ID string }
			Next  *string
			Count int
		}
		if err := json.Unmarshal([]byte(answered(t, c.do("GET", "/v1/stories?limit=3&cursor="+next, ""))), &page); err != nil || page.Count != 7 {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, s := range page.Items {
			if seen[s.ID] {
				t.Errorf("%s twice", s.ID)
			}
			seen[s.ID] = true
		}
		if page.Next == nil {
			break
		}
		next = *page.Next
	}
	if len(seen) != 7 {
		t.Errorf("%d stories seen, want 7", len(seen))
	}
}
