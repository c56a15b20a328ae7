package eval

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Sheet is a table of flags with a column of marks for each coder. It holds
// no text.
type Sheet struct {
	Name  string // of the file
	Head  []Property
	Flags []Flag
	// Coders are the names of the columns of marks, and Marks[f][c] what coder c
	// says of flag f: [Right], [Wrong], [CantTell] or "", not judged.
	Coders []string
	Marks  [][]string
}

// A Property is what the head of a sheet says of it.
type Property struct{ Name, Value string }

// The marks of a coder.
const (
	Right    = "1"
	Wrong    = "0"
	CantTell = "?"
)

// The properties that sheets of one audit have in common.
const (
	HeadEngine   = "engine"
	HeadLexicons = "lexicons"
	HeadRatings  = "ratings"
)

// flagColumns stand before those of the coders.
var flagColumns = []string{"flag", "family", "rule", "article", "field", "start", "end", "kind", "side"}

// NewSheet is a sheet of flags that nobody has judged.
func NewSheet(flags []Flag, coders int, head ...Property) *Sheet {
	s := &Sheet{Flags: flags, Head: head}
	for c := range coders {
		s.Coders = append(s.Coders, fmt.Sprintf("coder%d", c+1))
	}
	for range flags {
		s.Marks = append(s.Marks, make([]string, coders))
	}
	return s
}

// Property is a value of the head, "" where it has none.
func (s *Sheet) Property(name string) string {
	for _, p := range s.Head {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Write writes the sheet as tab-separated values after a head of lines that
// begin with "#".
func (s *Sheet) Write(w io.Writer) error {
	for _, p := range s.Head {
		if _, err := fmt.Fprintf(w, "# %s: %s\n", p.Name, p.Value); err != nil {
			return err
		}
	}
	t := csv.NewWriter(w)
	t.Comma = '\t'
	rows := [][]string{slices.Concat(flagColumns, s.Coders)}
	for i, f := range s.Flags {
		row := []string{f.ID(), f.Family, f.Rule, f.Article, f.Field, strconv.Itoa(f.Start), strconv.Itoa(f.End), f.Kind, f.Side}
		rows = append(rows, slices.Concat(row, s.Marks[i]))
	}
	return t.WriteAll(rows)
}

// ReadSheet reads a sheet as it was written, or as a spreadsheet has saved it.
// Errors name the line.
func ReadSheet(name string, r io.Reader) (*Sheet, error) {
	s := &Sheet{Name: name}
	t := csv.NewReader(r)
	t.Comma, t.LazyQuotes, t.FieldsPerRecord = '\t', true, -1
	seen := map[string]bool{}
	for {
		row, err := t.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := t.FieldPos(0)
		if err := s.read(row, seen); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if s.Coders == nil {
		return nil, fmt.Errorf("%s: no sheet of an audit: it has no line of column names", name)
	}
	return s, nil
}

// read takes the next row.
func (s *Sheet) read(row []string, seen map[string]bool) error {
	first := strings.TrimPrefix(row[0], "\ufeff")
	switch {
	case strings.HasPrefix(first, "#"):
		if p, value, ok := strings.Cut(first[1:], ":"); ok {
			s.Head = append(s.Head, Property{strings.TrimSpace(p), strings.TrimSpace(value)})
		}
		return nil
	case strings.TrimSpace(strings.Join(row, "")) == "":
		return nil
	case s.Coders == nil:
		row[0] = first
		return s.columns(row)
	}
	f, err := parseFlag(row)
	if err != nil {
		return err
	}
	if seen[row[0]] {
		return fmt.Errorf("flag %s stands here a second time", row[0])
	}
	seen[row[0]] = true
	marks := make([]string, len(s.Coders))
	for c, m := range row[len(flagColumns):] {
		m = strings.TrimSpace(m)
		switch {
		case c >= len(s.Coders):
			if m != "" {
				return fmt.Errorf("mark %q stands under no coder", m)
			}
			continue
		case m != "" && m != Right && m != Wrong && m != CantTell:
			return fmt.Errorf("%s: mark %q: must be 1 (right), 0 (wrong), ? (can't tell) or empty", s.Coders[c], m)
		}
		marks[c] = m
	}
	s.Flags, s.Marks = append(s.Flags, f), append(s.Marks, marks)
	return nil
}

// columns takes the names of the columns.
func (s *Sheet) columns(row []string) error {
	n := len(flagColumns)
	if len(row) <= n || !slices.Equal(row[:n], flagColumns) {
		return fmt.Errorf("no sheet of an audit: its columns must be %s and one for each coder", strings.Join(flagColumns, ", "))
	}
	s.Coders = row[n:]
	for c, name := range s.Coders {
		if strings.TrimSpace(name) == "" || slices.Contains(s.Coders[:c], name) {
			return fmt.Errorf("column %d: each coder must have a name of their own", n+c+1)
		}
	}
	return nil
}

func parseFlag(row []string) (Flag, error) {
	if len(row) < len(flagColumns) {
		return Flag{}, fmt.Errorf("%d columns, at least %d", len(row), len(flagColumns))
	}
	f := Flag{Family: row[1], Rule: row[2], Article: row[3], Field: row[4], Kind: row[7], Side: row[8]}
	for _, o := range []struct {
		name, value string
		to          *int
	}{{"start", row[5], &f.Start}, {"end", row[6], &f.End}} {
		n, err := strconv.Atoi(o.value)
		if err != nil {
			return f, fmt.Errorf("%s %q: must be a number", o.name, o.value)
		}
		*o.to = n
	}
	if id := f.ID(); id != row[0] {
		return f, fmt.Errorf("unknown flag %q: that of this article, family, field, start and end is %s; a spreadsheet that takes ids for numbers must read the columns as text", row[0], id)
	}
	return f, nil
}
