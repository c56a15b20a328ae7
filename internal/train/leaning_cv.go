package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"parallax/analyzer/leaning"
)

// A LeaningTold is what a model that has not seen a text's outlet says of it.
type LeaningTold struct {
	*LeaningText
	Cut    int // words that were read, 0 for all
	Fold   int
	Known  int
	Bias   [leaning.Heads]float64
	Sum    [leaning.Heads]float64 // of the evidence
	Chance [3]float64             // probabilities, once calibrated
}

// Cuts are the lengths at which texts are told too.
var Cuts = []int{50, 100, 200, 300}

// mostPerOutlet is how many texts of an outlet are told, so that no outlet
// decides what is measured.
const mostPerOutlet = 100

// LeaningFolds deals the outlets to k folds so that each side has about as many
// texts in each, no outlet counting for more than 150.
func LeaningFolds(texts []*LeaningText, k int, seed uint64) map[string]int {
	rng := rand.New(rand.NewPCG(seed, 1))
	size, side := map[string]int{}, map[string]int{}
	for _, t := range texts {
		size[t.Outlet]++
		side[t.Outlet] = t.Side
	}
	fold := map[string]int{}
	for s := range 3 {
		var outlets []string
		for o := range size {
			if side[o] == s {
				outlets = append(outlets, o)
			}
		}
		slices.Sort(outlets)
		rng.Shuffle(len(outlets), func(i, j int) { outlets[i], outlets[j] = outlets[j], outlets[i] })
		slices.SortStableFunc(outlets, func(a, b string) int { return cmp.Compare(min(150, size[b]), min(150, size[a])) })
		load := make([]float64, k)
		for _, o := range outlets {
			best, least := 0, math.Inf(1)
			for f := range load {
				if x := load[f] + 40*rng.Float64(); x < least {
					best, least = f, x
				}
			}
			fold[o] = best
			load[best] += float64(min(150, size[o]))
		}
	}
	return fold
}

// sampled are at most [mostPerOutlet] texts of each outlet, by chance.
func sampled(texts []*LeaningText) []*LeaningText {
	rng := rand.New(rand.NewPCG(1, 2))
	order := rng.Perm(len(texts))
	n := map[string]int{}
	keep := make([]bool, len(texts))
	for _, i := range order {
		if n[texts[i].Outlet] < mostPerOutlet {
			n[texts[i].Outlet]++
			keep[i] = true
		}
	}
	var out []*LeaningText
	for i, t := range texts {
		if keep[i] {
			out = append(out, t)
		}
	}
	return out
}

// LeaningOutOfFold tells texts by models that have not seen their outlets: for
// each seed the outlets are dealt anew. Fit says which texts may be fitted on,
// and score which are told; nil is all. Each seed's folds are calibrated on the
// others of it.
func LeaningOutOfFold(texts []*LeaningText, cfg LeaningConfig, k int, seeds []uint64, fit, score func(*LeaningText) bool) []LeaningTold {
	var out []LeaningTold
	pool := sampled(texts)
	for n, seed := range seeds {
		folds := LeaningFolds(texts, k, seed)
		parts := make([][]LeaningTold, k)
		var wait sync.WaitGroup
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		for f := range k {
			wait.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				var known []*LeaningText
				for _, t := range texts {
					if folds[t.Outlet] != f && (fit == nil || fit(t)) {
						known = append(known, t)
					}
				}
				model := leaning.New(withLabels(Leaning(known, cfg)))
				for _, t := range pool {
					if folds[t.Outlet] == f && (score == nil || score(t)) {
						parts[f] = appendTold(parts[f], model, t, n*k+f)
					}
				}
			})
		}
		wait.Wait()
		told := slices.Concat(parts...)
		out = append(out, told...)
	}
	calibrateAcross(out, k, len(seeds))
	return out
}

// calibrateAcross gives the texts of each fold their probabilities, calibrated on
// the other folds of its seed.
func calibrateAcross(told []LeaningTold, k, seeds int) {
	for fold := range k * seeds {
		var others []LeaningTold
		for _, t := range told {
			if t.Fold != fold && t.Fold/k == fold/k {
				others = append(others, t)
			}
		}
		c := Calibrate(others)
		for i := range told {
			if told[i].Fold == fold {
				told[i].Chance = c.Chance(&told[i])
			}
		}
	}
}

// withLabels lets a model run whose phrases nobody has named.
func withLabels(w leaning.Weights) leaning.Weights {
	w.Labels = make([]string, len(w.Keys))
	return w
}

func appendTold(dst []LeaningTold, m *leaning.Model, t *LeaningText, fold int) []LeaningTold {
	for _, cut := range append([]int{0}, Cuts...) {
		p := t.Phrases
		if cut > 0 {
			if t.Words <= cut {
				continue
			}
			p = p.Cut(cut)
		}
		s := m.Score(nil, p.Model())
		told := LeaningTold{LeaningText: t, Cut: cut, Fold: fold, Known: s.Known, Bias: s.Bias}
		for h := range told.Sum {
			told.Sum[h] = s.Raw[h] - s.Bias[h]
		}
		dst = append(dst, told)
	}
	return dst
}

// A Calibration makes probabilities of log-odds: a temperature (Guo et al.
// 2017), and evidence of few phrases counts less.
type Calibration struct {
	Temperature float64
	Short       float64
}

func (c Calibration) odds(t *LeaningTold, head int) float64 {
	z := t.Bias[head]
	if n := float64(t.Known); n > 0 {
		z += t.Sum[head] * n / (n + c.Short)
	}
	return z
}

// Chance are the probabilities of left, center and right.
func (c Calibration) Chance(t *LeaningTold) [3]float64 {
	l, m, r := leaning.Chances(c.odds(t, leaning.Axis)/c.Temperature, c.odds(t, leaning.Center), c.Temperature)
	return [3]float64{l, m, r}
}

// Calibrate chooses the calibration under which what came out was most likely:
// the temperature on whole texts, how much few phrases count on those that were
// cut.
func Calibrate(told []LeaningTold) Calibration {
	best, least := Calibration{Temperature: 1}, math.Inf(1)
	for _, short := range []float64{0, 10, 20, 40, 60, 80, 110, 150, 200} {
		c := Calibration{1, short}
		low := math.Inf(1)
		for step := range 50 {
			trial := Calibration{.5 * math.Pow(1.04, float64(step)), short}
			if x := trial.surprise(told, true); x < low {
				low, c = x, trial
			}
		}
		if x := low + c.surprise(told, false)/float64(len(Cuts)); x < least {
			best, least = c, x
		}
	}
	return best
}

// surprise is the negative log-likelihood of the sides of whole texts or of
// those that were cut.
func (c Calibration) surprise(told []LeaningTold, whole bool) float64 {
	sum := 0.0
	for i := range told {
		if t := &told[i]; (t.Cut == 0) == whole {
			sum -= math.Log(max(1e-12, c.Chance(t)[t.Side]))
		}
	}
	return sum
}

// Apply writes a calibration into weights.
func (c Calibration) Apply(w *leaning.Weights) {
	for i := range w.Weights[leaning.Axis] {
		w.Weights[leaning.Axis][i] /= c.Temperature
	}
	w.Bias[leaning.Axis] /= c.Temperature
	w.Temperature, w.Short = c.Temperature, c.Short
}

// wanted is the accuracy above which a text is told with confidence, and
// fewest how many texts must bear it out.
const (
	wanted = .70
	fewest = 100
)

// Confidence is the least highest probability over which the share of texts
// that were told right is [wanted] at least, and the share of texts over it. It
// is 2 and 0 where there is none. Cut texts do not count.
func Confidence(told []LeaningTold) (threshold, coverage float64) {
	type one struct {
		p     float64
		right bool
	}
	var all []one
	for i := range told {
		if told[i].Cut == 0 && told[i].Known >= 30 {
			side, p := 0, 0.0
			for s, x := range told[i].Chance {
				if x > p {
					side, p = s, x
				}
			}
			all = append(all, one{p, side == told[i].Side})
		}
	}
	slices.SortStableFunc(all, func(a, b one) int { return cmp.Compare(b.p, a.p) })
	threshold = 2
	right := 0
	for i, x := range all {
		if x.right {
			right++
		}
		if i+1 >= fewest && float64(right) >= wanted*float64(i+1) {
			threshold, coverage = x.p, float64(i+1)/float64(len(all))
		}
	}
	return math.Ceil(threshold*1000) / 1000, coverage
}
