package loaded

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// A Seed is a kind of list that a word may stand in.
type Seed uint8

// The kinds of seed words, by the lists of cues and the stance of a verb.
const (
	SeedLabel Seed = iota
	SeedIntensifier
	SeedCertainty
	SeedHedge
	SeedPartisan
	SeedMoral
	SeedEmotion
	SeedForceful
	SeedDistancing
	SeedFactive
	SeedSoft
	SeedNeutral
	Seeds
)

// The marks of a token that are not its word.
const (
	MarkCapital = iota // within the sentence
	MarkFirst          // the first word of the sentence, with a capital
	MarkHyphen
	MarkQuoted // in quotation marks
	Marks
)

// A Word is a token of a sentence as the model sees it.
type Word struct {
	Key     uint32 // of the folded word
	Letters bool   // it has a letter, so that it is scored
	Content bool   // it is no function word, so that the average counts it
	Marks   uint8  // bits, 1<<MarkCapital …
	Seeds   uint16 // bits, 1<<SeedLabel …
	Text    string // of words that the table may not hold
}

// Key is the key of a word, whatever its case.
func Key(word string) uint32 {
	h := text.Hash(word)
	return uint32(h ^ h>>32)
}

// NewWord reads token i of doc, which is of sentence s.
func NewWord(doc *text.Document, s text.Sentence, i int, function, quoted bool, seeds uint16) Word {
	t := doc.Word(i)
	w := Word{Key: Key(t), Text: t, Seeds: seeds}
	if doc.Tokens[i].Kind == text.Punct {
		return w
	}
	w.Letters = strings.ContainsFunc(t, unicode.IsLetter)
	hyphen := w.Letters && strings.ContainsAny(t, "-‐‑")
	w.Content = w.Letters && !function
	if r, _ := utf8.DecodeRuneInString(t); unicode.IsUpper(r) {
		if i == s.First {
			w.Marks |= 1 << MarkFirst
		} else {
			w.Marks |= 1 << MarkCapital
		}
	}
	if hyphen {
		w.Marks |= 1 << MarkHyphen
	}
	if quoted && w.Letters {
		w.Marks |= 1 << MarkQuoted
	}
	return w
}

// Beside are the places around a word whose words count: two before it to two
// after it.
var Beside = [...]int{-2, -1, 1, 2}

// A Row is what a word adds to scores.
type Row struct {
	Own    float32              // to its own
	Beside [len(Beside)]float32 // to that of the word that it stands at place Beside[k] of
	Mean   float32              // to those of its sentence, divided by the number of content words
}

// Seen is how often a word stood in the labelled sentences and how often it was
// marked as loaded there, both up to 255.
type Seen struct{ Times, Marked uint8 }

// A Pair is what two words side by side add to the score of each.
type Pair struct{ First, Second float32 }

// GramBits is the binary logarithm of how many buckets letters of unknown words
// fall into.
const GramBits = 15

// Weights are the tables of a model.
type Weights struct {
	Keys  []uint32 // in order, of the words with a row
	Words []string // the words, for who reads the weights; "" where only the key is known
	Rows  []Row
	Seen  []Seen   // per row
	Twos  []uint64 // in order, first key in the high half
	Pairs []Pair
	Grams []float32 // 1<<GramBits
	Marks [Marks]float64
	Seeds [Seeds]float64
	Bias  float64
	// Sentence are constant, weight of the highest word and weight of the average,
	// which give the log-odds of a sentence.
	Sentence [3]float64
	// Highlight is the least score at which a word is shown that was marked in the
	// labelled sentences, and Novel that of one that did not stand there. One
	// that stood there and was never marked is not shown.
	Highlight, Novel float64
}

// A Model scores words. It is safe for concurrent use.
type Model struct {
	Weights
	rows  *text.Index
	pairs *text.Index
}

// New makes a model of weights.
func New(w Weights) *Model {
	keys := make([]uint64, len(w.Keys))
	for i, k := range w.Keys {
		keys[i] = uint64(k)
	}
	return &Model{Weights: w, rows: text.NewIndex(keys), pairs: text.NewIndex(w.Twos)}
}

// A Score is what adds up to how loaded a word is, as log-odds.
type Score struct {
	Own    float64 // the word itself, with its marks
	Beside float64 // its neighbours
	Mean   float64 // the content words of the sentence
	Seed   float64 // the lists that it stands in
	Bias   float64
}

// Sum is the log-odds that the rater would mark the word.
func (s Score) Sum() float64 { return s.Own + s.Beside + s.Mean + s.Seed + s.Bias }

// Chance is the sum as a probability.
func (s Score) Chance() float64 { return logistic(s.Sum()) }

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Two is the key of two words side by side.
func Two(first, second uint32) uint64 { return uint64(first)<<32 | uint64(second) }

// Scores appends the score of each word of a sentence to dst; that of a token
// without letters is zero.
func (m *Model) Scores(dst []Score, words []Word) []Score {
	var room [64]*Row // most sentences are shorter
	rows := room[:0]
	if len(words) > len(room) {
		rows = make([]*Row, 0, len(words))
	}
	rows = rows[:len(words)]
	mean, content := 0.0, 0
	for i := range words {
		if k, ok := m.rows.Of(uint64(words[i].Key)); ok {
			rows[i] = &m.Rows[k]
		}
		if words[i].Content {
			content++
			if rows[i] != nil {
				mean += float64(rows[i].Mean)
			}
		}
	}
	mean /= float64(max(1, content))
	for i := range words {
		if !words[i].Letters {
			dst = append(dst, Score{})
			continue
		}
		dst = append(dst, m.score(words, rows, i, mean))
	}
	return dst
}

func (m *Model) score(words []Word, rows []*Row, i int, mean float64) Score {
	w := &words[i]
	s := Score{Mean: mean, Bias: m.Bias}
	if rows[i] != nil {
		s.Own = float64(rows[i].Own)
	} else {
		s.Own = m.unknown(w.Text)
	}
	for k := range Marks {
		if w.Marks>>k&1 == 1 {
			s.Own += m.Weights.Marks[k]
		}
	}
	for k := range Seeds {
		if w.Seeds>>k&1 == 1 {
			s.Seed += m.Weights.Seeds[k]
		}
	}
	for k, d := range Beside {
		if j := i + d; j >= 0 && j < len(words) && rows[j] != nil {
			s.Beside += float64(rows[j].Beside[k])
		}
	}
	if i > 0 {
		if p, ok := m.pairs.Of(Two(words[i-1].Key, w.Key)); ok {
			s.Beside += float64(m.Pairs[p].Second)
		}
	}
	if i+1 < len(words) {
		if p, ok := m.pairs.Of(Two(w.Key, words[i+1].Key)); ok {
			s.Beside += float64(m.Pairs[p].First)
		}
	}
	return s
}

// unknown is what the letters of a word that has no row add.
func (m *Model) unknown(word string) float64 {
	sum := 0.0
	Grams(word, func(bucket uint32) { sum += float64(m.Weights.Grams[bucket]) })
	return sum
}

// longestWord bounds the letters that are looked at.
const longestWord = 40

// Grams calls f with the bucket of every three to five letters in a row of the
// folded word between "<" and ">".
func Grams(word string, f func(bucket uint32)) {
	w := []rune("<" + text.Fold(word))
	w = append(w[:min(len(w), longestWord)], '>')
	for n := 3; n <= 5; n++ {
		for i := 0; i+n <= len(w); i++ {
			h := uint32(2166136261)
			for _, r := range w[i : i+n] {
				h = (h ^ uint32(r)) * 16777619
			}
			f((h ^ h>>GramBits) & (1<<GramBits - 1))
		}
	}
}

// SeenOf is how often a word stood in the labelled sentences.
func (m *Model) SeenOf(w *Word) Seen {
	if k, ok := m.rows.Of(uint64(w.Key)); ok && len(m.Seen) > 0 {
		return m.Seen[k]
	}
	return Seen{}
}

// Shown says whether a word of that score is shown.
func (m *Model) Shown(w *Word, s Score) bool {
	if sum := s.Sum(); !w.Letters || sum < m.Highlight && sum < m.Novel {
		return false
	}
	return m.Shows(w, s, m.SeenOf(w))
}

// Shows is [Model.Shown] for a word that was seen as often as that.
func (m *Model) Shows(w *Word, s Score, seen Seen) bool {
	sum := s.Sum()
	switch {
	case !w.Letters:
		return false
	case seen.Marked > 0:
		return sum >= m.Highlight
	case seen.Times == 0:
		return sum >= m.Novel
	}
	return false
}

// Summary is the highest score of a sentence's words and the average; ok is
// false for a sentence without words.
func Summary(words []Word, scores []Score) (highest, mean float64, ok bool) {
	highest = math.Inf(-1)
	n := 0
	for i := range words {
		if !words[i].Letters {
			continue
		}
		x := scores[i].Sum()
		highest, mean = max(highest, x), mean+x
		n++
	}
	if n == 0 {
		return 0, 0, false
	}
	return highest, mean / float64(n), true
}

// Loaded is how likely a sentence is to be called loaded, in (0, 1); .5 is the
// point of decision. It is 0 for a sentence without words.
func (m *Model) Loaded(words []Word, scores []Score) float64 {
	highest, mean, ok := Summary(words, scores)
	if !ok {
		return 0
	}
	return logistic(m.Sentence[0] + float64(m.Sentence[1]*highest) + float64(m.Sentence[2]*mean)) // not fused, so that machines agree
}
