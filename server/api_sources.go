package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
)

// maxLookups is how many addresses one request may ask for.
const maxLookups = 100

// lookupJSON says what is known of an address, or why it is none.
type lookupJSON struct {
	Asked  string           `json:"asked"`
	URL    string           `json:"url,omitempty"`
	Domain string           `json:"domain,omitempty"`
	Source *lexicons.Source `json:"source,omitempty"`
	Story  *lookupStory     `json:"story"`
	Error  string           `json:"error,omitempty"`
}

type lookupStory struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Balance story.Balance `json:"balance"`
}

func (s *Server) lookup(c echo.Context, v *corpus.View, asked string) (lookupJSON, error) {
	out := lookupJSON{Asked: asked}
	a, err := s.set.Resolve(asked)
	if err != nil {
		return out, err
	}
	src := v.Source(a.Source)
	out.URL, out.Domain, out.Source = a.URL, a.Source, &src
	article, err := s.store.ArticleOf(c.Request().Context(), a.URL)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return out, nil
	case err != nil:
		return out, err
	}
	r, err := s.store.ReportIn(c.Request().Context(), article.Story, v)
	if errors.Is(err, corpus.ErrNotFound) { // no other source has it
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Story = &lookupStory{r.ID, r.Title, r.Balance}
	return out, nil
}

func (s *Server) getLookup(c echo.Context) error {
	asked := c.QueryParam("url")
	if asked == "" {
		return wrong("url", "is missing: /v1/lookup?url=https://…")
	}
	v, _, err := s.view(c)
	if err != nil {
		return err
	}
	out, err := s.lookup(c, v, asked)
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, out)
}

// postLookup answers for several addresses in their order; a bad one is an
// item with an error.
func (s *Server) postLookup(c echo.Context) error {
	data, err := body(c)
	if err != nil {
		return err
	}
	var in struct {
		URLs []string `json:"urls"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return wrong("urls", `the body must be {"urls":["https://…"]}`)
	}
	if len(in.URLs) == 0 || len(in.URLs) > maxLookups {
		return wrong("urls", fmt.Sprintf("has %d addresses: must have 1 to %d", len(in.URLs), maxLookups))
	}
	v, _, err := s.view(c)
	if err != nil {
		return err
	}
	var items []lookupJSON
	for _, asked := range in.URLs {
		item, err := s.lookup(c, v, asked)
		if errors.Is(err, lexicons.ErrAddress) {
			item.Error = err.Error()
		} else if err != nil {
			return err
		}
		items = append(items, item)
	}
	return s.answer(c, http.StatusOK, newList(items, "", len(items)))
}

// sourceJSON is a source and how many of its articles are stored.
type sourceJSON struct {
	lexicons.Source
	Articles int `json:"articles"`
}

// oneSourceJSON is all that is known of a source: what added raters say, apart;
// what its rating was; what it answers.
type oneSourceJSON struct {
	sourceJSON
	Raters  []corpus.RatedBy  `json:"by_other_raters"`
	History []lexicons.Change `json:"history"`
	Reply   *lexicons.Reply   `json:"reply"`
	// Wording is that of its stored articles.
	Wording corpus.SourceWording `json:"wording"`
}

func (s *Server) listSources(c echo.Context) error {
	n, err := limit(c)
	if err != nil {
		return err
	}
	stored, err := s.store.SourceArticles(c.Request().Context())
	if err != nil {
		return err
	}
	if err := takes(c, "q", "leaning", "country", "limit", "cursor", "ratings", "raters"); err != nil {
		return err
	}
	v, _, err := s.view(c)
	if err != nil {
		return err
	}
	side, err := leaning(c, "left", "center", "right", "unrated")
	if err != nil {
		return err
	}
	q := strings.ToLower(c.QueryParam("q"))
	country, after := strings.ToUpper(c.QueryParam("country")), c.QueryParam("cursor")
	var items []sourceJSON
	count, next := 0, ""
	for _, listed := range s.set.Sources() {
		src := v.Source(listed.Domain)
		if src.Name == "" || // not in that version
			q != "" && !strings.Contains(strings.ToLower(src.Name+" "+src.Domain), q) ||
			side != "" && src.Leaning != side || country != "" && src.Country != country {
			continue
		}
		count++
		switch {
		case src.Domain <= after:
		case len(items) < n:
			items = append(items, sourceJSON{src, stored[src.Domain]})
		case next == "":
			next = items[len(items)-1].Domain
		}
	}
	return s.answer(c, http.StatusOK, newList(items, next, count))
}

func (s *Server) getSource(c echo.Context) error {
	name, err := param(c, "domain")
	if err != nil {
		return err
	}
	key := s.sourceKey(name)
	stored, err := s.store.SourceArticles(c.Request().Context())
	if err != nil {
		return err
	}
	v, _, err := s.view(c)
	if err != nil {
		return err
	}
	out := oneSourceJSON{sourceJSON: sourceJSON{v.Source(key), stored[key]}, History: s.set.History(key), Reply: s.set.Reply(key)}
	if out.Raters, err = s.store.RatingsOf(c.Request().Context(), key); err != nil {
		return err
	}
	if out.Wording, err = s.store.SourceWording(c.Request().Context(), key); err != nil {
		return err
	}
	if out.Raters == nil {
		out.Raters = []corpus.RatedBy{}
	}
	if out.History == nil {
		out.History = []lexicons.Change{}
	}
	return s.answer(c, http.StatusOK, out)
}

// ratersJSON is whose ratings there are and which versions of the embedded ones
// can be asked for.
type ratersJSON struct {
	list[corpus.Rater]
	Versions []string `json:"versions"`
}

func (s *Server) listRaters(c echo.Context) error {
	all, err := s.store.Raters(c.Request().Context())
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, ratersJSON{newList(all, "", len(all)), s.set.RatingsVersions()})
}

// lexiconJSON is a list without its entries.
type lexiconJSON struct {
	*lexicons.Lexicon
	Count   int   `json:"count,omitempty"` // weights have none
	Entries []any `json:"entries,omitempty"`
}

func (s *Server) listLexicons(c echo.Context) error {
	var items []lexiconJSON
	for _, l := range s.set.All() {
		items = append(items, lexiconJSON{Lexicon: l, Count: len(l.Entries)})
	}
	for _, w := range s.set.AllWeights() {
		items = append(items, lexiconJSON{Lexicon: weightsList(w)})
	}
	return s.answer(c, http.StatusOK, newList(items, "", len(items)))
}

// weightsList is the head of fitted weights as that of a list; what they were
// fitted on is in the answer of their own address.
func weightsList(w *lexicons.Weights) *lexicons.Lexicon {
	return &lexicons.Lexicon{
		Name: w.Name, Kind: w.Kind, Version: w.Version, Language: w.Language, License: w.License,
		Citation: w.Citation, Description: w.Description, Hash: w.Hash,
	}
}

func (s *Server) getLexicon(c echo.Context) error {
	if w, err := s.set.Weights(c.Param("name")); err == nil {
		return s.answer(c, http.StatusOK, struct {
			*lexicons.Weights
			Hash string `json:"hash"`
		}{w, w.Hash})
	}
	l, err := s.set.Lexicon(c.Param("name"))
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, l)
}
