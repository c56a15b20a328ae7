package tagger

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Segment is a run of tokens of one sentence that may be in names, with the
// keys of each token's features.
type Segment struct {
	First int // token of the document
	Keys  [][]uint32
}

// A Sampler reads documents for fitting, with the same features as the tagger.
// It is not safe for concurrent use.
type Sampler struct {
	set *lexicons.Set
	r   reading
	own map[uint32]bool
}

// NewSampler makes a Sampler. joins are words in lower case that stand within
// names.
func NewSampler(set *lexicons.Set, k *Knowledge, joins map[string]bool) *Sampler {
	s := &Sampler{set: set, own: map[uint32]bool{}}
	s.r.types = newTypes(k)
	s.r.types.join = joins
	s.r.types.reset()
	return s
}

// Names are the segments of a document.
func (s *Sampler) Names(doc *text.Document, hits []lexicons.Hit) []Segment {
	r := &s.r
	r.read(doc, s.set, hits)
	var out []Segment
	for first := 0; first < len(doc.Tokens); {
		if !r.scored[first] {
			first++
			continue
		}
		last := first
		seg := Segment{First: first}
		for last < len(doc.Tokens) && r.scored[last] && r.sentence[last] == r.sentence[first] {
			var keys []uint32
			for d := -2; d <= 2; d++ {
				keys = r.types.at(keys, r.around(last, d), d+2)
			}
			t := &r.types.all[r.id[last]]
			s.own[at(2, t.lower).Key()] = true
			s.own[at(2, of('w', doc.Word(last))).Key()] = true
			p, n := &r.types.all[r.around(last, -1)], &r.types.all[r.around(last, 1)]
			s.own[pair(1, p.lower, t.lower).Key()] = true
			s.own[pair(2, t.lower, n.lower).Key()] = true
			keys = rightPairs(leftPairs(keys, p, t), t, n)
			keys = r.context(keys, last)
			if r.repeated(last) {
				keys = r.elsewhere(keys, r.id[last])
			}
			seg.Keys = append(seg.Keys, keys)
			last++
		}
		out = append(out, seg)
		first = last
	}
	return out
}

// Own are the keys of features that name the very word, of all documents so
// far.
func (s *Sampler) Own() map[uint32]bool { return s.own }

// TagKeys are, for each token of a sentence, the keys of the features that do
// not depend on the tags before it; nil for marks.
func (s *Sampler) TagKeys(doc *text.Document, sent text.Sentence) [][]uint32 {
	t := s.r.types
	ids := make([]int32, sent.Last-sent.First)
	for i := range ids {
		ids[i] = t.of(doc.Word(sent.First + i))
	}
	id := func(i int) int32 {
		if i < 0 || i >= len(ids) {
			return outside
		}
		return ids[i]
	}
	out := make([][]uint32, len(ids))
	for i := range ids {
		if doc.Tokens[sent.First+i].Kind == text.Punct {
			continue
		}
		var keys []uint32
		for d := -2; d <= 2; d++ {
			keys = t.at(keys, id(i+d), d+2)
		}
		w, p, n := &t.all[ids[i]], &t.all[id(i-1)], &t.all[id(i+1)]
		keys = tagRight(tagLeft(keys, p, w), w, n)
		out[i] = append(keys, tagAmid(p, w, n))
	}
	return out
}

// HistoryKeys appends the keys of the features of token i that depend on the
// tags before it, the nearer one first.
func (s *Sampler) HistoryKeys(keys []uint32, doc *text.Document, sent text.Sentence, i int, one, two uint8) []uint32 {
	t := s.r.types
	id := func(k int) int32 {
		if k < sent.First || k >= sent.Last {
			return outside
		}
		return t.of(doc.Word(k))
	}
	k := sent.First + i
	w, n := &t.all[id(k)], &t.all[id(k+1)]
	keys = historyNext(historyOne(keys, feature(one), w), feature(one), n)
	return historyTwo(keys, history{one, two}, w)
}
