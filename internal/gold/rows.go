package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// eachLine calls f with every line of a file that is not blank, which may be
// gzipped or zstd, with its number from 1. What f returns is told with both.
func eachLine(path string, f func(n int, line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	r, _, err := decompress(file, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	sc := lines(r)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		if err := f(n, sc.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// eachLabel calls f with the columns of every line of a table of labels without
// text, but for comments and the names of the columns.
func eachLabel(path string, columns int, f func(n int, c []string) error) error {
	return eachLine(path, func(n int, line string) error {
		if line[0] == '#' || strings.HasPrefix(line, "article\t") {
			return nil
		}
		c := strings.Split(line, "\t")
		if len(c) != columns {
			return fmt.Errorf("%d columns, not %d", len(c), columns)
		}
		return f(n, c)
	})
}

// jsonRows reads lines of JSON, each a row of form R, of which item makes what is
// kept, if it is. A file of which nothing is kept is an error that names what it
// lacks.
func jsonRows[R, T any](path, lacks string, item func(row R) (T, bool, error)) ([]T, error) {
	var out []T
	err := eachLine(path, func(_ int, line string) error {
		var row R
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return err
		}
		x, keep, err := item(row)
		if keep && err == nil {
			out = append(out, x)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, errors.New(path + ": no " + lacks)
	}
	return out, nil
}
