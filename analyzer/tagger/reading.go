package tagger

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A reading is one document as the name model sees it. Its buffers are used
// again for the next document.
type reading struct {
	types *types
	doc   *text.Document
	set   *lexicons.Set

	id       []int32   // type of each token
	sentence []int32   // sentence of each token
	scored   []bool    // may be in a name
	codes    [][4]code // what the lexicons list there
	next     []int32   // next token of the same type with a capital, or -1
	heading  []bool    // per sentence, written in title case or capitals

	stamp   int32
	first   []int32 // per type, its first token in this document
	last    []int32
	count   []int32
	seen    []int32 // per type, the document in which it was last seen
	lowered []int32 // per folded form, the document in which it was last in lower case
	within  []int32 // per folded form, where it last had a capital within a sentence
}

// A code is what a lexicon says of a token: the kind of list and the place in
// the phrase.
type code struct {
	list  feature
	place uint8
}

// outside is the type of what stands before and after a sentence.
const outside = int32(0)

// read prepares a document.
func (r *reading) read(doc *text.Document, set *lexicons.Set, hits []lexicons.Hit) {
	n := len(doc.Tokens)
	r.doc, r.set = doc, set
	r.stamp++
	r.id, r.sentence, r.scored = sized(r.id, n), sized(r.sentence, n), sized(r.scored, n)
	r.codes, r.next = sized(r.codes, n), sized(r.next, n)
	r.heading = sized(r.heading, len(doc.Sentences))
	for i := range n {
		r.id[i] = r.types.of(doc.Word(i))
	}
	r.first, r.last = grown(r.first, len(r.types.all)), grown(r.last, len(r.types.all))
	r.count, r.seen = grown(r.count, len(r.types.all)), grown(r.seen, len(r.types.all))
	r.lowered, r.within = grown(r.lowered, len(r.types.folds)), grown(r.within, len(r.types.folds))
	for s := range doc.Sentences {
		r.readSentence(s)
	}
	r.list(hits)
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

func grown[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	return append(s, make([]T, n-len(s))...)
}

// readSentence marks the tokens that may be in a name and gathers what the
// document says of its words.
func (r *reading) readSentence(s int) {
	sent := r.doc.Sentences[s]
	r.heading[s] = r.titleCase(sent)
	for i := sent.First; i < sent.Last; i++ {
		r.sentence[i] = int32(s)
		id := r.id[i]
		w := &r.types.all[id]
		if r.doc.Tokens[i].Kind == text.Link {
			r.next[i] = -1
			continue
		}
		if !w.upper {
			r.next[i] = -1
			if r.doc.Tokens[i].Kind == text.Word {
				r.lowered[w.fold] = r.stamp
			}
			continue
		}
		r.scored[i] = true
		if i > sent.First && !r.heading[s] && r.types.all[r.id[i-1]].to-r.types.all[r.id[i-1]].from > 1 {
			r.within[w.fold] = r.stamp
		}
		r.next[i] = -1
		if r.seen[id] != r.stamp {
			r.seen[id], r.first[id], r.count[id] = r.stamp, int32(i), 0
		} else {
			r.next[r.last[id]] = int32(i)
		}
		r.last[id] = int32(i)
		r.count[id]++
	}
	// Joiners and numbers count where they touch what has a capital.
	run := -1
	for i := sent.First; i <= sent.Last; i++ {
		if i < sent.Last && !r.scored[i] && r.doc.Tokens[i].Kind != text.Link {
			if w := &r.types.all[r.id[i]]; w.joins || w.digit {
				if run < 0 {
					run = i
				}
				continue
			}
		}
		if run >= 0 && i-run <= 3 && (run > sent.First && r.scored[run-1] || i < sent.Last && r.scored[i]) {
			for k := run; k < i; k++ {
				r.scored[k] = true
			}
		}
		run = -1
	}
}

// titleCase says whether most longer words of a line have a capital, and
// enough of them to tell. What ends with a period is a sentence full of names.
func (r *reading) titleCase(s text.Sentence) bool {
	if w := r.doc.Word(s.Last - 1); w[len(w)-1] == '.' {
		return false
	}
	upper, n := 0, 0
	for i := s.First; i < s.Last; i++ {
		if t := r.doc.Tokens[i]; t.Kind == text.Word && t.Len() > 3 {
			n++
			if r.types.all[r.id[i]].upper {
				upper++
			}
		}
	}
	return n > 2 && 3*upper > 2*n
}

// list notes what the lexicons list at each token.
func (r *reading) list(hits []lexicons.Hit) {
	for _, h := range hits {
		l, _ := r.set.Entry(h)
		c := hitCode(l.Kind, h)
		if c == 0 || !r.scored[h.First] && c&15 != 5 && c&15 != 8 {
			continue
		}
		for i := h.First; i < h.Last; i++ {
			place := uint8(inside)
			switch {
			case h.Last-h.First == 1:
				place = single
			case i == h.First:
				place = begin
			case i == h.Last-1:
				place = end
			}
			for k := range r.codes[i] {
				if r.codes[i][k].list == 0 {
					r.codes[i][k] = code{c, place}
					break
				}
			}
		}
	}
}

// around is the type of token i+d, or outside beyond the sentence.
func (r *reading) around(i, d int) int32 {
	s := r.doc.Sentences[r.sentence[i]]
	if i+d < s.First || i+d >= s.Last {
		return outside
	}
	return r.id[i+d]
}

// leftPairs appends the keys of the features of a word with the one before,
// rightPairs with the one after, and amid with both.
func leftPairs(keys []uint32, p, t *wordType) []uint32 {
	return append(
		keys,
		pair(1, p.lower, t.lower).Key(),
		pair(3, p.shape, t.shape).Key(),
		pair(5, p.lower, t.shape).Key(),
		pair(8, p.cluster, t.cluster).Key(),
		pair(10, p.cluster, t.shape).Key(),
	)
}

func rightPairs(keys []uint32, t, n *wordType) []uint32 {
	return append(
		keys,
		pair(2, t.lower, n.lower).Key(),
		pair(4, t.shape, n.shape).Key(),
		pair(6, n.lower, t.shape).Key(),
		pair(9, t.cluster, n.cluster).Key(),
		pair(11, n.cluster, t.shape).Key(),
	)
}

func amid(keys []uint32, p, t, n *wordType) []uint32 {
	return append(
		keys,
		pair(7, p.lower, n.lower).Key(),
		pair(12, pair(13, p.cluster, n.cluster), t.shape).Key(),
		pair(14, pair(15, p.shape, n.shape), t.shape).Key(),
	)
}

// bias is the key of the feature that every word has.
var bias = pair(16, 0, 0).Key()

// context appends the keys of the features of token i that are neither of one
// word type nor of two side by side.
func (r *reading) context(keys []uint32, i int) []uint32 {
	all := r.types.all
	t, p, n := &all[r.id[i]], &all[r.around(i, -1)], &all[r.around(i, 1)]
	sent := r.doc.Sentences[r.sentence[i]]
	keys = amid(keys, p, t, n)
	if i == sent.First || i == sent.First+1 && r.doc.Tokens[sent.First].Kind == text.Punct {
		state := feature(0)
		if r.lowered[t.fold] == r.stamp {
			state++
		}
		if r.within[t.fold] == r.stamp {
			state += 2
		}
		keys = append(keys, pair(20, t.shape, 0).Key(), pair(21, state, t.shape).Key(), pair(22, state, feature(t.facts.Capital)).Key())
	} else if r.lowered[t.fold] == r.stamp {
		keys = append(keys, pair(23, t.shape, 0).Key())
	}
	if r.heading[r.sentence[i]] {
		keys = append(keys, pair(24, t.shape, 0).Key(), pair(25, feature(t.facts.Capital), t.shape).Key(), pair(26, feature(t.facts.Memory), 0).Key())
	}
	if t.caps && (p.caps || n.caps) {
		keys = append(keys, pair(27, t.lower, 0).Key(), pair(28, 0, 0).Key())
	}
	any := false
	for _, c := range r.codes[i] {
		if c.list == 0 {
			break
		}
		any = true
		keys = append(keys, pair(30, c.list, feature(c.place)).Key(), pair(31, c.list, t.shape).Key())
	}
	if !any {
		keys = append(keys, pair(32, t.shape, 0).Key())
	}
	if i > sent.First {
		for _, c := range r.codes[i-1] {
			if c.list != 0 {
				keys = append(keys, pair(33, c.list, feature(c.place)).Key(), pair(34, c.list, t.shape).Key())
			}
		}
	}
	if i+1 < sent.Last {
		for _, c := range r.codes[i+1] {
			if c.list != 0 {
				keys = append(keys, pair(35, c.list, feature(c.place)).Key(), pair(36, c.list, t.shape).Key())
			}
		}
	}
	return keys
}

// elsewhere appends the keys of what stands beside the words of one type
// throughout the document; nothing where it stands once only.
func (r *reading) elsewhere(keys []uint32, id int32) []uint32 {
	const enough = 12
	from, n := len(keys), 0
	all := r.types.all
	for i := r.first[id]; i >= 0 && n < enough; i = r.next[i] {
		n++
		p, q := &all[r.around(int(i), -1)], &all[r.around(int(i), 1)]
		for _, f := range [...]feature{
			pair(40, p.lower, 0), pair(41, q.lower, 0), pair(42, p.shape, q.shape), pair(43, p.cluster, 0), pair(44, q.cluster, 0),
		} {
			keys = addOnce(keys, from, f.Key())
		}
	}
	return keys
}

func addOnce(keys []uint32, from int, k uint32) []uint32 {
	for _, have := range keys[from:] {
		if have == k {
			return keys
		}
	}
	return append(keys, k)
}

// repeated says whether token i is of a type that stands there more than once,
// so that elsewhere has something to say.
func (r *reading) repeated(i int) bool {
	id := r.id[i]
	return r.types.all[id].upper && r.seen[id] == r.stamp && r.count[id] > 1 && r.types.all[id].to-r.types.all[id].from > 2
}
