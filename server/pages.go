package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"sync"

	"github.com/labstack/echo/v4"

	"parallax/server/render"
)

//go:embed templates/*.html
var assets embed.FS

// A page is what the layout prints around the content of every page.
type page struct {
	Title  string
	Nav    string // path of the entry of the navigation that is open
	Style  string // address of the style sheet, with its hash
	Script string // of the pages that have one
	Icon   string
	Demo   bool
}

func (s *Server) page(title, nav string) page {
	return page{Title: title, Nav: nav, Style: assetPath("style.css"), Script: assetPath("page.js"), Icon: assetPath("favicon.svg"), Demo: s.demo}
}

// pageNames are the templates that stand on the layout.
var pageNames = [...]string{"stories", "story", "article", "sources", "source", "analyze", "methodology", "error"}

// layouts are the parsed templates, by the name of their page. They are
// embedded, so once is enough for all servers of a process.
var layouts = sync.OnceValues(func() (map[string]*template.Template, error) {
	base, err := template.ParseFS(assets, "templates/base.html", "templates/parts.html")
	if err == nil {
		_, err = base.Parse(render.ViewHTML)
	}
	if err != nil {
		return nil, err
	}
	out := map[string]*template.Template{}
	for _, name := range pageNames {
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(assets, "templates/"+name+".html")
		}
		if err != nil {
			return nil, err
		}
		out[name] = t
	}
	return out, nil
})

// pages registers the HTML pages and their static files.
func (s *Server) pages(e *echo.Echo) error {
	if _, err := layouts(); err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	if _, err := staticFiles(); err != nil {
		return fmt.Errorf("static files: %w", err)
	}
	for path, handler := range map[string]echo.HandlerFunc{
		"/":              s.showStories,
		"/stories/*":     s.showStory,
		"/articles/*":    s.showArticle,
		"/sources":       s.showSources,
		"/sources/*":     s.showSource,
		"/analyze":       s.showAnalyze,
		"/methodology":   s.showMethodology,
		"/entities/*":    func(echo.Context) error { return notBuilt("the page of an entity") },
		"/feeds":         func(echo.Context) error { return notBuilt("the page of feeds") },
		"/static/:asset": getStatic,
	} {
		e.Match([]string{http.MethodGet, http.MethodHead}, path, handler)
	}
	e.POST("/analyze", s.showResult)
	return nil
}

// render answers with a page. It is made whole before the first byte is sent,
// so that a fault in it can still become an error page.
func (s *Server) render(c echo.Context, status int, name string, data any) error {
	body, err := execute(name, data)
	if err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	if status == http.StatusOK {
		return send(c, status, echo.MIMETextHTMLCharsetUTF8, body)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, body)
}

func execute(name string, data any) ([]byte, error) {
	all, err := layouts()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = all[name].ExecuteTemplate(&b, "base", data)
	return b.Bytes(), err
}

// An errorPage says what went wrong and where to go.
type errorPage struct {
	page
	Problem problem
	Heading string
}

// errorPage answers with an error as a page.
func (s *Server) errorPage(c echo.Context, p problem) error {
	heading := p.Title
	switch p.Status {
	case http.StatusNotFound:
		heading = "There is no such page"
	case http.StatusNotImplemented:
		heading = "Not built yet"
	}
	return s.render(c, p.Status, "error", errorPage{s.page(heading, ""), p, heading})
}

// rest is what follows the prefix of a route.
func rest(c echo.Context) (string, error) { return param(c, "*") }

func storyPath(id string) string   { return "/stories/" + url.PathEscape(id) }
func articlePath(id string) string { return "/articles/" + url.PathEscape(id) }
func sourcePath(key string) string { return "/sources/" + url.PathEscape(key) }
