package loaded

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
const Name = "loaded"

// A settings is the part of the weights that are few.
type settings struct {
	Unit      float64        `json:"unit"` // of the weights in tables
	Marks     [Marks]float64 `json:"marks"`
	Seeds     [Seeds]float64 `json:"seeds"`
	Bias      float64        `json:"bias"`
	Sentence  [3]float64     `json:"sentence"`
	Highlight float64        `json:"highlight"`
	Novel     float64        `json:"novel"`
}

// columns are the numbers of a row.
const columns = 2 + len(Beside)

func (r *Row) numbers() [columns]float32 {
	return [columns]float32{r.Own, r.Beside[0], r.Beside[1], r.Beside[2], r.Beside[3], r.Mean}
}

func rowOf(n [columns]float32) Row {
	return Row{Own: n[0], Beside: [len(Beside)]float32(n[1:5]), Mean: n[5]}
}

// Encode writes the weights as a file. Those of tables are rounded to a part in
// 32,767 of the largest; [Load] gives the rounded ones.
func (w *Weights) Encode(head lexicons.Weights) ([]byte, error) {
	head.Name, head.Language, head.License = Name, "en", "Apache-2.0"
	head.Description = "How loaded a word and a sentence are."
	head.Citation = "Fitted by parallax train loaded; logistic regression over words, their neighbours and letters, with GloVe vectors (Pennington, Socher and Manning 2014; PDDL 1.0) summed up per word"
	s := settings{Marks: w.Marks, Seeds: w.Seeds, Bias: w.Bias, Sentence: w.Sentence, Highlight: w.Highlight, Novel: w.Novel}
	most := float32(0)
	for i := range w.Rows {
		for _, x := range w.Rows[i].numbers() {
			most = max(most, x, -x)
		}
	}
	for _, p := range w.Pairs {
		most = max(most, p.First, -p.First, p.Second, -p.Second)
	}
	for _, x := range w.Grams {
		most = max(most, x, -x)
	}
	s.Unit = float64(most) / math.MaxInt16
	kept := func(to []byte, x float32) []byte {
		n := int16(0)
		if s.Unit > 0 {
			n = int16(math.Round(float64(x) / s.Unit))
		}
		return binary.LittleEndian.AppendUint16(to, uint16(n))
	}
	parts := map[string][]byte{"words": []byte(strings.Join(w.Words, "\n"))}
	for i, k := range w.Keys {
		parts["keys"] = binary.LittleEndian.AppendUint32(parts["keys"], k)
		parts["seen"] = append(parts["seen"], w.Seen[i].Times, w.Seen[i].Marked)
		for _, x := range w.Rows[i].numbers() {
			parts["rows"] = kept(parts["rows"], x)
		}
	}
	for i, k := range w.Twos {
		parts["twos"] = binary.LittleEndian.AppendUint64(parts["twos"], k)
		parts["pairs"] = kept(kept(parts["pairs"], w.Pairs[i].First), w.Pairs[i].Second)
	}
	for _, x := range w.Grams {
		parts["grams"] = kept(parts["grams"], x)
	}
	var err error
	if parts["settings"], err = json.Marshal(s); err != nil {
		return nil, err
	}
	return lexicons.EncodeWeights(head, []string{"settings", "words", "keys", "rows", "seen", "twos", "pairs", "grams"}, parts)
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
	for _, x := range append([]float64{s.Unit, s.Bias, s.Highlight, s.Novel}, s.Sentence[:]...) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return Weights{}, fmt.Errorf("settings out of range: %w", lexicons.ErrInvalid)
		}
	}
	w := Weights{Marks: s.Marks, Seeds: s.Seeds, Bias: s.Bias, Sentence: s.Sentence, Highlight: s.Highlight, Novel: s.Novel}
	words, twos := len(parts["keys"])/4, len(parts["twos"])/8
	for name, size := range map[string]int{"keys": 4 * words, "rows": 2 * columns * words, "seen": 2 * words, "twos": 8 * twos, "pairs": 4 * twos, "grams": 2 << GramBits} {
		if len(parts[name]) != size {
			return Weights{}, fmt.Errorf("section %s has %d bytes, not %d: %w", name, len(parts[name]), size, lexicons.ErrInvalid)
		}
	}
	number := func(part string, i int) float32 {
		return float32(float64(int16(binary.LittleEndian.Uint16(parts[part][2*i:]))) * s.Unit)
	}
	if w.Words = strings.Split(string(parts["words"]), "\n"); len(w.Words) != words {
		return Weights{}, fmt.Errorf("section words has %d words, not %d: %w", len(w.Words), words, lexicons.ErrInvalid)
	}
	w.Keys, w.Rows, w.Seen = make([]uint32, words), make([]Row, words), make([]Seen, words)
	for i := range words {
		w.Keys[i] = binary.LittleEndian.Uint32(parts["keys"][4*i:])
		w.Seen[i] = Seen{parts["seen"][2*i], parts["seen"][2*i+1]}
		var n [columns]float32
		for k := range n {
			n[k] = number("rows", columns*i+k)
		}
		w.Rows[i] = rowOf(n)
	}
	w.Twos, w.Pairs = make([]uint64, twos), make([]Pair, twos)
	for i := range twos {
		w.Twos[i] = binary.LittleEndian.Uint64(parts["twos"][8*i:])
		w.Pairs[i] = Pair{number("pairs", 2*i), number("pairs", 2*i+1)}
	}
	w.Grams = make([]float32, 1<<GramBits)
	for i := range w.Grams {
		w.Grams[i] = number("grams", i)
	}
	if !slices.IsSorted(w.Keys) || !slices.IsSorted(w.Twos) {
		return Weights{}, fmt.Errorf("keys are not in order: %w", lexicons.ErrInvalid)
	}
	return w, nil
}
