package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"parallax/analyzer"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// MaxText is the most bytes that a text or title may have.
const MaxText = 5_000_000

// maxID is the most bytes that an id may have.
const maxID = 200

// ErrInvalid is what every error about the content of an article wraps.
var ErrInvalid = errors.New("invalid article")

// A FieldError says which field of an article is wrong and why.
type FieldError struct {
	Field string // "" when it is the record as a whole
	What  string // a sentence without its subject: "must be a string"
}

func (e *FieldError) Error() string {
	if e.Field == "" {
		return e.What
	}
	return e.Field + ": " + e.What
}

func (e *FieldError) Unwrap() error { return ErrInvalid }

// An Article is one published text as it was handed in. The zero time is an
// unknown date.
type Article struct {
	ID        string
	Title     string
	Text      string
	URL       string // as given
	Domain    string // as given
	Source    string // name, as given
	Published time.Time
	Kind      string // as given

	canonical string // of URL
}

// DecodeArticle reads one article from JSON. Unknown keys are ignored; empty
// and null are the same as missing; bytes that are no UTF-8 become U+FFFD.
// Errors wrap [ErrInvalid]. The article that comes with an error has at least
// its id, if that could be read.
func DecodeArticle(set *lexicons.Set, data []byte) (Article, error) {
	var a Article
	if len(bytes.TrimSpace(data)) == 0 {
		return a, &FieldError{"", "empty: must be a JSON object with text or title"}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return a, &FieldError{"", "not a JSON object: " + jsonFault(err)}
	}
	if fields == nil {
		return a, &FieldError{"", "not a JSON object: null"}
	}
	id, err := decodeID(fields["id"])
	if err != nil {
		return a, err
	}
	a.ID = id
	published := ""
	for _, f := range []struct {
		name string
		to   *string
	}{
		{"title", &a.Title},
		{"text", &a.Text},
		{"url", &a.URL},
		{"domain", &a.Domain},
		{"source", &a.Source},
		{"published", &published},
		{"kind", &a.Kind},
	} {
		raw := fields[f.name]
		if len(raw) == 0 {
			continue
		}
		if err := json.Unmarshal(raw, f.to); err != nil {
			return a, &FieldError{f.name, "must be a string"}
		}
	}
	if a.Published, err = ParseTime(published); err != nil {
		return a, &FieldError{"published", err.Error()}
	}
	return a, a.Check(set)
}

func jsonFault(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("%v at byte %d", syntax, syntax.Offset)
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return "it is " + kind.Value
	}
	return err.Error()
}

// decodeID takes a string, or a number as it is written.
func decodeID(raw json.RawMessage) (string, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return "", nil
	}
	id := string(raw)
	if raw[0] == '"' {
		if err := json.Unmarshal(raw, &id); err != nil {
			return "", &FieldError{"id", "must be a string"}
		}
	} else if raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		return "", &FieldError{"id", "must be a string or a number"}
	}
	switch {
	case len(id) > maxID:
		return "", &FieldError{"id", fmt.Sprintf("has %d bytes, at most %d", len(id), maxID)}
	case strings.ContainsFunc(id, unicode.IsControl):
		return "", &FieldError{"id", "has a control character"}
	}
	return id, nil
}

// ParseTime reads an RFC 3339 date-time or date; "" is the zero time.
func ParseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			// In UTC the year may be one that RFC 3339 can't write.
			if t = t.UTC(); t.Year() >= 1 && t.Year() <= 9999 {
				return t, nil
			}
		}
	}
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return time.Time{}, fmt.Errorf("%q is no RFC 3339 date or date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z", s)
}

// Check holds the rules that an article must meet and fills in what follows
// from it: the id and the canonical URL.
func (a *Article) Check(set *lexicons.Set) error {
	a.Title, a.Text = text.Valid(a.Title), text.Valid(a.Text)
	switch {
	case len(a.Text) > MaxText:
		return &FieldError{"text", fmt.Sprintf("too_large: %d bytes, at most %d", len(a.Text), MaxText)}
	case len(a.Title) > MaxText:
		return &FieldError{"title", fmt.Sprintf("too_large: %d bytes, at most %d", len(a.Title), MaxText)}
	case strings.TrimSpace(a.Text) == "" && strings.TrimSpace(a.Title) == "":
		return &FieldError{"text", "empty, and there is no title"}
	}
	a.canonical = ""
	if a.URL != "" {
		canonical, err := set.Canonical(a.URL)
		if err != nil {
			return &FieldError{"url", err.Error()}
		}
		a.canonical = canonical
	}
	if a.ID == "" {
		a.ID = defaultID(a.canonical, a.Text, a.Title)
	}
	return nil
}

// defaultID is the id of an article that came without one.
func defaultID(canonical, body, title string) string {
	from := canonical
	if from == "" {
		from = body
	}
	if from == "" {
		from = title
	}
	sum := sha256.Sum256([]byte(from))
	return "a_" + hex.EncodeToString(sum[:8])
}

// Canonical is the canonical form of the article's URL, "" without one. It is
// known once the article was checked.
func (a *Article) Canonical() string { return a.canonical }

// Input is the article as the analyzer takes it.
func (a *Article) Input() analyzer.Input {
	return analyzer.Input{ID: a.ID, Title: a.Title, Text: a.Text, URL: a.URL, Domain: a.Domain, Source: a.Source, Kind: a.Kind}
}

// hash names the words of the article; another hash is a revision.
func (a *Article) hash() string {
	h := sha256.New()
	h.Write([]byte(a.Title))
	h.Write([]byte{0})
	h.Write([]byte(a.Text))
	return hex.EncodeToString(h.Sum(nil))
}
