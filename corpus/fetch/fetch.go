// Package fetch gets a page from the web when somebody asks for its address. It
// never reaches into the network of the machine it runs on.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// The limits of a page.
const (
	MaxPage      = 8 << 20 // bytes
	maxRedirects = 5
	timeout      = 20 * time.Second
)

// ErrRefused is what errors about an address wrap that may not be asked for,
// whatever would answer there.
var ErrRefused = errors.New("refused")

// An Error says why there is no page. It never holds the address, so that it
// may be told and logged.
type Error struct {
	What string // a sentence without its subject: "answers with status 404"
	err  error
}

func (e *Error) Error() string { return e.What }
func (e *Error) Unwrap() error { return e.err }

func refused(what string) error { return &Error{what, ErrRefused} }

// A Fetcher gets pages. It is safe for concurrent use.
type Fetcher struct {
	client *http.Client
	agent  string
}

// New makes a fetcher that names itself agent to servers.
func New(agent string) *Fetcher { return newFetcher(agent, public) }

// newFetcher makes one that connects where allowed says it may.
func newFetcher(agent string, allowed func(netip.AddrPort) bool) *Fetcher {
	dialer := &net.Dialer{
		Timeout: 5 * time.Second,
		// Names are resolved by now: what a name, a number or a redirect leads to
		// is looked at here, and the connection goes to no other place.
		Control: func(_, address string, _ syscall.RawConn) error {
			if at, err := netip.ParseAddrPort(address); err != nil || !allowed(at) {
				return refused("leads to an address that is none of the public web")
			}
			return nil
		},
	}
	return &Fetcher{agent: agent, client: &http.Client{
		Timeout: timeout,
		// No proxy: it would resolve names behind the back of Control.
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableKeepAlives: true, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 5 * time.Second, MaxResponseHeaderBytes: 1 << 16,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return refused("leads from one address to the next without end")
			}
			r.Header.Del("Referer")
			return check(r.URL)
		},
	}}
}

// check refuses what is no plain address of the web.
func check(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return refused("is no address of the web")
	case u.User != nil:
		return refused("holds a user's name")
	}
	return nil
}

// Page gets the HTML page at an address.
func (f *Fetcher) Page(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, refused("is no address of the web")
	}
	if err := check(u); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, refused("is no address of the web")
	}
	r.Header.Set("User-Agent", f.agent)
	r.Header.Set("Accept", "text/html, application/xhtml+xml")
	answer, err := f.client.Do(r)
	if err != nil {
		return nil, without(err)
	}
	defer func() { _ = answer.Body.Close() }() // only read
	return read(answer)
}

// read takes the body of an answer that is a page.
func read(answer *http.Response) ([]byte, error) {
	if answer.StatusCode != http.StatusOK {
		return nil, &Error{What: fmt.Sprintf("answers with status %d", answer.StatusCode)}
	}
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil || kind != "text/html" && kind != "application/xhtml+xml" {
		return nil, &Error{What: "answers with something else than a page"}
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, MaxPage+1))
	switch {
	case err != nil:
		return nil, without(err)
	case len(data) > MaxPage:
		return nil, &Error{What: fmt.Sprintf("answers with more than %d bytes", MaxPage)}
	}
	return data, nil
}

// without is an error without the address, which those of net and net/http hold.
func without(err error) error {
	var own *Error
	var name *net.DNSError
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.DeadlineExceeded):
		return &Error{"did not answer in time", context.DeadlineExceeded}
	case errors.Is(err, context.Canceled):
		return &Error{"was given up", context.Canceled}
	case errors.As(err, &name):
		return &Error{What: "has a name that leads nowhere"}
	}
	return &Error{What: "does not answer"}
}
