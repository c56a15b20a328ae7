package gold

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"parallax/analyzer/text"
)

// ReadLabels reads labels that were made for texts that may not be kept with
// them: a line per article with its id, how many code points of the text were
// read, and the names of title and text as START-END:TYPE in code points. The
// texts are the articles of those ids in the files given.
func ReadLabels(path string, texts []string) ([]Document, error) {
	type labels struct {
		line        int
		read        int
		title, text string
	}
	byID, order := map[string]labels{}, []string{}
	err := eachLabel(path, 4, func(n int, c []string) error {
		read, err := strconv.Atoi(c[1])
		if err != nil {
			return err
		}
		byID[c[0]] = labels{n, read, c[2], c[3]}
		order = append(order, c[0])
		return nil
	})
	if err != nil {
		return nil, err
	}
	docs := map[string]Document{}
	for a, err := range Articles(texts) {
		if err != nil {
			return nil, err
		}
		l, ok := byID[a.ID]
		if !ok {
			continue
		}
		end := byteAt(a.Text, l.read)
		if end < 0 {
			return nil, fmt.Errorf("%s:%d: article %s is shorter than %d", path, l.line, a.ID, l.read)
		}
		d := Document{ID: a.ID, Title: a.Title, Text: a.Text[:end]}
		if d.Heads, err = parseLabels(d.Title, l.title); err == nil {
			d.Names, err = parseLabels(d.Text, l.text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, l.line, err)
		}
		docs[a.ID] = d
	}
	var out []Document
	for _, id := range order {
		if d, ok := docs[id]; ok {
			out = append(out, d)
		}
	}
	if len(out) < len(order) {
		return nil, fmt.Errorf("%s: the texts of %d of %d articles are not in %s", path, len(order)-len(out), len(order), strings.Join(texts, ", "))
	}
	return out, nil
}

func parseLabels(s, list string) ([]Name, error) {
	var names []Name
	for item := range strings.FieldsSeq(list) {
		var start, end int
		var kind string
		if _, err := fmt.Sscanf(strings.Replace(item, ":", " ", 1), "%d-%d %s", &start, &end, &kind); err != nil {
			return nil, fmt.Errorf("label %q: %w", item, err)
		}
		from, to := byteAt(s, start), byteAt(s, end)
		if from < 0 || to <= from {
			return nil, fmt.Errorf("label %q is not in the text", item)
		}
		names = append(names, Name{text.Span{Start: from, End: to}, kind})
	}
	return names, nil
}

// An Article is what is read of a line of articles.
type Article struct {
	ID, Title, Text, URL, Domain, Source string
	Published                            string // RFC 3339 date or date-time, or ""
	Leaning                              string // label, where the file has one
	Story                                string // label, where the file has one
}

// Articles are the articles of files of JSON lines, in order.
func Articles(paths []string) func(yield func(Article, error) bool) {
	return func(yield func(Article, error) bool) {
		for _, path := range paths {
			if !articlesOf(path, yield) {
				return
			}
		}
	}
}

func articlesOf(path string, yield func(Article, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(Article{}, err)
	}
	defer func() { _ = f.Close() }() // only read
	r, _, err := decompress(f, path)
	if err != nil {
		return yield(Article{}, fmt.Errorf("%s: %w", path, err))
	}
	br := bufio.NewReaderSize(r, 1<<20)
	dec := json.NewDecoder(br)
	for n := 1; ; n++ {
		var a Article
		err := dec.Decode(&a)
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(a, fmt.Errorf("%s: article %d: %w", path, n, err))
		}
		if a.Text == "" && a.Title == "" {
			return yield(a, errors.New(path+": an article without title and text"))
		}
		if !yield(a, nil) {
			return false
		}
	}
}
