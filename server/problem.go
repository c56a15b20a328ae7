package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/corpus"
	"parallax/lexicons"
)

// A problem is an error as the API tells it (RFC 9457).
type problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail,omitempty"`
	Instance string         `json:"instance,omitempty"` // id of the request
	Errors   []problemError `json:"errors,omitempty"`
}

type problemError struct {
	Field  string `json:"field,omitempty"`
	Line   int    `json:"line,omitempty"`
	Detail string `json:"detail"`
}

// A statusError is an error with the status that it is told with.
type statusError struct {
	status int
	detail string
	errors []problemError
}

func (e *statusError) Error() string { return e.detail }

// fail is an error with a status.
func fail(status int, detail string, errs ...problemError) error {
	return &statusError{status, detail, errs}
}

// wrong is a request that is at fault in one field.
func wrong(field, detail string) error {
	return fail(http.StatusBadRequest, field+": "+detail, problemError{Field: field, Detail: detail})
}

// notBuilt is a part of the contract that is yet to come.
func notBuilt(what string) error {
	return fail(http.StatusNotImplemented, what+" is not built yet")
}

// problemOf is the one place that picks a status for an error.
func problemOf(err error) problem {
	p := problem{Type: "about:blank", Status: http.StatusInternalServerError}
	var status *statusError
	var field *corpus.FieldError
	var framework *echo.HTTPError
	switch {
	case errors.As(err, &status):
		p.Status, p.Detail, p.Errors = status.status, status.detail, status.errors
	case errors.As(err, &field):
		p.Status, p.Detail = http.StatusBadRequest, err.Error()
		p.Errors = []problemError{{Field: field.Field, Detail: field.What}}
		if strings.HasPrefix(field.What, "too_large") {
			p.Status = http.StatusRequestEntityTooLarge
		}
	case errors.Is(err, corpus.ErrNotFound), errors.Is(err, lexicons.ErrNotFound):
		p.Status, p.Detail = http.StatusNotFound, err.Error()
	case errors.Is(err, corpus.ErrAmbiguous):
		p.Status, p.Detail = http.StatusConflict, err.Error()
	case errors.Is(err, lexicons.ErrAddress):
		p.Status, p.Detail = http.StatusBadRequest, err.Error()
		p.Errors = []problemError{{Field: "url", Detail: err.Error()}}
	case errors.As(err, &framework):
		p.Status = framework.Code
		switch p.Status {
		case http.StatusNotFound:
			p.Detail = "there is no such page or route; docs/api.md lists the routes"
		case http.StatusMethodNotAllowed:
			p.Detail = "this route does not take that method; the Allow header lists those it takes"
		}
	}
	p.Title = http.StatusText(p.Status)
	return p
}

// problem answers with an error: a page where a browser asks for one, else
// problem+json. What went wrong inside is logged and not told.
func (s *Server) problem(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := problemOf(err)
	p.Instance = c.Response().Header().Get(echo.HeaderXRequestID)
	if p.Status >= 500 && p.Status != http.StatusNotImplemented {
		s.log.Error("request failed", "route", c.Path(), "error", err, "id", p.Instance)
	}
	if wantsPage(c) {
		if s.errorPage(c, p) == nil {
			return
		}
	}
	data, err := json.Marshal(p)
	if err != nil {
		data = []byte(`{"status":500}`)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if err := c.Blob(p.Status, "application/problem+json", data); err != nil {
		s.log.Warn("answer not sent", "error", err)
	}
}

// wantsPage says whether a browser is to be shown a page.
func wantsPage(c echo.Context) bool {
	r := c.Request()
	return !strings.HasPrefix(r.URL.Path, "/v1/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}
