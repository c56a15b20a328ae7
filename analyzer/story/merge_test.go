package story

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"

	"parallax/lexicons"
)

func embedded(t testing.TB) *Merge {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := LoadMerge(set)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// More likeness never makes it less likely that an article belongs, and more time
// between never makes it more likely.
func TestTheDecisionKeepsToItsDirections(t *testing.T) {
	m := embedded(t)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		var s Signs
		for k := range s {
			switch s[k] = rng.Float32(); k {
			case signHours, signSpan, signAge:
				s[k] *= 500
			case signPassed, signSize, signWords, signShared:
				s[k] *= 8
			}
		}
		for k, g := range Grows() {
			more := s
			more[k] += rng.Float32() * 3
			if d := m.LogOdds(&more) - m.LogOdds(&s); float64(g)*d < 0 {
				t.Fatalf("sign %d from %v to %v moves the log-odds by %v", k, s[k], more[k], d)
			}
		}
	}
}

// small asks whether the titles are alike, and if not whether the leads are.
func small() *Merge {
	return &Merge{
		Bias: -1, Point: .5, Any: .7, Roots: []int32{0},
		Nodes: []MergeNode{
			{Sign: int8(signMean + title), Most: .5, Left: 1, Right: 2},
			{Sign: int8(signMean + lead), Most: .25, Left: 3, Right: 4},
			{Sign: -1, Value: 3},
			{Sign: -1, Value: -2},
			{Sign: -1, Value: 1},
		},
	}
}

func TestMergeAsBytes(t *testing.T) {
	load := func(m *Merge) (*Merge, error) {
		data, err := m.Encode(lexicons.Weights{Version: "1", Data: []string{"invented.jsonl"}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		set, err := lexicons.LoadOnly(fstest.MapFS{"stories.weights": {Data: data}})
		if err != nil {
			return nil, err
		}
		return LoadMerge(set)
	}
	got, err := load(small())
	if err != nil {
		t.Fatal(err)
	}
	want := small()
	if got.Bias != want.Bias || got.Point != want.Point || got.Any != want.Any || !slices.Equal(got.Nodes, want.Nodes) || !slices.Equal(got.Roots, want.Roots) {
		t.Errorf("%+v after reading", got)
	}
	for _, c := range []struct {
		title, lead float32
		want        float64
	}{{.6, 0, 2}, {.5, .3, 0}, {.5, .25, -3}} {
		var s Signs
		s[signMean+title], s[signMean+lead] = c.title, c.lead
		if z := got.LogOdds(&s); z != c.want {
			t.Errorf("titles %v, leads %v: %v, want %v", c.title, c.lead, z, c.want)
		}
	}
	for what, spoil := range map[string]func(*Merge){
		"a way back":       func(m *Merge) { m.Nodes[1].Left = 0 },
		"a way out":        func(m *Merge) { m.Nodes[1].Right = 9 },
		"an unknown sign":  func(m *Merge) { m.Nodes[0].Sign = int8(signs) },
		"a root elsewhere": func(m *Merge) { m.Roots[0] = 7 },
	} {
		m := small()
		spoil(m)
		if _, err := load(m); !errors.Is(err, lexicons.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
