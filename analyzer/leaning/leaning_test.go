package leaning_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"parallax/analyzer/leaning"
	"parallax/lexicons"
)

// weights are a model of three phrases; the second is a mirrored one.
func weights() leaning.Weights {
	return leaning.Weights{
		Keys: []uint64{3, 5, 9}, Labels: []string{"tenants", "democrats~republicans", "figures"}, Rarity: []float64{1, 2, 3},
		Weights: [leaning.Heads][]float64{{-2, 1, 0}, {0, 0, 2}}, Bias: [leaning.Heads]float64{.25, -1}, Temperature: 2, Short: 1, Confident: .7, Coverage: .1,
	}
}

func phrases(keys ...int) []leaning.Phrase {
	var out []leaning.Phrase
	for i, k := range keys {
		p := leaning.Phrase{Key: uint64(max(k, -k)), First: i, Last: i + 1}
		if k == 5 {
			p.Sign = +1
		} else if k == -5 {
			p.Sign = -1
		}
		out = append(out, p)
	}
	return out
}

func TestScoreIsBiasAndEvidence(t *testing.T) {
	m := leaning.New(weights())
	for _, c := range []struct {
		name   string
		fields [][]leaning.Phrase
		known  int
	}{
		{"nothing", nil, 0},
		{"unknown phrases", [][]leaning.Phrase{phrases(1, 2)}, 0},
		{"title and text", [][]leaning.Phrase{phrases(3), phrases(3, 9, 5)}, 3},
		{"both sides", [][]leaning.Phrase{phrases(5, -5, -5)}, 1},
		{"as often as each other", [][]leaning.Phrase{phrases(5, -5, 9)}, 2},
	} {
		s := m.Score(nil, c.fields...)
		for h := range leaning.Heads {
			sum := s.Bias[h]
			for _, e := range s.Evidence {
				sum += e.Weight[h]
			}
			if math.Abs(sum-s.Raw[h]) > 1e-12 {
				t.Errorf("%s: head %d adds up to %v, raw is %v", c.name, h, sum, s.Raw[h])
			}
		}
		if s.Known != c.known || math.Abs(s.Left+s.Center+s.Right-1) > 1e-12 {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// With the sides exchanged, what their names add turns round.
func TestMirroredPhrasesTurnRound(t *testing.T) {
	m := leaning.New(weights())
	one, two := m.Score(nil, phrases(5, 3, 9)), m.Score(nil, phrases(-5, 3, 9))
	if a, b := one.Evidence[0].Weight[leaning.Axis], two.Evidence[0].Weight[leaning.Axis]; a <= 0 || a != -b {
		t.Errorf("names of the sides add %v and %v", a, b)
	}
	for i := 1; i < 3; i++ {
		if one.Evidence[i].Weight != two.Evidence[i].Weight {
			t.Errorf("phrase %d adds %v and %v", i, one.Evidence[i].Weight, two.Evidence[i].Weight)
		}
	}
	if even := m.Score(nil, phrases(5, -5)); even.Raw[leaning.Axis] != even.Bias[leaning.Axis] {
		t.Errorf("as often as each other they move raw to %v", even.Raw[leaning.Axis])
	}
}

// A temperature flattens and changes neither the order of the three nor the odds
// that raw is of.
func TestChances(t *testing.T) {
	for _, axis := range []float64{-3, -.4, 0, .4, 3} {
		for _, center := range []float64{-2, 0, 2} {
			l1, c1, r1 := leaning.Chances(axis*2, center, 1)
			l2, c2, r2 := leaning.Chances(axis, center, 2)
			if (l1 > c1) != (l2 > c2) || (r1 > c1) != (r2 > c2) || max(l2, c2, r2) > max(l1, c1, r1)+1e-12 {
				t.Errorf("axis %v center %v: %v %v %v, then %v %v %v", axis, center, l1, c1, r1, l2, c2, r2)
			}
			if odds := math.Log(r2 / l2); math.Abs(odds-axis) > 1e-9 {
				t.Errorf("axis %v: odds %v", axis, odds)
			}
		}
	}
}

func TestWeightsAsBytes(t *testing.T) {
	w := weights()
	data, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented"}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	read := func(data []byte) (*leaning.Model, error) {
		set, err := lexicons.LoadOnly(fstest.MapFS{"leaning.weights": {Data: data}})
		if err != nil {
			return nil, err
		}
		return leaning.Load(set)
	}
	m, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	if m.Labels[1] != w.Labels[1] || m.Keys[2] != 9 || m.Temperature != 2 || m.Confident != .7 || math.Abs(m.Weights.Weights[leaning.Axis][0]+2) > 1e-3 || math.Abs(m.Rarity[2]-3) > 1e-2 {
		t.Errorf("read back: %+v", m.Weights)
	}
	flat := weights()
	flat.Weights[leaning.Center] = []float64{0, 0, 0}
	if data, err := flat.Encode(lexicons.Weights{Version: "1", Data: []string{"invented"}}); err != nil {
		t.Error(err)
	} else if m, err := read(data); err != nil || m.Weights.Weights[leaning.Center][2] != 0 {
		t.Errorf("a head without weights: %+v, %v", m, err)
	}
	for name, bad := range map[string][]byte{
		"cut short":     data[:len(data)-5],
		"another body":  append(append([]byte(nil), data[:len(data)-1]...), data[len(data)-1]^1),
		"another head":  []byte(strings.Replace(string(data), `"name":"leaning"`, `"name":"leanings"`, 1)),
		"no head":       []byte("parallax-weights 1\n"),
		"nothing of it": {},
	} {
		if _, err := read(bad); err == nil {
			t.Errorf("%s was read", name)
		} else if !errors.Is(err, lexicons.ErrInvalid) && !errors.Is(err, lexicons.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
