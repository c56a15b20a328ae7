package train

import (
	"cmp"
	"math"
	"slices"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
)

// Loaded fits the model and, on sentences of articles that a fit has not seen,
// what makes a sentence of the scores of its words and which words are shown.
// keep says which words of the space the model is to know beyond those of the
// samples. What the fits out of fold said of each sample is given too.
func Loaded(samples []*LoadedSample, space *WordSpace, cfg LoadedConfig, seed uint64, keep func(key uint32) bool) (loaded.Weights, []LoadedTold) {
	told := loadedOutOfFold(samples, space, cfg, seed)
	f, x := fitLoaded(samples, space, cfg)
	w := f.weights(x, keep)
	w.Sentence = fitSentence(samples, told)
	w.Highlight = highlight(samples, told, cfg.Highlight, func(s loaded.Seen) bool { return s.Marked > 0 })
	w.Novel = highlight(samples, told, cfg.Highlight, func(s loaded.Seen) bool { return s.Times == 0 })
	return w, told
}

// A LoadedTold is a sentence as a fit told it that has not seen its article; it
// is empty where there was no other article.
type LoadedTold struct {
	Scores []loaded.Score
	Seen   []loaded.Seen
}

// loadedOutOfFold tells each sample by a fit that has not seen its article.
func loadedOutOfFold(samples []*LoadedSample, space *WordSpace, cfg LoadedConfig, seed uint64) []LoadedTold {
	out := make([]LoadedTold, len(samples))
	fold := articleFolds(samples, cfg.Folds, seed)
	for k := range cfg.Folds {
		var rest []*LoadedSample
		known := map[uint32]bool{}
		for i, s := range samples {
			if fold[i] != k {
				rest = append(rest, s)
				continue
			}
			for j := range s.Words {
				known[s.Words[j].Key] = true
			}
		}
		if len(rest) == 0 || len(rest) == len(samples) {
			continue
		}
		f, x := fitLoaded(rest, space, cfg)
		m := loaded.New(f.weights(x, func(key uint32) bool { return known[key] }))
		for i, s := range samples {
			if fold[i] != k {
				continue
			}
			out[i].Scores = m.Scores(nil, s.Words)
			for j := range s.Words {
				out[i].Seen = append(out[i].Seen, m.SeenOf(&s.Words[j]))
			}
		}
	}
	return out
}

// articleFolds deals articles to folds by the hash of their name and a seed.
func articleFolds(samples []*LoadedSample, folds int, seed uint64) []int {
	out := make([]int, len(samples))
	for i, s := range samples {
		h := text.Hash(s.Article) ^ seed*0x9E3779B97F4A7C15
		h ^= h >> 31
		h *= 0xBF58476D1CE4E5B9
		out[i] = int(h >> 33 % uint64(folds))
	}
	return out
}

// fitSentence fits constant and weights of the highest and the average score.
func fitSentence(samples []*LoadedSample, told []LoadedTold) [3]float64 {
	type row struct {
		x      [2]float64
		loaded bool
	}
	var rows []row
	for i, s := range samples {
		if told[i].Scores == nil {
			continue
		}
		if highest, mean, ok := loaded.Summary(s.Words, told[i].Scores); ok {
			rows = append(rows, row{[2]float64{highest, mean}, s.Loaded})
		}
	}
	return [3]float64(minimise([]float64{0, 1, 0}, 100, func(x, gradient []float64) float64 {
		clear(gradient)
		sum, n := 0.0, float64(max(1, len(rows)))
		for _, r := range rows {
			loss, g := logLoss(x[0]+x[1]*r.x[0]+x[2]*r.x[1], r.loaded, 1)
			sum += loss / n
			gradient[0] += g / n
			gradient[1] += g / n * r.x[0]
			gradient[2] += g / n * r.x[1]
		}
		return sum
	}))
}

// fewestShown is how many words a share of marked ones is read from at least.
const fewestShown = 50

// highlight is the least score at and above which share of the words of a kind
// are marked; where there is none, no word reaches it.
func highlight(samples []*LoadedSample, told []LoadedTold, share float64, kind func(loaded.Seen) bool) float64 {
	type word struct {
		score  float64
		marked bool
	}
	var words []word
	for i, s := range samples {
		for j := range told[i].Scores {
			if s.Words[j].Letters && kind(told[i].Seen[j]) {
				words = append(words, word{told[i].Scores[j].Sum(), s.Marked[j]})
			}
		}
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Compare(b.score, a.score) })
	least, marked := float64(math.MaxFloat32), 0
	for i, w := range words {
		if w.marked {
			marked++
		}
		if i+1 >= fewestShown && float64(marked) >= share*float64(i+1) {
			least = w.score
		}
	}
	return least
}

// LoadedFold parts samples by article into those of one of several folds and
// the rest.
func LoadedFold(samples []*LoadedSample, folds, fold int) (rest, here []*LoadedSample) {
	for i, k := range articleFolds(samples, folds, 7) {
		if k == fold {
			here = append(here, samples[i])
		} else {
			rest = append(rest, samples[i])
		}
	}
	return rest, here
}
