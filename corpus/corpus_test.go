package corpus_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"parallax/corpus"
	"parallax/corpus/corpustest"
	"parallax/lexicons"
)

func TestSQLite(t *testing.T) {
	corpustest.Run(t, func(t *testing.T) string { return t.TempDir() + "/a b?%.db" })
}

// TestPostgres makes a database of its own for each test in the server that
// TEST_POSTGRES names.
func TestPostgres(t *testing.T) {
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("TEST_POSTGRES is not set, and CI must test PostgreSQL")
		}
		t.Skip("TEST_POSTGRES is not set: postgres://user@localhost:5432/postgres")
	}
	var n atomic.Int32
	corpustest.Run(t, func(t *testing.T) string {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, server)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("parallax_%d_%d", os.Getpid(), n.Add(1))
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := conn.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
				t.Error(err)
			}
			if err := conn.Close(ctx); err != nil {
				t.Error(err)
			}
		})
		u, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/" + name
		return u.String()
	})
}

func set(t testing.TB) *lexicons.Set {
	t.Helper()
	s, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDecodeArticle(t *testing.T) {
	s := set(t)
	for _, c := range []struct{ in, want string }{
		{`{"text":"a"}`, "a_ca978112ca1bbdca"},
		{`{"id":"x","title":"a","text":null,"url":"","extra":{"deep":[1]}}`, "x"},
		{`{"id":17,"text":"a"}`, "17"},
		{`{"id":-1.5e3,"text":"a"}`, "-1.5e3"},
		{`{"id":null,"text":"a","published":"2026-01-31"}`, "a_ca978112ca1bbdca"},
		{`{"text":"a","url":"https://www.bbc.co.uk/x?utm_source=y"}`, "a_b74c045e5ae78093"},
		{``, "empty: must be a JSON object with text or title"},
		{`{"text":`, "not a JSON object: unexpected end of JSON input at byte 8"},
		{`[1]`, "not a JSON object: it is array"},
		{`null`, "not a JSON object: null"},
		{`{}`, "text: empty, and there is no title"},
		{`{"text":"  \n "}`, "text: empty, and there is no title"},
		{`{"text":5}`, "text: must be a string"},
		{`{"text":"a","title":["x"]}`, "title: must be a string"},
		{`{"id":true,"text":"a"}`, "id: must be a string or a number"},
		{`{"id":"a\u0007","text":"a"}`, "id: has a control character"},
		{`{"id":"` + strings.Repeat("é", 101) + `","text":"a"}`, "id: has 202 bytes, at most 200"},
		{`{"text":"a","published":"yesterday"}`, `published: "yesterday" is no RFC 3339 date or date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z`},
		{`{"text":"a","published":"2026-02-30"}`, `published: "2026-02-30" is no RFC 3339 date or date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z`},
		{`{"text":"a","published":"9999-12-31T23:59:59-01:00"}`, `published: "9999-12-31T23:59:59-01:00" is no RFC 3339 date or date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z`},
		{`{"text":"a","published":"0000-01-01"}`, `published: "0000-01-01" is no RFC 3339 date or date-time, such as 2026-01-31 or 2026-01-31T12:00:00Z`},
		{`{"text":"a","url":"ftp://x.example/"}`, `url: "ftp://x.example/": not a web address: must be http or https`},
		{`{"text":"` + strings.Repeat("a", corpus.MaxText+1) + `"}`, "text: too_large: 5000001 bytes, at most 5000000"},
	} {
		a, err := corpus.DecodeArticle(s, []byte(c.in))
		got := a.ID
		if err != nil {
			got = err.Error()
			if !errors.Is(err, corpus.ErrInvalid) {
				t.Errorf("%.80s: %v is no ErrInvalid", c.in, err)
			}
		}
		if got != c.want {
			t.Errorf("%.80s: %s, want %s", c.in, got, c.want)
		}
	}
}

// The defaults of one address and of one text are the same each time, and
// those of the same page under another address form too.
func TestDefaultID(t *testing.T) {
	s := set(t)
	ids := map[string]bool{}
	for _, in := range []string{
		`{"text":"a","url":"https://bbc.co.uk/x"}`, `{"text":"b","url":"http://www.bbc.co.uk/x/?fbclid=1#top"}`,
	} {
		a, err := corpus.DecodeArticle(s, []byte(in))
		if err != nil {
			t.Fatal(err)
		}
		ids[a.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("two forms of one address give %v", ids)
	}
}

func FuzzDecodeArticle(f *testing.F) {
	for _, s := range []string{
		`{"text":"a"}`, `{"id":17,"title":"\ud800","text":"\u0000"}`, `{"published":"2026-01-31T12:00:00+25:00","text":"a"}`, `{"id":"\u0007"}`,
		`{"url":"https://a.b/%ff","text":"x"}`, `{"text":"a","text":5}`, "{\"text\":\"\xff\"}", `[]`, `{"id":1e999,"text":"a"}`,
	} {
		f.Add([]byte(s))
	}
	s := set(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := corpus.DecodeArticle(s, data)
		if err != nil {
			if !errors.Is(err, corpus.ErrInvalid) || err.Error() == "" {
				t.Fatalf("%q: %v", data, err)
			}
			return
		}
		switch {
		case a.ID == "" || len(a.ID) > 200:
			t.Fatalf("%q: id %q", data, a.ID)
		case strings.TrimSpace(a.Title+a.Text) == "":
			t.Fatalf("%q: nothing to read", data)
		case !utf8.ValidString(a.Title) || !utf8.ValidString(a.Text):
			t.Fatalf("%q: words are no UTF-8", data)
		case !a.Published.IsZero() && a.Published.Location() != time.UTC:
			t.Fatalf("%q: published %v", data, a.Published)
		}
	})
}
