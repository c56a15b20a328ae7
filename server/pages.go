package server

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

//go:embed templates/*.html static
var assets embed.FS

// A page is what the layout prints around the content of every page.
type page struct {
	Title string
	Nav   string // path of the entry of the navigation that is open
	Style string // address of the style sheet, with its hash
	Icon  string
	Demo  bool
}

func (s *Server) page(title, nav string) page {
	return page{Title: title, Nav: nav, Style: assetPath("style.css"), Icon: assetPath("favicon.svg"), Demo: s.demo}
}

// pageNames are the templates that stand on the layout.
var pageNames = [...]string{"stories", "story", "article", "sources", "source", "analyze", "methodology", "error"}

// layouts are the parsed templates, by the name of their page. They are
// embedded, so once is enough for all servers of a process.
var layouts = sync.OnceValues(func() (map[string]*template.Template, error) {
	base, err := template.ParseFS(assets, "templates/base.html", "templates/parts.html")
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

// An asset is a static file that is served under an address with its hash.
type asset struct {
	data []byte
	hash string
}

var staticFiles = sync.OnceValues(func() (map[string]asset, error) {
	entries, err := assets.ReadDir("static")
	if err != nil {
		return nil, err
	}
	out := map[string]asset{}
	for _, e := range entries {
		data, err := assets.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		out[e.Name()] = asset{data, shortHash(data)}
	}
	return out, nil
})

var contentTypes = map[string]string{"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func assetPath(name string) string {
	files, err := staticFiles()
	if err != nil {
		return "/static/" + name
	}
	return "/static/" + name + "?v=" + files[name].hash
}

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

func getStatic(c echo.Context) error {
	files, err := staticFiles()
	if err != nil {
		return err
	}
	name := c.Param("asset")
	file, ok := files[name]
	if !ok {
		return echo.ErrNotFound
	}
	cache := "no-cache"
	if c.QueryParam("v") == file.hash {
		cache = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set("Cache-Control", cache)
	_, kind, _ := strings.Cut(name, ".")
	return c.Blob(http.StatusOK, contentTypes[kind], file.data)
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

// outward is an address that may become a link, or "". Whatever is not plainly
// http or https stays text.
func outward(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return raw
}

// A moment is a time for people and for machines; the zero moment is unknown.
type moment struct{ ISO, Text string }

func at(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	t = t.UTC()
	return moment{t.Format(time.RFC3339), t.Format("2 Jan 2006, 15:04 UTC")}
}

func atOr(t *time.Time) moment {
	if t == nil {
		return moment{}
	}
	return at(*t)
}

// count is a number with its noun: "1 source", "2 sources", "2 stories".
func count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	case strings.HasSuffix(noun, "s"):
		noun += "es"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// none stands where there is no number.
const none = "–"

// percent is a share as whole per cent, with a space that does not break.
func percent(share *float64) string {
	if share == nil {
		return none
	}
	return fmt.Sprintf("%.0f\u00a0%%", *share*100)
}

// words are a name from code, such as "press_release", as a reader takes it.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// headline is a title to show; an article may have none.
func headline(title string) string {
	if strings.TrimSpace(title) == "" {
		return "(no headline)"
	}
	return title
}
