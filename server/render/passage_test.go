package render

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCut draws pieces as [class: words], quotations as {…} and indirect ones
// as <…>, with a bang and the number of a quotation where that is printed.
func TestCut(t *testing.T) {
	const text = "He may have said it was “utterly false” then."
	mark := func(class, words string, quoted bool) cueMark {
		at := strings.Index(text, words)
		return cueMark{start: at, end: at + len(words), card: &Card{Type: class, InQuote: quoted}}
	}
	quote := func(id int, words string) quoteMark {
		at := strings.Index(text, words)
		return quoteMark{start: at, end: at + len(words), id: id, class: "quote", last: true}
	}
	indirect := func(id int, words string) quoteMark {
		q := quote(id, words)
		q.class = "indirect"
		return q
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
			"He may have said it was “{[c-intensifier quoted: utterly] false}”!1 then.",
		},
		{
			"a cue over the edge of a quotation",
			[]cueMark{mark("label", "was “utterly", false)},
			[]quoteMark{quote(1, "utterly false")},
			"He may have said it [c-label: was “]{[c-label: utterly] false}”!1 then.",
		},
		{
			"two quotations side by side", nil,
			[]quoteMark{quote(1, "utterly"), quote(2, " false")},
			"He may have said it was “{utterly}!1{ false}”!2 then.",
		},
		{
			"an indirect quotation", nil,
			[]quoteMark{indirect(1, "it was “utterly false” then")},
			"He may have said <it was “utterly false” then>!1.",
		},
		{
			"a quotation within an indirect one", nil,
			[]quoteMark{indirect(1, "it was “utterly false” then"), quote(2, "utterly false")},
			"He may have said <it was “><{utterly false}><”>!2< then>!1.",
		},
		{
			"an indirect quotation that begins a quotation", nil,
			[]quoteMark{quote(1, "utterly false"), indirect(2, "utterly")},
			"He may have said it was “<{utterly}>!2{ false}”!1 then.",
		},
	} {
		if diff := cmp.Diff(c.want, draw(refsAfterMarks(cut(text, 0, len(text), c.cues, c.quotes)))); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

func draw(passages []Passage) string {
	var b strings.Builder
	for _, p := range passages {
		open, shut := "", ""
		if strings.Contains(p.Class, "indirect") {
			open, shut = "<", ">"
		}
		if strings.Contains(p.Class, "quote") {
			open, shut = open+"{", "}"+shut
		}
		b.WriteString(open)
		for _, piece := range p.Pieces {
			if piece.Class == "" {
				b.WriteString(piece.Text)
			} else {
				b.WriteString("[" + piece.Class + ": " + piece.Text + "]")
			}
		}
		b.WriteString(shut)
		for _, ref := range p.Refs {
			b.WriteString("!" + strconv.Itoa(ref))
		}
	}
	return b.String()
}
