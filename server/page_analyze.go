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
	Done                   bool
	Analysis               *analyzer.Analysis
	Outlet                 *outlet // nil where no address was given
	View                   *render.View
}

// maxForm is the most bytes of a posted form: each byte of a text may take
// three.
const maxForm = 3*corpus.MaxText + 1<<16

func (s *Server) showAnalyze(c echo.Context) error {
	allowOrigin(c)
	return s.render(c, http.StatusOK, "analyze", analyzePage{page: s.page("Analyze a text", "/analyze")})
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
		URLIn: strings.TrimSpace(r.PostForm.Get("url")),
	}
	article := corpus.Article{Title: p.TitleIn, Text: p.TextIn, URL: p.URLIn}
	if strings.TrimSpace(p.TitleIn) == "" && strings.TrimSpace(p.TextIn) == "" {
		if p.URLIn != "" {
			return s.refuse(c, p, http.StatusNotImplemented, "Fetching an address is not built yet: paste the text too. The address then tells the outlet.")
		}
		return s.refuse(c, p, http.StatusBadRequest, "There is nothing to analyse: paste a text or a title.")
	}
	if err := article.Check(s.set); err != nil {
		var field *corpus.FieldError
		if errors.As(err, &field) && field.Field == "url" {
			return s.refuse(c, p, http.StatusBadRequest, "The address is none of a page on the web; it may be left out.")
		}
		return err
	}
	p.Done = true
	p.Analysis = s.analyzer.Analyze(article.Input(), analyzer.Options{})
	p.View = render.NewView(s.analyzer, p.Analysis, article.Title, article.Text, nil)
	if p.URLIn != "" && p.Analysis.Source != nil {
		o := newOutlet(p.Analysis.Source)
		p.Outlet = &o
	}
	return s.render(c, http.StatusOK, "analyze", p)
}

// refuse shows the form again with what was pasted and why it was not analysed.
func (s *Server) refuse(c echo.Context, p analyzePage, status int, why string) error {
	p.Fault = why
	return s.render(c, status, "analyze", p)
}

// allowOrigin lets the browser name this page as the origin of its own form.
// Under "no-referrer" it would name "null", as it does for a foreign page.
func allowOrigin(c echo.Context) { c.Response().Header().Set("Referrer-Policy", "same-origin") }
