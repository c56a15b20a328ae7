package gold

import (
	"encoding/json"
	"errors"
)

// A TextPair is two texts of which it is known whether one copies the other.
type TextPair struct {
	ID, Kind, A, B string
	Copy           bool
}

// ReadPairs reads JSON lines with id, kind, label (1 is a copy) and the texts a
// and b.
func ReadPairs(path string) ([]TextPair, error) {
	var out []TextPair
	err := eachLine(path, func(_ int, line string) error {
		var row struct {
			ID, Kind, A, B string
			Label          *int
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return err
		}
		if row.Label == nil {
			return errors.New("label is needed")
		}
		out = append(out, TextPair{ID: row.ID, Kind: row.Kind, A: row.A, B: row.B, Copy: *row.Label == 1})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, errors.New(path + ": no pairs")
	}
	return out, nil
}
