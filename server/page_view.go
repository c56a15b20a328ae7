package server

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/server/render"
)

// An articleView is a text with what was found in it, as the pages of stored
// and of pasted articles show it.
type articleView struct {
	Lang       string // for the lang attribute; "" is unknown
	Title      []passage
	Paragraphs [][]passage
	Unmeasured string // why nothing was looked for, "" when it was
	Legend     []cueRow
	Own        string // how many cues stand in the article's own words
	Quoted     string // and how many in quotations
	Quotes     []quotation
	QuoteCount string
	Entities   []entityGroup
	Portrayals []render.Portrayed
	Wording    *wordingView // nil where the analysis has none
}

// A cueRow is a type of cue: what it means and what was found of it.
type cueRow struct {
	Type, Name, Doc string
	Own, Quoted     int
	Rules           []ruleCount
}

// A ruleCount is how often a rule fired, quotations included.
type ruleCount struct {
	Phrase string
	N      int
}

// A quotation is one quotation, whole, with all its parts.
type quotation struct {
	ID                          int
	Kind, Verb, Speaker, Naming string // Naming is the words of the text, where they are not the name
	SpeakerKind                 string
	Parts                       []string
}

// By is the speaker as a sentence has it.
func (q *quotation) By() string { return cmp.Or(q.Speaker, "a speaker that was not found") }

// An entityGroup is the names of one type.
type entityGroup struct {
	Name  string
	Items []namedEntity
}

type namedEntity struct {
	Name, Path string // Path is "" where the article is not stored
	Mentions   int
}

// newArticleView computes what a page shows of an article. The analysis is in
// bytes of title and body. With linked, names lead to the stories with them.
func (s *Server) newArticleView(a *analyzer.Analysis, title, body string, linked bool) articleView {
	v := articleView{Lang: a.Language}
	if v.Lang == "und" {
		v.Lang = ""
	}
	v.Unmeasured, v.Wording = unmeasured(a), newWording(a)
	cues := s.markCues(a.Cues.Items)
	v.Quotes = quotations(a.Quotes.Items)
	v.QuoteCount = count(len(v.Quotes), "quotation")
	v.Title = cut(title, 0, len(title), inField(cues, "title"), nil)
	v.Paragraphs = s.paragraphs(body, inField(cues, ""), markQuotes(a.Quotes.Items, v.Quotes))
	own, quoted := 0, 0
	v.Legend = s.legend(a.Cues.Items)
	for _, row := range v.Legend {
		own, quoted = own+row.Own, quoted+row.Quoted
	}
	v.Own, v.Quoted = count(own, "cue"), count(quoted, "cue")
	v.Entities, v.Portrayals = entityGroups(a.Entities.Items, linked), render.Portrayals(a.Entities.Items)
	return v
}

// unmeasured says why nothing was looked for. That is never shown as zero.
func unmeasured(a *analyzer.Analysis) string {
	if len(a.Measured) == 0 {
		return ""
	}
	if a.Language == "und" {
		return "not measured: the text is not in English, or its language could not be told"
	}
	return "not measured: the text is not in English"
}

// legend counts cues by type, in the order in which detectors are described.
func (s *Server) legend(cues []analyzer.Cue) []cueRow {
	var rows []cueRow
	at := map[string]int{}
	rules := map[string]map[string]int{}
	for _, d := range s.analyzer.Detectors() {
		at[d.Name] = len(rows)
		rules[d.Name] = map[string]int{}
		rows = append(rows, cueRow{Type: d.Name, Name: words(d.Name), Doc: d.Doc})
	}
	for i := range cues {
		c := &cues[i]
		k, ok := at[c.Type]
		if !ok {
			continue // of a detector that this server does not have
		}
		if c.InQuote {
			rows[k].Quoted++
		} else {
			rows[k].Own++
		}
		rules[c.Type][phraseOf(c)]++
	}
	for i := range rows {
		rows[i].Rules = ruleCounts(rules[rows[i].Type])
	}
	return rows
}

func ruleCounts(rules map[string]int) []ruleCount {
	var out []ruleCount
	for phrase, n := range rules {
		out = append(out, ruleCount{phrase, n})
	}
	slices.SortFunc(out, func(x, y ruleCount) int {
		return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Phrase, y.Phrase))
	})
	return out
}

// phraseOf is the rule of a cue without its type.
func phraseOf(c *analyzer.Cue) string { return strings.TrimPrefix(c.Rule, c.Type+"/") }

// quotations puts the parts of each quotation together.
func quotations(quotes []analyzer.Quote) []quotation {
	var out []quotation
	at := map[int]int{}
	for i := range quotes {
		q := &quotes[i]
		k, ok := at[q.ID]
		if !ok {
			k = len(out)
			at[q.ID] = k
			out = append(out, newQuotation(q))
		}
		out[k].Parts = append(out[k].Parts, q.Content.Text)
	}
	return out
}

func newQuotation(q *analyzer.Quote) quotation {
	out := quotation{ID: q.ID, Kind: q.Kind}
	if q.Verb != nil {
		out.Verb = q.Verb.Text
	}
	if sp := q.Speaker; sp != nil {
		out.Speaker, out.SpeakerKind = cmp.Or(sp.Name, sp.Text), sp.Kind
		if out.Speaker != sp.Text {
			out.Naming = sp.Text
		}
	}
	return out
}

func entityGroups(entities []analyzer.Entity, linked bool) []entityGroup {
	out := []entityGroup{{Name: "People"}, {Name: "Places"}, {Name: "Organizations"}, {Name: "Other names"}}
	at := map[string]int{"person": 0, "place": 1, "organization": 2}
	for _, e := range entities {
		k, ok := at[e.Type]
		if !ok {
			k = 3
		}
		item := namedEntity{Name: e.Name, Mentions: len(e.Mentions)}
		if linked {
			item.Path = entityStories(e.Key)
		}
		out[k].Items = append(out[k].Items, item)
	}
	return slices.DeleteFunc(out, func(g entityGroup) bool { return len(g.Items) == 0 })
}
