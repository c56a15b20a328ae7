package leaning

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"parallax/lexicons"
)

// Name is that of the model's weights.
const Name = "leaning"

// A settings is the part of the weights that are few.
type settings struct {
	Bias        [Heads]float64 `json:"bias"`
	Unit        [Heads]float64 `json:"unit"` // of the weights
	Temperature float64        `json:"temperature"`
	Short       float64        `json:"short"`
	Confident   float64        `json:"confident"`
	Coverage    float64        `json:"coverage"`
}

// rarityUnit is the unit in which rarities are kept.
const rarityUnit = 1.0 / 4096

// Encode writes the weights as a file. What is kept is rounded: rarities to
// 1/4096, weights to a part in 32,767 of the largest; [Load] gives the
// rounded ones.
func (w *Weights) Encode(head lexicons.Weights) ([]byte, error) {
	head.Name, head.Language, head.License = Name, "en", "Apache-2.0"
	head.Description = "Which outlets' wording a text resembles: left, center or right."
	head.Citation = "Fitted by parallax train leaning; logistic regression over phrases (after Gentzkow and Shapiro 2010)"
	s := settings{Bias: w.Bias, Temperature: w.Temperature, Short: w.Short, Confident: w.Confident, Coverage: w.Coverage}
	parts := map[string][]byte{"phrases": []byte(strings.Join(w.Labels, "\n"))}
	for _, k := range w.Keys {
		parts["keys"] = binary.LittleEndian.AppendUint64(parts["keys"], k)
	}
	for _, r := range w.Rarity {
		parts["rarity"] = binary.LittleEndian.AppendUint16(parts["rarity"], uint16(min(math.MaxUint16, math.Round(r/rarityUnit))))
	}
	for h, name := range headNames {
		most := 0.0
		for _, x := range w.Weights[h] {
			most = max(most, math.Abs(x))
		}
		s.Unit[h] = most / math.MaxInt16
		for _, x := range w.Weights[h] {
			kept := int16(0)
			if s.Unit[h] > 0 { // a head with nothing to learn has no weights
				kept = int16(math.Round(x / s.Unit[h]))
			}
			parts[name] = binary.LittleEndian.AppendUint16(parts[name], uint16(kept))
		}
	}
	var err error
	if parts["settings"], err = json.Marshal(s); err != nil {
		return nil, err
	}
	return lexicons.EncodeWeights(head, []string{"settings", "phrases", "keys", "rarity", "axis", "center"}, parts)
}

var headNames = [Heads]string{"axis", "center"}

// Load reads the model of a set.
func Load(set *lexicons.Set) (*Model, error) {
	w, err := lexicons.ReadWeights(set, Name, decode)
	if err != nil {
		return nil, err
	}
	return New(w), nil
}

func decode(parts map[string][]byte) (Weights, error) {
	var s settings
	if err := json.Unmarshal(parts["settings"], &s); err != nil {
		return Weights{}, fmt.Errorf("settings: %w", err)
	}
	w := Weights{Labels: strings.Split(string(parts["phrases"]), "\n"), Bias: s.Bias, Temperature: s.Temperature, Short: s.Short, Confident: s.Confident, Coverage: s.Coverage}
	n := len(w.Labels)
	for name, size := range map[string]int{"keys": 8, "rarity": 2, "axis": 2, "center": 2} {
		if len(parts[name]) != n*size {
			return Weights{}, fmt.Errorf("section %s has %d bytes for %d phrases: %w", name, len(parts[name]), n, lexicons.ErrInvalid)
		}
	}
	for _, x := range []float64{s.Bias[Axis], s.Bias[Center], s.Unit[Axis], s.Unit[Center], s.Short, s.Temperature} {
		if math.IsNaN(x) || math.IsInf(x, 0) || s.Short < 0 || s.Temperature <= 0 {
			return Weights{}, fmt.Errorf("settings out of range: %w", lexicons.ErrInvalid)
		}
	}
	for i := range n {
		w.Keys = append(w.Keys, binary.LittleEndian.Uint64(parts["keys"][8*i:]))
		w.Rarity = append(w.Rarity, float64(binary.LittleEndian.Uint16(parts["rarity"][2*i:]))*rarityUnit)
		for h, name := range headNames {
			x := int16(binary.LittleEndian.Uint16(parts[name][2*i:]))
			w.Weights[h] = append(w.Weights[h], float64(x)*s.Unit[h])
		}
	}
	if !slices.IsSorted(w.Keys) {
		return Weights{}, fmt.Errorf("keys are not in order: %w", lexicons.ErrInvalid)
	}
	return w, nil
}
