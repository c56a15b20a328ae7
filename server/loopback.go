package server

import (
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// guard keeps web pages away from the server of the machine that shows them.
//
// Any page in a browser can send requests to 127.0.0.1. It can't read the
// answers, as the server allows no other origin, but it could write, or have a
// name of its own resolve to 127.0.0.1 and so become the same origin (DNS
// rebinding). Hence on loopback a foreign Host is refused, a foreign Origin may
// not write or analyse, and bodies must be of a type that a plain form can't
// send.
func (s *Server) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if s.loopback && !loopbackHost(r.Host) {
			return fail(http.StatusForbidden, "this server is for this machine only: the Host must be localhost, 127.0.0.1 or [::1]")
		}
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
			return next(c)
		}
		if foreign(r) {
			return fail(http.StatusForbidden, "a page of another origin may not do this")
		}
		if strings.HasPrefix(r.URL.Path, "/v1/") {
			if err := jsonBody(r); err != nil {
				return err
			}
		}
		if !s.loopback && writes(r) {
			return fail(http.StatusForbidden, "writing needs a key on a server that is not on loopback, and keys are not built yet; use parallax ingest")
		}
		return next(c)
	}
}

// writes says whether a request would change the corpus.
func writes(r *http.Request) bool {
	return r.URL.Path == "/v1/articles" || r.Method == http.MethodDelete || r.Method == http.MethodPut || r.Method == http.MethodPatch
}

// foreign says whether a browser sends the request for a page of another
// origin. Programs send no Origin.
func foreign(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	for _, origin := range r.Header.Values("Origin") {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, r.Host) {
			return true
		}
	}
	return false
}

// loopbackHost says whether a Host header names this machine.
func loopbackHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// LoopbackAddress says whether a listener's address can be reached from this
// machine only.
func LoopbackAddress(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && host != "" && loopbackHost(host)
}

// jsonBody refuses a body that a plain HTML form or a "simple" request could
// carry.
func jsonBody(r *http.Request) error {
	if r.Method == http.MethodDelete && r.ContentLength == 0 {
		return nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && kind != "application/x-ndjson" {
		return fail(http.StatusUnsupportedMediaType, "the Content-Type must be application/json or application/x-ndjson")
	}
	return nil
}
