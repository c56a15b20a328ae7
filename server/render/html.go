package render

import (
	"cmp"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/story"
)

//go:embed report.html
var reportHTML string

//go:embed analysis.html
var analysisHTML string

var (
	reportPage   = template.Must(template.New("report").Funcs(template.FuncMap{"remarks": remarks, "when": When, "web": web}).Parse(reportHTML))
	analysisPage = template.Must(template.New("analysis").Parse(analysisHTML))
)

// HTML writes a report as a page that stands alone.
func HTML(w io.Writer, r *story.Report) error {
	page := struct {
		Report    *story.Report
		Rows      [][]string
		Separated string
		Groups    []group
		Keywords  [][2]string
		NotBuilt  string
	}{r, sideRows(&r.Balance), Separation(&r.Balance), groups(r), keywordRows(&r.Keywords), strings.Join(r.NotBuilt, ", ")}
	return reportPage.Execute(w, page)
}

// web says whether an address may become a link.
func web(address string) bool { return autolink(address) != "" }

// A Passage is a piece of a text between two edges of marks. Cues are those
// that cover it; Quoted says that it stands within quotation marks of a
// quotation.
type Passage struct {
	Text   string
	Cues   []analyzer.Cue
	Quoted bool
}

// Label names the types of the cues over a passage.
func (p Passage) Label() string {
	var out []string
	for _, c := range p.Cues {
		said := strings.ReplaceAll(c.Type, "_", " ") + ": " + c.Rule
		if c.Note != "" {
			said += " – " + c.Note
		}
		out = append(out, said)
	}
	return strings.Join(out, "; ")
}

// Passages cuts a field of an article at the edges of its cues and quotations.
// The analysis must have its spans in bytes.
func Passages(field, body string, a *analyzer.Analysis) []Passage {
	edges := []int{0, len(body)}
	var cues []analyzer.Cue
	for _, c := range a.Cues.Items {
		if c.Field == field {
			cues, edges = append(cues, c), append(edges, c.Start, c.End)
		}
	}
	var quotes []analyzer.Mark
	for _, q := range a.Quotes.Items {
		if q.Content.Field == field {
			quotes, edges = append(quotes, q.Content), append(edges, q.Content.Start, q.Content.End)
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	slices.SortStableFunc(cues, func(x, y analyzer.Cue) int { return cmp.Compare(x.Start, y.Start) })
	slices.SortStableFunc(quotes, func(x, y analyzer.Mark) int { return cmp.Compare(x.Start, y.Start) })
	var out []Passage
	var open []analyzer.Cue // that cover the passage
	for i := range len(edges) - 1 {
		from := edges[i]
		open = slices.DeleteFunc(open, func(c analyzer.Cue) bool { return c.End <= from })
		for ; len(cues) > 0 && cues[0].Start <= from; cues = cues[1:] {
			open = append(open, cues[0])
		}
		for len(quotes) > 0 && quotes[0].End <= from {
			quotes = quotes[1:]
		}
		p := Passage{Text: body[from:edges[i+1]], Cues: slices.Clone(open), Quoted: len(quotes) > 0 && quotes[0].Start <= from}
		slices.SortStableFunc(p.Cues, func(x, y analyzer.Cue) int { return cmp.Compare(y.Weight, x.Weight) })
		out = append(out, p)
	}
	return out
}

// AnalysisHTML writes an article with its cues and quotations marked, as a
// page that stands alone.
func AnalysisHTML(w io.Writer, title, body string, a *analyzer.Analysis) error {
	page := struct {
		Title    string
		A        *analyzer.Analysis
		Heading  []Passage
		Body     []Passage
		Families [][2]string
		Wording  string
		Differ   bool
		Phrases  [2]SidePhrases

		Portrayals []Portrayed
	}{Title: title, A: a, Heading: Passages("title", title, a), Body: Passages("", body, a), Families: Counts(a), Differ: Differ(a), Portrayals: Portrayals(a.Entities.Items)}
	if a.Leaning != nil {
		page.Wording, page.Phrases = LeaningText(a.Leaning), Phrases(a.Leaning)
	}
	return analysisPage.Execute(w, page)
}

// Counts are how many cues of each type an article has in its own words and in
// quotations, as words.
func Counts(a *analyzer.Analysis) [][2]string {
	own, quoted := map[string]int{}, map[string]int{}
	var types []string
	for _, c := range a.Cues.Items {
		if own[c.Type]+quoted[c.Type] == 0 {
			types = append(types, c.Type)
		}
		if c.InQuote {
			quoted[c.Type]++
		} else {
			own[c.Type]++
		}
	}
	slices.Sort(types)
	var out [][2]string
	for _, t := range types {
		s := count(own[t], "time") + " in the article's own words"
		if quoted[t] > 0 {
			s += ", " + count(quoted[t], "time") + " in quotations"
		}
		out = append(out, [2]string{strings.ReplaceAll(t, "_", " "), s})
	}
	return out
}
