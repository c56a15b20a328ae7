package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/analyzer/text"
	"parallax/corpus"
	"parallax/internal/jsonline"
)

// routes puts the API together. A route of the contract that is not built yet
// says so.
func (s *Server) routes(e *echo.Echo) {
	v := e.Group("/v1")
	v.GET("/stories", s.listStories)
	v.GET("/stories/:id", s.getStory)
	v.GET("/stories/:id/balance", s.getBalance)
	v.GET("/stories/:id/articles", s.getStoryArticles)
	v.GET("/stories/:id/:report", s.getReport)
	v.POST("/articles", s.postArticles)
	v.GET("/articles", s.listArticles)
	v.GET("/articles/:id", s.getArticle)
	v.POST("/analyze", s.postAnalyze)
	v.GET("/lookup", s.getLookup)
	v.POST("/lookup", s.postLookup)
	v.GET("/sources", s.listSources)
	v.GET("/sources/:domain", s.getSource)
	v.GET("/raters", s.listRaters)
	v.GET("/lexicons", s.listLexicons)
	v.GET("/lexicons/:name", s.getLexicon)
	e.GET("/healthz", func(c echo.Context) error { return s.answer(c, http.StatusOK, map[string]string{"status": "ok"}) })
	e.GET("/readyz", s.ready)
	for _, r := range []struct{ method, path string }{
		{"GET", "/v1/stories/:id/versions"},
		{"GET", "/v1/stories/:id/versions/:n"},
		{"POST", "/v1/stories/:id/compare"},
		{"DELETE", "/v1/articles/:id"},
		{"GET", "/v1/lookup/sources"},
		{"GET", "/v1/lookup/config"},
		{"GET", "/v1/lookup/range/:prefix"},
		{"GET", "/v1/sources/:domain/audit"},
		{"GET", "/v1/entities/:key"},
		{"GET", "/v1/stats"},
		{"GET", "/v1/export/:what"},
		{"GET", "/openapi.json"},
		{"GET", "/docs"},
		{"GET", "/metrics"},
		{"GET", "/feeds/stories.atom"},
	} {
		e.Add(r.method, r.path, func(echo.Context) error { return notBuilt(r.method + " " + r.path) })
	}
}

// answer sends a value as JSON.
func (s *Server) answer(c echo.Context, status int, v any) error {
	data, err := jsonline.Marshal(v)
	if err != nil {
		return err
	}
	return send(c, status, echo.MIMEApplicationJSON, data)
}

// send sends an answer with its ETag, or 304 to who has it. The tag is weak,
// since the same answer may be sent compressed.
func send(c echo.Context, status int, kind string, data []byte) error {
	h := c.Response().Header()
	if c.Request().Method != http.MethodGet && c.Request().Method != http.MethodHead {
		h.Set("Cache-Control", "no-store")
		return c.Blob(status, kind, data)
	}
	sum := sha256.Sum256(data)
	tag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache")
	if status == http.StatusOK && matches(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(status, kind, data)
}

// matches compares an If-None-Match header with a tag, weakly (RFC 9110).
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || part != "" && strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func (s *Server) ready(c echo.Context) error {
	if err := s.store.Ping(c.Request().Context()); err != nil {
		s.log.Error("database does not answer", "error", err)
		return fail(http.StatusServiceUnavailable, "the database does not answer")
	}
	return s.answer(c, http.StatusOK, map[string]string{"status": "ready", "database": "ok"})
}

// A list is a page of anything.
type list[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
	Count int     `json:"count"`
}

func newList[T any](items []T, next string, count int) list[T] {
	l := list[T]{Items: items, Count: count}
	if l.Items == nil {
		l.Items = []T{}
	}
	if next != "" {
		l.Next = &next
	}
	return l
}

// The limits of a list.
const (
	defaultLimit = 50
	maxLimit     = 200
	maxWords     = 20 // of a search
)

func limit(c echo.Context) (int, error) {
	n, err := number(c, "limit", defaultLimit)
	if err == nil && (n < 1 || n > maxLimit) {
		err = wrong("limit", fmt.Sprintf("must be 1 to %d", maxLimit))
	}
	return n, err
}

// takes refuses parameters of the query that a route does not know: a filter
// that was misspelt must not look like one that matched.
func takes(c echo.Context, names ...string) error {
	for name := range c.QueryParams() {
		if !slices.Contains(names, name) {
			return wrong(name, "is no parameter of this route; it takes "+strings.Join(names, ", "))
		}
	}
	return nil
}

// leaning reads the leaning that a list is limited to.
func leaning(c echo.Context, known ...string) (string, error) {
	v := c.QueryParam("leaning")
	if v != "" && !slices.Contains(known, v) {
		return "", wrong("leaning", fmt.Sprintf("%q: must be one of %s", v, strings.Join(known, ", ")))
	}
	return v, nil
}

func number(c echo.Context, name string, otherwise int) (int, error) {
	v := c.QueryParam(name)
	if v == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, wrong(name, fmt.Sprintf("%q is no whole number", v))
	}
	return n, nil
}

// filter reads the filters of a list from the query.
func (s *Server) filter(c echo.Context) (corpus.Filter, error) {
	f := corpus.Filter{
		Query: c.QueryParam("q"), Entity: c.QueryParam("entity"), Kind: c.QueryParam("kind"), Leaning: c.QueryParam("leaning"),
	}
	err := takes(c, "q", "since", "until", "entity", "source", "missing", "leaning", "kind", "min_sources", "limit", "cursor")
	if err != nil {
		return f, err
	}
	for name, to := range map[string]*time.Time{"since": &f.Since, "until": &f.Until} {
		if *to, err = corpus.ParseTime(c.QueryParam(name)); err != nil {
			return f, wrong(name, err.Error())
		}
	}
	if v := c.QueryParam("until"); len(v) == len(time.DateOnly) && !f.Until.IsZero() {
		f.Until = f.Until.Add(24*time.Hour - time.Second) // the whole of that day
	}
	for name, to := range map[string]*string{"source": &f.Source, "missing": &f.Missing} {
		if v := c.QueryParam(name); v != "" {
			*to = s.sourceKey(v)
		}
	}
	if f.Kind != "" && !slices.Contains(analyzer.Kinds[:], f.Kind) {
		return f, wrong("kind", fmt.Sprintf("%q: must be one of %s", f.Kind, strings.Join(analyzer.Kinds[:], ", ")))
	}
	if _, err := leaning(c, "left", "center", "right", "tied", "unrated"); err != nil {
		return f, err
	}
	if n := len(strings.Fields(f.Query)); n > maxWords {
		return f, wrong("q", fmt.Sprintf("has %d words, at most %d", n, maxWords))
	}
	f.MinSources, err = number(c, "min_sources", 0)
	return f, err
}

// sourceKey is the key of a source by its domain, an address or its key.
func (s *Server) sourceKey(v string) string {
	if strings.HasPrefix(v, "name:") || strings.HasPrefix(v, "article:") {
		return v
	}
	if a, err := s.set.Resolve(v); err == nil {
		return a.Source
	}
	return v
}

// listing reads what a list is asked for: filters and how many items.
func (s *Server) listing(c echo.Context) (f corpus.Filter, n int, err error) {
	if f, err = s.filter(c); err == nil {
		n, err = limit(c)
	}
	return f, n, err
}

func (s *Server) listStories(c echo.Context) error {
	f, n, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.store.Stories(c.Request().Context(), f, n, c.QueryParam("cursor"))
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, newList(page.Items, page.Next, page.Count))
}

// storyReport is the report of the story that the path names by its id, a
// prefix of it or an article's id, in the view that the query asks for.
func (s *Server) storyReport(c echo.Context) (*story.Report, error) {
	name, err := param(c, "id")
	if err != nil {
		return nil, err
	}
	id, err := s.store.FindStory(c.Request().Context(), name)
	if err != nil {
		return nil, err
	}
	v, _, err := s.view(c)
	if err != nil {
		return nil, err
	}
	return s.store.ReportIn(c.Request().Context(), id, v)
}

// param is a part of the path, decoded: ids and source keys may hold slashes.
// Echo leaves a path as it is that was sent in another form than its own.
func param(c echo.Context, name string) (string, error) {
	raw := c.Param(name)
	if c.Request().URL.RawPath == "" {
		return raw, nil
	}
	out, err := url.PathUnescape(raw)
	if err != nil {
		return "", echo.ErrNotFound
	}
	return out, nil
}

func (s *Server) getStory(c echo.Context) error { return s.report(c, "json") }

func (s *Server) getReport(c echo.Context) error {
	format, ok := strings.CutPrefix(c.Param("report"), "report.")
	if !ok {
		return echo.ErrNotFound
	}
	return s.report(c, format)
}

func (s *Server) getBalance(c echo.Context) error {
	r, err := s.storyReport(c)
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, r.Balance)
}

func (s *Server) getStoryArticles(c echo.Context) error {
	r, err := s.storyReport(c)
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, newList(r.Headlines, "", len(r.Headlines)))
}

// unit reads the unit of offsets from the query.
func unit(c echo.Context) (text.Unit, error) {
	u, err := text.ParseUnit(c.QueryParam("offsets"))
	if err != nil {
		return u, wrong("offsets", err.Error())
	}
	return u, nil
}

// evidence says whether all evidence of a leaning is asked for.
func evidence(c echo.Context) (all bool, err error) {
	switch v := c.QueryParam("evidence"); v {
	case "", "top":
		return false, nil
	case "all":
		return true, nil
	default:
		return false, wrong("evidence", fmt.Sprintf("%q: must be top or all", v))
	}
}

// experimental reads whether the experimental detectors are to run.
func experimental(c echo.Context) (bool, error) {
	switch v := c.QueryParam("experimental"); v {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, wrong("experimental", fmt.Sprintf("%q: must be true or false", v))
	}
}

// only reads the parts of an analysis from the query.
func only(c echo.Context) ([]string, error) {
	if !c.QueryParams().Has("only") {
		return nil, nil
	}
	parts, err := analyzer.ParseParts(c.QueryParam("only"))
	if err != nil {
		return nil, wrong("only", err.Error())
	}
	return parts, nil
}

func (s *Server) postAnalyze(c echo.Context) error {
	u, err := unit(c)
	if err != nil {
		return err
	}
	parts, err := only(c)
	if err != nil {
		return err
	}
	all, err := evidence(c)
	if err != nil {
		return err
	}
	experimental, err := experimental(c)
	if err != nil {
		return err
	}
	data, err := body(c)
	if err != nil {
		return err
	}
	fetched := false
	a, err := corpus.DecodeArticle(s.set, data)
	if err != nil {
		if a.URL == "" || a.Text != "" || a.Title != "" {
			return err
		}
		if a, err = s.fetchArticle(c.Request().Context(), a.URL); err != nil {
			return err
		}
		fetched = true
	}
	opt := analyzer.Options{
		Only: parts, WithText: fetched || c.QueryParam("with_text") == "true", AllEvidence: all, Experimental: experimental,
	}
	return s.answer(c, http.StatusOK, s.analyzer.Analyze(a.Input(), opt).In(u, a.Title, a.Text))
}

// body reads a request's body within the limit.
func body(c echo.Context) ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, fail(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body may have at most %d bytes", maxBody))
	}
	if err != nil {
		return nil, fail(http.StatusBadRequest, "the body could not be read")
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))) == 0 {
		return nil, fail(http.StatusBadRequest, "the body is empty")
	}
	return data, nil
}
