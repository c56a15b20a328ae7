package render

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"parallax/analyzer"
)

// A Passage is a stretch of a text that the same quotations hold, or none.
type Passage struct {
	Class  string // "quote", "indirect", both, or "" in none
	Note   string // who speaks
	Refs   []int  // ids of the quotations whose numbers are printed after this
	Pieces []Piece
}

// A Piece is a stretch within a passage that the same cues cover.
type Piece struct {
	Text     string
	Class    string  // "" where there is no cue
	Families string  // types of the cues, parted by spaces
	Note     string  // the cues in words
	Card     int     // number of the shortest of the cues
	Ends     []*Card // of the cues that end here
}

// Room is for how many codes the style keeps room after a piece.
func (p Piece) Room() int { return min(len(p.Ends), 6) }

// A cueMark is a cue as the text shows it.
type cueMark struct {
	field      string
	start, end int
	card       *Card
}

// A quoteMark is a part of a quotation as the text shows it.
type quoteMark struct {
	start, end, id int
	class, note    string
	last           bool
}

// markQuotes marks the quotations of the text.
func markQuotes(quotes []analyzer.Quote, speech *Speech) []quoteMark {
	if speech == nil {
		return nil
	}
	notes := map[int]string{}
	for i := range speech.Quotations {
		q := &speech.Quotations[i]
		notes[q.ID] = q.note()
	}
	var out []quoteMark
	last := map[int]int{}
	for i := range quotes {
		q := &quotes[i]
		if q.Content.Field != "" || q.Content.Start >= q.Content.End {
			continue
		}
		m := quoteMark{start: q.Content.Start, end: q.Content.End, id: q.ID, class: "quote", note: notes[q.ID]}
		if q.Kind == kindIndirect {
			m.class = "indirect"
		}
		last[q.ID] = len(out)
		out = append(out, m)
	}
	for _, i := range last {
		out[i].last = true
	}
	slices.SortStableFunc(out, func(x, y quoteMark) int { return cmp.Compare(x.start, y.start) })
	return out
}

// cut divides text[from:to] at every edge of a mark, so that marks which
// overlap become pieces that do not. Marks are in order of their start; each is
// looked at once.
func cut(text string, from, to int, cues []cueMark, quotes []quoteMark) []Passage {
	var out []Passage
	var open []cueMark
	var said []quoteMark
	edges := edges(from, to, cues, quotes)
	for i := range edges[:len(edges)-1] {
		a, b := edges[i], edges[i+1]
		open = slices.DeleteFunc(open, func(c cueMark) bool { return c.end <= a })
		for ; len(cues) > 0 && cues[0].start <= a; cues = cues[1:] {
			if cues[0].end > a {
				open = append(open, cues[0])
			}
		}
		was := len(said)
		said = slices.DeleteFunc(said, func(q quoteMark) bool { return q.end <= a })
		changed := len(said) < was
		for ; len(quotes) > 0 && quotes[0].start <= a; quotes = quotes[1:] {
			if quotes[0].end > a {
				said, changed = append(said, quotes[0]), true
			}
		}
		if len(out) == 0 || changed {
			out = append(out, newPassage(said))
		}
		p := &out[len(out)-1]
		for _, q := range said {
			if q.last && q.end == b {
				p.Refs = append(p.Refs, q.id)
			}
		}
		p.Pieces = append(p.Pieces, newPiece(text[a:b], b, open))
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

func newPassage(quotes []quoteMark) Passage {
	var classes, notes []string
	for _, q := range quotes {
		if !slices.Contains(classes, q.class) {
			classes = append(classes, q.class)
		}
		notes = append(notes, q.note)
	}
	return Passage{Class: strings.Join(classes, " "), Note: strings.Join(notes, "; ")}
}

// newPiece names every cue that covers a piece, which ends at a place; its look
// is that of each of them.
func newPiece(text string, end int, cues []cueMark) Piece {
	p := Piece{Text: text}
	var notes, classes, families []string
	quoted, shortest := false, 0
	for _, c := range cues {
		if !slices.Contains(families, c.card.Type) {
			classes, families = append(classes, "c-"+c.card.Type), append(families, c.card.Type)
		}
		quoted = quoted || c.card.InQuote
		notes = append(notes, c.card.note())
		if n := c.end - c.start; p.Card == 0 || n < shortest {
			p.Card, shortest = c.card.N, n
		}
		if c.end == end {
			p.Ends = append(p.Ends, c.card)
		}
	}
	if quoted {
		classes = append(classes, "quoted")
	}
	p.Class, p.Families, p.Note = strings.Join(classes, " "), strings.Join(families, " "), strings.Join(notes, "; ")
	return p
}

// refsAfterMarks moves the numbers of quotations behind the mark that closes
// them, where a reader looks for a note.
func refsAfterMarks(in []Passage) []Passage {
	var out []Passage
	for i, p := range in {
		out = append(out, p)
		if len(p.Refs) == 0 || i+1 == len(in) || strings.Contains(in[i+1].Class, "quote") || in[i+1].Pieces[0].Class != "" {
			continue
		}
		next := &in[i+1].Pieces[0]
		if r, n := utf8.DecodeRuneInString(next.Text); strings.ContainsRune("”\"’'»“", r) {
			out[len(out)-1].Refs = nil
			out = append(out, Passage{Class: in[i+1].Class, Note: in[i+1].Note, Refs: p.Refs, Pieces: []Piece{{Text: next.Text[:n]}}})
			next.Text = next.Text[n:]
		}
	}
	return out
}
