package eval

import (
	"slices"

	"parallax/analyzer/loaded"
	"parallax/internal/train"
)

// Loaded is how well loaded sentences and words were told. Intervals resample
// articles.
type Loaded struct {
	Sentences   int      `json:"sentences"`
	Loaded      int      `json:"loaded"` // labelled so
	Articles    int      `json:"articles"`
	MacroF1     float64  `json:"macro_f1"` // at the point of decision
	MacroF1In   Interval `json:"macro_f1_interval"`
	AUC         float64  `json:"auc"`
	OutletAUC   float64  `json:"outlet_auc"` // mean over outlets with 26 sentences of both kinds, within each
	OutletAUCIn Interval `json:"outlet_auc_interval"`
	Outlets     int      `json:"outlets"`
	Words       Score    `json:"words"` // those at or over the point where a word is shown
	Top         float64  `json:"top"`   // share of the loaded sentences with marked words whose heaviest word is one
	TopOf       int      `json:"top_of"`
}

// A LoadedVerdict is what was said of a labelled sentence.
type LoadedVerdict struct {
	*train.LoadedSample
	Outlet string
	Chance float64 // of the sentence
	Scores []loaded.Score
	Shown  []bool // per word
}

// LoadedVerdicts tells samples with a model; outlet says whose they are.
func LoadedVerdicts(m *loaded.Model, samples []*train.LoadedSample, outlet func(article string) string) []LoadedVerdict {
	out := make([]LoadedVerdict, len(samples))
	for i, s := range samples {
		out[i] = loadedVerdict(m, s, m.Scores(nil, s.Words), m.SeenOf)
		out[i].Outlet = outlet(s.Article)
	}
	return out
}

// LoadedToldVerdicts are what fits out of fold said, at the thresholds of a
// model.
func LoadedToldVerdicts(m *loaded.Model, samples []*train.LoadedSample, told []train.LoadedTold) []LoadedVerdict {
	var out []LoadedVerdict
	for i, s := range samples {
		if told[i].Scores == nil {
			continue
		}
		k := 0
		out = append(out, loadedVerdict(m, s, told[i].Scores, func(*loaded.Word) loaded.Seen {
			k++
			return told[i].Seen[k-1]
		}))
	}
	return out
}

func loadedVerdict(m *loaded.Model, s *train.LoadedSample, scores []loaded.Score, seen func(*loaded.Word) loaded.Seen) LoadedVerdict {
	shown := make([]bool, len(s.Words))
	for k := range s.Words {
		shown[k] = m.Shows(&s.Words[k], scores[k], seen(&s.Words[k]))
	}
	return LoadedVerdict{LoadedSample: s, Chance: m.Loaded(s.Words, scores), Scores: scores, Shown: shown}
}

// fewestOfOutlet is how many sentences an outlet must have for a figure of its
// own.
const fewestOfOutlet = 26

// LoadedOf sums verdicts up.
func LoadedOf(verdicts []LoadedVerdict) Loaded {
	r := Loaded{Sentences: len(verdicts)}
	byArticle := map[string][]int{}
	var articles []string
	var words Tally
	top := 0
	for i := range verdicts {
		v := &verdicts[i]
		if byArticle[v.Article] == nil {
			articles = append(articles, v.Article)
		}
		byArticle[v.Article] = append(byArticle[v.Article], i)
		if v.Loaded {
			r.Loaded++
		}
		best := -1
		for k := range v.Words {
			if !v.Words[k].Letters {
				continue
			}
			t := Tally{}
			if v.Marked[k] {
				t.Labelled = 1
			}
			if v.Shown[k] {
				t.Found, t.Right = 1, t.Labelled
			}
			words.add(t)
			if best < 0 || v.Scores[k].Sum() > v.Scores[best].Sum() {
				best = k
			}
		}
		if v.Loaded && slices.Contains(v.Marked, true) {
			r.TopOf++
			if v.Marked[best] {
				top++
			}
		}
	}
	if r.TopOf > 0 {
		r.Top = float64(top) / float64(r.TopOf)
	}
	r.Articles, r.Words = len(articles), words.Score()
	all := make([]int, len(verdicts))
	for i := range all {
		all[i] = i
	}
	r.MacroF1, r.AUC = loadedF1(verdicts, all), loadedAUC(verdicts, all)
	r.OutletAUC, r.Outlets = loadedOutlets(verdicts, all)
	if len(articles) > 0 {
		of := func(units []int) []int {
			var out []int
			for _, u := range units {
				out = append(out, byArticle[articles[u]]...)
			}
			return out
		}
		r.MacroF1In = bootstrap(len(articles), func(units []int) float64 { return loadedF1(verdicts, of(units)) })
		if r.Outlets > 0 {
			r.OutletAUCIn = bootstrap(len(articles), func(units []int) float64 {
				x, _ := loadedOutlets(verdicts, of(units))
				return x
			})
		}
	}
	return r
}

// loadedF1 is the mean of F1 for loaded and for plain sentences.
func loadedF1(verdicts []LoadedVerdict, of []int) float64 {
	var t [2]Tally
	for _, i := range of {
		v := &verdicts[i]
		told, is := 0, 0
		if v.Chance >= .5 {
			told = 1
		}
		if v.Loaded {
			is = 1
		}
		t[told].Found++
		t[is].Labelled++
		if told == is {
			t[is].Right++
		}
	}
	return (t[0].Score().F1 + t[1].Score().F1) / 2
}

// loadedAUC is the chance that a loaded sentence scores over a plain one, ties
// counting half (Mann and Whitney 1947); .5 where one kind is missing.
func loadedAUC(verdicts []LoadedVerdict, of []int) float64 {
	scores := make([]float64, len(of))
	for k, i := range of {
		scores[k] = verdicts[i].Chance
	}
	ranks := ranked(scores)
	sum, positive := 0.0, 0
	for k, i := range of {
		if verdicts[i].Loaded {
			sum += ranks[k]
			positive++
		}
	}
	negative := len(of) - positive
	if positive == 0 || negative == 0 {
		return .5
	}
	return (sum - float64(positive)*float64(positive+1)/2) / float64(positive) / float64(negative)
}

// loadedOutlets is the mean AUC within outlets that have enough sentences, and
// how many those are.
func loadedOutlets(verdicts []LoadedVerdict, of []int) (float64, int) {
	by := map[string][]int{}
	for _, i := range of {
		if o := verdicts[i].Outlet; o != "" {
			by[o] = append(by[o], i)
		}
	}
	var names []string
	for o := range by {
		names = append(names, o)
	}
	slices.Sort(names)
	sum, n := 0.0, 0
	for _, o := range names {
		kinds := map[bool]bool{}
		for _, i := range by[o] {
			kinds[verdicts[i].Loaded] = true
		}
		if len(by[o]) < fewestOfOutlet || len(kinds) < 2 {
			continue
		}
		sum += loadedAUC(verdicts, by[o])
		n++
	}
	if n == 0 {
		return 0, 0
	}
	return sum / float64(n), n
}
