package corpus

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
)

// content is an article's words as they are stored.
type content struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// The coders are made once: they hold tables and are safe for concurrent use.
var (
	encoder = must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)))
	decoder = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(256<<20)))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // options that are constants here
	}
	return v
}

// pack is a value as compressed JSON.
func pack(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return encoder.EncodeAll(data, nil), nil
}

func unpack(blob []byte, v any) error {
	data, err := decoder.DecodeAll(blob, nil)
	if err != nil {
		return fmt.Errorf("stored value: %w", err)
	}
	return json.Unmarshal(data, v)
}

// clean leaves NUL out, which PostgreSQL's text can't hold; the exact words
// are in the content.
func clean(s string) string { return strings.ReplaceAll(s, "\x00", "") }

// fold is a headline as it is searched: SQLite's own lower() knows ASCII only.
func fold(s string) string { return strings.ToLower(clean(s)) }

func unix(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	n := t.Unix()
	return &n
}

func fromUnix(n *int64) time.Time {
	if n == nil {
		return time.Time{}
	}
	return time.Unix(*n, 0).UTC()
}
