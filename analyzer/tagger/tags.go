package tagger

import "parallax/analyzer/text"

// A tagModel scores Penn Treebank tags from left to right.
type tagModel struct {
	table table
	names []text.Tag       // the tags by number; 0 is none
	index [256]uint8       // the number of a tag
	sure  map[string]uint8 // folded words that have one tag wherever they were seen
}

// maxTags bounds the tags of a model.
const maxTags = 64

// A tagger is the part of a reader that gives tags.
type tagger struct {
	tags *tagModel
	ids  []int32
	sums [][5]int32 // per type and place, where its sums begin in all, 0 where they were not made
	all  []int16

	left, right pairCache // of two types side by side
	one, next   pairCache // of a type with the tag before, and of the next type with it
}

func newTagger(m *tagModel) tagger {
	w := m.table.width
	return tagger{tags: m, all: make([]int16, 1), left: newPairCache(w), right: newPairCache(w), one: newPairCache(w), next: newPairCache(w)}
}

func (t *tagger) clear() {
	t.sums, t.all = nil, make([]int16, 1)
	for _, c := range []*pairCache{&t.left, &t.right, &t.one, &t.next} {
		c.clear()
	}
}

// history is what of the tags before a word is looked at.
type history struct{ one, two uint8 }

// historyOne appends the keys of the features of a word with the tag before
// it, historyNext those of the next word with it, and historyTwo those that
// depend on both tags before.
func historyOne(keys []uint32, one feature, t *wordType) []uint32 {
	return append(keys, pair(70, one, 0).Key(), pair(72, one, t.lower).Key(), pair(74, one, t.cluster).Key())
}

func historyNext(keys []uint32, one feature, n *wordType) []uint32 {
	return append(keys, pair(75, one, n.lower).Key(), pair(76, one, n.cluster).Key())
}

func historyTwo(keys []uint32, h history, t *wordType) []uint32 {
	both := feature(h.one) | feature(h.two)<<8
	return append(keys, pair(71, both, 0).Key(), pair(73, both, t.shape).Key(), pair(77, feature(h.two), t.lower).Key())
}

// tagLeft appends the keys of the features of a word with the one before,
// tagRight with the one after; tagAmid is that with both.
func tagLeft(keys []uint32, p, t *wordType) []uint32 {
	return append(keys, pair(1, p.lower, t.lower).Key(), pair(8, p.cluster, t.cluster).Key(), pair(10, p.cluster, t.shape).Key())
}

func tagRight(keys []uint32, t, n *wordType) []uint32 {
	return append(keys, pair(2, t.lower, n.lower).Key(), pair(9, t.cluster, n.cluster).Key(), pair(11, n.cluster, t.shape).Key())
}

func tagAmid(p, t, n *wordType) uint32 {
	return pair(12, pair(13, p.cluster, n.cluster), t.shape).Key()
}

// tagAt sets the tag of token i of s in tags, which are those of all tokens of
// doc as far as they are known. A tag depends on the two before it, so that it
// goes back to where two are known, or of words with one tag, and no further.
func (n *namer) tagAt(tags []text.Tag, doc *text.Document, s text.Sentence, i int) {
	n.makeRoom()
	if n.fixed(tags, doc, i) { // whatever stands before it
		return
	}
	t := &n.tagger
	from := i
	for from > s.First && !(n.fixed(tags, doc, from-1) && (from-1 == s.First || n.fixed(tags, doc, from-2))) {
		from--
	}
	t.ids = sized(t.ids, min(s.Last, i+3)-max(s.First, from-2))
	base := max(s.First, from-2)
	for k := range t.ids {
		t.ids[k] = n.types.of(doc.Word(base + k))
	}
	t.sums = grown(t.sums, len(n.types.all))
	id := func(k int) int32 {
		if k < s.First || k >= s.Last {
			return outside
		}
		return t.ids[k-base]
	}
	var h history
	if from > s.First {
		h.one = t.tags.index[tags[from-1]]
	}
	if from > s.First+1 {
		h.two = t.tags.index[tags[from-2]]
	}
	for k := from; k <= i; k++ {
		tag := uint8(0)
		if doc.Tokens[k].Kind != text.Punct {
			if tag = n.types.all[id(k)].sure; tag == 0 {
				tag = n.best(h, [5]int32{id(k - 2), id(k - 1), id(k), id(k + 1), id(k + 2)})
			}
			tags[k] = t.tags.names[tag]
		}
		h = history{tag, h.one}
	}
}

// fixed says whether the tag of token i is known without what stands before
// it, and sets it.
func (n *namer) fixed(tags []text.Tag, doc *text.Document, i int) bool {
	if tags[i] != 0 || doc.Tokens[i].Kind == text.Punct {
		return true
	}
	sure := n.types.all[n.types.of(doc.Word(i))].sure
	tags[i] = n.tagger.tags.names[sure]
	return sure != 0
}

// best is the best tag of a word among its neighbours.
func (n *namer) best(h history, ids [5]int32) uint8 {
	var score [maxTags]int32
	g := &n.tagger
	width := g.tags.table.width
	for place, id := range ids {
		from := int(g.sums[id][place])
		if from == 0 {
			from = n.sumTags(id, place)
		}
		for t, x := range g.all[from : from+width] {
			score[t] += int32(x)
		}
	}
	all := n.types.all
	p, t, q := &all[ids[1]], &all[ids[2]], &all[ids[3]]
	left, ok := g.left.at(uint32(ids[1]), uint32(ids[2]))
	if !ok {
		g.tags.fill(&n.lanes, left, tagLeft(n.keys[:0], p, t))
	}
	right, ok := g.right.at(uint32(ids[2]), uint32(ids[3]))
	if !ok {
		g.tags.fill(&n.lanes, right, tagRight(n.keys[:0], t, q))
	}
	one, ok := g.one.at(uint32(ids[2]), uint32(h.one))
	if !ok {
		g.tags.fill(&n.lanes, one, historyOne(n.keys[:0], feature(h.one), t))
	}
	next, ok := g.next.at(uint32(ids[3]), uint32(h.one))
	if !ok {
		g.tags.fill(&n.lanes, next, historyNext(n.keys[:0], feature(h.one), q))
	}
	right, one, next = right[:len(left)], one[:len(left)], next[:len(left)]
	for t := range left {
		score[t] += int32(left[t]) + int32(right[t]) + int32(one[t]) + int32(next[t])
	}
	n.keys = append(historyTwo(n.keys[:0], h, t), tagAmid(p, t, q))
	g.tags.add(&n.lanes, &score, n.keys)
	best := 1
	for t := 2; t < width; t++ {
		if score[t] > score[best] {
			best = t
		}
	}
	return uint8(best)
}

// add adds the weights of keys to out.
func (m *tagModel) add(l *lanes, out *[maxTags]int32, keys []uint32) {
	m.table.sum(l, out[:m.table.width], keys)
}

// fill sums the weights of keys.
func (m *tagModel) fill(l *lanes, sums []int16, keys []uint32) {
	var sum [maxTags]int32
	m.add(l, &sum, keys)
	for t := range sums {
		sums[t] = clip(sum[t])
	}
}

// sumTags makes the sums of a type at a place and says where they begin.
func (n *namer) sumTags(id int32, place int) int {
	g := &n.tagger
	from := len(g.all)
	g.all = append(g.all, make([]int16, g.tags.table.width)...)
	g.tags.fill(&n.lanes, g.all[from:], n.types.at(n.keys[:0], id, place))
	g.sums[id][place] = int32(from)
	return from
}
