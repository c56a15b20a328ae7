package train

import (
	"cmp"
	"math"
	"slices"

	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
)

// A LoadedSample is a labelled sentence as the model of loaded language reads
// it.
type LoadedSample struct {
	Article string // sentences of one article are never parted for cross-validation
	Loaded  bool
	Weight  float64 // of its loaded words, 0 is 1
	Words   []loaded.Word
	Marked  []bool // per word, whether it is loaded
}

// LoadedConfig says how the model of loaded language is fitted.
type LoadedConfig struct {
	Cost      float64 // the smaller, the more the weights are held back
	Rounds    int
	Pairs     int     // how often two words must stand side by side
	Highlight float64 // share of the words shown that must be marked, out of fold
	Folds     int
}

// DefaultLoaded is what the shipped model is fitted with.
func DefaultLoaded() LoadedConfig {
	return LoadedConfig{Cost: .25, Rounds: 60, Pairs: 2, Highlight: .85, Folds: 5}
}

// The weights by which kinds of features are scaled before they are held back:
// what is known of a word generalises, a word alone does so less.
const (
	wordScale  = .5
	spaceScale = 2.
)

// A loadedFit holds a fit: parameters and where each begins.
type loadedFit struct {
	space   *WordSpace
	seen    []loaded.Seen    // per type
	words   []string         // per type, folded
	types   []uint32         // keys of the words of the samples, in order of first sight
	index   map[uint32]int32 // of a type
	vectors [][]float32      // per type
	grams   [][]uint32       // per type, buckets
	pairs   map[uint64]int32
	twos    []uint64
	tokens  []loadedToken
	content [][]int32 // per sentence, types of its content words
	samples []*LoadedSample

	// Offsets of the parameters.
	own, beside, first, second, gram, inOwn, inBeside, inMean, marks, seeds, bias, size int
}

// A loadedToken is a word that is scored.
type loadedToken struct {
	sentence      int32
	own           int32
	beside        [len(loaded.Beside)]int32 // types, -1 for none
	first, second int32                     // pairs, -1 for none
	marks         uint8
	seeds         uint16
	marked        bool
	weight        float64
}

// fitLoaded fits the model on the words of the samples.
func fitLoaded(samples []*LoadedSample, space *WordSpace, cfg LoadedConfig) (*loadedFit, []float64) {
	f := newLoadedFit(samples, space, cfg)
	return f, minimise(make([]float64, f.size), cfg.Rounds, func(x, gradient []float64) float64 { return f.loss(x, gradient, cfg.Cost) })
}

func newLoadedFit(samples []*LoadedSample, space *WordSpace, cfg LoadedConfig) *loadedFit {
	f := &loadedFit{space: space, index: map[uint32]int32{}, pairs: map[uint64]int32{}, samples: samples}
	count := map[uint64]int{}
	for _, s := range samples {
		for i := range s.Words {
			f.typeOf(&s.Words[i])
			if i > 0 {
				count[loaded.Two(s.Words[i-1].Key, s.Words[i].Key)]++
			}
		}
	}
	for two, n := range count {
		if n >= cfg.Pairs {
			f.twos = append(f.twos, two)
		}
	}
	slices.Sort(f.twos)
	for i, two := range f.twos {
		f.pairs[two] = int32(i)
	}
	for k, s := range samples {
		f.addTokens(k, s)
	}
	n := len(f.types)
	f.beside = n
	f.first = f.beside + len(loaded.Beside)*n
	f.second = f.first + len(f.twos)
	f.gram = f.second + len(f.twos)
	f.inOwn = f.gram + 1<<loaded.GramBits
	f.inBeside = f.inOwn + space.Size
	f.inMean = f.inBeside + space.Size
	f.marks = f.inMean + space.Size
	f.seeds = f.marks + loaded.Marks
	f.bias = f.seeds + int(loaded.Seeds)
	f.size = f.bias + 1
	return f
}

func (f *loadedFit) typeOf(w *loaded.Word) int32 {
	if i, ok := f.index[w.Key]; ok {
		return i
	}
	i := int32(len(f.types))
	f.index[w.Key] = i
	f.types = append(f.types, w.Key)
	f.seen = append(f.seen, loaded.Seen{})
	f.words = append(f.words, text.Fold(w.Text))
	f.vectors = append(f.vectors, f.space.Of(w.Key))
	var grams []uint32
	if w.Letters {
		loaded.Grams(w.Text, func(b uint32) { grams = append(grams, b) })
	}
	f.grams = append(f.grams, grams)
	return i
}

func (f *loadedFit) addTokens(k int, s *LoadedSample) {
	var content []int32
	for i := range s.Words {
		w := &s.Words[i]
		if w.Content {
			content = append(content, f.index[w.Key])
		}
		if !w.Letters {
			continue
		}
		if seen := &f.seen[f.index[w.Key]]; seen.Times < math.MaxUint8 {
			seen.Times++
			if s.Marked[i] {
				seen.Marked++
			}
		}
		t := loadedToken{sentence: int32(k), own: f.index[w.Key], first: -1, second: -1, marks: w.Marks, seeds: w.Seeds, marked: s.Marked[i], weight: 1}
		if t.marked && s.Weight > 0 {
			t.weight = s.Weight
		}
		for b, d := range loaded.Beside {
			t.beside[b] = -1
			if j := i + d; j >= 0 && j < len(s.Words) {
				t.beside[b] = f.index[s.Words[j].Key]
			}
		}
		if i > 0 {
			if p, ok := f.pairs[loaded.Two(s.Words[i-1].Key, w.Key)]; ok {
				t.second = p
			}
		}
		if i+1 < len(s.Words) {
			if p, ok := f.pairs[loaded.Two(w.Key, s.Words[i+1].Key)]; ok {
				t.first = p
			}
		}
		f.tokens = append(f.tokens, t)
	}
	f.content = append(f.content, content)
}

func dot(a []float32, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x) * b[i]
	}
	return sum
}

// tables are the rows of the types under parameters x.
func (f *loadedFit) tables(x []float64) []loaded.Row {
	rows := make([]loaded.Row, len(f.types))
	for i := range rows {
		rows[i] = f.row(x, int32(i), f.grams[i], f.vectors[i])
	}
	return rows
}

// row is that of a type, or of a word that no sample has where i is negative.
func (f *loadedFit) row(x []float64, i int32, grams []uint32, vector []float32) loaded.Row {
	var r loaded.Row
	own := 0.0
	for _, b := range grams {
		own += wordScale * x[f.gram+int(b)]
	}
	beside := 0.0
	if vector != nil {
		own += spaceScale * dot(vector, x[f.inOwn:f.inBeside])
		beside = spaceScale / 2 * dot(vector, x[f.inBeside:f.inMean])
		r.Mean = float32(spaceScale * dot(vector, x[f.inMean:f.marks]))
	}
	if i >= 0 {
		own += wordScale * x[f.own+int(i)]
	}
	r.Own = float32(own)
	for k := range loaded.Beside {
		r.Beside[k] = float32(beside)
		if i >= 0 {
			r.Beside[k] += float32(wordScale * x[f.beside+k*len(f.types)+int(i)])
		}
	}
	return r
}

// each calls do with the number of each parameter of a word that is its own and
// not of its type: pairs, marks and lists.
func (f *loadedFit) each(t *loadedToken, do func(parameter int)) {
	if t.first >= 0 {
		do(f.first + int(t.first))
	}
	if t.second >= 0 {
		do(f.second + int(t.second))
	}
	for k := range loaded.Marks {
		if t.marks>>k&1 == 1 {
			do(f.marks + k)
		}
	}
	for k := range int(loaded.Seeds) {
		if t.seeds>>k&1 == 1 {
			do(f.seeds + k)
		}
	}
}

// score is the log-odds of a word; mean is what its sentence adds.
func (f *loadedFit) score(x []float64, rows []loaded.Row, t *loadedToken, mean float64) float64 {
	z := x[f.bias] + float64(rows[t.own].Own) + mean
	for k, b := range t.beside {
		if b >= 0 {
			z += float64(rows[b].Beside[k])
		}
	}
	f.each(t, func(p int) { z += wordScale * x[p] })
	return z
}

// means is what each sentence adds to the scores of its words.
func (f *loadedFit) means(rows []loaded.Row) []float64 {
	out := make([]float64, len(f.content))
	for k, types := range f.content {
		for _, t := range types {
			out[k] += float64(rows[t].Mean)
		}
		out[k] /= float64(max(1, len(types)))
	}
	return out
}

// loss is the penalised loss per word under parameters x; gradient is set to
// its slope.
func (f *loadedFit) loss(x, gradient []float64, cost float64) float64 {
	clear(gradient)
	rows := f.tables(x)
	n := len(f.types)
	own, mean := make([]float64, n), make([]float64, n) // slopes of the types' rows
	var beside [len(loaded.Beside)][]float64
	for k := range beside {
		beside[k] = make([]float64, n)
	}
	means := f.means(rows)
	slope := make([]float64, len(f.content)) // of the means
	sum := 0.0
	for i := range f.tokens {
		t := &f.tokens[i]
		loss, g := logLoss(f.score(x, rows, t, means[t.sentence]), t.marked, t.weight)
		sum += loss
		gradient[f.bias] += g
		own[t.own] += g
		slope[t.sentence] += g
		for k, b := range t.beside {
			if b >= 0 {
				beside[k][b] += g
			}
		}
		f.each(t, func(p int) { gradient[p] += wordScale * g })
	}
	for k, types := range f.content {
		for _, t := range types {
			mean[t] += slope[k] / float64(len(types))
		}
	}
	for i := range n {
		f.spread(gradient, i, own[i], mean[i], &beside)
	}
	// Divided by the words, so that a step of the first round is no leap.
	words := float64(max(1, len(f.tokens)))
	for c := range gradient {
		if c != f.bias {
			sum += x[c] * x[c] / (2 * cost)
			gradient[c] += x[c] / cost
		}
		gradient[c] /= words
	}
	return sum / words
}

// spread hands the slopes of a type's row on to its parameters.
func (f *loadedFit) spread(gradient []float64, i int, own, mean float64, beside *[len(loaded.Beside)][]float64) {
	gradient[f.own+i] += wordScale * own
	for _, b := range f.grams[i] {
		gradient[f.gram+int(b)] += wordScale * own
	}
	all := 0.0
	for k := range beside {
		gradient[f.beside+k*len(f.types)+i] += wordScale * beside[k][i]
		all += beside[k][i]
	}
	for d, v := range f.vectors[i] {
		gradient[f.inOwn+d] += spaceScale * own * float64(v)
		gradient[f.inBeside+d] += spaceScale / 2 * all * float64(v)
		gradient[f.inMean+d] += spaceScale * mean * float64(v)
	}
}

// weights sums the parameters up per word: of the samples, and of all that the
// space knows and keep allows.
func (f *loadedFit) weights(x []float64, keep func(key uint32) bool) loaded.Weights {
	w := loaded.Weights{Bias: x[f.bias], Grams: make([]float32, 1<<loaded.GramBits), Highlight: math.MaxFloat32, Novel: math.MaxFloat32}
	for b := range w.Grams {
		w.Grams[b] = float32(wordScale * x[f.gram+b])
	}
	for k := range w.Marks {
		w.Marks[k] = wordScale * x[f.marks+k]
	}
	for k := range w.Seeds {
		w.Seeds[k] = wordScale * x[f.seeds+k]
	}
	type keyed struct {
		key  uint32
		word string
		row  loaded.Row
		seen loaded.Seen
	}
	var all []keyed
	for i, row := range f.tables(x) {
		all = append(all, keyed{f.types[i], f.words[i], row, f.seen[i]})
	}
	for i, key := range f.space.keys {
		if _, ok := f.index[key]; ok || !keep(key) {
			continue
		}
		var grams []uint32
		if word := f.space.words[i]; word != "" {
			loaded.Grams(word, func(b uint32) { grams = append(grams, b) })
		}
		all = append(all, keyed{key, text.Fold(f.space.words[i]), f.row(x, -1, grams, f.space.Of(key)), loaded.Seen{}})
	}
	slices.SortFunc(all, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for _, k := range all {
		w.Keys, w.Words = append(w.Keys, k.key), append(w.Words, k.word)
		w.Rows = append(w.Rows, k.row)
		w.Seen = append(w.Seen, k.seen)
	}
	for i, two := range f.twos {
		p := loaded.Pair{First: float32(wordScale * x[f.first+i]), Second: float32(wordScale * x[f.second+i])}
		if math.Abs(float64(p.First)) < leastPair && math.Abs(float64(p.Second)) < leastPair {
			continue
		}
		w.Twos = append(w.Twos, two)
		w.Pairs = append(w.Pairs, p)
	}
	return w
}

// leastPair is from which weight on a pair of words is kept.
const leastPair = .01
