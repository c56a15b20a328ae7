package train_test

import (
	"bytes"
	"fmt"
	"testing"

	"parallax/analyzer/analyzertest"
	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// inventedSentences are sentences in which "grabbed", "cronies" and "disgraceful" are
// loaded and their neighbours are not.
func inventedSentences() []gold.LoadedSentence {
	var out []gold.LoadedSentence
	add := func(article int, sentence string, marked ...string) {
		s := gold.LoadedSentence{Article: fmt.Sprint("a", article), Text: sentence, Loaded: len(marked) > 0, Weight: 1}
		for _, m := range marked {
			at := bytes.Index([]byte(sentence), []byte(m))
			s.Marked = append(s.Marked, text.Span{Start: at, End: at + len(m)})
		}
		out = append(out, s)
	}
	for i, who := range []string{"council", "mayor", "harbour", "union", "school", "bank", "police", "museum", "press", "court"} {
		for k, what := range []string{"pier", "budget", "bridge", "ferry"} {
			n := 4*i + k
			add(n, fmt.Sprintf("The %s opened the %s on Monday.", who, what))
			add(n, fmt.Sprintf("The %s and its cronies grabbed the %s.", who, what), "cronies", "grabbed")
			add(n, fmt.Sprintf("The %s read a report on the %s.", who, what))
			add(n, fmt.Sprintf("It was a disgraceful %s for the %s.", what, who), "disgraceful")
		}
	}
	return out
}

func TestLoaded(t *testing.T) {
	a := analyzertest.New(t)
	samples := train.LoadedSamples(a, inventedSentences())
	if len(samples) != 160 || samples[1].Article != "a0" {
		t.Fatalf("%d samples", len(samples))
	}
	space := train.ModelSpace(loaded.New(loaded.Weights{Grams: make([]float32, 1<<loaded.GramBits)}))
	fit := func() (loaded.Weights, []byte) {
		w, told := train.Loaded(samples, space, train.DefaultLoaded(), 1, func(uint32) bool { return true })
		data, err := w.Encode(lexicons.Weights{Version: "1", Data: []string{"invented"}, Seed: 1})
		if err != nil || len(told) != len(samples) || len(told[1].Scores) != len(samples[1].Words) {
			t.Fatalf("%v, %d told", err, len(told))
		}
		return w, data
	}
	w, data := fit()
	if _, again := fit(); !bytes.Equal(data, again) {
		t.Error("fitted twice, the same data give other bytes")
	}
	m := loaded.New(w)
	score := func(sentence string) (chance float64, shown []string) {
		for _, s := range a.LoadedSentences(sentence) {
			scores := m.Scores(nil, s.Words)
			chance = max(chance, m.Loaded(s.Words, scores))
			for i := range s.Words {
				if m.Shown(&s.Words[i], scores[i]) {
					shown = append(shown, s.Words[i].Text)
				}
			}
		}
		return chance, shown
	}
	if p, shown := score("The theatre and its cronies grabbed the hall."); p < .5 || fmt.Sprint(shown) != "[cronies grabbed]" {
		t.Errorf("loaded sentence: %.2f, shown %v", p, shown)
	}
	if p, shown := score("The theatre read a report on the hall."); p >= .5 || len(shown) > 0 {
		t.Errorf("plain sentence: %.2f, shown %v", p, shown)
	}
	// A word is judged by how often it was marked, and the file says so.
	word := a.LoadedSentences("cronies")[0].Words[0]
	if got := m.SeenOf(&word); got != (loaded.Seen{Times: 40, Marked: 40}) {
		t.Errorf("cronies: %+v", got)
	}
}

func TestLoadedFoldsKeepArticlesTogether(t *testing.T) {
	samples := train.LoadedSamples(analyzertest.New(t), inventedSentences())
	seen := map[string]int{}
	n := 0
	for k := range 5 {
		rest, here := train.LoadedFold(samples, 5, k)
		if len(rest)+len(here) != len(samples) {
			t.Errorf("fold %d: %d and %d of %d", k, len(rest), len(here), len(samples))
		}
		n += len(here)
		for _, s := range here {
			if f, ok := seen[s.Article]; ok && f != k {
				t.Errorf("article %s is in folds %d and %d", s.Article, f, k)
			}
			seen[s.Article] = k
		}
	}
	if n != len(samples) {
		t.Errorf("%d of %d samples are in a fold", n, len(samples))
	}
}

func TestASentenceReadAsTwo(t *testing.T) {
	samples := train.LoadedSamples(analyzertest.New(t), []gold.LoadedSentence{{
		Article: "a", Text: "The pier is shut. His cronies left.", Loaded: true, Marked: []text.Span{{Start: 22, End: 29}},
	}})
	if len(samples) != 2 || samples[0].Loaded || !samples[1].Loaded || !samples[1].Marked[1] {
		t.Errorf("%d samples: %+v", len(samples), samples)
	}
}
