// Package gold reads labelled data for fitting and scoring: names as CoNLL,
// IOB2, CoNLL-U or JSONL, part-of-speech tags as CoNLL-U. Words that come as
// tokens are put together to running text, so that the program's own tokenizer
// is fitted and scored on them.
package gold

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"parallax/analyzer/text"
)

// The types of names. MISC is a name of another kind; Unsure one that a
// corpus does not decide, which is neither fitted nor scored.
const (
	Person       = "PER"
	Location     = "LOC"
	Organization = "ORG"
	Misc         = "MISC"
	Unsure       = "?"
)

// A Name is a labelled span of a document's text, in bytes.
type Name struct {
	text.Span
	Type string
}

// A Document is a labelled text.
type Document struct {
	ID       string
	Genre    string // where the corpus gives one
	Title    string
	Text     string
	Names    []Name   // of the text, in order, without overlap
	Words    []Word   // where the corpus is one of tags, in order
	Heads    []Head   // names of the title
	Entities []Entity // that the corpus links, each with its mentions
}

// A Head is a name in the title of a document.
type Head = Name

// A Word is a token of a corpus with its Penn Treebank tag.
type Word struct {
	text.Span
	Tag   string
	First bool // of its sentence
}

// An Entity is what the mentions of a document that a corpus links refer to.
type Entity struct {
	Type     string
	Salience float64 // 0 where it is not salient, else up to 1
	Mentions []Name
}

// Titles are words that stand before a person's name and are no part of it, in
// lower case; corpora that count them in are cut down.
type Titles map[string]string

// Read reads a file of labelled data, which may be compressed, by its ending.
func Read(path string, titles Titles) ([]Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	r, name, err := decompress(f, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var docs []Document
	base := filepath.Base(name)
	switch filepath.Ext(name) {
	case ".conll", ".iob2":
		docs, err = readCoNLL(r, base)
	case ".conllu":
		docs, err = readCoNLLU(r, base, titles)
	case ".jsonl":
		docs, err = readJSONL(r)
	default:
		err = errors.New("unknown ending: must be .conll, .iob2, .conllu or .jsonl, and .gz or .zst")
	}
	if err == nil && len(docs) == 0 {
		err = errors.New("no documents")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return docs, nil
}

// ReadAll reads several files.
func ReadAll(paths []string, titles Titles) ([]Document, error) {
	var all []Document
	for _, p := range paths {
		docs, err := Read(p, titles)
		if err != nil {
			return nil, err
		}
		all = append(all, docs...)
	}
	return all, nil
}

// decompress opens what is compressed and takes the ending off the name.
func decompress(r io.Reader, path string) (io.Reader, string, error) {
	name, ok := strings.CutSuffix(path, ".gz")
	if ok {
		z, err := gzip.NewReader(r)
		return z, name, err
	}
	if name, ok = strings.CutSuffix(path, ".zst"); ok {
		z, err := zstd.NewReader(r)
		return z, name, err
	}
	return r, path, nil
}

// maxLine is the longest line of a corpus.
const maxLine = 64 << 20

func lines(r io.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<20), maxLine)
	return s
}

// types of the corpora by the type that is fitted.
var types = map[string]string{
	"person": Person, "location": Location, "corporation": Organization, "group": Organization,
	"PER": Person, "LOC": Location, "ORG": Organization,
}

// closers are tokens before which no space is written.
var closers = []string{",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s"}

// perDocument is how many sentences make a document where a corpus marks none.
const perDocument = 20

// readCoNLL reads a word a line with its label in the last column, or in the
// third where the first is a number.
func readCoNLL(r io.Reader, base string) ([]Document, error) {
	var docs []Document
	var b strings.Builder
	doc, n, marked, starts, open := Document{}, 0, false, false, ""
	flush := func() {
		if n > 0 {
			doc.ID, doc.Text = fmt.Sprintf("%s-%d", base, len(docs)), b.String()
			docs = append(docs, doc)
		}
		doc, n = Document{}, 0
		b.Reset()
	}
	begun := false // a sentence has begun
	sc := lines(r)
	sep := regexp.MustCompile(`[\t ]`)
	for sc.Scan() {
		l := strings.TrimRight(sc.Text(), "\r")
		if strings.HasPrefix(l, "# ") && !strings.Contains(l, "\t") {
			starts = starts || strings.Contains(l, "newdoc")
			continue
		}
		if strings.TrimSpace(l) == "" || strings.HasPrefix(l, "-DOCSTART-") {
			if begun {
				n++
			}
			begun, open = false, ""
			starts = starts || strings.HasPrefix(l, "-DOCSTART-")
			continue
		}
		f := sep.Split(l, -1)
		if len(f) < 2 || f[0] == "" {
			continue
		}
		word, label := f[0], f[len(f)-1]
		if len(f) >= 3 && f[0][0] >= '0' && f[0][0] <= '9' && strings.Contains(l, "\t") && len(f) > 3 {
			word, label = f[1], f[2]
		}
		if !begun {
			marked = marked || starts
			if starts || n >= perDocument && !marked {
				flush()
			}
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			starts = false
		} else if !slices.Contains(closers, word) {
			b.WriteByte(' ')
		}
		begun = true
		from := b.Len()
		b.WriteString(word)
		place, kind, _ := strings.Cut(label, "-")
		switch {
		case label == "O" || kind == "":
			open = ""
		case place == "I" && open == kind:
			doc.Names[len(doc.Names)-1].End = b.Len()
		default:
			t, ok := types[kind]
			if !ok {
				t = Misc
			}
			doc.Names, open = append(doc.Names, Name{text.Span{Start: from, End: b.Len()}, t}), kind
		}
	}
	if begun {
		n++
	}
	flush()
	return docs, sc.Err()
}

// readJSONL reads objects with id, text, title and spans in code points:
// {"start","end","type","field"} or [start, end, type].
func readJSONL(r io.Reader) ([]Document, error) {
	var docs []Document
	sc := lines(r)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var in struct {
			ID, Title, Text string
			Spans, Entities []json.RawMessage
		}
		if err := json.Unmarshal(sc.Bytes(), &in); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		doc := Document{ID: in.ID, Title: in.Title, Text: in.Text}
		for _, raw := range append(in.Spans, in.Entities...) {
			s, err := parseSpan(raw)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			of, to := doc.Text, &doc.Names
			if s.Field == "title" {
				of, to = doc.Title, &doc.Heads
			}
			start, end := byteAt(of, s.Start), byteAt(of, s.End)
			if start < 0 || end <= start {
				return nil, fmt.Errorf("line %d: span %d–%d is not in the text", n, s.Start, s.End)
			}
			*to = append(*to, Name{text.Span{Start: start, End: end}, s.Type})
		}
		docs = append(docs, doc)
	}
	return docs, sc.Err()
}

type labelled struct {
	Field      string
	Start, End int
	Type       string
}

func parseSpan(raw json.RawMessage) (s labelled, err error) {
	if len(raw) > 0 && raw[0] == '{' {
		return s, json.Unmarshal(raw, &s)
	}
	err = json.Unmarshal(raw, &[]any{&s.Start, &s.End, &s.Type})
	return s, err
}

// byteAt is the byte at which code point n of s begins, or -1.
func byteAt(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(s)
	}
	return -1
}
