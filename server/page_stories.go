package server

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
	"parallax/server/render"
)

// storiesShown is how many stories stand on one page.
const storiesShown = 20

// A storiesPage lists stories.
type storiesPage struct {
	page
	Query, MinSources string
	Leanings          []option
	Hidden            []fact // filters that the form has no field for
	Filtered          bool
	Found             string // how many stories in all
	Cards             []card
	Next, First       string // addresses; First where this is not the first page
	Empty             bool   // there is no article yet
}

// An option is a choice of a select element.
type option struct {
	Value, Text string
	Chosen      bool
}

// A card is a story in a list.
type card struct {
	Title, Path           string
	Bar                   bar
	Articles, Independent string
	Updated               moment
}

func (s *Server) showStories(c echo.Context) error {
	filter, err := s.filter(c)
	if err != nil {
		return err
	}
	ctx, cursor := c.Request().Context(), c.QueryParam("cursor")
	found, err := s.store.Stories(ctx, filter, storiesShown, cursor)
	if err != nil {
		return err
	}
	articles, _, err := s.store.Count(ctx)
	if err != nil {
		return err
	}
	p := newStoriesPage(s.page("Stories", "/"), c.QueryParams(), found)
	p.Empty = articles == 0
	return s.render(c, http.StatusOK, "stories", p)
}

// The filters of a list of stories: those of the form, and those that only
// links and addresses have.
var (
	formFilters   = [...]string{"q", "leaning", "min_sources"}
	hiddenFilters = [...]string{"entity", "source", "missing", "kind", "since", "until"}
	balances      = [...]string{lexicons.Left, lexicons.Center, lexicons.Right, "tied", lexicons.Unrated}
)

// newStoriesPage takes the query as it was sent, which the form shows again
// and the links to other pages keep.
func newStoriesPage(base page, query url.Values, found *corpus.Page) storiesPage {
	p := storiesPage{
		page: base, Query: query.Get("q"), MinSources: query.Get("min_sources"), Found: render.Count(found.Count, "story"),
		Leanings: options("any", balances[:], query.Get("leaning")),
	}
	kept := url.Values{}
	for _, name := range append(formFilters[:], hiddenFilters[:]...) {
		if v := query.Get(name); v != "" {
			kept.Set(name, v)
		}
	}
	for _, name := range hiddenFilters {
		if v := kept.Get(name); v != "" {
			p.Hidden = append(p.Hidden, fact{name, v})
		}
	}
	p.Filtered = len(kept) > 0
	for i := range found.Items {
		p.Cards = append(p.Cards, newCard(&found.Items[i]))
	}
	if query.Get("cursor") != "" {
		p.First = storiesPath(kept)
	}
	if found.Next != "" {
		kept.Set("cursor", found.Next)
		p.Next = storiesPath(kept)
	}
	return p
}

func options(all string, values []string, chosen string) []option {
	out := []option{{"", all, chosen == ""}}
	for _, v := range values {
		out = append(out, option{v, story.Title(v), v == chosen})
	}
	return out
}

func newCard(m *corpus.StorySummary) card {
	return card{
		Title: headline(m.Title), Path: storyPath(m.ID), Bar: newBar(&m.Balance), Updated: at(m.UpdatedAt),
		Articles: render.Count(m.Articles, "article"), Independent: render.Count(m.Balance.Independent, "independent text"),
	}
}

func storiesPath(query url.Values) string {
	if len(query) == 0 {
		return "/"
	}
	return "/?" + query.Encode()
}

// entityStories is the list of the stories that name an entity.
func entityStories(key string) string { return storiesPath(url.Values{"entity": {key}}) }
