package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/lexicons"
)

// Config says what a server shows and to whom.
type Config struct {
	Store    *corpus.Store
	Loopback bool         // listens on a loopback address only
	Log      *slog.Logger // nil is silent
	Pages    Pages        // for addresses to analyse; nil fetches none
	Demo     bool         // the articles are the bundled, invented ones; pages say so
}

// Pages gets the page at an address.
type Pages interface {
	Page(ctx context.Context, address string) ([]byte, error)
}

// A Server answers requests about one corpus. It is safe for concurrent use.
type Server struct {
	echo     *echo.Echo
	store    *corpus.Store
	analyzer *analyzer.Analyzer
	set      *lexicons.Set
	log      *slog.Logger
	web      Pages
	loopback bool
	demo     bool
}

// maxBody is the most bytes of a request's body.
const maxBody = 64 << 20

// New makes a server. It is an [http.Handler].
func New(c Config) (*Server, error) {
	s := &Server{
		echo: echo.New(), store: c.Store, analyzer: c.Store.Analyzer(), set: c.Store.Lexicons(),
		log: c.Log, web: c.Pages, loopback: c.Loopback, demo: c.Demo,
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.problem
	e.Pre(middleware.RequestID(), s.logged, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.panicked}), s.headers, s.guard)
	e.Use(middleware.Gzip())
	s.routes(e)
	return s, s.pages(e)
}

// ServeHTTP answers a request. HEAD is answered as GET; net/http leaves the body
// out, since it keeps the request as it came.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		r = r.Clone(r.Context())
		r.Method = http.MethodGet
	}
	s.echo.ServeHTTP(w, r)
}

// Serve answers requests on l until ctx is done, then lets those under way
// finish within five seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := srv.Shutdown(stop)
	if served := <-done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// headers are those that every answer carries: pages load nothing from
// elsewhere and run no inline script, and each answer says what it was made
// with.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("Parallax-Engine", s.analyzer.Engine())
		h.Set("Parallax-Lexicons", s.set.Words())
		h.Set("Parallax-Ratings", s.set.RatingsHash())
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		return next(c)
	}
}

// logged writes a line a request. It names the route and not the address,
// which may hold what somebody reads.
func (s *Server) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err) // so that the status is known
		}
		s.log.Info("request", "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
			"ms", time.Since(start).Milliseconds(), "id", c.Response().Header().Get(echo.HeaderXRequestID))
		return nil
	}
}

func (s *Server) panicked(c echo.Context, err error, stack []byte) error {
	s.log.Error("panic", "route", c.Path(), "error", err, "stack", string(stack))
	return err
}
