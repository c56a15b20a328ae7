package framing_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parallax/analyzer/framing"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

func read(s string) *text.Document {
	return text.NewReader(new(text.Vocabulary), text.Rules{}).Read(s)
}

// found are the words and phrases of a vocabulary in a text.
func found(list []string, s string, aside ...text.Span) []string {
	doc := read(s)
	var out []string
	for _, u := range framing.NewVocabulary(list).Units(nil, doc, aside) {
		out = append(out, list[u.Word]+" = "+doc.Slice(doc.Span(u.First, u.Last)))
	}
	return out
}

func TestUnits(t *testing.T) {
	list := []string{"court", "high court", "high court judge", "health care", "tax", "court"}
	for _, c := range []struct{ text, want string }{
		{"The Court sat.", "court = Court"},
		{"The court’s tax and the COURT'S tax", "court = court, tax = tax, court = COURT, tax = tax"},
		// A phrase counts besides the words that are in it.
		{"A High Court judge left.", "high court = High Court, high court judge = High Court judge, court = Court"},
		{"High prices", ""},
		{"health, care", ""},      // a mark lies between
		{"Good health. Care", ""}, // two sentences
		{"taxes", ""},
		{"", ""},
	} {
		if got := strings.Join(found(list, c.text), ", "); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
	if got := found(list, "The court sat. Der court court. A tax.", text.Span{Start: 15, End: 31}); strings.Join(got, ", ") != "court = court, tax = tax" {
		t.Errorf("what lies aside is read: %s", got)
	}
	v := framing.NewVocabulary(list)
	for form, want := range map[string]int32{"court": 0, "high court": 1, "health care": 3} {
		if got, ok := v.Word(form); !ok || got != want {
			t.Errorf("%s is number %d, %v", form, got, ok)
		}
	}
	for _, form := range []string{"high", "health", "unheard of", ""} {
		if _, ok := v.Word(form); ok {
			t.Errorf("%q is known", form)
		}
	}
	if got := framing.Form("The Mayor’s  COURT's"); got != "the mayor court" {
		t.Errorf("form %q", got)
	}
}

// small is a model of two frames that knows three words.
func small() framing.Weights {
	return framing.Weights{
		Frames: []string{"economic", "morality"}, Words: []string{"tax", "sin", "sin tax"},
		Rarity:  []float32{2, 4, 6},
		Weights: []float32{3, -1, 0, 4, 2, 2},
		Bias:    []float64{-.5, -1}, Short: 2, Whole: .5,
	}
}

func TestReadingAddsUp(t *testing.T) {
	m := framing.New(small())
	title, body := read("A sin tax"), read("The tax is a tax on sin.")
	units := [][]framing.Unit{m.Units(nil, title, nil), m.Units(nil, body, nil)}
	r := m.Read(300, units...)
	// tax three times, sin twice, the phrase once; Short is added to what divides.
	tax, sin, phrase := 2*(1+math.Log(3)), 4*(1+math.Log(2)), 6.
	all := 2 + tax + sin + phrase
	whole := .5 * math.Log(300./250) / math.Log(2)
	for f, want := range []float64{
		-.5 + whole + (3*tax+2*phrase)/all,
		-1 + whole + (-tax+4*sin+2*phrase)/all,
	} {
		if math.Abs(r.LogOdds[f]-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", m.Frames[f], r.LogOdds[f], want)
		}
		sum := r.Bias[f]
		for k := range units {
			for i, u := range units[k] {
				sum += r.Share[k][i] * m.Weight(u.Word, f)
			}
		}
		if math.Abs(sum-r.LogOdds[f]) > 1e-9 {
			t.Errorf("%s: the words add up to %v and not to %v", m.Frames[f], sum, r.LogOdds[f])
		}
	}
	again := m.Read(300, units...)
	if !slices.Equal(again.LogOdds, r.LogOdds) {
		t.Error("read twice, a text gives other sums")
	}
	if none := m.Read(0); none.LogOdds[0] != -.5 || none.LogOdds[1] != -1 {
		t.Errorf("nothing was read and gives %v", none.LogOdds)
	}
	if long, longer := m.Read(500), m.Read(5000); long.LogOdds[0] != 0 || longer.LogOdds[0] != 0 {
		t.Errorf("a whole article is raised by %v and %v, want .5", long.LogOdds[0]+.5, longer.LogOdds[0]+.5)
	}
}

func TestWeightsAsBytes(t *testing.T) {
	w := small()
	encode := func() []byte {
		data, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented.tsv"}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	load := func(data []byte) (*framing.Model, error) {
		set, err := lexicons.LoadOnly(fstest.MapFS{"frames.weights": {Data: data}})
		if err != nil {
			return nil, err
		}
		return framing.Load(set)
	}
	data := encode()
	if !slices.Equal(data, encode()) {
		t.Error("the same weights give other bytes")
	}
	m, err := load(data)
	if err != nil {
		t.Fatal(err)
	}
	doc := read("A sin tax is a tax.")
	units := m.Units(nil, doc, nil)
	for f, want := range framing.New(w).Read(5, units).LogOdds {
		if got := m.Read(5, units).LogOdds[f]; math.Abs(got-want) > .02 {
			t.Errorf("%s: %v after reading, %v before", w.Frames[f], got, want)
		}
	}
	if m.Short != 2 || m.Whole != .5 || !slices.Equal(m.Bias, w.Bias) {
		t.Errorf("short %v, whole %v, bias %v", m.Short, m.Whole, m.Bias)
	}
	if _, err := load(data[:len(data)-1]); err == nil {
		t.Error("a file cut short is read")
	}
	for what, spoil := range map[string]func(*framing.Weights){
		"a frame without a bias":   func(w *framing.Weights) { w.Bias = w.Bias[:1] },
		"a word without a rarity":  func(w *framing.Weights) { w.Rarity = w.Rarity[:2] },
		"a word without weights":   func(w *framing.Weights) { w.Weights = w.Weights[:4] },
		"no frames":                func(w *framing.Weights) { w.Frames, w.Bias, w.Weights = []string{}, nil, nil },
		"a negative shortest text": func(w *framing.Weights) { w.Short = -1 },
	} {
		w = small()
		spoil(&w)
		if _, err := load(encode()); !errors.Is(err, lexicons.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
