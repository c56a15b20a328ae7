// Package render writes reports and analyses as text, Markdown, CSV and HTML,
// for the command line and the API alike.
package render

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
)

// Formats are the names of the formats of a report.
var Formats = [...]string{"text", "json", "markdown", "html", "csv"}

// sideRows are the rows of the balance table: label, sources, share of rated
// sources, independent texts, their share with its interval.
func sideRows(b *story.Balance) [][]string {
	var rows [][]string
	for _, label := range lexicons.Sides {
		s := b.Side(label)
		rows = append(rows, []string{
			story.Title(label), fmt.Sprint(s.Sources), Percent(s.Share), fmt.Sprint(s.Independent), Interval(s),
		})
	}
	return append(rows, []string{"Unrated", fmt.Sprint(b.Unrated.Sources), "", fmt.Sprint(b.Unrated.Independent), ""})
}

// Percent is a share as people read it; what was not measured is a dash.
func Percent(share *float64) string {
	if share == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", 100**share)
}

// Interval is the independent share with its 95 % bounds.
func Interval(s *story.Side) string {
	if s.IndependentShare == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f %% (%.0f–%.0f %%)", 100**s.IndependentShare, 100**s.Low, 100**s.High)
}

// fewTexts is below how many independent rated texts the sides are not
// compared.
const fewTexts = 5

// Separation says in words whether one side is the largest beyond chance.
func Separation(b *story.Balance) string {
	n := b.Left.Independent + b.Center.Independent + b.Right.Independent
	switch {
	case n == 0:
		return "No independent rated text: nothing can be said about the sides."
	case n < fewTexts:
		return fmt.Sprintf("Too few to compare the sides: %s.", Count(n, "independent rated text"))
	case b.Separated:
		return "One side is clearly the largest: its interval clears the next one's."
	}
	return "No side is clearly the largest: the intervals overlap."
}

// When is a time as reports print it.
func When(t *time.Time) string {
	if t == nil {
		return "date unknown"
	}
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return t.Format("2 January 2006")
	}
	return t.Format("2 January 2006, 15:04 UTC")
}

// names are keywords in one line.
func names(ks []story.Keyword) string {
	var out []string
	for _, k := range ks {
		out = append(out, fmt.Sprintf("%s (%d)", k.Name, k.Articles))
	}
	return strings.Join(out, ", ")
}

// keywordRows are the sorts of keywords that a report has.
func keywordRows(k *story.Keywords) [][2]string {
	var rows [][2]string
	for _, r := range []struct {
		name string
		ks   []story.Keyword
	}{{"People", k.People}, {"Places", k.Places}, {"Organizations", k.Organizations}, {"Words", k.Terms}} {
		if len(r.ks) > 0 {
			rows = append(rows, [2]string{r.name, names(r.ks)})
		}
	}
	return rows
}

// remarks are what a headline's line says beside outlet and title.
func remarks(h story.Headline) string {
	var out []string
	if h.Kind != "news" && h.Kind != "unknown" {
		out = append(out, strings.ReplaceAll(h.Kind, "_", " "))
	}
	if h.Extent != "full" {
		out = append(out, h.Extent)
	}
	if h.CopyOf != nil {
		out = append(out, CopyOf(*h.CopyOf))
	}
	if len(out) == 0 {
		return ""
	}
	return " [" + strings.Join(out, ", ") + "]"
}

// CopyOf says where a copied text comes from.
func CopyOf(origin string) string {
	if origin == story.Syndicated {
		return "copied text, origin unknown"
	}
	return "text of " + origin
}

// A group is the headlines that are listed under one heading.
type group struct {
	Name      string
	Headlines []story.Headline
}

// groups are the headlines by side, those that are not counted last.
func groups(r *story.Report) []group {
	var out []group
	add := func(name string, in func(story.Headline) bool) {
		g := group{Name: name}
		for _, h := range r.Headlines {
			if in(h) {
				g.Headlines = append(g.Headlines, h)
			}
		}
		if len(g.Headlines) > 0 {
			out = append(out, g)
		}
	}
	for _, side := range append(lexicons.Sides[:], lexicons.Unrated) {
		add(story.Title(side), func(h story.Headline) bool { return h.Leaning == side && !analyzer.SetAside(h.Kind) })
	}
	add("Not counted", func(h story.Headline) bool { return analyzer.SetAside(h.Kind) })
	return out
}

// Text writes a report for a terminal.
func Text(w io.Writer, r *story.Report) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s · %s\n\n%s\n", Plain(r.Title), r.ID, Count(r.Articles, "article"), r.Balance.Label)
	fmt.Fprintf(&b, "%-9s %7s %9s %11s  %s\n", "side", "sources", "of rated", "independent", "share of independent (95 %)")
	for _, row := range sideRows(&r.Balance) {
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(fmt.Sprintf("%-9s %7s %9s %11s  %s", row[0], row[1], row[2], row[3], row[4]), " "))
	}
	fmt.Fprintf(&b, "%s\n", Separation(&r.Balance))
	if r.Balance.Contested > 0 {
		fmt.Fprintf(&b, "Contested: the ratings of %s carry different labels.\n", Count(r.Balance.Contested, "source"))
	}
	for _, g := range groups(r) {
		fmt.Fprintf(&b, "\n%s\n", g.Name)
		for _, h := range g.Headlines {
			fmt.Fprintf(&b, "  %s: %s%s\n", Plain(h.Name), Plain(h.Title), remarks(h))
		}
	}
	fmt.Fprintln(&b)
	for _, row := range keywordRows(&r.Keywords) {
		fmt.Fprintf(&b, "%s: %s\n", row[0], Plain(row[1]))
	}
	fmt.Fprintf(&b, "Not built yet: %s\n", strings.Join(r.NotBuilt, ", "))
	fmt.Fprintf(&b, "engine %s · lexicons %.19s · ratings %.19s\n", r.Engine, r.Lexicons, r.Ratings)
	_, err := w.Write(b.Bytes())
	return err
}

// Plain is somebody else's words without what a terminal would obey.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)
}

// Markdown writes a report as Markdown.
func Markdown(w io.Writer, r *story.Report) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n**%s** · %s · %s\n\n", mark(r.Title), r.Balance.Label, Count(r.Articles, "article"), r.ID)
	fmt.Fprint(&b, "| side | sources | of rated | independent | share of independent (95 %) |\n|---|---:|---:|---:|---|\n")
	for _, row := range sideRows(&r.Balance) {
		fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
	}
	fmt.Fprintf(&b, "\n%s\n", Separation(&r.Balance))
	for _, g := range groups(r) {
		fmt.Fprintf(&b, "\n## %s\n\n", g.Name)
		for _, h := range g.Headlines {
			fmt.Fprintf(&b, "- **%s**: %s%s, %s%s\n", mark(h.Name), mark(h.Title), mark(remarks(h)), When(h.Published), autolink(h.URL))
		}
	}
	fmt.Fprint(&b, "\n## Keywords\n\n")
	for _, row := range keywordRows(&r.Keywords) {
		fmt.Fprintf(&b, "- %s: %s\n", row[0], mark(row[1]))
	}
	fmt.Fprintf(&b, "\nNot built yet: %s\n\nEngine `%s`, lexicons `%s`, ratings `%s`\n", mark(strings.Join(r.NotBuilt, ", ")), r.Engine, r.Lexicons, r.Ratings)
	_, err := w.Write(b.Bytes())
	return err
}

// autolink is an address as Markdown shows it, if it is one.
func autolink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(address, "<> \n") {
		return ""
	}
	return ", <" + address + ">"
}

// mark is somebody else's words without what Markdown or HTML would obey.
func mark(s string) string {
	return markEscape.Replace(Plain(s))
}

var markEscape = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "|", `\|`, "#", `\#`, "!", `\!`, "~", `\~`,
)

// CSV writes a report's headlines, one a row, with the story's balance label.
func CSV(w io.Writer, r *story.Report) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"story", "balance", "side", "source", "name", "article", "title", "url", "kind", "extent", "published", "copy_of"}}
	for _, h := range r.Headlines {
		published, copyOf := "", ""
		if h.Published != nil {
			published = h.Published.Format(time.RFC3339)
		}
		if h.CopyOf != nil {
			copyOf = *h.CopyOf
		}
		rows = append(rows, []string{
			r.ID, r.Balance.Label, h.Leaning, cell(h.Source), cell(h.Name), cell(h.Article), cell(h.Title), cell(h.URL), h.Kind, h.Extent, published, copyOf,
		})
	}
	return c.WriteAll(rows)
}

// cell keeps a spreadsheet from taking somebody else's words for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
