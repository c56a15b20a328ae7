package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer"
)

// kindIndirect is the kind of a quotation without marks: the writer's words for
// what somebody said. They are not counted as quoted words.
const kindIndirect = "indirect"

// Speech is who is quoted in an article, and with how much of its words.
type Speech struct {
	Quotations []Quotation
	Count      string // of quotations, in words
	Share      string // of the text that stands between quotation marks of a quotation
	Speakers   []SpeakerRow
	Roles      string // the share of quoted words by the role of the speakers
}

// A Quotation is one quotation, whole, with all its parts.
type Quotation struct {
	ID            int
	Kind, Verb    string
	Speaker, Role string // "" when not found
	Naming        string // the words of the text, where they are not the name
	Parts         []string
	Words         int    // between quotation marks
	Share         string // of all quoted words
	At            string // how much of the text stands before it
	Paragraph     int    // 0 in the title

	start int
	named bool // the speaker is an entity with a name
}

// By is the speaker as a sentence has it.
func (q *Quotation) By() string { return cmp.Or(q.Speaker, "a speaker that was not found") }

// Indirect says that the words are the writer's.
func (q *Quotation) Indirect() bool { return q.Kind == kindIndirect }

func (q *Quotation) note() string {
	if q.Indirect() {
		return fmt.Sprintf("quotation %d, indirect: what %s said, in the words of the article", q.ID, q.By())
	}
	return fmt.Sprintf("quotation %d, words of %s", q.ID, q.By())
}

// A SpeakerRow is a speaker with all that is quoted of them.
type SpeakerRow struct {
	Name, Role       string // Name is "" when not found
	Marked, Indirect int    // quotations with and without marks
	Words            int
	Share            string
	At               string // first place in the text
	Paragraph        int

	start int
}

func newSpeech(quotes []analyzer.Quote, l *layout) *Speech {
	s := &Speech{Quotations: quotations(quotes, l)}
	total, marked := 0, 0
	for i := range s.Quotations {
		total += s.Quotations[i].Words
		if !s.Quotations[i].Indirect() {
			marked++
		}
	}
	s.Count = fmt.Sprintf("%s between marks, %d indirect", Count(marked, "quotation"), len(s.Quotations)-marked)
	for i := range s.Quotations {
		s.Quotations[i].Share = shareOf(s.Quotations[i].Words, total)
	}
	s.Share = shareOf(total, len(l.words))
	s.Speakers = speakers(s.Quotations, total)
	s.Roles = roles(s.Speakers, total)
	return s
}

// shareOf is a share as per cent; of nothing there is none.
func shareOf(n, of int) string {
	if of == 0 {
		return None
	}
	return PerCent(float64(n) / float64(of))
}

// quotations puts the parts of each quotation together.
func quotations(quotes []analyzer.Quote, l *layout) []Quotation {
	var out []Quotation
	at := map[int]int{}
	for i := range quotes {
		q := &quotes[i]
		k, ok := at[q.ID]
		if !ok {
			k = len(out)
			at[q.ID] = k
			out = append(out, newQuotation(q, l))
		}
		out[k].Parts = append(out[k].Parts, q.Content.Text)
		if q.Kind != kindIndirect && q.Content.Field == "" {
			out[k].Words += l.wordsIn(q.Content.Start, q.Content.End)
		}
	}
	return out
}

func newQuotation(q *analyzer.Quote, l *layout) Quotation {
	out := Quotation{ID: q.ID, Kind: q.Kind, At: fieldTitle, start: -1}
	if q.Content.Field == "" {
		out.At, out.Paragraph, out.start = PerCent(l.share(q.Content.Start)), l.paragraph(q.Content.Start), q.Content.Start
	}
	if q.Verb != nil {
		out.Verb = q.Verb.Text
	}
	if sp := q.Speaker; sp != nil {
		out.Speaker, out.Role, out.named = cmp.Or(sp.Name, sp.Text), sp.Kind, sp.Name != ""
		if out.Speaker != sp.Text {
			out.Naming = sp.Text
		}
	}
	return out
}

// speakers sums quotations up by speaker, who has most words first; quotations
// without one come last. A person who has an office at one place of the text has
// it at all.
func speakers(quotations []Quotation, total int) []SpeakerRow {
	var out []SpeakerRow
	at := map[[2]string]int{}
	for i := range quotations {
		q := &quotations[i]
		key := [2]string{strings.ToLower(q.Speaker), q.Role}
		if q.named {
			key[1] = ""
		}
		k, ok := at[key]
		if !ok {
			k = len(out)
			at[key] = k
			out = append(out, SpeakerRow{Name: q.Speaker, Role: q.Role, At: q.At, Paragraph: q.Paragraph, start: q.start})
		}
		row := &out[k]
		if row.Role == "person" {
			row.Role = cmp.Or(q.Role, row.Role)
		}
		row.Words += q.Words
		if q.Indirect() {
			row.Indirect++
		} else {
			row.Marked++
		}
		if q.start < row.start {
			row.start, row.At, row.Paragraph = q.start, q.At, q.Paragraph
		}
	}
	for i := range out {
		out[i].Share = shareOf(out[i].Words, total)
	}
	slices.SortStableFunc(out, func(x, y SpeakerRow) int {
		return cmp.Or(unknownLast(x, y), cmp.Compare(y.Words, x.Words), cmp.Compare(x.start, y.start))
	})
	return out
}

func unknownLast(x, y SpeakerRow) int {
	switch {
	case x.Name != "" && y.Name == "":
		return -1
	case x.Name == "" && y.Name != "":
		return 1
	}
	return 0
}

// roles says how the quoted words divide by the role of their speakers.
func roles(speakers []SpeakerRow, total int) string {
	words := map[string]int{}
	for i := range speakers {
		words[cmp.Or(speakers[i].Role, "speaker not found")] += speakers[i].Words
	}
	var names []string
	for name, n := range words {
		if n > 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(words[y], words[x]), cmp.Compare(x, y)) })
	for i, name := range names {
		names[i] = name + " " + shareOf(words[name], total)
	}
	return strings.Join(names, ", ")
}
