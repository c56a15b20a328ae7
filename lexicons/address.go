package lexicons

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// ErrAddress is what every error about an address wraps.
var ErrAddress = errors.New("not a web address")

// An Address is a web address, resolved.
type Address struct {
	URL    string // canonical
	Source string // key of the source: a registrable domain, or an author on a platform
}

// hosts maps international names to punycode and refuses what is no name.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// Resolve reads a URL or a bare domain and says which source it belongs to.
// Errors wrap [ErrAddress].
func (s *Set) Resolve(raw string) (Address, error) {
	u, err := s.parse(raw)
	if err != nil {
		return Address{}, err
	}
	a := Address{URL: u.String(), Source: registrable(u.Host)}
	for host := u.Host; host != ""; host = parent(host) {
		if e, ok := s.platforms[host]; ok {
			a.Source = author(e, host, u)
			return a, nil
		}
		if src, ok := s.sources[host]; ok {
			a.Source = src.Domain
			return a, nil
		}
		if host == registrable(u.Host) {
			break
		}
	}
	return a, nil
}

// Canonical is the form under which two addresses of one page are equal: lower
// case host without "www." and the like, https, no port, user or fragment, no
// AMP parts and tracking parameters, parameters sorted, no trailing slash.
func (s *Set) Canonical(raw string) (string, error) {
	u, err := s.parse(raw)
	if err != nil {
		return "", err
	}
	return u.String(), nil
}

// Source is what the lexicon knows of a source key, which is what
// [Set.Resolve] gives. What it does not know is unrated, and so is a platform
// whatever its own site is rated.
func (s *Set) Source(key string) Source {
	src, ok := s.sources[key]
	if _, platform := s.platforms[key]; !ok || platform {
		return Source{Domain: key, Leaning: Unrated}
	}
	return *src
}

// Platform says whether a source key is that of a platform, which hosts sources
// and is none.
func (s *Set) Platform(key string) bool {
	_, ok := s.platforms[key]
	return ok
}

// Lookup is the source of an address.
func (s *Set) Lookup(raw string) (Address, Source, error) {
	a, err := s.Resolve(raw)
	if err != nil {
		return a, Source{}, err
	}
	return a, s.Source(a.Source), nil
}

// Sources are all sources known, by domain; of two entries of one domain the
// later read counts.
func (s *Set) Sources() []Source {
	var out []Source
	for key, src := range s.sources {
		if key == src.Domain {
			out = append(out, *src)
		}
	}
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(a.Domain, b.Domain) })
	return out
}

func addressError(raw, why string) error {
	if len(raw) > 80 {
		raw = raw[:80] + "…"
	}
	return fmt.Errorf("%q: %w: %s", raw, ErrAddress, why)
}

// maxAddress is the most bytes an address may have.
const maxAddress = 8192

// parse gives the canonical URL. An AMP cache address is followed to the page
// it caches.
func (s *Set) parse(raw string) (*url.URL, error) {
	in := strings.TrimSpace(raw)
	switch {
	case len(in) > maxAddress:
		return nil, addressError(raw, fmt.Sprintf("longer than %d bytes", maxAddress))
	case in == "":
		return nil, addressError(raw, "empty")
	case strings.HasPrefix(in, "//"):
		in = "https:" + in
	case !strings.Contains(in, "://"):
		in = "https://" + in
	}
	u, err := url.Parse(in)
	if err != nil {
		return nil, addressError(raw, "can't be parsed")
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, addressError(raw, "must be http or https")
	}
	host, err := canonicalHost(u.Hostname())
	if err != nil {
		return nil, addressError(raw, err.Error())
	}
	u = (&url.URL{Scheme: "https", Host: host}).ResolveReference(&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery})
	if page := ampPage(u); page != "" {
		if inner, err := s.parse(page); err == nil {
			return inner, nil
		}
	}
	s.cleanQuery(u)
	if u, err = cleanPath(u); err == nil && len(u.String()) > maxAddress { // encoding made it longer
		return nil, addressError(raw, fmt.Sprintf("longer than %d bytes", maxAddress))
	}
	return u, err
}

func canonicalHost(host string) (string, error) {
	host = strings.TrimRight(host, ".")
	if ip := net.ParseIP(host); ip != nil {
		if ip.To4() == nil {
			return "[" + ip.String() + "]", nil
		}
		return ip.String(), nil
	}
	ascii, err := hosts.ToASCII(host)
	if err != nil {
		return "", errors.New("no valid host name")
	}
	// What can't be read back is no name, such as one made of stray bytes.
	if again, err := hosts.ToASCII(ascii); err != nil || again != ascii {
		return "", errors.New("no valid host name")
	}
	ascii = strings.Trim(strings.ToLower(ascii), ".")
	if ascii == "" || len(ascii) > 253 || strings.Contains(ascii, "..") || strings.ContainsFunc(ascii, badHostRune) {
		return "", errors.New("no valid host name")
	}
	for {
		short := ascii
		for _, p := range []string{"www.", "www1.", "m.", "mobile.", "amp."} {
			if rest, ok := strings.CutPrefix(ascii, p); ok && strings.Contains(rest, ".") && registrable(rest) != "" && !publicSuffix(rest) {
				short = rest
				break
			}
		}
		if short == ascii {
			return ascii, nil
		}
		ascii = short
	}
}

func badHostRune(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '.' || r == '_')
}

func publicSuffix(host string) bool {
	suffix, _ := publicsuffix.PublicSuffix(host)
	return suffix == host
}

// registrable is the domain that someone has registered, by the public suffix
// list with its private section; a host without one stands for itself.
func registrable(host string) string {
	if strings.HasPrefix(host, "[") || net.ParseIP(host) != nil {
		return host
	}
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}

func parent(host string) string {
	_, rest, _ := strings.Cut(host, ".")
	return rest
}

// author is the key of whoever writes at an address of a platform; the
// platform itself where no author is named.
func author(e *Entry, host string, u *url.URL) string {
	if e.Value == "host" || e.Value == "both" {
		if u.Host != host {
			return u.Host
		}
	}
	platform := e.Phrase // whichever of its domains the address has
	if e.Value != "path" && e.Value != "both" {
		return platform
	}
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	switch {
	case slices.Contains(e.Prefixes, parts[0]):
		if len(parts) > 1 {
			return platform + "/" + parts[0] + "/" + strings.ToLower(parts[1])
		}
	case slices.Contains(e.Prefixes, "@"):
		if strings.HasPrefix(parts[0], "@") && len(parts[0]) > 1 {
			return platform + "/" + strings.ToLower(parts[0])
		}
	case parts[0] != "" && len(e.Prefixes) == 0:
		return platform + "/" + strings.ToLower(parts[0])
	}
	return platform
}

// ampPage is the address that an AMP cache or viewer address shows, or "".
func ampPage(u *url.URL) string {
	p, kinds := u.EscapedPath(), []string(nil)
	switch {
	case strings.HasSuffix(u.Host, ".cdn.ampproject.org") || u.Host == "cdn.ampproject.org":
		kinds = []string{"/c/", "/v/", "/i/"}
	case strings.HasPrefix(u.Host, "google."):
		kinds = []string{"/amp/"}
	}
	for _, kind := range kinds {
		if page, ok := strings.CutPrefix(p, kind); ok {
			page = strings.TrimPrefix(page, "s/")
			if host, _, _ := strings.Cut(page, "/"); strings.Contains(strings.Trim(host, "."), ".") {
				return page
			}
		}
	}
	return ""
}

// cleanPath removes AMP parts and trailing slashes.
func cleanPath(u *url.URL) (*url.URL, error) {
	p := u.EscapedPath()
	for {
		q := strings.TrimRight(p, "/")
		q = strings.TrimSuffix(q, "/amp")
		q = strings.TrimSuffix(q, ".amp")
		q = strings.ReplaceAll(q, "/amp/", "/")
		if base, ok := strings.CutSuffix(q, ".amp.html"); ok && path.Base(base) != "/" {
			q = base + ".html"
		}
		if q == p {
			break
		}
		p = q
	}
	decoded, err := url.PathUnescape(p)
	if err != nil {
		return nil, addressError(u.String(), "the path can't be decoded")
	}
	u.Path, u.RawPath = decoded, p
	return u, nil
}

// cleanQuery drops tracking and AMP parameters and sorts the rest.
func (s *Set) cleanQuery(u *url.URL) {
	var keep []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(key); err == nil {
			key = name
		}
		if pair != "" && !s.tracks(strings.ToLower(key)) {
			keep = append(keep, escapeQuery(pair))
		}
	}
	slices.Sort(keep)
	u.RawQuery = strings.Join(keep, "&")
}

// escapeQuery encodes what a browser encodes in a query (WHATWG URL, the
// special-query set) and leaves the rest as it was written.
func escapeQuery(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"#<>'", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func (s *Set) tracks(key string) bool {
	return slices.ContainsFunc(s.tracking, func(t string) bool {
		prefix, wild := strings.CutSuffix(t, "*")
		return key == t || wild && strings.HasPrefix(key, prefix)
	})
}
