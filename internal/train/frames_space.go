package train

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"parallax/analyzer/framing"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A FrameSpace is what is known of words before a model of frames is fitted:
// how rare they are, which seeds they are, and a row of numbers each.
type FrameSpace struct {
	*framing.Vocabulary
	Words  []string
	Rarity []float64
	size   int       // numbers of a row
	rows   []float32 // one word after the other
	seeds  []int16   // per word which list of seeds it stands in, −1 for none
	lists  []string  // of seeds, by name
}

func (s *FrameSpace) row(word int32) []float32 {
	return s.rows[int(word)*s.size : (int(word)+1)*s.size]
}

// A FrameUsage counts in how many texts words and the seeds' phrases stand.
type FrameUsage struct {
	texts    int
	count    map[string]int
	labelled map[string]int
	seeds    map[string]int16
	lists    []string
	phrases  *framing.Vocabulary
	list     []string // of phrases
	function map[string]bool
}

// NewFrameUsage is a count of no text, with the seeds of a set.
func NewFrameUsage(set *lexicons.Set) *FrameUsage {
	u := &FrameUsage{count: map[string]int{}, labelled: map[string]int{}, seeds: map[string]int16{}, function: map[string]bool{}}
	for _, l := range set.OfKind("stopword") {
		for w := range l.Map() {
			u.function[framing.Form(w)] = true
		}
	}
	for _, l := range set.OfKind("frame_seed") {
		for i := range l.Entries {
			e := &l.Entries[i]
			list := slices.Index(u.lists, e.Value)
			if list < 0 {
				list, u.lists = len(u.lists), append(u.lists, e.Value)
			}
			for _, f := range e.All() {
				form := framing.Form(f)
				if _, twice := u.seeds[form]; twice {
					continue
				}
				u.seeds[form] = int16(list)
				if strings.Contains(form, " ") {
					u.list = append(u.list, form)
				}
			}
		}
	}
	u.phrases = framing.NewVocabulary(u.list)
	return u
}

// Add counts a text that has no labels, Label one that has.
func (u *FrameUsage) Add(fields ...*text.Document) {
	u.texts++
	u.add(u.count, fields)
}

// Label counts a labelled text.
func (u *FrameUsage) Label(fields ...*text.Document) { u.add(u.labelled, fields) }

func (u *FrameUsage) add(to map[string]int, fields []*text.Document) {
	here := map[string]bool{}
	for _, doc := range fields {
		for i := range doc.Tokens {
			if doc.Tokens[i].Kind == text.Word {
				here[framing.Form(doc.Word(i))] = true
			}
		}
		for _, p := range u.phrases.Units(nil, doc, nil) {
			here[u.list[p.Word]] = true
		}
	}
	for w := range here {
		to[w]++
	}
}

// Which words a model knows: at most mostWords, those of most texts. A word must
// stand in commonFrame texts, or in wellFrame where no vector says what it is
// like; or in fewestLabelled of those with labels.
const (
	mostWords      = 30_000
	commonFrame    = 12
	wellFrame      = 60
	fewestLabelled = 3
)

// Wanted says whether a word may be one that the model knows, if there is a
// vector of it.
func (u *FrameUsage) Wanted(word string) bool {
	form := framing.Form(word)
	_, seed := u.seeds[form]
	return !u.function[form] && len(form) > 1 && (u.count[form] >= commonFrame || u.labelled[form] >= fewestLabelled || seed && u.count[form] > 0)
}

// Space is what is known of the words counted. The vectors may be nil.
func (u *FrameUsage) Space(v *Vectors) *FrameSpace {
	s := &FrameSpace{lists: u.lists}
	vector := map[string][]float32{}
	if v != nil {
		s.size = v.Size
		mean := make([]float64, v.Size)
		for i, w := range v.Words {
			vector[w] = v.data[i*v.Size : (i+1)*v.Size]
			for k, x := range vector[w] {
				mean[k] += float64(x) / float64(len(v.Words))
			}
		}
		for _, row := range vector {
			for k := range row {
				row[k] -= float32(mean[k])
			}
		}
	}
	all := map[string]int{}
	for _, of := range []map[string]int{u.labelled, u.count} { // where texts were counted, what they say goes
		for w := range of {
			_, has := vector[w]
			_, seed := u.seeds[w]
			if u.Wanted(w) && (has || seed || u.count[w] >= wellFrame || u.labelled[w] >= fewestLabelled) {
				all[w] = max(1, u.count[w])
			}
		}
	}
	for w := range all {
		s.Words = append(s.Words, w)
	}
	slices.SortFunc(s.Words, func(a, b string) int { return cmp.Or(cmp.Compare(all[b], all[a]), cmp.Compare(a, b)) })
	s.Words = s.Words[:min(len(s.Words), mostWords)]
	for _, w := range s.Words {
		s.Rarity = append(s.Rarity, math.Log(float64(max(2, u.texts))/float64(all[w])))
		row := vector[w]
		if row == nil {
			row = make([]float32, s.size)
		}
		s.rows = append(s.rows, row...)
		list, seed := u.seeds[w]
		if !seed {
			list = -1
		}
		s.seeds = append(s.seeds, list)
	}
	s.Vocabulary = framing.NewVocabulary(s.Words)
	return s
}

// FrameModelSpace is what a model has learned of words, for those who fit one of
// their own without vectors, with the words of their labelled texts.
func FrameModelSpace(m *framing.Model, u *FrameUsage, texts int) *FrameSpace {
	s := &FrameSpace{lists: u.lists, size: len(m.Frames)}
	add := func(word string, rarity float64, row []float32) {
		s.Words, s.Rarity, s.rows = append(s.Words, word), append(s.Rarity, rarity), append(s.rows, row...)
		list, seed := u.seeds[word]
		if !seed {
			list = -1
		}
		s.seeds = append(s.seeds, list)
	}
	for i, w := range m.Words {
		add(w, float64(m.Rarity[i]), m.Weights.Weights[i*len(m.Frames):(i+1)*len(m.Frames)])
	}
	var more []string
	for w := range u.labelled {
		if _, known := m.Word(w); !known && u.Wanted(w) {
			more = append(more, w)
		}
	}
	slices.Sort(more)
	for _, w := range more {
		add(w, math.Log(float64(max(2, texts))/float64(u.labelled[w])), make([]float32, s.size))
	}
	s.Vocabulary = framing.NewVocabulary(s.Words)
	return s
}
