package lexicons

import (
	"fmt"
	"slices"
	"strings"
)

// A table is a tab-separated file: "# key: value" lines, a line of column
// names, and one record a line.
type table struct {
	Ratings // its head
	rows    []tableRow
}

// A tableRow is a record; columns that the table does not have are empty.
type tableRow struct {
	line  int
	cells []string
	place map[string]int // of each column
}

func (r tableRow) cell(column string) string {
	if i, ok := r.place[column]; ok {
		return r.cells[i]
	}
	return ""
}

// parseTable reads a table that has the columns given at least.
func parseTable(file string, data []byte, need ...string) (*table, error) {
	t := &table{Ratings: Ratings{Lexicon: Lexicon{Hash: contentHash(data), file: file}, Raters: 1, Passes: 1}}
	var names []string
	place := map[string]int{}
	t.rows = make([]tableRow, 0, strings.Count(string(data), "\n"))
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "#") && names == nil:
			if fault := t.header(strings.TrimSpace(line[1:])); fault != "" {
				return nil, &fileError{file, n, fault}
			}
		case names == nil:
			names = strings.Split(line, "\t")
			for i, name := range names {
				place[name] = i
			}
			for _, c := range need {
				if !slices.Contains(names, c) {
					return nil, &fileError{file, n, fmt.Sprintf("no column %q", c)}
				}
			}
		default:
			cells := strings.Split(line, "\t")
			if len(cells) != len(names) {
				return nil, &fileError{file, n, fmt.Sprintf("%d columns, want %d", len(cells), len(names))}
			}
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			t.rows = append(t.rows, tableRow{n, cells, place})
		}
	}
	return t, nil
}

// unique refuses a table in which one key stands twice.
func (t *table) unique(key func(tableRow) string) error {
	seen := map[string]int{}
	for _, r := range t.rows {
		k := key(r)
		if first, ok := seen[k]; ok {
			return &fileError{t.file, r.line, fmt.Sprintf("%s stands on line %d already", k, first)}
		}
		seen[k] = r.line
	}
	return nil
}
