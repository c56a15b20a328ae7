package gold

import "errors"

// A TextPair is two texts of which it is known whether one copies the other.
type TextPair struct {
	ID, Kind, A, B string
	Copy           bool
}

// ReadPairs reads JSON lines with id, kind, label (1 is a copy) and the texts a
// and b.
func ReadPairs(path string) ([]TextPair, error) {
	type row struct {
		ID, Kind, A, B string
		Label          *int
	}
	return jsonRows(path, "pairs", func(r row) (TextPair, bool, error) {
		if r.Label == nil {
			return TextPair{}, false, errors.New("label is needed")
		}
		return TextPair{ID: r.ID, Kind: r.Kind, A: r.A, B: r.B, Copy: *r.Label == 1}, true, nil
	})
}
