package page_test

import (
	"strings"
	"testing"
	"time"

	"parallax/corpus/page"
)

const body = `<p>The council of the harbour town voted on Monday to sell the old lighthouse to a private buyer, after a debate of <b>nine hours</b>, people in the room said.</p>
<p>The price was not disclosed by the mayor, who left early, and the buyer did not want to be named before the contract is signed next week.</p>
<p>Two councillors voted against the sale, and one abstained, which had not happened since the school was closed in the spring.</p>`

func TestRead(t *testing.T) {
	p, err := page.Read([]byte(`<!doctype html><html><head><title>Lighthouse sold</title>
		<link rel="canonical" href="https://a.example/news/x"><meta property="og:site_name" content="The A">
		<meta property="article:published_time" content="2026-11-02T08:00:00Z"></head>
		<body><nav><a href="/">Home</a> <a href="/x">Subscribe</a></nav><script>alert(1)</script><article><h1>Lighthouse sold</h1>` + body + `</article><footer>Imprint</footer></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	paragraphs := strings.Split(p.Text, "\n\n")
	if len(paragraphs) != 3 || !strings.Contains(paragraphs[0], "debate of nine hours, people") || strings.Contains(p.Text, "alert") || strings.Contains(p.Text, "Subscribe") {
		t.Errorf("text is %q", p.Text)
	}
	if p.Title != "Lighthouse sold" || p.URL != "https://a.example/news/x" || p.Site != "The A" || !p.Published.Equal(time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("page is %+v", p)
	}
}

func TestEncodingOfThePage(t *testing.T) {
	p, err := page.Read([]byte("<html><head><meta charset=\"iso-8859-1\"><title>Caf\xe9 sold</title></head><body><article>" + body + "</article></body></html>"))
	if err != nil || p.Title != "Café sold" {
		t.Errorf("title is %q, %v", p.Title, err)
	}
}

func TestBombsAndEmptyPages(t *testing.T) {
	for name, in := range map[string]string{
		"empty":         "",
		"no text":       "<html><body></body></html>",
		"deep":          strings.Repeat("<div>", 100_000) + "x",
		"many elements": strings.Repeat("<p>a</p>", 200_000),
		"binary":        "\x00\x01\xff\xfe\x89PNG",
	} {
		if p, err := page.Read([]byte(in)); err == nil && p.Text == "" && p.Title == "" {
			t.Errorf("%s: neither an article nor an error", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("<title>a</title><article>" + body))
	f.Add([]byte("<svg><style><p><table><td><select>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := page.Read(data); err == nil && p.Text == "" && p.Title == "" {
			t.Errorf("%q: neither an article nor an error", data)
		}
	})
}
