package tagger

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A nameModel scores the tags of tokens that may be in a name.
type nameModel struct {
	table table
	steps [nameTags + 1][nameTags]int32 // from tag to tag; the last row is the begin of a segment
	joins map[string]bool               // words in lower case that stand within names
}

// before lists the tags that may come before each tag.
var before = func() (b [nameTags][]uint8) {
	for t := range uint8(nameTags) {
		for a := range uint8(nameTags) {
			if after(a, t) {
				b[t] = append(b[t], a)
			}
		}
	}
	return b
}()

const never = int32(-1 << 29)

// nameSums are the sums of the weights of a type's features at the five
// places.
type nameSums [5][nameTags]int16

// A namer reads documents with a name model. It is not safe for concurrent
// use.
type namer struct {
	reading
	model *nameModel
	sums  []nameSums // per type
	done  []uint8    // per type, a bit for each place whose sums were made

	elsewhereSum []([nameTags]int32) // per type that is repeated, in turn
	elsewhereOf  []int32             // per type, its place in elsewhereSum plus 1, valid where elsewhereAt is the stamp
	elsewhereAt  []int32

	scores [][nameTags]int32
	back   [][nameTags]uint8
	tags   []uint8
	keys   []uint32
	lanes  lanes

	left, right pairCache // of two types side by side

	tagger tagger
}

func newNamer(k *Knowledge, m *nameModel, tags *tagModel) *namer {
	n := &namer{model: m}
	n.types = newTypes(k)
	n.types.join = m.joins
	if tags != nil {
		n.types.sure = tags.sure
	}
	n.types.reset()
	n.left, n.right = newPairCache(nameTags), newPairCache(nameTags)
	if tags != nil {
		n.tagger = newTagger(tags)
	}
	return n
}

// names appends the names of a document to dst.
func (n *namer) names(dst []text.Name, doc *text.Document, set *lexicons.Set, hits []lexicons.Hit) []text.Name {
	n.makeRoom()
	n.read(doc, set, hits)
	k := len(n.types.all)
	n.sums, n.done = grown(n.sums, k), grown(n.done, k)
	n.elsewhereOf, n.elsewhereAt = grown(n.elsewhereOf, k), grown(n.elsewhereAt, k)
	n.elsewhereSum = n.elsewhereSum[:0]
	for first := 0; first < len(doc.Tokens); {
		if !n.scored[first] {
			first++
			continue
		}
		last := first + 1
		if n.plain(first) {
			first = last
			continue
		}
		for last < len(doc.Tokens) && last-first < longestSegment && n.scored[last] && n.sentence[last] == n.sentence[first] {
			last++
		}
		dst = n.segment(dst, first, last)
		first = last
	}
	return dst
}

// plain says whether token i stands alone among words in lower case and has its
// capital for beginning a sentence: a word that was never taken for a name in
// many texts, and is written in lower case nearly always.
func (n *namer) plain(i int) bool {
	w := &n.types.all[n.id[i]]
	return w.facts.Memory == memoryKnown && w.facts.Capital == 1 && !w.caps &&
		i == n.doc.Sentences[n.sentence[i]].First && (i+1 == len(n.scored) || !n.scored[i+1] || n.sentence[i+1] != n.sentence[i])
}

// longestSegment is how many tokens are decoded at once. More are a list or
// broken text, and the sums along the best path would grow without bound.
const longestSegment = 1000

// longestName is how many tokens a name has at most; what is longer is none.
const longestName = 25

// makeRoom forgets all word types when there are too many, and with them all
// that was kept of them.
func (n *namer) makeRoom() {
	if len(n.types.all) <= n.types.most {
		return
	}
	n.types.reset()
	n.first, n.last, n.count, n.seen, n.lowered, n.within = nil, nil, nil, nil, nil, nil
	n.sums, n.done, n.elsewhereOf, n.elsewhereAt = nil, nil, nil, nil
	n.left.clear()
	n.right.clear()
	n.tagger.clear()
}

// segment decodes the tokens [first, last).
func (n *namer) segment(dst []text.Name, first, last int) []text.Name {
	k := last - first
	if cap(n.scores) < k {
		n.scores, n.back, n.tags = make([][nameTags]int32, 2*k), make([][nameTags]uint8, 2*k), make([]uint8, 2*k)
	}
	scores, back, tags := n.scores[:k], n.back[:k], n.tags[:k]
	for i := range k {
		n.score(first+i, &scores[i])
	}
	n.model.decode(scores, back, tags)
	for i := 0; i < k; i++ {
		if tags[i] == 0 {
			continue
		}
		j := i
		for placeOf(tags[j]) != end && placeOf(tags[j]) != single {
			j++
		}
		if j-i < longestName {
			dst = append(dst, text.Name{First: first + i, Last: first + j + 1, Label: Labels[kindOf(tags[i])]})
		}
		i = j
	}
	return dst
}

// score sums the weights of token i's features.
func (n *namer) score(i int, out *[nameTags]int32) {
	var ids [5]int32
	for d := -2; d <= 2; d++ {
		ids[d+2] = n.around(i, d)
		if n.done[ids[d+2]]&(1<<(d+2)) == 0 {
			n.sum(ids[d+2], d+2)
		}
	}
	a, b, c, d, e := &n.sums[ids[0]][0], &n.sums[ids[1]][1], &n.sums[ids[2]][2], &n.sums[ids[3]][3], &n.sums[ids[4]][4]
	for t := range nameTags {
		out[t] = int32(a[t]) + int32(b[t]) + int32(c[t]) + int32(d[t]) + int32(e[t])
	}
	all := n.types.all
	left, ok := n.left.at(uint32(ids[1]), uint32(ids[2]))
	if !ok {
		n.fill(left, leftPairs(n.keys[:0], &all[ids[1]], &all[ids[2]]))
	}
	right, ok := n.right.at(uint32(ids[2]), uint32(ids[3]))
	if !ok {
		n.fill(right, rightPairs(n.keys[:0], &all[ids[2]], &all[ids[3]]))
	}
	left, right = left[:nameTags], right[:nameTags]
	for t := range nameTags {
		out[t] += int32(left[t]) + int32(right[t])
	}
	n.keys = n.context(n.keys[:0], i)
	n.model.add(&n.lanes, out, n.keys)
	if n.repeated(i) {
		id := n.id[i]
		if n.elsewhereAt[id] != n.stamp {
			n.elsewhereAt[id] = n.stamp
			n.keys = n.elsewhere(n.keys[:0], id)
			var sum [nameTags]int32
			n.model.add(&n.lanes, &sum, n.keys)
			n.elsewhereSum = append(n.elsewhereSum, sum)
			n.elsewhereOf[id] = int32(len(n.elsewhereSum))
		}
		sum := &n.elsewhereSum[n.elsewhereOf[id]-1]
		for t := range nameTags {
			out[t] += sum[t]
		}
	}
}

// fill sums the weights of keys.
func (n *namer) fill(sums []int16, keys []uint32) {
	var sum [nameTags]int32
	n.model.add(&n.lanes, &sum, keys)
	for t := range sums {
		sums[t] = clip(sum[t])
	}
	n.keys = keys
}

// sum makes the sums of a type at a place.
func (n *namer) sum(id int32, place int) {
	n.fill(n.sums[id][place][:], n.types.at(n.keys[:0], id, place))
	n.done[id] |= 1 << place
}

// add adds the weights of keys to out.
func (m *nameModel) add(l *lanes, out *[nameTags]int32, keys []uint32) { m.table.sum(l, out[:], keys) }

// decode finds the best tags of a segment.
func (m *nameModel) decode(scores [][nameTags]int32, back [][nameTags]uint8, tags []uint8) {
	var prev, cur [nameTags]int32
	for t := range prev {
		prev[t] = never
		if after(0, uint8(t)) {
			prev[t] = m.steps[nameTags][t] + scores[0][t]
		}
	}
	for i := 1; i < len(scores); i++ {
		for t := range cur {
			best, from := 2*never, uint8(0)
			for _, a := range before[t] {
				if v := prev[a] + m.steps[a][t]; v > best {
					best, from = v, a
				}
			}
			cur[t], back[i][t] = best+scores[i][t], from
		}
		prev = cur
	}
	best, tag := 2*never, uint8(0)
	for t := range prev {
		if ends(uint8(t)) && prev[t] > best {
			best, tag = prev[t], uint8(t)
		}
	}
	for i := len(scores) - 1; i >= 0; i-- {
		tags[i] = tag
		tag = back[i][tag]
	}
}

// clip brings a sum into the range of int16.
func clip(x int32) int16 { return int16(max(-1<<15, min(1<<15-1, x))) }
