package eval

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"parallax/internal/train"
	"parallax/lexicons"
)

// Leaning is how well the leaning of texts was told. Intervals resample
// outlets.
type Leaning struct {
	Texts       int      `json:"texts"` // tellings; a text that was told under several deals of outlets counts once for each
	Outlets     int      `json:"outlets"`
	Accuracy    float64  `json:"accuracy"`
	AccuracyIn  Interval `json:"accuracy_interval"`
	MacroF1     float64  `json:"macro_f1"`
	MacroF1In   Interval `json:"macro_f1_interval"`
	AUC         float64  `json:"auc"` // of p(right) − p(left), right against left
	AUCIn       Interval `json:"auc_interval"`
	ECE         float64  `json:"ece"`       // expected calibration error, ten bins
	Confident   float64  `json:"confident"` // accuracy where the highest probability is over the threshold
	Coverage    float64  `json:"coverage"`
	Threshold   float64  `json:"threshold"`
	Spearman    float64  `json:"outlet_spearman"` // of an outlet's mean score with its label, outlets with 20 texts
	SpearmanIn  Interval `json:"outlet_spearman_interval"`
	OutletAUC   float64  `json:"outlet_auc"`
	OutletAUCIn Interval `json:"outlet_auc_interval"`
	Ranked      int      `json:"outlets_ranked"`
}

// A Verdict is the probabilities of left, center and right that a text was
// given, and the side of its outlet.
type Verdict struct {
	Outlet string
	Side   int
	Chance [3]float64
}

// Told are the verdicts of out-of-fold tellings of one length.
func Told(told []train.LeaningTold, cut int, keep func(*train.LeaningText) bool) []Verdict {
	var out []Verdict
	for i := range told {
		if t := &told[i]; t.Cut == cut && (keep == nil || keep(t.LeaningText)) {
			out = append(out, Verdict{t.Outlet, t.Side, t.Chance})
		}
	}
	return out
}

func (v *Verdict) score() float64 { return v.Chance[2] - v.Chance[0] }

func (v *Verdict) told() (side int, chance float64) {
	for s, x := range v.Chance {
		if x > chance {
			side, chance = s, x
		}
	}
	return side, chance
}

// LeaningOf scores verdicts; threshold is that of confidence.
func LeaningOf(all []Verdict, threshold float64) Leaning {
	out := Leaning{Texts: len(all), Threshold: threshold}
	if len(all) == 0 {
		return out
	}
	of := map[string][]Verdict{}
	for _, v := range all {
		of[v.Outlet] = append(of[v.Outlet], v)
	}
	var names []string
	for o := range of {
		names = append(names, o)
	}
	slices.Sort(names)
	out.Outlets = len(names)
	pool := func(units []int) []Verdict {
		var some []Verdict
		for _, u := range units {
			some = append(some, of[names[u]]...)
		}
		return some
	}
	out.Accuracy, out.MacroF1, out.AUC, out.ECE = accuracy(all), macroF1(all), aucLR(all), calibrationError(all)
	out.AccuracyIn = bootstrap(len(names), func(u []int) float64 { return accuracy(pool(u)) })
	out.MacroF1In = bootstrap(len(names), func(u []int) float64 { return macroF1(pool(u)) })
	out.AUCIn = bootstrap(len(names), func(u []int) float64 { return aucLR(pool(u)) })
	var sure []Verdict
	for _, v := range all {
		if _, p := v.told(); p >= threshold {
			sure = append(sure, v)
		}
	}
	out.Confident, out.Coverage = accuracy(sure), float64(len(sure))/float64(len(all))
	out.rank(of, names)
	return out
}

// leastRanked is how many texts an outlet must have to be ranked.
const leastRanked = 20

// rank compares outlets by the mean score of their texts.
func (l *Leaning) rank(of map[string][]Verdict, names []string) {
	var outlets []Verdict // one each: the mean score as p(right)
	for _, o := range names {
		if len(of[o]) < leastRanked {
			continue
		}
		mean := 0.0
		for i := range of[o] {
			mean += of[o][i].score() / float64(len(of[o]))
		}
		outlets = append(outlets, Verdict{o, of[o][0].Side, [3]float64{0, 0, mean}})
	}
	l.Ranked = len(outlets)
	if l.Ranked < 3 {
		return
	}
	some := func(units []int) []Verdict {
		var s []Verdict
		for _, u := range units {
			s = append(s, outlets[u])
		}
		return s
	}
	l.Spearman, l.OutletAUC = spearman(outlets), aucLR(outlets)
	l.SpearmanIn = bootstrap(len(outlets), func(u []int) float64 { return spearman(some(u)) })
	l.OutletAUCIn = bootstrap(len(outlets), func(u []int) float64 { return aucLR(some(u)) })
}

func accuracy(all []Verdict) float64 {
	n := 0
	for i := range all {
		if side, _ := all[i].told(); side == all[i].Side {
			n++
		}
	}
	return float64(n) / float64(max(1, len(all)))
}

func macroF1(all []Verdict) float64 {
	var tallies [3]Tally
	for i := range all {
		side, _ := all[i].told()
		tallies[side].Found++
		tallies[all[i].Side].Labelled++
		if side == all[i].Side {
			tallies[side].Right++
		}
	}
	sum := 0.0
	for _, t := range tallies {
		sum += t.Score().F1 / float64(len(tallies))
	}
	return sum
}

// aucLR is the chance that a text of the right has the greater score than one
// of the left (Mann and Whitney 1947).
func aucLR(all []Verdict) float64 {
	var scores []float64
	var sides []int
	for i := range all {
		if all[i].Side != 1 {
			scores, sides = append(scores, all[i].score()), append(sides, all[i].Side)
		}
	}
	ranks := ranked(scores)
	sum, right := 0.0, 0
	for i, s := range sides {
		if s == 2 {
			sum += ranks[i]
			right++
		}
	}
	left := len(sides) - right
	if left == 0 || right == 0 {
		return .5
	}
	return (sum - float64(right)*float64(right+1)/2) / float64(left) / float64(right)
}

// ranked are the ranks of values from 1, equal ones sharing their mean.
func ranked(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			ranks[order[k]] = float64(i+j+1) / 2
		}
		i = j
	}
	return ranks
}

func spearman(outlets []Verdict) float64 {
	var x, y []float64
	for i := range outlets {
		x, y = append(x, outlets[i].score()), append(y, float64(outlets[i].Side))
	}
	return Spearman(x, y)
}

// Spearman is the rank correlation of two rows of numbers (Spearman 1904); 0
// where one of them does not vary.
func Spearman(x, y []float64) float64 {
	r := stat.Correlation(ranked(x), ranked(y), nil)
	if math.IsNaN(r) {
		return 0
	}
	return r
}

func calibrationError(all []Verdict) float64 {
	var chance, right [10]float64
	for i := range all {
		side, p := all[i].told()
		bin := min(9, int(p*10))
		chance[bin] += p
		if side == all[i].Side {
			right[bin]++
		}
	}
	sum := 0.0
	for b := range chance {
		sum += math.Abs(chance[b] - right[b])
	}
	return sum / float64(len(all))
}

// Triplets is how the articles of three outlets on one event are ordered.
type Triplets struct {
	Stories  int                 `json:"stories"`
	Pairs    map[string]float64  `json:"pairs"`     // "a<b" to the share of stories where a scores left of b
	Interval map[string]Interval `json:"intervals"` // resampling stories
}

// TripletsOf compares the scores of outlets story by story; pairs are written
// "a<b". Stories without both are left out of a pair.
func TripletsOf(scores map[string]map[string]float64, pairs [][2]string) Triplets {
	out := Triplets{Stories: len(scores), Pairs: map[string]float64{}, Interval: map[string]Interval{}}
	var stories []string
	for s := range scores {
		stories = append(stories, s)
	}
	slices.Sort(stories)
	for _, p := range pairs {
		var wins []float64
		for _, s := range stories {
			a, okA := scores[s][p[0]]
			b, okB := scores[s][p[1]]
			if !okA || !okB {
				continue
			}
			w := 0.0
			switch {
			case a < b:
				w = 1
			case a == b:
				w = .5
			}
			wins = append(wins, w)
		}
		if len(wins) == 0 {
			continue
		}
		mean := func(u []int) float64 {
			sum := 0.0
			for _, i := range u {
				sum += wins[i]
			}
			return sum / float64(len(u))
		}
		name := p[0] + "<" + p[1]
		out.Pairs[name] = stat.Mean(wins, nil)
		out.Interval[name] = bootstrap(len(wins), mean)
	}
	return out
}

// SideName is the label of a side by number.
func SideName(side int) string { return lexicons.Sides[side] }
