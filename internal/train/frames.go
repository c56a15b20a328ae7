package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"parallax/analyzer"
	"parallax/analyzer/framing"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// A FrameSample is a labelled text as the model of frames reads it.
type FrameSample struct {
	*gold.FramedText
	Units [2][]framing.Unit // of title and text
	Words int               // of the text
	docs  [2]*text.Document
}

// FrameSamples reads labelled texts; [FrameSpace.Read] finds the words that the
// model is to know.
func FrameSamples(set *lexicons.Set, texts []gold.FramedText) []*FrameSample {
	out := make([]*FrameSample, len(texts))
	for i := range texts {
		t := &texts[i]
		out[i] = &FrameSample{FramedText: t, docs: [2]*text.Document{set.Reader().Read(t.Title), set.Reader().Read(t.Text)}}
		out[i].Words = out[i].docs[1].Words()
	}
	return out
}

// Fields are the title and text of the sample.
func (s *FrameSample) Fields() []*text.Document { return s.docs[:] }

// Read finds the words of the space in samples.
func (s *FrameSpace) Read(samples []*FrameSample) {
	for _, x := range samples {
		for k, doc := range x.docs {
			x.Units[k] = s.Units(nil, doc, nil)
		}
	}
}

// FrameNames are the frames that the samples name: those of the Policy Frames
// Codebook in its order, then any others by name.
func FrameNames(samples []*FrameSample) []string {
	seen := map[string]bool{}
	for _, s := range samples {
		for _, f := range s.Frames {
			seen[f] = true
		}
	}
	var names, others []string
	for _, f := range analyzer.FrameNames {
		if seen[f] {
			names = append(names, f)
			delete(seen, f)
		}
	}
	for f := range seen {
		others = append(others, f)
	}
	slices.Sort(others)
	return append(names, others...)
}

// FramesConfig says how the model of frames is fitted.
type FramesConfig struct {
	Costs  []float64 // ascending; the smaller, the more the weights are held back
	Slack  float64   // the first cost is taken whose surprise out of fold is over the least by this share at most
	Rounds int
	Short  float64 // as in [framing.Weights]
	Folds  int     // in which the points of decision are found
}

// DefaultFrames is what the shipped model is fitted with; the choices are those
// of cross-validation over articles.
func DefaultFrames() FramesConfig {
	return FramesConfig{Costs: []float64{.01, .03, .1, .3, 1}, Slack: .01, Rounds: 60, Short: 50, Folds: 5}
}

// The weights by which kinds of features are scaled before they are held back:
// what a word is like generalises, a word alone does so less.
const (
	vectorScale = 1.
	wordScaleOf = 6.
	seedScale   = 1.
)

// frameFeatures are samples as rows: vector, seeds, then the words that stand in
// enough samples.
type frameFeatures struct {
	*matrix
	space  *FrameSpace
	column map[int32]int32 // of a word
	scale  []float64       // of the columns of vector and seeds
	word   float64         // scale of the words
}

func newFrameFeatures(samples []*FrameSample, space *FrameSpace, cfg FramesConfig) *frameFeatures {
	f := &frameFeatures{space: space, column: map[int32]int32{}}
	dense := space.size + len(space.lists)
	rows := make([][]wordValue, len(samples))
	stand := map[int32]int{}
	for i, s := range samples {
		rows[i] = space.values(s, cfg.Short)
		for _, x := range rows[i] {
			stand[x.word]++
		}
	}
	var words []int32
	for w, n := range stand {
		if n >= fewestLabelled {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	for i, w := range words {
		f.column[w] = int32(dense + i)
	}
	sums := make([][]float64, len(samples))
	square := 0.0
	for i, row := range rows {
		sums[i] = space.sum(row)
		for _, x := range row {
			if _, ok := f.column[x.word]; ok {
				square += float64(x.value*x.value) / float64(len(samples))
			}
		}
	}
	f.word = wordScaleOf / math.Sqrt(max(square, 1e-12))
	f.scale = scales(sums, space.size)
	f.matrix = &matrix{begin: []int32{0}, width: dense + len(words)}
	for i, row := range rows {
		for c, x := range sums[i] {
			f.column32(int32(c), x*f.scale[c])
		}
		for _, x := range row {
			if c, ok := f.column[x.word]; ok {
				f.column32(c, x.value*f.word)
			}
		}
		f.begin = append(f.begin, int32(len(f.matrix.column)))
	}
	return f
}

func (f *frameFeatures) column32(c int32, x float64) {
	if x != 0 {
		f.matrix.column = append(f.matrix.column, c)
		f.value[0] = append(f.value[0], float32(x))
	}
}

// scales bring the numbers of vectors together, and each list of seeds alone,
// to a standard deviation of one at the mean.
func scales(sums [][]float64, size int) []float64 {
	if len(sums) == 0 {
		return nil
	}
	out := make([]float64, len(sums[0]))
	together := 0.0
	for c := range out {
		mean, square := 0.0, 0.0
		for _, row := range sums {
			mean += row[c] / float64(len(sums))
		}
		for _, row := range sums {
			d := row[c] - mean
			square += float64(d*d) / float64(len(sums))
		}
		out[c] = math.Sqrt(square)
		if c < size {
			together += out[c] / float64(size)
		}
	}
	for c := range out {
		switch {
		case c < size && together > 0:
			out[c] = vectorScale / together
		case c >= size && out[c] > 0:
			out[c] = seedScale / out[c]
		default:
			out[c] = 0
		}
	}
	return out
}

// A wordValue is a word of a sample and how much it counts.
type wordValue struct {
	word  int32
	value float64
}

// values are the words of a sample, in order, as [framing.Model.Read] counts
// them.
func (s *FrameSpace) values(x *FrameSample, short float64) []wordValue {
	counts := map[int32]int{}
	for _, units := range x.Units {
		for _, u := range units {
			counts[u.Word]++
		}
	}
	var out []wordValue
	for w := range counts {
		out = append(out, wordValue{word: w})
	}
	slices.SortFunc(out, func(a, b wordValue) int { return cmp.Compare(a.word, b.word) })
	sum := short
	for i := range out {
		out[i].value = framing.Value(s.Rarity[out[i].word], counts[out[i].word])
		sum += out[i].value
	}
	for i := range out {
		out[i].value /= max(sum, 1e-9)
	}
	return out
}

// sum is a sample's vector and how much each list of seeds stands in it.
func (s *FrameSpace) sum(row []wordValue) []float64 {
	out := make([]float64, s.size+len(s.lists))
	for _, x := range row {
		for c, v := range s.row(x.word) {
			out[c] += float64(x.value * float64(v))
		}
		if l := s.seeds[x.word]; l >= 0 {
			out[s.size+int(l)] += x.value
		}
	}
	return out
}

// weight is what a word adds to a frame of coefficients x.
func (f *frameFeatures) weight(x []float64, word int32) float64 {
	sum := 0.0
	for c, v := range f.space.row(word) {
		sum += float64(float64(v) * f.scale[c] * x[c])
	}
	if l := f.space.seeds[word]; l >= 0 {
		c := f.space.size + int(l)
		sum += float64(f.scale[c] * x[c])
	}
	if c, ok := f.column[word]; ok {
		sum += float64(f.word * x[c])
	}
	return sum
}

// fitFrames fits a logistic regression for each frame, both answers weighing
// the same, and sums it up per word.
func fitFrames(samples []*FrameSample, space *FrameSpace, names []string, cost float64, cfg FramesConfig) framing.Weights {
	f := newFrameFeatures(samples, space, cfg)
	w := framing.Weights{Frames: names, Words: space.Words, Short: cfg.Short, Bias: make([]float64, len(names)), Weights: make([]float32, len(space.Words)*len(names))}
	for _, r := range space.Rarity {
		w.Rarity = append(w.Rarity, float32(r))
	}
	var wait sync.WaitGroup
	for k, name := range names {
		wait.Go(func() {
			target, weight := balanced(samples, name)
			x, bias := f.logisticFit(0, target, weight, cost, cfg.Rounds)
			w.Bias[k] = bias
			for i := range space.Words {
				w.Weights[i*len(names)+k] = float32(f.weight(x, int32(i)))
			}
		})
	}
	wait.Wait()
	return w
}

// balanced is which samples take a frame up, and weights with which both answers
// weigh the same.
func balanced(samples []*FrameSample, name string) (target []bool, weight []float64) {
	target, weight = make([]bool, len(samples)), make([]float64, len(samples))
	n := 0
	for i, s := range samples {
		if target[i] = slices.Contains(s.Frames, name); target[i] {
			n++
		}
	}
	for i, yes := range target {
		of := len(samples) - n
		if yes {
			of = n
		}
		weight[i] = float64(len(samples)) / 2 / float64(max(1, of))
	}
	return target, weight
}

// Folds deals n units into folds, seeded.
func Folds(n, folds int, seed uint64) []int {
	out := make([]int, n)
	for i, k := range rand.New(rand.NewPCG(seed, seed)).Perm(n) {
		out[k] = i % folds
	}
	return out
}

// logOdds are those of samples under weights.
func logOdds(w framing.Weights, samples []*FrameSample) [][]float64 {
	m := framing.New(w)
	out := make([][]float64, len(samples))
	for i, s := range samples {
		out[i] = m.Read(s.Words, s.Units[0], s.Units[1]).LogOdds
	}
	return out
}

// Frames fits the model: weights on all samples; how much they are held back,
// and the points of decision, on what models say of samples that they have not
// seen.
func Frames(samples []*FrameSample, space *FrameSpace, names []string, cfg FramesConfig, seed uint64) framing.Weights {
	all := make([]calibratedFrames, len(cfg.Costs))
	least := math.Inf(1)
	for i, c := range cfg.Costs {
		all[i] = calibrateFrames(framesOutOfFold(samples, space, names, c, cfg, seed), samples, names)
		least = min(least, all[i].surprise)
	}
	k := slices.IndexFunc(all, func(c calibratedFrames) bool { return c.surprise <= least*(1+cfg.Slack) })
	w := fitFrames(samples, space, names, cfg.Costs[k], cfg)
	all[k].decide(&w)
	return w
}

// framesOutOfFold are the log-odds of samples by models that have not seen them.
func framesOutOfFold(samples []*FrameSample, space *FrameSpace, names []string, cost float64, cfg FramesConfig, seed uint64) [][]float64 {
	told := make([][]float64, len(samples))
	fold := Folds(len(samples), cfg.Folds, seed)
	for k := range cfg.Folds {
		var rest, here []*FrameSample
		var at []int
		for i, s := range samples {
			if fold[i] == k {
				here, at = append(here, s), append(at, i)
			} else {
				rest = append(rest, s)
			}
		}
		for i, row := range logOdds(fitFrames(rest, space, names, cost, cfg), here) {
			told[at[i]] = row
		}
	}
	return told
}
