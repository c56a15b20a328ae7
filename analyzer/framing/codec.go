package framing

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strings"

	"parallax/lexicons"
)

// Name is that of the model's weights.
const Name = "frames"

// A settings is the part of the weights that are few.
type settings struct {
	Frames []string  `json:"frames"`
	Bias   []float64 `json:"bias"`
	Unit   []float64 `json:"unit"` // of the weights, by frame
	Short  float64   `json:"short"`
	Whole  float64   `json:"whole"`
}

// rarityUnit is the unit in which rarities are kept.
const rarityUnit = 1.0 / 4096

// Encode writes the weights as a file. What is kept is rounded: rarities to
// 1/4096, weights to a part in 127 of the frame's largest; [Load] gives the
// rounded ones.
func (w *Weights) Encode(head lexicons.Weights) ([]byte, error) {
	head.Name, head.Language, head.License = Name, "en", "Apache-2.0"
	head.Description = "From which angles an article speaks of its matter: policy frames."
	head.Citation = "Fitted by parallax train frames; logistic regression over words and GloVe vectors (Pennington, Socher and Manning 2014; PDDL 1.0) summed up per word; the frames after Boydstun et al. (2014)"
	s := settings{Frames: w.Frames, Bias: w.Bias, Short: w.Short, Whole: w.Whole, Unit: make([]float64, len(w.Frames))}
	for i, x := range w.Weights {
		f := i % len(w.Frames)
		s.Unit[f] = max(s.Unit[f], math.Abs(float64(x))/math.MaxInt8)
	}
	parts := map[string][]byte{"words": []byte(strings.Join(w.Words, "\n"))}
	for _, r := range w.Rarity {
		parts["rarity"] = binary.LittleEndian.AppendUint16(parts["rarity"], uint16(min(math.MaxUint16, math.Round(float64(r)/rarityUnit))))
	}
	for i, x := range w.Weights {
		kept := int8(0)
		if u := s.Unit[i%len(w.Frames)]; u > 0 { // a frame with nothing to learn has no weights
			kept = int8(math.Round(float64(x) / u))
		}
		parts["weights"] = append(parts["weights"], byte(kept))
	}
	var err error
	if parts["settings"], err = json.Marshal(s); err != nil {
		return nil, err
	}
	return lexicons.EncodeWeights(head, []string{"settings", "words", "rarity", "weights"}, parts)
}

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
	if len(s.Frames) == 0 || len(s.Bias) != len(s.Frames) || len(s.Unit) != len(s.Frames) {
		return Weights{}, fmt.Errorf("%d frames, %d biases, %d units: %w", len(s.Frames), len(s.Bias), len(s.Unit), lexicons.ErrInvalid)
	}
	for _, x := range append(append([]float64{s.Short, s.Whole}, s.Bias...), s.Unit...) {
		if math.IsNaN(x) || math.IsInf(x, 0) || s.Short < 0 {
			return Weights{}, fmt.Errorf("settings out of range: %w", lexicons.ErrInvalid)
		}
	}
	w := Weights{Frames: s.Frames, Words: strings.Split(string(parts["words"]), "\n"), Bias: s.Bias, Short: s.Short, Whole: s.Whole}
	n := len(w.Words)
	for name, size := range map[string]int{"rarity": 2 * n, "weights": n * len(s.Frames)} {
		if len(parts[name]) != size {
			return Weights{}, fmt.Errorf("section %s has %d bytes for %d words: %w", name, len(parts[name]), n, lexicons.ErrInvalid)
		}
	}
	w.Rarity = make([]float32, n)
	for i := range w.Rarity {
		w.Rarity[i] = float32(float64(binary.LittleEndian.Uint16(parts["rarity"][2*i:])) * rarityUnit)
	}
	w.Weights = make([]float32, len(parts["weights"]))
	for i, b := range parts["weights"] {
		w.Weights[i] = float32(float64(int8(b)) * s.Unit[i%len(s.Frames)])
	}
	return w, nil
}
