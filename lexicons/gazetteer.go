package lexicons

import (
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer/text"
)

// gazetteers are the kinds of lists of names. They are matched only where a
// name begins with a capital, or is written as listed.
var gazetteers = []string{"place", "organization", "person", "other_name", "given_name", "family_name"}

// gazetteerColumns are the columns of a list of names; all but the first may
// be empty.
var gazetteerColumns = []string{"phrase", "forms", "value", "year", "note"}

// parseGazetteer reads a list of names: "# key: value" lines, a line of column
// names, and one name a line. Forms are parted by "|". A "?" before a phrase
// or form marks one that is also something else and is taken as a hint only.
func parseGazetteer(file string, data []byte) (*Lexicon, error) {
	l := &Lexicon{Hash: contentHash(data), file: file}
	head := Ratings{}
	l.Entries = make([]Entry, 0, strings.Count(string(data), "\n"))
	begun, n := false, 0
	seen := map[string]int{}
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "#") && !begun:
			if fault := head.header(strings.TrimSpace(line[1:])); fault != "" {
				return nil, &fileError{file, n, fault}
			}
		case !begun:
			if !slices.Equal(strings.Split(line, "\t"), gazetteerColumns) {
				return nil, &fileError{file, n, "the columns must be " + strings.Join(gazetteerColumns, ", ")}
			}
			begun = true
		default:
			e, fault := gazetteerEntry(line, n)
			for _, f := range e.All() {
				key := text.Fold(f)
				if first, ok := seen[key]; ok && first != n && fault == "" {
					fault = fmt.Sprintf("%q stands on line %d already", f, first)
				}
				seen[key] = n
			}
			if fault != "" {
				return nil, &fileError{file, n, fault}
			}
			l.Entries = append(l.Entries, e)
		}
	}
	l.Name, l.Kind, l.Version, l.Language = head.Name, head.Kind, head.Version, head.Language
	l.License, l.Citation, l.Description = head.License, head.Citation, head.Description
	return l, l.provenance()
}

func gazetteerEntry(line string, n int) (e Entry, fault string) {
	e = Entry{Weight: 1, line: n}
	cells := strings.Split(line, "\t")
	if len(cells) != len(gazetteerColumns) {
		return e, fmt.Sprintf("%d columns, want %d", len(cells), len(gazetteerColumns))
	}
	e.Phrase, e.Value, e.Year, e.Note = cells[0], cells[2], cells[3], cells[4]
	if cells[1] != "" {
		e.Forms = strings.Split(cells[1], "|")
	}
	hint := func(s *string) {
		if w, ok := strings.CutPrefix(*s, "?"); ok {
			*s = w
			e.Hints = append(e.Hints, w)
		}
		if strings.TrimSpace(*s) != *s || *s == "" {
			fault = fmt.Sprintf("phrase or form %q", *s)
		}
	}
	hint(&e.Phrase)
	for i := range e.Forms {
		hint(&e.Forms[i])
	}
	if len(e.Hints) == 1+len(e.Forms) {
		e.Weight = hintWeight
	}
	return e, fault
}

// hintWeight is the weight of a name that is also something else.
const hintWeight = .5

// Hinted says whether a form of the entry is a hint only.
func (e *Entry) Hinted(form string) bool { return e.Weight < 1 || slices.Contains(e.Hints, form) }
