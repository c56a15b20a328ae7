package server_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/corpus"
	"parallax/corpus/fetch"
	"parallax/lexicons"
	"parallax/server"
)

// newAnalyzer knows the outlets of an overlay.
func newAnalyzer(t testing.TB, overlay fs.FS) *analyzer.Analyzer {
	t.Helper()
	set, err := lexicons.Load(overlay)
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

// readArticles decodes JSON lines.
func readArticles(t testing.TB, set *lexicons.Set, from io.Reader) []corpus.Article {
	t.Helper()
	var out []corpus.Article
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		a, err := corpus.DecodeArticle(set, lines.Bytes())
		if err != nil {
			t.Fatalf("article %s: %v", a.ID, err)
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// hostile is an article whose address was never checked.
var hostile = corpus.Article{
	ID: "hostile", Title: "Sable Bridge ferry crew of the Sable Ferry Union, Odile Karsk and Mayor Ines Vale at the toll bridge",
	Text: "The Sable Bridge council votes. The Sable Bridge ferry and the toll bridge.", URL: "javascript:alert(1)//", Domain: "lanternweekly.example",
}

// newPages is a server over the articles of the files, and the hostile one.
func newPages(t testing.TB, config server.Config, files ...string) *server.Server {
	t.Helper()
	a := newAnalyzer(t, os.DirFS("testdata/lexicons"))
	var articles []corpus.Article
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, readArticles(t, a.Lexicons(), bytes.NewReader(data))...)
	}
	if len(files) > 0 {
		articles = append(articles, hostile)
	}
	return serve(t, config, a, articles)
}

// serve is a server over a new corpus of the articles.
func serve(t testing.TB, config server.Config, a *analyzer.Analyzer, articles []corpus.Article) *server.Server {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, filepath.Join(t.TempDir(), "x.db"), corpus.Options{Analyzer: a})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	results, err := store.Add(ctx, articles)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Status != corpus.Accepted {
			t.Fatalf("article %s: %s %v", r.ID, r.Status, r.Err)
		}
	}
	config.Store = store
	s, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask requests a page as a browser does.
func ask(s http.Handler, method, target string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
	r.Host = "127.0.0.1"
	r.Header.Set("Accept", "text/html")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// a view is a page that was answered.
type view struct {
	*goquery.Document
	t testing.TB
}

// openPage requests a page that must have that status.
func openPage(t testing.TB, s http.Handler, target string, status int) view {
	t.Helper()
	return read(t, ask(s, http.MethodGet, target, nil), target, status)
}

func read(t testing.TB, w *httptest.ResponseRecorder, target string, status int) view {
	t.Helper()
	if w.Code != status {
		t.Fatalf("%s: status %d, want %d: %.300s", target, w.Code, status, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return view{doc, t}
}

var spaces = regexp.MustCompile(`[\s\x{a0}]+`)

func plain(s string) string { return strings.TrimSpace(spaces.ReplaceAllString(s, " ")) }

// text is what stands in the elements that a selector finds.
func (v view) text(selector string) string {
	var parts []string
	v.Find(selector).Each(func(_ int, e *goquery.Selection) { parts = append(parts, plain(e.Text())) })
	return strings.Join(parts, " | ")
}

// is holds the words of a selector to want.
func (v view) is(selector, want string) {
	v.t.Helper()
	if got := v.text(selector); got != want {
		v.t.Errorf("%s: got %q, want %q", selector, got, want)
	}
}

// has holds the words of a selector to contain want.
func (v view) has(selector, want string) {
	v.t.Helper()
	if got := v.text(selector); !strings.Contains(got, want) {
		v.t.Errorf("%s: got %q, want it to have %q", selector, got, want)
	}
}

// count holds how many elements a selector finds.
func (v view) count(selector string, want int) {
	v.t.Helper()
	if got := v.Find(selector).Length(); got != want {
		v.t.Errorf("%s: %d elements, want %d", selector, got, want)
	}
}

func TestEmptyCorpusSaysHowToFillIt(t *testing.T) {
	v := openPage(t, newPages(t, server.Config{}), "/", http.StatusOK)
	v.is(".empty h2", "There is no article yet")
	v.has(".empty", "parallax ingest")
	v.count(".card, .demo", 0)
}

func TestStories(t *testing.T) {
	s := newPages(t, server.Config{Demo: true}, "testdata/pages.jsonl")
	v := openPage(t, s, "/", http.StatusOK)
	v.is("h1", "Stories")
	v.is("main > h2", "3 stories")
	v.count(".card", 3)
	v.has(".demo", "A demo: its articles and events are invented")
	v = openPage(t, s, "/?q=toll+bridge&min_sources=4", http.StatusOK)
	v.count(".card", 1)
	v.is(".card .counts strong", "Left (2), Center (2) of 7 sources")
	v.has(".card .counts", "Left 2 · Center 2 · Right 1 · Unrated 2")
	v.has(".card .meta", "8 articles · ")
	label, _ := v.Find(".card svg.bar").Attr("aria-label")
	if want := "Left (2), Center (2) of 7 sources: Left 2 · Center 2 · Right 1 · Unrated 2"; label != want {
		t.Errorf("bar: %q, want %q", label, want)
	}
	if q, _ := v.Find("#q").Attr("value"); q != "toll bridge" {
		t.Errorf("the form forgot the query: %q", q)
	}
	openPage(t, s, "/?leaning=tied", http.StatusOK).count(".card", 1)
	openPage(t, s, "/?entity=ines-vale", http.StatusOK).has("main", "Only stories with entity “ines-vale”.")
	v = openPage(t, s, "/?q=zeppelin", http.StatusOK)
	v.is(".empty h2", "No story matches")
	v.count(".card", 0)
	openPage(t, s, "/?leaning=up", http.StatusBadRequest).has(".lede", "leaning")
	openPage(t, s, "/?min_sources=x", http.StatusBadRequest).has(".lede", "min_sources")
	openPage(t, s, "/?cursor=x", http.StatusBadRequest).has(".lede", "cursor")
}

func TestPaging(t *testing.T) {
	file := filepath.Join(t.TempDir(), "many.jsonl")
	var b strings.Builder
	for i := range 25 {
		n := strconv.Itoa(i)
		word := strings.Repeat(string(rune('a'+i)), 5)
		b.WriteString(`{"id":"p` + n + `","title":"` + word + ` in the ` + word + `ville","text":"` + word + `ing ` + word + `ed the ` + word + `s."}` + "\n")
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newPages(t, server.Config{}, file)
	first := openPage(t, s, "/", http.StatusOK)
	first.is("main > h2", "26 stories")
	first.count(".card", 20)
	next, ok := first.Find(`a[rel="next"]`).Attr("href")
	if !ok {
		t.Fatal("no next page")
	}
	second := openPage(t, s, next, http.StatusOK)
	second.count(".card", 6)
	second.count(`a[rel="next"]`, 0)
	second.has(".paging", "First page")
}

// storyOf is the path of the story that an article is part of.
func storyOf(t testing.TB, s http.Handler, article string) string {
	t.Helper()
	w := ask(s, http.MethodGet, "/stories/"+url.PathEscape(article), nil)
	if w.Code != http.StatusPermanentRedirect {
		t.Fatalf("story of %s: status %d", article, w.Code)
	}
	return w.Header().Get("Location")
}

func TestStory(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	path := storyOf(t, s, "left-1")
	if got := storyOf(t, s, strings.TrimPrefix(path, "/stories/")[:10]); got != path {
		t.Errorf("prefix leads to %s, want %s", got, path)
	}
	v := openPage(t, s, path, http.StatusOK)
	v.is("h1", "Sable Bridge council votes to close ferry when toll bridge opens")
	v.has("main > .meta", "A headline of Meridian Wire, from this article. 8 articles · ")
	v.is(".label", "Left (2), Center (2) of 7 sources")
	v.is(".balance tbody th", "L Left | C Center | R Right | U Unrated")
	v.has("main", "Too few to compare the sides: 4 independent rated texts.")
	v.has(".aside", "The Daily Gander – satire")
	v.count(".aside .entries li", 1)
	v.has(".s-center .copy", "copy of Meridian Wire")
	v.count(".s-center .copy", 1)
	v.has(".s-left .badge", "opinion")
	v.has(".s-unrated .badge", "summary only")
	v.has(".keywords", "Odile Karsk")
	v.has(".ends", "Not built yet: virality")
	v.count(`.columns > section`, 3)
}

// TestCountsAreThoseOfTheirLists holds every count of a story's page to the
// list that it labels.
func TestCountsAreThoseOfTheirLists(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, storyOf(t, s, "left-1"), http.StatusOK)
	var counts []string
	total := 0
	for i, side := range []string{"left", "center", "right", "unrated"} {
		column := v.Find("section.s-" + side)
		outlets := map[string]bool{}
		column.Find(".entries .meta a:first-child").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			outlets[href] = true
		})
		entries := column.Find(".entries > li").Length()
		want := plural(entries, "headline") + " from " + plural(len(outlets), "source")
		if got := plain(column.Find(".meta").First().Text()); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, but the list has %s", side, got, want)
		}
		if got := plain(v.Find(".balance tbody tr").Eq(i).Find("td").First().Text()); got != strconv.Itoa(len(outlets)) {
			t.Errorf("%s: the table says %s sources, the list has %d", side, got, len(outlets))
		}
		counts = append(counts, strings.ToUpper(side[:1])+side[1:]+" "+strconv.Itoa(len(outlets)))
		total += entries
	}
	v.is("section > .counts", strings.Join(counts, " · "))
	total += v.Find(".aside .entries > li").Length()
	v.has("main > .meta", plural(total, "article"))
	v.is(".aside-count", "Set aside: "+plural(v.Find(".aside > li").Length(), "source"))
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

func TestOtherPeoplesWordsAreText(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, storyOf(t, s, "left-1"), http.StatusOK)
	v.has(".s-unrated .head", "<script>alert(1)</script> Sable Bridge ferry & toll bridge")
	v.count("script, img, [onerror], [style], style", 0)
	v.Find("a").Each(func(_ int, a *goquery.Selection) {
		href, _ := a.Attr("href")
		if !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "https://") {
			t.Errorf("link to %q", href)
		}
		if rel, _ := a.Attr("rel"); strings.HasPrefix(href, "https://") && rel != "noopener noreferrer nofollow" {
			t.Errorf("link to %s: rel %q", href, rel)
		}
	})
	v = openPage(t, s, "/articles/"+url.PathEscape("odd/id ?#%41"), http.StatusOK)
	v.is("h1", "<script>alert(1)</script> Sable Bridge ferry & toll bridge")
	v.has(".body", "<img src=x onerror=alert(2)>")
	v.count("script:not([src]), img", 0)
	openPage(t, s, "/articles/hostile", http.StatusOK).count("a.out", 0)
	q := openPage(t, s, `/?q=%22%3E%3Cscript%3E`, http.StatusOK)
	q.count("script", 0)
}

func TestArticle(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, "/articles/left-1", http.StatusOK)
	v.is("h1", "Sable Bridge workers may lose their ferry, union says")
	v.count("h1 mark.c-hedge", 1)
	v.has(".facts", "Left: score −0.60 on the scale “xn”; basis: invented for the tests; rated by 1 rater (invented, 3 passes) in 2026-11.")
	v.count(".body p", 3)
	v.is(".body mark.c-hedge", "may | reportedly")
	v.is(".body mark.c-intensifier.quoted", "utterly")
	v.has(".body .quote", "It is utterly unfair")
	v.is(".quotations tr:has(q:not(.indirect)) strong", "Odile Karsk")
	v.has(".quotations tbody", "We were told nothing, […] It is utterly unfair, and everybody on this river knows it.")
	v.has("section.text", "said Odile Karsk, a deckhand.")
	note, _ := v.Find(".body mark.c-hedge").First().Attr("title")
	if note != "hedge, rule “may”" {
		t.Errorf("title of a cue: %q", note)
	}
	// What the text shows is what was stored, whatever was marked in it.
	body := v.Find(".body").Clone()
	body.Find("sup").Remove()
	if got := plain(body.Text()); !strings.HasPrefix(got, "Ferry workers at Sable Bridge may lose") || !strings.HasSuffix(got, "had been refused it twice.") {
		t.Errorf("text: %q", got)
	}
}

// TestHighlightsAreCounted holds the legend to the marks in the text, and each
// mark to its card and its line in the list.
func TestHighlightsAreCounted(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	for _, id := range []string{"left-1", "left-2", "center-1", "right-1"} {
		v := openPage(t, s, "/articles/"+id, http.StatusOK)
		all := 0
		v.Find(".legend li:has(input)").Each(func(_ int, row *goquery.Selection) {
			family, _ := row.Find("input").Attr("data-family")
			// A highlight may stand in several pieces, which name its card.
			cards, quoted := map[string]bool{}, 0
			v.Find("h1 mark.c-" + family + ", .body mark.c-" + family).Each(func(_ int, m *goquery.Selection) {
				for card := range strings.FieldsSeq(m.AttrOr("data-card", "")) {
					if v.Find("#row-"+card).AttrOr("data-family", "") != family || cards[card] {
						continue
					}
					cards[card] = true
					if m.HasClass("quoted") {
						quoted++
					}
				}
			})
			got := plain(row.Find(".own").Text()) + " " + plain(row.Find(".in-quotes").Text())
			want := strconv.Itoa(len(cards)-quoted) + " "
			if quoted > 0 {
				want += strconv.Itoa(quoted)
			}
			if got != want {
				t.Errorf("%s %s: the legend says %s, the text has %s", id, family, got, want)
			}
			all += len(cards)
		})
		v.count(".list .highlights li", all)
		v.count("button.code[id^='at-']", all)
		v.Find("button[popovertarget]").Each(func(_ int, b *goquery.Selection) {
			card := v.Find("#" + b.AttrOr("popovertarget", "") + "[popover]")
			if card.Length() != 1 || b.AttrOr("aria-label", "") == "" {
				t.Errorf("%s: a button that opens nothing, or has no name", id)
			}
		})
	}
}

func TestWhatIsNotMeasuredIsNotZero(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, "/articles/german-1", http.StatusOK)
	v.has("main", "not measured: the text is not in English")
	v.has(".facts", "Not rated.")
	v.count("mark, .cues, .quotations, .wording .bar", 0)
	v.has(".wording", "The wording is not told: not in English.")
	if lang, _ := v.Find(".body").Attr("lang"); lang != "de" {
		t.Errorf("lang of the text: %q", lang)
	}
}

func TestSources(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, "/sources?country=XX", http.StatusOK)
	v.is("main > h2", plural(v.Find(".sources tbody tr").Length(), "source"))
	v = openPage(t, s, "/sources?q=harbour+voice", http.StatusOK)
	v.is("main > h2", "1 source")
	v.has(".sources tbody tr", "L Left")
	openPage(t, s, "/sources?leaning=tied", http.StatusBadRequest)
	openPage(t, s, "/sources?q=zeppelin", http.StatusOK).has(".empty", "No source matches")
	openPage(t, s, "/sources?page=9999999", http.StatusOK).count(".sources", 0)

	v = openPage(t, s, "/sources/thecityargus.example", http.StatusOK)
	v.has(".facts", "Least and greatest rating −0.60 to −0.10")
	v.has("main", "This source is contested")
	v.has("main", "The rating is an opinion")
	v = openPage(t, s, "/sources/theharbourvoice.example", http.StatusOK)
	v.is("#h-stories", "1 story with its articles")
	v.count(".card", 1)
	openPage(t, s, "/sources/sableblog.example", http.StatusOK).has("main", "it is not center")
	openPage(t, s, "/sources/nowhere.example", http.StatusNotFound)
	w := ask(s, http.MethodGet, "/sources/www2.aldermerepost.example", nil)
	if got := w.Header().Get("Location"); w.Code != http.StatusPermanentRedirect || got != "/sources/aldermerepost.example" {
		t.Errorf("alias: %d %s", w.Code, got)
	}
}

func TestAnalyze(t *testing.T) {
	s := newPages(t, server.Config{Loopback: true})
	form := url.Values{"title": {"It <b>may</b> rain"}, "text": {"It may rain, “perhaps not,” said Odile Karsk.\r\n\r\nThe second paragraph is here for the count of words and says nothing more than that."}}
	post := func(form url.Values) *httptest.ResponseRecorder {
		return ask(s, http.MethodPost, "http://127.0.0.1/analyze", form)
	}
	w := post(form)
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: %q", got)
	}
	v := read(t, w, "/analyze", http.StatusOK)
	v.is(".title", "It <b>may</b> rain")
	v.has(".body mark.c-hedge", "may")
	v.count(".body p", 2)
	v.has(".lede", "Nothing you paste is stored or logged")
	openPage(t, s, "http://127.0.0.1/", http.StatusOK).has(".empty", "There is no article yet")
	v = read(t, post(url.Values{"text": {" \r\n"}}), "/analyze", http.StatusBadRequest)
	v.has("[role=alert]", "nothing to analyse")
	openPage(t, s, "http://127.0.0.1/analyze", http.StatusOK).count("form[method=post] textarea#text", 1)
	read(t, post(url.Values{"text": {strings.Repeat("a ", corpus.MaxText)}}), "/analyze", http.StatusRequestEntityTooLarge)
}

// What a highlight opens to says which rule fired, how much it weighs, whose
// words they are and why they are marked; all of it is in the page as sent.
func TestHighlightsOpen(t *testing.T) {
	s := newPages(t, server.Config{Loopback: true})
	v := read(t, ask(s, http.MethodPost, "http://127.0.0.1/analyze", url.Values{
		"title": {"Council may sell the ferry"},
		"text":  {"The council claimed on Monday that the ferry was too costly.\n\n“It is utterly unfair,” said Odile Karsk, a deckhand, and the town perhaps agrees with her."},
	}), "/analyze", http.StatusOK)
	wellMade(v, "/analyze")
	v.is(".title mark", "may")
	v.has(".in-title", "Highlights of the title: may")
	open := func(words string) string {
		n := v.Find(".title mark, .body mark").FilterFunction(func(_ int, m *goquery.Selection) bool { return m.Text() == words }).AttrOr("data-card", "?")
		return v.text("#cue-" + n)
	}
	for words, want := range map[string][]string{
		"may":     {"hedge", "Rule may", "Weight 1.00", "Whose words the article’s own", "Why "},
		"claimed": {"attribution verb", "Rule claim", "Stance distancing", "Why "},
		"utterly": {"intensifier", "Whose words Odile Karsk, in a quotation; not counted against the article"},
	} {
		for _, part := range want {
			if got := open(words); !strings.Contains(got, part) {
				t.Errorf("%q opens to %q, want it to have %q", words, got, part)
			}
		}
	}
	v.has(".legend", "he hedge 2")
	v.has(".legend", "in intensifier 0 + 1 in quotations")
	v.has(".cues", "Looked for and not found: loaded, certainty, ")
	v.has(".list li:first-child", "Council may sell the ferry")
	v.has(".list li:first-child .meta", "hedge · rule “may” · weight 1.00 · title")
	v.Find(".body, .title, .highlights p:first-child, .quotations q, .quotations strong, .why .said").Each(func(_ int, e *goquery.Selection) {
		if e.AttrOr("lang", "") != "en" || e.AttrOr("dir", "") != "ltr" {
			html, _ := goquery.OuterHtml(e)
			t.Errorf("an excerpt without language and direction: %.80s", html)
		}
	})
	v.has(".quotes", "Words between the marks of quotations are 15 % of the text. Of these, by role of the speaker: person 100 %.")
	v.has(".quotations tbody tr", "said")
	v.has(".quotations tbody tr", "41 %, ¶ 2")
}

// A paragraph in another language says so to whoever reads it aloud.
func TestForeignParagraphs(t *testing.T) {
	s := newPages(t, server.Config{Loopback: true})
	v := read(t, ask(s, http.MethodPost, "http://127.0.0.1/analyze", url.Values{"text": {
		"The council met on Monday and may sell the ferry, which the town has run for ninety years and which carries thousands of people to work every day.\n\n" +
			"El consejo se reunió el lunes y podría vender el transbordador, que lleva a miles de personas al trabajo todos los días desde hace noventa años.",
	}}), "/analyze", http.StatusOK)
	if lang := v.Find("#p-2").AttrOr("lang", ""); lang != "es" {
		t.Errorf("lang of the second paragraph: %q", lang)
	}
	if _, ok := v.Find("#p-1").Attr("lang"); ok {
		t.Error("the first paragraph has the language of the text")
	}
}

// fakeWeb has pages by address.
type fakeWeb map[string]string

func (w fakeWeb) Page(_ context.Context, address string) ([]byte, error) {
	page, ok := w[address]
	if !ok {
		return nil, &fetch.Error{What: "does not answer"}
	}
	return []byte(page), nil
}

// An address alone is fetched where the server may, and its article analysed.
func TestAnalyzeAnAddress(t *testing.T) {
	const address = "https://theharbourvoice.example/news/ferry"
	page := "<html><head><title>Council may sell the ferry</title><link rel=canonical href=https://other.example/x></head><body><nav>Menu</nav><article><h1>Council may sell the ferry</h1>" +
		strings.Repeat("<p>The council claimed on Monday that the ferry was too costly, and it may sell it, said Odile Karsk, a deckhand of many years.</p>", 6) +
		"<script>alert(1)</script></article></body></html>"
	s := newPages(t, server.Config{Loopback: true, Pages: fakeWeb{address: page, "https://a.example/empty": ""}})
	post := func(address string, status int) view {
		return read(t, ask(s, http.MethodPost, "http://127.0.0.1/analyze", url.Values{"url": {address}}), "/analyze", status)
	}
	v := post(address, http.StatusOK)
	v.is(".title", "Council may sell the ferry")
	v.has(".result", "outlet The Harbour Voice: Left")
	v.has(".result", "fetched from the address · not stored")
	v.has(".body", "The council claimed on Monday")
	v.count("script:not([src])", 0)
	post("https://a.example/none", http.StatusBadGateway).has("[role=alert]", "the address does not answer")
	post("https://a.example/empty", http.StatusUnprocessableEntity).has("[role=alert]", "no article was found on the page; paste the text")
	post("javascript:alert(1)", http.StatusBadRequest).has("[role=alert]", "url")
	openPage(t, s, "http://127.0.0.1/analyze", http.StatusOK).has(".lede", "or its address")

	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/v1/analyze", strings.NewReader(`{"url":"`+address+`"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if got := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(got, `"text":"The council claimed`) || !strings.Contains(got, "theharbourvoice.example") {
		t.Errorf("API: %d %.300s", w.Code, got)
	}
}

// The words and the address of who pastes them are escaped, and the outlet is
// told from the address. A server without fetching says so.
func TestAnalyzeWithAnAddress(t *testing.T) {
	s := newPages(t, server.Config{Loopback: true})
	post := func(form url.Values, status int) view {
		return read(t, ask(s, http.MethodPost, "http://127.0.0.1/analyze", form), "/analyze", status)
	}
	nasty := `<script>alert(1)</script>"'><img src=x onerror=alert(2)> may be “</textarea><script>alert(3)</script>,” said </title><svg onload=alert(4)>`
	v := post(url.Values{"title": {nasty}, "text": {nasty}, "url": {"https://theharbourvoice.example/news/1"}}, http.StatusOK)
	v.count("script:not([src]), img, [onerror], [onload], svg:not(.defs):not(.bar)", 0)
	v.has(".result", "outlet The Harbour Voice: Left")
	if got := v.Find("#text").Text(); got != nasty {
		t.Errorf("the form has %q", got)
	}
	v = post(url.Values{"url": {"https://theharbourvoice.example/news/1"}}, http.StatusNotImplemented)
	v.has("[role=alert]", "this server fetches no addresses; paste the text")
	v = post(url.Values{"text": {"Some words."}, "url": {"javascript:alert(1)"}}, http.StatusBadRequest)
	v.has("[role=alert]", "It was not analysed: url")
	v.is("#text", "Some words.")
}

// What somebody analyses is in no log and in no file, whatever becomes of it.
func TestAnalysedTextsLeaveNoTrace(t *testing.T) {
	var log bytes.Buffer
	dir := t.TempDir()
	store, err := corpus.Open(context.Background(), filepath.Join(dir, "x.db"), corpus.Options{Analyzer: newAnalyzer(t, os.DirFS("testdata/lexicons"))})
	if err != nil {
		t.Fatal(err)
	}
	secret := "Zanzabrook"
	text := "The minister of " + secret + " may resign, said Odile Karsk on Monday."
	address := "https://" + strings.ToLower(secret) + ".example/" + secret
	web := fakeWeb{address: "<html><title>" + secret + "</title><p>" + strings.Repeat(text+" ", 20) + "</p></html>"}
	s, err := server.New(server.Config{Store: store, Loopback: true, Pages: web, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []url.Values{
		{"title": {secret}, "text": {text}, "url": {address}},
		{"url": {address}},
		{"url": {address + "/none"}},
		{"text": {text}, "url": {"javascript:" + secret}},
		{"title": {strings.Repeat(secret, corpus.MaxText/4)}},
	} {
		ask(s, http.MethodPost, "http://127.0.0.1/analyze?q="+secret, form)
	}
	for _, body := range []string{`{"text":"` + text + `"}`, `{"url":"` + address + `"}`, `{"text":"` + secret, `{"text":7,"url":"` + address + `"}`} {
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/v1/analyze?only="+secret, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	ask(s, http.MethodGet, "http://127.0.0.1/v1/lookup?url="+url.QueryEscape(address), nil)
	ask(s, http.MethodGet, "http://127.0.0.1/"+secret, nil)
	if n := strings.Count(log.String(), "msg=request"); n != 11 {
		t.Errorf("%d requests are logged, want 11", n)
	}
	if strings.Contains(strings.ToLower(log.String()), strings.ToLower(secret)) {
		t.Errorf("the log tells what was analysed:\n%s", log.String())
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v: no database", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(data), []byte(strings.ToLower(secret))) {
			t.Errorf("%s holds what was analysed", filepath.Base(name))
		}
	}
}

func TestErrorPages(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	for target, status := range map[string]int{
		"/stories/s_0000000000000000": 404, "/stories/": 404, "/articles/none": 404, "/nowhere": 404, "/static/none.css": 404,
		"/entities/ines-vale": 501, "/feeds": 501,
	} {
		w := ask(s, http.MethodGet, target, nil)
		if got := w.Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", target, got)
		}
		v := read(t, w, target, status)
		v.has("main .meta", strconv.Itoa(status))
		v.count("h1", 1)
	}
}

func TestCaching(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	w := ask(s, http.MethodGet, "/methodology", nil)
	if got := w.Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("page: Cache-Control %q", got)
	}
	r := httptest.NewRequest(http.MethodGet, "/methodology", nil)
	r.Header.Set("If-None-Match", w.Header().Get("ETag"))
	again := httptest.NewRecorder()
	s.ServeHTTP(again, r)
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("asked again: status %d, %d bytes", again.Code, again.Body.Len())
	}
	style, _ := read(t, w, "/methodology", http.StatusOK).Find(`link[rel="stylesheet"]`).Attr("href")
	for target, want := range map[string]string{style: "public, max-age=31536000, immutable", "/static/style.css?v=old": "no-cache"} {
		if got := ask(s, http.MethodGet, target, nil).Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", target, got, want)
		}
	}
	if w := ask(s, http.MethodHead, "/", nil); w.Code != http.StatusOK {
		t.Errorf("HEAD /: %d", w.Code)
	}
}

// TestEveryPageHoldsTogether follows all links from the first page: each page
// answers 200, its fragments exist, and it is well made.
func TestEveryPageHoldsTogether(t *testing.T) {
	s := newPages(t, server.Config{Demo: true}, "testdata/pages.jsonl")
	seen := map[string]bool{"/": true}
	queue := []string{"/", "/sources?country=XX"}
	fragments := map[string][]string{} // of pages, by path
	ids := map[string]map[string]bool{}
	for len(queue) > 0 {
		target := queue[0]
		queue = queue[1:]
		w := ask(s, http.MethodGet, target, nil)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", target, w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		v := read(t, w, target, http.StatusOK)
		wellMade(v, target)
		ids[target] = idsOf(v)
		v.Find("[href], [src]").Each(func(_ int, e *goquery.Selection) {
			link, fragment, _ := strings.Cut(e.AttrOr("href", e.AttrOr("src", "")), "#")
			if link == "" {
				link = target
			}
			if fragment != "" {
				fragments[link] = append(fragments[link], fragment)
			}
			if strings.HasPrefix(link, "/") && !seen[link] && !strings.HasPrefix(link, "/sources?page=") {
				seen[link] = true
				queue = append(queue, link)
			}
		})
	}
	for link, names := range fragments {
		for _, name := range names {
			if !ids[link][name] {
				t.Errorf("%s has no #%s", link, name)
			}
		}
	}
	t.Logf("%d addresses", len(seen))
}

func idsOf(v view) map[string]bool {
	out := map[string]bool{}
	v.Find("[id]").Each(func(_ int, e *goquery.Selection) { out[e.AttrOr("id", "")] = true })
	return out
}

// wellMade holds a page to what every page must have.
func wellMade(v view, target string) {
	v.t.Helper()
	v.count("html[lang=en] > head > title", 1)
	v.count("body > a.skip[href='#main'], main#main, header nav[aria-label], footer", 4)
	v.count("h1", 1)
	v.count("script:not([src^='/static/']), style, [style], [onclick]", 0)
	if script := v.Find("script"); plain(script.Text()) != "" {
		v.t.Errorf("%s: an inline script", target)
	}
	level := 1
	v.Find("h1, h2, h3, h4").Each(func(_ int, h *goquery.Selection) {
		n := int(goquery.NodeName(h)[1] - '0')
		if n > level+1 {
			v.t.Errorf("%s: heading %q of level %d follows level %d", target, plain(h.Text()), n, level)
		}
		level = n
	})
	if ids := v.Find("[id]"); ids.Length() != len(idsOf(v)) {
		v.t.Errorf("%s: an id stands twice", target)
	}
	v.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, e *goquery.Selection) {
		if id, _ := e.Attr("id"); v.Find(`label[for="`+id+`"]`).Length() != 1 {
			v.t.Errorf("%s: field %q has no label", target, id)
		}
	})
	v.Find("table").Each(func(_ int, e *goquery.Selection) {
		if e.Find("caption").Length() != 1 || e.Find("th:not([scope])").Length() > 0 {
			v.t.Errorf("%s: a table without caption or scope", target)
		}
	})
	v.Find("svg:not([role=img]):not([aria-hidden])").Each(func(_ int, e *goquery.Selection) {
		if e.ParentsFiltered("[aria-hidden]").Length() == 0 {
			v.t.Errorf("%s: a picture without a name", target)
		}
	})
	v.Find("svg[role=img]").Each(func(_ int, e *goquery.Selection) {
		if e.AttrOr("aria-label", "") == "" {
			v.t.Errorf("%s: a picture with an empty name", target)
		}
	})
}

// The page shows which outlets' wording a text resembles, with the phrases of
// both sides, apart from what the outlet is rated.
func TestWording(t *testing.T) {
	s := newPages(t, server.Config{}, "testdata/pages.jsonl")
	v := openPage(t, s, "/articles/left-1", http.StatusOK)
	v.has(".wording", "The wording ")
	v.has(".wording", "Phrases that add to the left")
	v.has(".wording", "Phrases that add to the right")
	v.has(".wording", "It is no leaning of the outlet")
	v.count(".wording svg.bar rect", 3)
	if n := v.Find(".wording table tbody tr").Length(); n < 6 || n > 20 {
		t.Errorf("%d phrases are shown", n)
	}
}
