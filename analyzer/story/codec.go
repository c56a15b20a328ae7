package story

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"parallax/lexicons"
)

// MergeName is that of the weights of the decision.
const MergeName = "stories"

// mergeSettings are the part of the weights that are few.
type mergeSettings struct {
	Bias  float64 `json:"bias"`
	Point float64 `json:"point"`
	Any   float64 `json:"any"`
	Signs int     `json:"signs"`
}

const nodeBytes = 17

// Encode writes the decision as a file.
func (m *Merge) Encode(head lexicons.Weights) ([]byte, error) {
	head.Name, head.Language, head.License = MergeName, "en", "Apache-2.0"
	head.Description = "Whether an article belongs to a story: trees on how alike they are and how far apart in time."
	head.Citation = "Fitted by parallax train stories; gradient boosting (Friedman 2001) of trees that grow with likeness"
	parts := map[string][]byte{}
	for _, n := range m.Nodes {
		b := append(parts["nodes"], byte(n.Sign))
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(n.Most))
		b = binary.LittleEndian.AppendUint32(b, uint32(n.Left))
		b = binary.LittleEndian.AppendUint32(b, uint32(n.Right))
		parts["nodes"] = binary.LittleEndian.AppendUint32(b, math.Float32bits(n.Value))
	}
	for _, r := range m.Roots {
		parts["roots"] = binary.LittleEndian.AppendUint32(parts["roots"], uint32(r))
	}
	var err error
	if parts["settings"], err = json.Marshal(mergeSettings{m.Bias, m.Point, m.Any, signs}); err != nil {
		return nil, err
	}
	return lexicons.EncodeWeights(head, []string{"settings", "nodes", "roots"}, parts)
}

// LoadMerge reads the decision of a set.
func LoadMerge(set *lexicons.Set) (*Merge, error) {
	m, err := lexicons.ReadWeights(set, MergeName, decodeMerge)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

func decodeMerge(parts map[string][]byte) (Merge, error) {
	var s mergeSettings
	if err := json.Unmarshal(parts["settings"], &s); err != nil {
		return Merge{}, fmt.Errorf("settings: %w", err)
	}
	nodes, roots := parts["nodes"], parts["roots"]
	if s.Signs != signs || len(nodes)%nodeBytes != 0 || len(roots)%4 != 0 || !finite(s.Bias, s.Point, s.Any) {
		return Merge{}, fmt.Errorf("%d signs, %d bytes of nodes, %d of roots: %w", s.Signs, len(nodes), len(roots), lexicons.ErrInvalid)
	}
	m := Merge{Bias: s.Bias, Point: s.Point, Any: s.Any}
	n := int32(len(nodes) / nodeBytes)
	for i := range n {
		b := nodes[i*nodeBytes:]
		node := MergeNode{
			Sign: int8(b[0]), Most: math.Float32frombits(binary.LittleEndian.Uint32(b[1:])),
			Left: int32(binary.LittleEndian.Uint32(b[5:])), Right: int32(binary.LittleEndian.Uint32(b[9:])),
			Value: math.Float32frombits(binary.LittleEndian.Uint32(b[13:])),
		}
		// What follows a node comes later, so that every way ends.
		if int(node.Sign) >= signs || node.Sign < -1 || !finite(float64(node.Value), float64(node.Most)) ||
			node.Sign >= 0 && (node.Left <= i || node.Right <= i || node.Left >= n || node.Right >= n) {
			return Merge{}, fmt.Errorf("node %d: %w", i, lexicons.ErrInvalid)
		}
		m.Nodes = append(m.Nodes, node)
	}
	for i := 0; i < len(roots); i += 4 {
		r := int32(binary.LittleEndian.Uint32(roots[i:]))
		if r < 0 || r >= n {
			return Merge{}, fmt.Errorf("root %d of %d nodes: %w", r, n, lexicons.ErrInvalid)
		}
		m.Roots = append(m.Roots, r)
	}
	return m, nil
}

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
