package server

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parallax/analyzer"
)

// A passage is a stretch of a text that is in one quotation, or in none.
type passage struct {
	Quote  int    // id of the quotation, 0 in none
	Note   string // who speaks
	Ref    int    // id of the quotation whose number is printed after this, or 0
	Pieces []piece
}

// A piece is a stretch within a passage that the same cues cover.
type piece struct {
	Text  string
	Class string // "" where there is no cue
	Note  string // the cues in words
}

// A cueMark is a cue as the text shows it.
type cueMark struct {
	field      string
	start, end int
	class      string
	note       string
	quoted     bool
}

// A quoteMark is a part of a quotation as the text shows it.
type quoteMark struct {
	start, end, id int
	note           string
	last           bool
}

// markCues leaves out cues whose detector this server does not have, as the
// legend could not explain them.
func (s *Server) markCues(cues []analyzer.Cue) []cueMark {
	known := map[string]bool{}
	for _, d := range s.analyzer.Detectors() {
		known[d.Name] = !d.Experimental
	}
	var out []cueMark
	for i := range cues {
		c := &cues[i]
		if !known[c.Type] || c.Start >= c.End {
			continue
		}
		note := fmt.Sprintf("%s, rule “%s”", words(c.Type), phraseOf(c))
		if c.Stance != "" {
			note += ", stance " + words(c.Stance)
		}
		if c.InQuote {
			note += ", in a quotation"
		}
		out = append(out, cueMark{c.Field, c.Start, c.End, c.Type, note, c.InQuote})
	}
	slices.SortStableFunc(out, func(x, y cueMark) int { return cmp.Compare(x.start, y.start) })
	return out
}

func inField(cues []cueMark, field string) []cueMark {
	var out []cueMark
	for _, c := range cues {
		if c.field == field {
			out = append(out, c)
		}
	}
	return out
}

func markQuotes(quotes []analyzer.Quote, whole []quotation) []quoteMark {
	by := map[int]string{}
	for i := range whole {
		by[whole[i].ID] = fmt.Sprintf("quotation %d, words of %s", whole[i].ID, whole[i].By())
	}
	var out []quoteMark
	last := map[int]int{}
	for i := range quotes {
		q := &quotes[i]
		last[q.ID] = i
		out = append(out, quoteMark{start: q.Content.Start, end: q.Content.End, id: q.ID, note: by[q.ID]})
	}
	for _, i := range last {
		out[i].last = true
	}
	slices.SortStableFunc(out, func(x, y quoteMark) int { return cmp.Compare(x.start, y.start) })
	return out
}

// paragraphs cuts a text where the analyzer's reader sees paragraphs.
func (s *Server) paragraphs(body string, cues []cueMark, quotes []quoteMark) [][]passage {
	starts := []int{0}
	for _, sentence := range s.set.Reader().Read(body).Sentences {
		if sentence.Paragraph && sentence.Start > 0 {
			starts = append(starts, sentence.Start)
		}
	}
	var out [][]passage
	for i, from := range starts {
		to := len(body)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		for len(cues) > 0 && cues[0].end <= from {
			cues = cues[1:]
		}
		for len(quotes) > 0 && quotes[0].end <= from {
			quotes = quotes[1:]
		}
		if strings.TrimSpace(body[from:to]) != "" {
			out = append(out, refsAfterMarks(cut(body, from, to, cues, quotes)))
		}
	}
	return out
}

// cut divides text[from:to] at every edge of a mark, so that marks which
// overlap become pieces that do not. Marks are in order of their start; those
// of quotations do not overlap. Each is looked at once.
func cut(text string, from, to int, cues []cueMark, quotes []quoteMark) []passage {
	var out []passage
	var open []cueMark
	edges := edges(from, to, cues, quotes)
	for i := range edges[:len(edges)-1] {
		a, b := edges[i], edges[i+1]
		open = slices.DeleteFunc(open, func(c cueMark) bool { return c.end <= a })
		for len(cues) > 0 && cues[0].start <= a {
			if cues[0].end > a {
				open = append(open, cues[0])
			}
			cues = cues[1:]
		}
		for len(quotes) > 0 && quotes[0].end <= a {
			quotes = quotes[1:]
		}
		var q quoteMark
		if len(quotes) > 0 && quotes[0].start <= a {
			q = quotes[0]
		}
		if len(out) == 0 || out[len(out)-1].Quote != q.id || q.id != 0 && q.start == a {
			out = append(out, passage{Quote: q.id, Note: q.note})
		}
		p := &out[len(out)-1]
		if q.last && b == q.end {
			p.Ref = q.id
		}
		p.Pieces = append(p.Pieces, newPiece(text[a:b], open))
	}
	return out
}

// refsAfterMarks moves the number of a quotation behind the mark that closes
// it, where a reader looks for a note.
func refsAfterMarks(in []passage) []passage {
	var out []passage
	for i, p := range in {
		out = append(out, p)
		if p.Ref == 0 || i+1 == len(in) || in[i+1].Quote != 0 || in[i+1].Pieces[0].Class != "" {
			continue
		}
		next := &in[i+1].Pieces[0]
		if r, n := utf8.DecodeRuneInString(next.Text); strings.ContainsRune("”\"’'»“", r) {
			out[len(out)-1].Ref = 0
			out = append(out, passage{Ref: p.Ref, Pieces: []piece{{Text: next.Text[:n]}}})
			next.Text = next.Text[n:]
		}
	}
	return out
}

// edges are the places at which text[from:to] is cut, both ends included.
func edges(from, to int, cues []cueMark, quotes []quoteMark) []int {
	out := []int{from, to}
	add := func(start, end int) {
		for _, at := range []int{start, end} {
			if from < at && at < to {
				out = append(out, at)
			}
		}
	}
	for _, c := range cues {
		if c.start >= to {
			break
		}
		add(c.start, c.end)
	}
	for _, q := range quotes {
		if q.start >= to {
			break
		}
		add(q.start, q.end)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// newPiece names every cue that covers it; its look is that of each of them.
func newPiece(text string, cues []cueMark) piece {
	p := piece{Text: text}
	var notes, classes []string
	for _, c := range cues {
		classes = append(classes, "c-"+c.class)
		if c.quoted && !slices.Contains(classes, "quoted") {
			classes = append(classes, "quoted")
		}
		notes = append(notes, c.note)
	}
	p.Class, p.Note = strings.Join(classes, " "), strings.Join(notes, "; ")
	return p
}
