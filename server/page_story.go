package server

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// A storyPage is one story: its balance, its headlines by side and what they
// are about.
type storyPage struct {
	page
	Heading                string
	From, FromPath, Outlet string // the article that the heading is from
	OutletPath             string
	Bar                    bar
	Sides                  []sideRow
	Unrated                sideRow
	Sources, Articles      string
	Independent            string
	Separation             string
	Contested              string
	Columns                []column
	NotRated               column
	SetAside               []setAside
	SetAsideCount          string
	Keywords               []keywords
	First, Updated         moment
	NotBuilt               string
	JSON, Markdown, CSV    string
	WhatIf                 whatIfForm
}

// A sideRow is a row of the balance table. Where there is no rated source
// there is no share and no interval.
type sideRow struct {
	Side, Name, Letter      string
	Sources, Independent    int
	Share, IndependentShare string
	Interval                string // "18–64 %", of IndependentShare
	At, Low, Width          string // per cent, to draw it; "" where there is none
}

// A column is the headlines of one side.
type column struct {
	Side, Name, Letter, Summary string
	Entries                     []entry
}

// An entry is an article of the story as its outlet announced it.
type entry struct {
	Title, Path, Outlet, OutletPath string
	Out                             string // address at the outlet, "" when it may not be a link
	Kind, Extent, CopyOf            string // "" where there is nothing to remark
	Published                       moment
}

// A setAside is a source with articles that are no coverage.
type setAside struct {
	Name, Path, Reason string
	Entries            []entry
}

// keywords are the names or words of one sort.
type keywords struct {
	Name  string
	Items []keyword
}

type keyword struct {
	Name, Path string
	Articles   int
}

func (s *Server) showStory(c echo.Context) error {
	name, err := rest(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	id, err := s.store.FindStory(ctx, name)
	if err != nil {
		return err
	}
	if id != name {
		return c.Redirect(http.StatusPermanentRedirect, withQuery(storyPath(id), c.QueryString()))
	}
	v, w, err := s.view(c)
	if err != nil {
		return err
	}
	report, err := s.store.ReportIn(ctx, id, v)
	if err != nil {
		return err
	}
	p := s.newStoryPage(report)
	if p.WhatIf, err = s.newWhatIf(c, id, report, w); err != nil {
		return err
	}
	if !w.Zero() { // the data are those of what is shown
		api := "/v1" + storyPath(id)
		query := c.QueryString()
		p.JSON, p.Markdown, p.CSV = withQuery(api, query), withQuery(api+"/report.md", query), withQuery(api+"/report.csv", query)
	}
	return s.render(c, http.StatusOK, "story", p)
}

func (s *Server) newStoryPage(r *story.Report) storyPage {
	b := &r.Balance
	heading := headline(r.Title)
	p := storyPage{
		page: s.page(heading, "/"), Heading: heading, Bar: newBar(b),
		Sources: render.Count(b.Sources, "source"), Articles: render.Count(r.Articles, "article"), Independent: render.Count(b.Independent, "independent text"),
		Separation: separation(b), Contested: contested(b),
		First: atOr(r.FirstPublished), Updated: atOr(r.UpdatedAt), NotBuilt: notBuiltList(r.NotBuilt),
		Keywords: storyKeywords(&r.Keywords),
	}
	api := "/v1" + storyPath(r.ID)
	p.JSON, p.Markdown, p.CSV = api, api+"/report.md", api+"/report.csv"
	for _, label := range lexicons.Sides {
		p.Sides = append(p.Sides, newSideRow(label, b.Side(label)))
		p.Columns = append(p.Columns, s.newColumn(label, r.Headlines))
	}
	p.Unrated = sideRow{
		Side: lexicons.Unrated, Name: story.Title(lexicons.Unrated), Letter: render.Letter(lexicons.Unrated),
		Sources: b.Unrated.Sources, Independent: b.Unrated.Independent, Share: render.None, IndependentShare: render.None,
	}
	p.NotRated = s.newColumn(lexicons.Unrated, r.Headlines)
	p.SetAside = s.setAsides(r)
	p.SetAsideCount = render.Count(len(p.SetAside), "source")
	for i := range r.Headlines {
		if h := &r.Headlines[i]; r.TitleFrom != nil && h.Article == r.TitleFrom.Article {
			p.From, p.FromPath, p.Outlet, p.OutletPath = h.Article, articlePath(h.Article), h.Name, sourcePath(h.Source)
		}
	}
	return p
}

func newSideRow(label string, side *story.Side) sideRow {
	row := sideRow{
		Side: label, Name: story.Title(label), Letter: render.Letter(label),
		Sources: side.Sources, Independent: side.Independent,
		Share: percent(side.Share), IndependentShare: percent(side.IndependentShare),
	}
	if side.IndependentShare == nil {
		return row
	}
	row.Interval = fmt.Sprintf("%.0f–%.0f\u00a0%%", *side.Low*100, *side.High*100)
	row.At, row.Low, row.Width = render.Length(100**side.IndependentShare), render.Length(100**side.Low), render.Length(100*(*side.High-*side.Low))
	return row
}

// separation says in words whether one side is clearly the largest. The
// comparison is of independent texts and holds for three sides at once, so its
// intervals are wider than those of the table.
func separation(b *story.Balance) string {
	said := render.Separation(b)
	if strings.Contains(said, "interval") {
		said += " (For comparing three sides at once the intervals are taken at 98.3\u00a0% each, wider than those of the table.)"
	}
	return said
}

func contested(b *story.Balance) string {
	switch b.Contested {
	case 0:
		return "None of its sources has ratings that disagree on the side."
	case 1:
		return "1 source is contested: its ratings disagree on the side."
	}
	return render.Count(b.Contested, "source") + " are contested: their ratings disagree on the side."
}

func notBuiltList(parts []string) string {
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = render.Words(part)
	}
	return strings.Join(out, ", ")
}

// newColumn takes the headlines of one side that are coverage.
func (s *Server) newColumn(label string, headlines []story.Headline) column {
	c := column{Side: label, Name: story.Title(label), Letter: render.Letter(label)}
	sources := map[string]bool{}
	for i := range headlines {
		h := &headlines[i]
		if h.Leaning != label || analyzer.SetAside(h.Kind) {
			continue
		}
		sources[h.Source] = true
		c.Entries = append(c.Entries, s.newEntry(h))
	}
	c.Summary = render.Count(len(c.Entries), "headline") + " from " + render.Count(len(sources), "source")
	return c
}

func (s *Server) newEntry(h *story.Headline) entry {
	e := entry{
		Title: headline(h.Title), Path: articlePath(h.Article), Outlet: h.Name, OutletPath: sourcePath(h.Source),
		Out: outward(h.URL), Published: atOr(h.Published),
	}
	if h.Kind != "news" {
		e.Kind = render.Words(h.Kind)
	}
	if h.Extent != "full" {
		e.Extent = h.Extent
	}
	if h.CopyOf != nil {
		e.CopyOf = s.originName(*h.CopyOf)
	}
	return e
}

// originName is whom a copied text counts for.
func (s *Server) originName(key string) string {
	if key == story.Syndicated {
		return "a syndicated text"
	}
	if name := s.set.Source(key).Name; name != "" {
		return name
	}
	return key
}

func (s *Server) setAsides(r *story.Report) []setAside {
	var out []setAside
	for _, a := range r.Balance.SetAside {
		item := setAside{Name: a.Domain, Path: sourcePath(a.Domain), Reason: render.Words(a.Reason)}
		for i := range r.Headlines {
			if h := &r.Headlines[i]; h.Source == a.Domain && h.Kind == a.Reason {
				item.Name = h.Name
				item.Entries = append(item.Entries, s.newEntry(h))
			}
		}
		out = append(out, item)
	}
	return out
}

func storyKeywords(k *story.Keywords) []keywords {
	var out []keywords
	for _, group := range []struct {
		name  string
		items []story.Keyword
	}{{"People", k.People}, {"Places", k.Places}, {"Organizations", k.Organizations}, {"Terms", k.Terms}} {
		g := keywords{Name: group.name}
		for _, item := range group.items {
			w := keyword{Name: item.Name, Articles: item.Articles}
			if item.Key != "" {
				w.Path = entityStories(item.Key)
			}
			g.Items = append(g.Items, w)
		}
		out = append(out, g)
	}
	return out
}
