package corpus

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"parallax/corpus/page"
	"parallax/lexicons"
)

// A Record is an article on its way in, or why there is none.
type Record struct {
	File    string
	Line    int // 0 where a file is one article
	Article Article
	Err     error
}

// ErrInternal is what an article is rejected with whose analysis failed by a
// fault of ours.
var ErrInternal = fmt.Errorf("internal fault in the analysis: %w", ErrInvalid)

// Safely calls f, which handles one article, and makes an error of a panic: a
// fault met by one article must lose no other.
func Safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", ErrInternal, r)
		}
	}()
	return f()
}

// An Outcome is what became of a record. With an Err it was rejected, if
// [IsRejection], or its file could not be read.
type Outcome struct {
	File string
	Line int
	Result
}

// A batch is stored in one transaction.
const (
	batchArticles = 64
	batchBytes    = 8 << 20
)

// Ingest takes records in, in order, in batches. It calls done for each record
// once what became of it is on disk. A rejected record loses no other.
func (s *Store) Ingest(ctx context.Context, records iter.Seq[Record], done func(Outcome)) error {
	var batch []Record
	size := 0
	flush := func() error {
		err := s.store(ctx, batch, done)
		batch, size = batch[:0], 0
		return err
	}
	for r := range records {
		batch = append(batch, r)
		size += len(r.Article.Text) + len(r.Article.Title)
		if len(batch) >= batchArticles || size >= batchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return flush()
}

func (s *Store) store(ctx context.Context, batch []Record, done func(Outcome)) error {
	var articles []Article
	for _, r := range batch {
		if r.Err == nil {
			articles = append(articles, r.Article)
		}
	}
	results, err := s.Add(ctx, articles)
	if err != nil {
		return err
	}
	next := 0
	for _, r := range batch {
		o := Outcome{File: r.File, Line: r.Line, Result: Result{ID: r.Article.ID, Status: Rejected, Err: r.Err}}
		if r.Err == nil {
			o.Result = results[next]
			next++
		}
		done(o)
	}
	return nil
}

// DecodeLines reads articles from JSON Lines.
func (s *Store) DecodeLines(name string, r io.Reader) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for l := range Lines(r, MaxLine) {
			rec := Record{File: name, Line: l.Number, Err: l.Err}
			if l.Err == nil {
				rec.Article, rec.Err = DecodeArticle(s.set, l.Data)
			}
			if !yield(rec) {
				return
			}
		}
	}
}

// Records reads the articles of a file or a directory: .jsonl files line by
// line, .json, .html and .txt files one article each, all of them also as .gz
// or .zst. Other files in a directory are passed over; a file that is named
// itself and has another ending is taken for JSON Lines.
func (s *Store) Records(name string) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		info, err := os.Stat(name)
		if err != nil {
			yield(Record{File: name, Err: err})
			return
		}
		if !info.IsDir() {
			s.file(name, yield)
			return
		}
		stopped := false
		err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				stopped = !yield(Record{File: path, Err: err})
			} else if d.Type().IsRegular() && readable(path) {
				stopped = !s.file(path, yield)
			}
			if stopped {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Record{File: name, Err: err})
		}
	}
}

// Ending is the ending of a file's name under .gz or .zst, in lower case.
func Ending(name string) string {
	name = strings.ToLower(name)
	return filepath.Ext(strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst"))
}

func readable(name string) bool {
	switch Ending(name) {
	case ".jsonl", ".ndjson", ".json", ".html", ".htm", ".txt":
		return true
	}
	return false
}

// file reads one file and says whether to go on.
func (s *Store) file(name string, yield func(Record) bool) bool {
	f, err := os.Open(name)
	if err != nil {
		return yield(Record{File: name, Err: err})
	}
	defer func() { _ = f.Close() }() // only read
	r, err := Decompress(f)
	if err != nil {
		return yield(Record{File: name, Err: fmt.Errorf("%s: %w", name, err)})
	}
	defer func() { _ = r.Close() }()
	switch Ending(name) {
	case ".json", ".html", ".htm", ".txt":
		rec := Record{File: name}
		rec.Article, rec.Err = s.decodeFile(name, r)
		return yield(rec)
	}
	for rec := range s.DecodeLines(name, r) {
		if !yield(rec) {
			return false
		}
	}
	return true
}

func (s *Store) decodeFile(name string, r io.Reader) (Article, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxLine+1))
	switch {
	case err != nil:
		return Article{}, err
	case len(data) > MaxLine:
		return Article{}, &FieldError{"", fmt.Sprintf("too_large: over %d bytes", MaxLine)}
	}
	switch Ending(name) {
	case ".json":
		return DecodeArticle(s.set, data)
	case ".txt":
		return DecodeText(s.set, data)
	}
	return DecodePage(s.set, data)
}

// DecodeText takes a plain text for an article.
func DecodeText(set *lexicons.Set, data []byte) (Article, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return Article{}, &FieldError{"text", "is UTF-16: convert it to UTF-8"}
	}
	a := Article{Text: string(data)}
	return a, a.Check(set)
}

// DecodePage reads the article of an HTML page.
func DecodePage(set *lexicons.Set, data []byte) (Article, error) {
	p, err := page.Read(data)
	if err != nil {
		return Article{}, &FieldError{"", err.Error()}
	}
	a := Article{Title: p.Title, Text: p.Text, URL: p.URL, Source: p.Site, Published: p.Published}
	if a.URL != "" {
		if _, err := set.Canonical(a.URL); err != nil {
			a.URL = "" // a page may claim any address
		}
	}
	return a, a.Check(set)
}
