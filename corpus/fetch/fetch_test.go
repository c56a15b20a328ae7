package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

func TestPublic(t *testing.T) {
	for at, want := range map[string]bool{
		"93.184.215.14:443": true, "93.184.215.14:80": true, "[2606:2800:21f::1]:443": true, "[::ffff:93.184.215.14]:443": true,
		"93.184.215.14:22": false, "93.184.215.14:8080": false,
		"127.0.0.1:80": false, "127.8.8.8:443": false, "0.0.0.0:80": false, "0.1.2.3:80": false,
		"10.0.0.1:80": false, "172.16.0.1:80": false, "172.31.255.255:80": false, "192.168.1.1:80": false,
		"169.254.169.254:80": false, "100.64.0.1:80": false, "100.127.255.255:80": false,
		"192.0.0.1:80": false, "192.0.2.1:80": false, "198.18.0.1:80": false, "198.51.100.1:80": false, "203.0.113.1:80": false,
		"224.0.0.1:80": false, "239.255.255.255:80": false, "240.0.0.1:80": false, "255.255.255.255:80": false,
		"[::1]:80": false, "[::]:80": false, "[::127.0.0.1]:80": false, "[::ffff:127.0.0.1]:80": false, "[::ffff:10.0.0.1]:443": false,
		"[fe80::1]:80": false, "[fe80::1%eth0]:80": false, "[fc00::1]:80": false, "[fd12:3456::1]:80": false, "[fec0::1]:80": false, "[ff02::1]:80": false,
		"[64:ff9b::7f00:1]:80": false, "[64:ff9b:1::1]:80": false, "[100::1]:80": false, "[2001::1]:80": false, "[2001:db8::1]:80": false, "[2002:7f00:1::]:80": false,
	} {
		if got := public(netip.MustParseAddrPort(at)); got != want {
			t.Errorf("public(%s) = %v, want %v", at, got, want)
		}
	}
}

// No connection is made for an address that leads into the machine or its
// network, in whatever form it is written.
func TestRefused(t *testing.T) {
	var asked atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	t.Cleanup(web.Close)
	port := web.URL[strings.LastIndexByte(web.URL, ':'):]
	for _, address := range []string{
		web.URL, "http://localhost" + port, "http://[::ffff:127.0.0.1]" + port, "http://169.254.169.254/latest/meta-data",
		"http://10.0.0.1/", "http://[::1]/", "http://[fe80::1%25eth0]/", "http://user:word@93.184.215.14/", "http://0.0.0.0" + port,
		"ftp://93.184.215.14/", "file:///etc/passwd", "javascript:alert(1)", "gopher://93.184.215.14/", "http://", "http:///x", "/x", "", "http://%zz/", "https://\x00",
	} {
		if _, err := New("test").Page(context.Background(), address); err == nil {
			t.Errorf("%q was fetched", address)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d connections were made", n)
	}
}

// here may connect to the test's own server and to no other place.
func here(t *testing.T, handle http.HandlerFunc) (*Fetcher, string) {
	t.Helper()
	web := httptest.NewServer(handle)
	t.Cleanup(web.Close)
	at := netip.MustParseAddrPort(strings.TrimPrefix(web.URL, "http://"))
	return newFetcher("test/1", func(a netip.AddrPort) bool { return a == at }), web.URL
}

func TestPage(t *testing.T) {
	f, web := here(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/page":
			fmt.Fprint(w, "<p>", r.UserAgent(), r.Header.Get("Referer"), r.Header.Get("Cookie"))
		case "/moved":
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "me"})
			http.Redirect(w, r, "/page", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/secret", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/image":
			w.Header().Set("Content-Type", "image/png")
		case "/long":
			for range MaxPage/1024 + 2 {
				fmt.Fprint(w, strings.Repeat("a", 1024))
			}
		default:
			http.NotFound(w, r)
		}
	})
	for path, want := range map[string]string{
		"/page": "<p>test/1", "/moved": "<p>test/1", "/none": "answers with status 404", "/image": "answers with something else than a page",
		"/round": "leads from one address to the next without end", "/inside": "leads to an address that is none of the public web",
		"/file": "is no address of the web", "/long": fmt.Sprintf("answers with more than %d bytes", MaxPage),
	} {
		data, err := f.Page(context.Background(), web+path)
		got := string(data)
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %.80q, want %q", path, got, want)
		}
		if refuse := path == "/round" || path == "/inside" || path == "/file"; errors.Is(err, ErrRefused) != refuse {
			t.Errorf("%s: %v: refused %v, want %v", path, err, !refuse, refuse)
		}
	}
}

// An error never holds the address.
func TestErrorsHoldNoAddress(t *testing.T) {
	f, web := here(t, http.NotFound)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range []error{
		second(f.Page(ctx, web+"/secret")), second(f.Page(context.Background(), web+"/secret")),
		second(f.Page(context.Background(), "http://127.0.0.1:1/secret")), second(f.Page(context.Background(), "http://%zz/secret")),
	} {
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("error: %v", err)
		}
	}
}

func second(_ []byte, err error) error { return err }
