package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parallax/analyzer"
)

// Cues are the highlights of an article: their families, which are the legend,
// and a card for each in the order of reading.
type Cues struct {
	Families    []Family
	Cards       []*Card
	Own, Quoted string // how many stand in the article's own words, and in quotations
}

// InTitle are the cards of the title.
func (c *Cues) InTitle() []*Card {
	n := 0
	for n < len(c.Cards) && c.Cards[n].Where == fieldTitle {
		n++
	}
	return c.Cards[:n]
}

// Found are the families with a highlight; Absent those without.
func (c *Cues) Found() []Family { return c.families(true) }

// Absent are the families of which nothing was found.
func (c *Cues) Absent() []Family { return c.families(false) }

func (c *Cues) families(found bool) []Family {
	var out []Family
	for _, f := range c.Families {
		if (f.Own+f.Quoted > 0) == found {
			out = append(out, f)
		}
	}
	return out
}

// A Family is a type of cue: what it means and what was found of it.
type Family struct {
	Type, Name, Code, Doc string
	Own, Quoted           int
	Rules                 []RuleCount
}

// A RuleCount is how often a rule fired, quotations included.
type RuleCount struct {
	Phrase string
	N      int
}

// A Card is what a highlight opens to.
type Card struct {
	N, Of                 int // its number, and how many there are
	Type, Name, Code, Doc string
	Before, Text, After   string // the words, and those beside them
	Rule, Weight, Stance  string
	Side, Note            string
	InQuote               bool
	Speaker               string // of the quotation it stands in, "" when not found
	Paragraph             int    // 0 in the title
	Where                 string // in words
}

// note tells a card in a line.
func (c *Card) note() string {
	note := fmt.Sprintf("%s, rule “%s”", c.Name, c.Rule)
	if c.Stance != "" {
		note += ", stance " + c.Stance
	}
	if c.InQuote {
		note += ", in a quotation"
	}
	return note
}

// codeOf is the two letters that stand for a type of cue beside its colour: the
// first of a word, or those of the first two words.
func codeOf(name string) string {
	if first, second, two := strings.Cut(name, "_"); two {
		return first[:1] + second[:1]
	}
	return name[:min(2, len(name))]
}

// newCues leaves out cues whose detector this program does not have, as the
// legend could not explain them.
func newCues(detectors []analyzer.Detector, a *analyzer.Analysis, title string, l *layout) (*Cues, []cueMark) {
	out := &Cues{}
	at := map[string]int{}
	rules := map[string]map[string]int{}
	for _, d := range detectors {
		name := Words(d.Name)
		if d.Experimental {
			if !slices.ContainsFunc(a.Cues.Items, func(c analyzer.Cue) bool { return c.Type == d.Name }) {
				continue // it was not asked for
			}
			name += " (experimental)"
		}
		at[d.Name], rules[d.Name] = len(out.Families), map[string]int{}
		out.Families = append(out.Families, Family{Type: d.Name, Name: name, Code: codeOf(d.Name), Doc: d.Doc})
	}
	var marks []cueMark
	own, quoted := 0, 0
	for _, c := range inReadingOrder(a.Cues.Items) {
		k, ok := at[c.Type]
		if !ok || c.Start >= c.End {
			continue
		}
		f := &out.Families[k]
		if c.InQuote {
			f.Quoted++
			quoted++
		} else {
			f.Own++
			own++
		}
		rules[c.Type][phraseOf(c)]++
		card := newCard(c, f, title, l)
		card.N, card.Speaker = len(marks)+1, speakerOf(c, a.Quotes.Items)
		out.Cards = append(out.Cards, card)
		marks = append(marks, cueMark{c.Field, c.Start, c.End, card})
	}
	for _, c := range out.Cards {
		c.Of = len(out.Cards)
	}
	for i := range out.Families {
		out.Families[i].Rules = ruleCounts(rules[out.Families[i].Type])
	}
	out.Own, out.Quoted = Count(own, "cue"), Count(quoted, "cue")
	return out, marks
}

// inReadingOrder puts the title first.
func inReadingOrder(cues []analyzer.Cue) []*analyzer.Cue {
	var out []*analyzer.Cue
	for i := range cues {
		out = append(out, &cues[i])
	}
	field := func(c *analyzer.Cue) int {
		if c.Field == fieldTitle {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(x, y *analyzer.Cue) int {
		return cmp.Or(cmp.Compare(field(x), field(y)), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	return out
}

func newCard(c *analyzer.Cue, f *Family, title string, l *layout) *Card {
	card := &Card{
		Type: f.Type, Name: f.Name, Code: f.Code, Doc: f.Doc, Rule: phraseOf(c), Weight: fmt.Sprintf("%.2f", c.Weight),
		Stance: Words(c.Stance), Side: c.Side, Note: c.Note, InQuote: c.InQuote, Where: fieldTitle,
	}
	field, from, to := title, 0, len(title)
	if c.Field == "" {
		card.Paragraph, field, from, to = l.paragraph(c.Start), l.text, c.Start, c.End
		card.Where = fmt.Sprintf("paragraph %d", card.Paragraph)
		if card.Paragraph > 0 {
			p := l.paragraphs[card.Paragraph-1]
			from, to = p.Start, max(p.End, c.End)
		}
	}
	card.Text = field[c.Start:c.End]
	card.Before, card.After = beside(field[from:c.Start], field[c.End:to])
	return card
}

// besideBytes is about how much of the words before and after a cue is shown.
const besideBytes = 60

// beside are the last words before a cue and the first after it, whole, with
// dots where something is left out.
func beside(before, after string) (b, a string) {
	b, a = strings.TrimLeft(before, " \t\r\n"), strings.TrimRight(after, " \t\r\n")
	if len(b) > besideBytes {
		i := len(b) - besideBytes
		for ; i < len(b) && !utf8.RuneStart(b[i]); i++ {
		}
		if k := strings.IndexByte(b[i:], ' '); k >= 0 {
			i += k + 1
		}
		b = "…" + b[i:]
	}
	if len(a) > besideBytes {
		i := besideBytes
		for ; i > 0 && !utf8.RuneStart(a[i]); i-- {
		}
		if k := strings.LastIndexByte(a[:i], ' '); k >= 0 {
			i = k
		}
		a = a[:i] + "…"
	}
	return b, a
}

// speakerOf is who speaks a cue that stands in a quotation.
func speakerOf(c *analyzer.Cue, quotes []analyzer.Quote) string {
	if !c.InQuote {
		return ""
	}
	for i := range quotes {
		q := &quotes[i]
		if q.Content.Field == c.Field && q.Content.Start <= c.Start && c.End <= q.Content.End && q.Speaker != nil && q.Kind != kindIndirect {
			return cmp.Or(q.Speaker.Name, q.Speaker.Text)
		}
	}
	return ""
}

func ruleCounts(rules map[string]int) []RuleCount {
	var out []RuleCount
	for phrase, n := range rules {
		out = append(out, RuleCount{phrase, n})
	}
	slices.SortFunc(out, func(x, y RuleCount) int {
		return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Phrase, y.Phrase))
	})
	return out
}
