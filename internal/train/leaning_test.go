package train_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"parallax/analyzer/analyzertest"
	"parallax/analyzer/leaning"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// invented are texts of invented outlets, twelve of each side. Each side has
// words of its own among common ones; each outlet has a word that is only its.
func invented() []gold.Article {
	rng := rand.New(rand.NewPCG(7, 7))
	own := [3][]string{
		{"workers", "rent", "fairness", "unions", "tenants"},
		{"committee", "officials", "figures", "spokesman", "schedule"},
		{"freedom", "taxes", "borders", "tradition", "enterprise"},
	}
	common := strings.Fields("the council of this town met again and spoke about its harbour bridge road school money water boats market house winter summer river ship")
	var out []gold.Article
	for side, name := range lexicons.Sides {
		for o := range 12 {
			for n := range 8 {
				var words []string
				for range 90 {
					switch x := rng.Float64(); {
					case x < .12:
						words = append(words, own[side][rng.IntN(len(own[side]))])
					case x < .16: // what other sides say
						other := own[rng.IntN(3)]
						words = append(words, other[rng.IntN(len(other))])
					case x < .18:
						words = append(words, fmt.Sprintf("housemark%c%c", 'a'+side, 'a'+o))
					default:
						words = append(words, common[rng.IntN(len(common))])
					}
				}
				out = append(out, gold.Article{
					ID: fmt.Sprintf("%s-%d-%d", name, o, n), Domain: fmt.Sprintf("www.%s%d.example", name, o), Leaning: name,
					Title: "The council met", Text: strings.Join(words, " ") + ".", Published: fmt.Sprintf("201%d-05-01", n),
				})
			}
		}
	}
	return out
}

func TestLeaningLearnsWhatManyOutletsOfASideSay(t *testing.T) {
	an := analyzertest.New(t)
	articles := invented()
	articles = append(articles, gold.Article{ID: "guest", Domain: "left0.example", Leaning: "right", Text: strings.Repeat("The council met and spoke of taxes. ", 10)})
	texts, minority := train.LeaningTexts(an, articles)
	if len(texts) != 288 || len(minority) != 1 || minority[0].ID != "guest" {
		t.Fatalf("%d texts, %d whose label is not their outlet's", len(texts), len(minority))
	}
	cfg := train.DefaultLeaning()
	cfg.Phrases = 60
	w := train.Leaning(texts, cfg)
	train.Labels(an, &w, articles)
	heaviest, side := map[string]float64{}, map[string]float64{}
	for i, label := range w.Labels {
		if strings.Contains(label, "housemark") {
			t.Errorf("%q is of one outlet and was learnt", label)
		}
		heaviest[label], side[label] = w.Weights[leaning.Center][i], w.Weights[leaning.Axis][i]
	}
	for _, c := range []struct {
		word string
		sign float64
	}{{"unions", -1}, {"tenants", -1}, {"taxes", +1}, {"borders", +1}} {
		if side[c.word]*c.sign <= 0 {
			t.Errorf("%q weighs %v", c.word, side[c.word])
		}
	}
	if heaviest["committee"] <= 0 || heaviest["schedule"] <= 0 {
		t.Errorf("words of the center weigh %v and %v", heaviest["committee"], heaviest["schedule"])
	}

	// Outlets that were not seen are told, and the probabilities are true.
	told := train.LeaningOutOfFold(texts, cfg, 3, []uint64{1}, nil, nil)
	right, chance, n := 0, 0.0, 0
	for _, x := range told {
		if x.Cut != 0 {
			continue
		}
		n++
		best := 0
		for s, p := range x.Chance {
			if p > x.Chance[best] {
				best = s
			}
		}
		chance += x.Chance[best]
		if best == x.Side {
			right++
		}
	}
	if float64(right) < .9*float64(n) || math.Abs(chance-float64(right)) > .1*float64(n) {
		t.Errorf("%d of %d told right, expected %.0f", right, n, chance)
	}

	// The same data give the same bytes, which read back as they were.
	train.Calibrate(told).Apply(&w)
	w.Confident, w.Coverage = train.Confidence(told)
	head := lexicons.Weights{Version: "1", Data: []string{"invented"}, Seed: 1}
	data, err := w.Encode(head)
	if err != nil {
		t.Fatal(err)
	}
	again := train.Leaning(texts, cfg)
	train.Labels(an, &again, articles)
	train.Calibrate(told).Apply(&again)
	again.Confident, again.Coverage = train.Confidence(told)
	if other, err := again.Encode(head); err != nil || !bytes.Equal(data, other) {
		t.Errorf("fitted twice: %d and %d bytes, %v", len(data), len(other), err)
	}
}

func TestOutletsAreDealtWhole(t *testing.T) {
	texts, _ := train.LeaningTexts(analyzertest.New(t), invented())
	folds := train.LeaningFolds(texts, 4, 1)
	var sides [4][3]int
	for _, x := range texts {
		sides[folds[x.Outlet]][x.Side]++
	}
	for f, n := range sides {
		for s := range n {
			if n[s] < 16 {
				t.Errorf("fold %d has %v texts of the sides, want 16 of each at least", f, n)
				break
			}
		}
	}
}

func TestCountsOverOutletsBearAPairOut(t *testing.T) {
	outlets := map[string]train.PairUses{}
	for i := range 8 {
		outlets[fmt.Sprint("left", i)] = train.PairUses{Side: 0, Terms: map[string]int{"road fee": 20 + i, "road tax": 2, "ferry": 9, "barge": 10, "pier": 1}}
		outlets[fmt.Sprint("right", i)] = train.PairUses{Side: 2, Terms: map[string]int{"road fee": 4, "road tax": 15 + i, "ferry": 10, "barge": 9, "jetty": 1}}
		outlets[fmt.Sprint("center", i)] = train.PairUses{Side: 1, Terms: map[string]int{"ferry": 900}} // is not asked
	}
	pair := func(left, right string) lexicons.Pair {
		return lexicons.Pair{Left: lexicons.PairTerm{Forms: []string{left}}, Right: lexicons.PairTerm{Forms: []string{right}}}
	}
	kept, refused := train.CountPairs([]lexicons.Pair{pair("road fee", "road tax"), pair("road tax", "road fee"), pair("ferry", "barge"), pair("pier", "jetty")}, outlets, 1)
	if len(kept) != 1 || len(refused) != 3 {
		t.Fatalf("%d kept, %d refused; only the first is borne out", len(kept), len(refused))
	}
	p := kept[0]
	if p.LeftOutlets != 8 || p.RightOutlets != 8 || p.Right.Times < 4 || p.Right.Low <= 1 || p.Right.Low > p.Right.Times || p.Right.Times > p.Right.High || p.Left.Low <= 1 {
		t.Errorf("%+v", p)
	}
}
