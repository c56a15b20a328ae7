package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/server/render"
)

// report sends a story's report. The JSON has the same bytes as that of the
// command line.
func (s *Server) report(c echo.Context, format string) error {
	r, err := s.storyReport(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	switch format {
	case "json":
		return s.answer(c, http.StatusOK, r)
	case "md":
		err = render.Markdown(&b, r)
	case "html":
		err = render.HTML(&b, r)
	case "csv":
		err = render.CSV(&b, r)
	default:
		return fail(http.StatusNotFound, fmt.Sprintf("report.%s: must be report.json, report.md, report.html or report.csv", format))
	}
	if err != nil {
		return err
	}
	kind := map[string]string{"md": "text/markdown; charset=utf-8", "html": echo.MIMETextHTMLCharsetUTF8, "csv": "text/csv; charset=utf-8"}[format]
	return send(c, http.StatusOK, kind, b.Bytes())
}

// articleJSON is a stored article: its analysis, metadata and place.
type articleJSON struct {
	*analyzer.Analysis
	URL       string     `json:"url,omitempty"`
	Published *time.Time `json:"published"`
	Story     string     `json:"story"`
	Revision  int        `json:"revision"`
	FirstSeen time.Time  `json:"first_seen"`
}

func (s *Server) getArticle(c echo.Context) error {
	u, err := unit(c)
	if err != nil {
		return err
	}
	all, err := evidence(c)
	if err != nil {
		return err
	}
	id, err := param(c, "id")
	if err != nil {
		return err
	}
	a, err := s.store.Article(c.Request().Context(), id)
	if err != nil {
		return err
	}
	analysis := a.Analysis.In(u, a.Title, a.Text)
	analysis.Title = &a.Title
	if all {
		whole := s.analyzer.Analyze(a.Input(), analyzer.Options{Only: []string{analyzer.PartLeaning}, AllEvidence: true})
		analysis.Leaning = whole.In(u, a.Title, a.Text).Leaning
	}
	if c.QueryParam("with_text") == "true" {
		analysis.Text = &a.Text
	}
	return s.answer(c, http.StatusOK, articleJSON{analysis, a.URL, timeOf(a.Published), a.Story, a.Revision, a.FirstSeen.Truncate(time.Second)})
}

func timeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (s *Server) listArticles(c echo.Context) error {
	for _, name := range []string{"missing", "min_sources"} { // they are about stories
		if c.QueryParams().Has(name) {
			return wrong(name, "is a filter of /v1/stories and none of articles")
		}
	}
	f, n, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.store.Articles(c.Request().Context(), f, n, c.QueryParam("cursor"))
	if err != nil {
		return err
	}
	return s.answer(c, http.StatusOK, newList(page.Items, page.Next, page.Count))
}

// ingestJSON is the answer to articles that were sent in.
type ingestJSON struct {
	Accepted   int            `json:"accepted"`
	Duplicates int            `json:"duplicates"`
	Revised    int            `json:"revised"`
	Rejected   []rejectedJSON `json:"rejected"`
	Articles   []storedJSON   `json:"articles"`
}

type rejectedJSON struct {
	Line  int     `json:"line"`
	ID    *string `json:"id"`
	Error string  `json:"error"`
}

type storedJSON struct {
	Line   int    `json:"line"`
	ID     string `json:"id"`
	Status string `json:"status"`
	Story  string `json:"story"`
}

// postArticles takes articles in. They are on disk and can be read when the
// answer is sent, so that ?wait=true has nothing to wait for.
func (s *Server) postArticles(c echo.Context) error {
	data, err := body(c)
	if err != nil {
		return err
	}
	records, err := s.records(data)
	if err != nil {
		return err
	}
	out := ingestJSON{Rejected: []rejectedJSON{}, Articles: []storedJSON{}}
	err = s.store.Ingest(c.Request().Context(), slices.Values(records), out.add)
	if err != nil {
		return err
	}
	if len(out.Rejected) == len(records) {
		var errs []problemError
		for i, r := range out.Rejected {
			field := fieldOf(records[i].Err)
			errs = append(errs, problemError{Field: field, Line: r.Line, Detail: strings.TrimPrefix(r.Error, field+": ")})
		}
		return fail(http.StatusUnprocessableEntity, "no article was accepted", errs...)
	}
	if c.QueryParam("wait") == "true" {
		return s.answer(c, http.StatusOK, out)
	}
	return s.answer(c, http.StatusAccepted, out)
}

func fieldOf(err error) string {
	var f *corpus.FieldError
	if errors.As(err, &f) {
		return f.Field
	}
	return "id" // a conflict with what is stored
}

func (j *ingestJSON) add(o corpus.Outcome) {
	switch o.Status {
	case corpus.Accepted:
		j.Accepted++
	case corpus.Duplicate:
		j.Duplicates++
	case corpus.Revised:
		j.Revised++
	default:
		r := rejectedJSON{Line: o.Line, Error: o.Err.Error()}
		if o.ID != "" {
			r.ID = &o.ID
		}
		j.Rejected = append(j.Rejected, r)
		return
	}
	j.Articles = append(j.Articles, storedJSON{o.Line, o.ID, o.Status, o.Story})
}

// records reads a JSON array, whose elements count as lines, or JSON Lines.
func (s *Server) records(data []byte) ([]corpus.Record, error) {
	if trimmed := bytes.TrimLeft(data, " \t\r\n\ufeff"); len(trimmed) == 0 || trimmed[0] != '[' {
		return slices.Collect(s.store.DecodeLines("", bytes.NewReader(data))), nil
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fail(http.StatusBadRequest, "the body is no JSON array: "+err.Error())
	}
	if len(raw) == 0 {
		return nil, fail(http.StatusBadRequest, "the array is empty")
	}
	var out []corpus.Record
	for i, r := range raw {
		rec := corpus.Record{Line: i + 1}
		rec.Article, rec.Err = corpus.DecodeArticle(s.set, r)
		out = append(out, rec)
	}
	return out, nil
}
