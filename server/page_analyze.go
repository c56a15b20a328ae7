package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/server/render"
)

// An analyzePage takes a text and shows it with its highlights.
type analyzePage struct {
	page
	TitleIn, TextIn, URLIn string // what was pasted
	Fault                  string // why it was not analysed
	Fetches                bool   // this server gets the pages of addresses
	Done                   bool
	Heading                string // of what was analysed
	Fetched                bool   // from the address
	Analysis               *analyzer.Analysis
	Outlet                 *outlet // nil where no address was given
	View                   *render.View
}

// maxForm is the most bytes of a posted form: each byte of a text may take
// three.
const maxForm = 3*corpus.MaxText + 1<<16

func (s *Server) showAnalyze(c echo.Context) error {
	allowOrigin(c)
	return s.render(c, http.StatusOK, "analyze", analyzePage{page: s.page("Analyze a text", "/analyze"), Fetches: s.web != nil})
}

// showResult analyses a pasted text. It is neither stored nor logged.
func (s *Server) showResult(c echo.Context) error {
	allowOrigin(c)
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fail(http.StatusRequestEntityTooLarge, "the text is too long")
		}
		return fail(http.StatusBadRequest, "the form can't be read")
	}
	p := analyzePage{
		page: s.page("Analyze a text", "/analyze"), TitleIn: r.PostForm.Get("title"), TextIn: r.PostForm.Get("text"),
		URLIn: strings.TrimSpace(r.PostForm.Get("url")), Fetches: s.web != nil,
	}
	article, err := s.pasted(c, &p)
	if err != nil {
		problem := problemOf(err)
		if problem.Status == http.StatusRequestEntityTooLarge || problem.Status == http.StatusInternalServerError {
			return err
		}
		p.Fault = "It was not analysed: " + problem.Detail + "."
		return s.render(c, problem.Status, "analyze", p)
	}
	p.Done, p.Heading = true, article.Title
	p.Analysis = s.analyzer.Analyze(article.Input(), analyzer.Options{})
	p.View = render.NewView(s.analyzer, p.Analysis, article.Title, article.Text, nil)
	if p.URLIn != "" && p.Analysis.Source != nil {
		o := newOutlet(p.Analysis.Source)
		p.Outlet = &o
	}
	return s.render(c, http.StatusOK, "analyze", p)
}

// pasted is the article that a form holds, or whose address it holds.
func (s *Server) pasted(c echo.Context, p *analyzePage) (corpus.Article, error) {
	if strings.TrimSpace(p.TitleIn) != "" || strings.TrimSpace(p.TextIn) != "" {
		a := corpus.Article{Title: p.TitleIn, Text: p.TextIn, URL: p.URLIn}
		return a, a.Check(s.set)
	}
	if p.URLIn == "" {
		return corpus.Article{}, fail(http.StatusBadRequest, "there is nothing to analyse; paste a text, a title or an address")
	}
	a, err := s.fetchArticle(c.Request().Context(), p.URLIn)
	p.Fetched = err == nil
	return a, err
}

// allowOrigin lets the browser name this page as the origin of its own form.
// Under "no-referrer" it would name "null", as it does for a foreign page.
func allowOrigin(c echo.Context) { c.Response().Header().Set("Referrer-Policy", "same-origin") }
