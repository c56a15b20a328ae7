package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer"
	"parallax/corpus"
)

// An analyzePage takes a text and shows it with its highlights.
type analyzePage struct {
	page
	TitleIn, TextIn string // what was pasted
	Fault           string // why it was not analysed
	Done            bool
	Analysis        *analyzer.Analysis
	View            articleView
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
	p := analyzePage{page: s.page("Analyze a text", "/analyze"), TitleIn: r.PostForm.Get("title"), TextIn: r.PostForm.Get("text")}
	if strings.TrimSpace(p.TitleIn) == "" && strings.TrimSpace(p.TextIn) == "" {
		p.Fault = "There is nothing to analyse: paste a text or a title."
		return s.render(c, http.StatusBadRequest, "analyze", p)
	}
	article := corpus.Article{Title: p.TitleIn, Text: p.TextIn}
	if err := article.Check(s.set); err != nil {
		return err
	}
	p.Done = true
	p.Analysis = s.analyzer.Analyze(article.Input(), analyzer.Options{WithText: true})
	p.View = s.newArticleView(p.Analysis, *p.Analysis.Title, *p.Analysis.Text, false)
	return s.render(c, http.StatusOK, "analyze", p)
}

// allowOrigin lets the browser name this page as the origin of its own form.
// Under "no-referrer" it would name "null", as it does for a foreign page.
func allowOrigin(c echo.Context) { c.Response().Header().Set("Referrer-Policy", "same-origin") }
