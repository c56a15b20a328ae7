package server

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCut draws pieces as [class: words] and quotations as {id: …}, with a
// bang where the number of a quotation stands.
func TestCut(t *testing.T) {
	const text = "He may have said it was “utterly false” then."
	mark := func(class, words string, quoted bool) cueMark {
		at := strings.Index(text, words)
		return cueMark{start: at, end: at + len(words), class: class, note: class, quoted: quoted}
	}
	quote := func(id int, words string) quoteMark {
		at := strings.Index(text, words)
		return quoteMark{start: at, end: at + len(words), id: id, last: true}
	}
	for _, c := range []struct {
		name   string
		cues   []cueMark
		quotes []quoteMark
		want   string
	}{
		{"nothing", nil, nil, text},
		{"one cue", []cueMark{mark("hedge", "may", false)}, nil, "He [c-hedge: may] have said it was “utterly false” then."},
		{
			"two cues overlap",
			[]cueMark{mark("hedge", "may have", false), mark("label", "have said", false)},
			nil,
			"He [c-hedge: may ][c-hedge c-label: have][c-label:  said] it was “utterly false” then.",
		},
		{
			"one cue within another",
			[]cueMark{mark("label", "may have said", false), mark("hedge", "have", false)},
			nil,
			"He [c-label: may ][c-label c-hedge: have][c-label:  said] it was “utterly false” then.",
		},
		{
			"a cue in a quotation",
			[]cueMark{mark("intensifier", "utterly", true)},
			[]quoteMark{quote(1, "utterly false")},
			"He may have said it was “{1: [c-intensifier quoted: utterly] false}”! then.",
		},
		{
			"a cue over the edge of a quotation",
			[]cueMark{mark("label", "was “utterly", false)},
			[]quoteMark{quote(1, "utterly false")},
			"He may have said it [c-label: was “]{1: [c-label: utterly] false}”! then.",
		},
		{
			"two quotations side by side", nil,
			[]quoteMark{quote(1, "utterly"), quote(2, " false")},
			"He may have said it was “{1: utterly}!{2:  false}”! then.",
		},
	} {
		if diff := cmp.Diff(c.want, draw(refsAfterMarks(cut(text, 0, len(text), c.cues, c.quotes)))); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func draw(passages []passage) string {
	var b strings.Builder
	for _, p := range passages {
		if p.Quote > 0 {
			b.WriteString("{" + string(rune('0'+p.Quote)) + ": ")
		}
		for _, piece := range p.Pieces {
			if piece.Class == "" {
				b.WriteString(piece.Text)
			} else {
				b.WriteString("[" + piece.Class + ": " + piece.Text + "]")
			}
		}
		if p.Quote > 0 {
			b.WriteString("}")
		}
		if p.Ref > 0 {
			b.WriteString("!")
		}
	}
	return b.String()
}

func TestOutward(t *testing.T) {
	for raw, want := range map[string]string{
		"https://a.example/x?y=1":      "https://a.example/x?y=1",
		"http://a.example":             "http://a.example",
		"HTTPS://a.example/":           "HTTPS://a.example/",
		"":                             "",
		"a.example/x":                  "",
		"//a.example/x":                "",
		"https:///x":                   "",
		"javascript:alert(1)":          "",
		"JavaScript://a.example/%0aX":  "",
		" javascript:alert(1)":         "",
		"java\nscript:alert(1)":        "",
		"data:text/html,<b>x</b>":      "",
		"https://a.example/\x00\n<b>":  "",
		"vbscript:https://a.example/x": "",
	} {
		if got := outward(raw); got != want {
			t.Errorf("outward(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{{0, "source", "0 sources"}, {1, "story", "1 story"}, {2, "story", "2 stories"}, {3, "pass", "3 passes"}, {1, "pass", "1 pass"}} {
		if got := count(c.n, c.noun); got != c.want {
			t.Errorf("count(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}
