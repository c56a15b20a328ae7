package loaded_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// words reads a sentence; words of up to three letters are function words.
func words(sentence string) []loaded.Word {
	doc := text.NewReader(new(text.Vocabulary), text.Rules{}).Read(sentence)
	var out []loaded.Word
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			out = append(out, loaded.NewWord(doc, s, i, len(doc.Word(i)) < 4, false, 0))
		}
	}
	return out
}

// small is a model that knows four words and one pair.
func small() loaded.Weights {
	rows := map[string]loaded.Row{
		"rammed":  {Own: 3, Mean: 1},
		"through": {Beside: [4]float32{0, .5, 0, 0}}, // before the word
		"council": {Own: -1, Mean: -.5},
		"cronies": {Own: 2.5, Beside: [4]float32{0, 0, .25, 0}},
	}
	seen := map[string]loaded.Seen{"rammed": {Times: 4, Marked: 3}, "council": {Times: 9}}
	w := loaded.Weights{Grams: make([]float32, 1<<loaded.GramBits), Bias: -2, Sentence: [3]float64{1, 1, 0}, Highlight: .5, Novel: 1}
	var names []string
	for name := range rows {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return int(int64(loaded.Key(a)) - int64(loaded.Key(b))) })
	for _, name := range names {
		w.Words = append(w.Words, name)
		w.Keys, w.Rows, w.Seen = append(w.Keys, loaded.Key(name)), append(w.Rows, rows[name]), append(w.Seen, seen[name])
	}
	w.Twos = []uint64{loaded.Two(loaded.Key("rammed"), loaded.Key("through"))}
	w.Pairs = []loaded.Pair{{First: .75}}
	w.Marks[loaded.MarkHyphen] = .125
	return w
}

func TestScoresAddUp(t *testing.T) {
	m := loaded.New(small())
	in := words("The council rammed through the cronies.")
	scores := m.Scores(nil, in)
	// Content words are council, rammed, through, cronies: (−.5 + 1) / 4.
	if s := scores[2]; s.Own != 3 || s.Beside != .75 || s.Mean != .125 || s.Seed != 0 || s.Sum() != 3+.75+.125-2 {
		t.Errorf("rammed: %+v, sum %v", s, s.Sum())
	}
	if s := scores[5]; s.Own != 2.5 || s.Beside != 0 {
		t.Errorf("cronies: %+v", s)
	}
	if last := scores[len(scores)-1]; last != (loaded.Score{}) {
		t.Errorf("a full stop has a score: %+v", last)
	}
	highest, mean, ok := loaded.Summary(in, scores)
	if !ok || highest != scores[2].Sum() || mean >= highest {
		t.Errorf("highest %v, mean %v, %v", highest, mean, ok)
	}
	if got, want := m.Loaded(in, scores), 1/(1+math.Exp(-1-highest)); math.Abs(got-want) > 1e-12 {
		t.Errorf("sentence %v, want %v", got, want)
	}
	if got := m.Loaded(words("…"), m.Scores(nil, words("…"))); got != 0 {
		t.Errorf("a sentence without words is %v loaded", got)
	}
}

func TestWordsThatAreShown(t *testing.T) {
	m := loaded.New(small())
	for _, c := range []struct {
		word  string
		sum   float64
		shown bool
	}{
		{"rammed", .6, true}, // it was marked
		{"rammed", .4, false},
		{"council", 9, false}, // it was there and never marked
		{"cronies", .6, false},
		{"cronies", 1.1, true}, // it was not there: surer than that
		{"unheard-of", 1.1, true},
		{"!", 9, false},
	} {
		w := words(c.word)[0]
		if got := m.Shown(&w, loaded.Score{Own: c.sum}); got != c.shown {
			t.Errorf("%s at %v: shown %v", c.word, c.sum, got)
		}
	}
}

func TestLettersOfUnknownWords(t *testing.T) {
	w := small()
	loaded.Grams("Thuggish", func(b uint32) { w.Grams[b] = .1 })
	m := loaded.New(w)
	of := func(word string) float64 { return m.Scores(nil, words("so "+word))[1].Own }
	if whole, part, none := of("thuggish"), of("thug"), of("zebra"); whole <= part || part <= none {
		t.Errorf("thuggish %v, thug %v, zebra %v", whole, part, none)
	}
	// However long a word is, the work is bounded.
	n := 0
	loaded.Grams(strings.Repeat("ж", 1_000_000), func(uint32) { n++ })
	if n > 120 {
		t.Errorf("%d grams of one word", n)
	}
}

func TestWeightsAsBytes(t *testing.T) {
	w := small()
	data, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented.tsv"}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented.tsv"}, Seed: 1})
	if err != nil || string(again) != string(data) {
		t.Errorf("the same weights give other bytes, %v", err)
	}
	load := func(data []byte) (*loaded.Model, error) {
		set, err := lexicons.LoadOnly(fstest.MapFS{"loaded.weights": {Data: data}})
		if err != nil {
			return nil, err
		}
		return loaded.Load(set)
	}
	m, err := load(data)
	if err != nil {
		t.Fatal(err)
	}
	in := words("The council rammed through the cronies.")
	for i, want := range loaded.New(w).Scores(nil, in) {
		if got := m.Scores(nil, in)[i]; math.Abs(got.Sum()-want.Sum()) > 1e-3 {
			t.Errorf("%s: %v after reading, %v before", in[i].Text, got, want)
		}
	}
	if m.Highlight != .5 || m.Novel != 1 || m.SeenOf(&in[2]) != (loaded.Seen{Times: 4, Marked: 3}) {
		t.Errorf("highlight %v, novel %v, seen %v", m.Highlight, m.Novel, m.SeenOf(&in[2]))
	}
	w.Rows, w.Seen = w.Rows[:2], w.Seen[:2]
	w.Keys, w.Words = w.Keys[:2], w.Words[:2]
	slices.Reverse(w.Keys)
	if data, err = w.Encode(lexicons.Weights{Version: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, err = load(data); !errors.Is(err, lexicons.ErrInvalid) {
		t.Errorf("keys out of order: %v", err)
	}
	if _, err := load(data[:len(data)-1]); err == nil {
		t.Error("a file cut short is read")
	}
}
