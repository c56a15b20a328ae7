package render

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/server/static"
)

//go:embed report.html
var reportHTML string

//go:embed analysis.html
var analysisHTML string

// ViewHTML defines the template "view", which prints a [View], and those that
// it is made of.
//
//go:embed view.html
var ViewHTML string

var (
	reportPage   = template.Must(template.New("report").Funcs(template.FuncMap{"remarks": remarks, "when": When, "web": web}).Parse(reportHTML))
	analysisPage = template.Must(template.Must(template.New("view").Parse(ViewHTML)).New("analysis").Parse(analysisHTML))
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

// An alonePage is an analysis as a page that stands alone: it carries its style
// and script, and its policy lets it load and run nothing else.
type alonePage struct {
	Title  string
	A      *analyzer.Analysis
	View   *View
	Source string // what is known of the outlet, "" when nothing was asked
	Policy string
	Style  template.CSS
	Script template.JS
}

// AnalysisHTML writes an article that an has analysed, with its highlights, as
// a page that stands alone.
func AnalysisHTML(w io.Writer, an *analyzer.Analyzer, title, body string, a *analyzer.Analysis) error {
	page := alonePage{
		Title: title, A: a, View: NewView(an, a, title, body, nil),
		Policy: "default-src 'none'; img-src data:; style-src " + hashOf(static.Style) + "; script-src " + hashOf(static.Script) + "; base-uri 'none'; form-action 'none'",
		Style:  template.CSS(static.Style), Script: template.JS(static.Script), // ours, and checked by their hash
	}
	page.View.Alone = true
	if a.Source != nil {
		page.Source = SourceText(*a.Source)
	}
	return analysisPage.Execute(w, page)
}

// hashOf is how a policy names an inline style or script.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
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
		s := Count(own[t], "time") + " in the article's own words"
		if quoted[t] > 0 {
			s += ", " + Count(quoted[t], "time") + " in quotations"
		}
		out = append(out, [2]string{strings.ReplaceAll(t, "_", " "), s})
	}
	return out
}
