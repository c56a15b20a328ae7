package leaning

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Phrase is a word or a pair of words that may be evidence, where it stands.
type Phrase struct {
	Key         uint64
	Sign        int8 // +1 and -1 for the two sides of a mirrored phrase, 0 for any other
	First, Last int  // tokens of the document, [First, Last)
}

// A Reader finds the phrases of documents. It never changes and is safe for
// concurrent use.
type Reader struct {
	set      *lexicons.Set
	words    map[uint64]word // by hash
	families map[uint64]int8 // names by which politicians go alone, to their side
	persons  map[uint64]int8 // full names
	given    map[uint64]bool // given names
	media    map[uint64]bool // names of outlets and agencies
}

// A word is what the lists say of a word.
type word struct {
	style   bool
	negates bool
	mirror  uint64 // hash of the right-hand word, 0 for none
	sign    int8
	label   string
}

// The parties of the list of politicians, as sides.
var parties = map[string]int8{"democratic": -1, "republican": +1}

// NewReader is a Reader with the lists of a set.
func NewReader(set *lexicons.Set) *Reader {
	r := &Reader{set: set, words: map[uint64]word{}, families: map[uint64]int8{}, persons: map[uint64]int8{}, given: map[uint64]bool{}, media: map[uint64]bool{}}
	mark := func(kind string, do func(w *word)) {
		for _, l := range set.OfKind(kind) {
			for i := range l.Entries {
				for _, form := range l.Entries[i].All() {
					// "Sen" in a list is also the "Sen." of a text.
					for _, f := range []string{form, form + "."} {
						w := r.words[text.Hash(f)]
						do(&w)
						r.words[text.Hash(f)] = w
					}
				}
			}
		}
	}
	mark("house_style", func(w *word) { w.style = true })
	mark("negation", func(w *word) { w.negates = true })
	for _, l := range set.OfKind("mirror") {
		for _, e := range l.Entries {
			right := text.Hash(e.Phrase)
			label := e.Forms[0] + "~" + e.Phrase
			r.words[right] = word{mirror: right, sign: +1, label: label}
			for _, left := range e.Forms {
				r.words[text.Hash(left)] = word{mirror: right, sign: -1, label: label}
			}
		}
	}
	for _, l := range set.OfKind("given_name") {
		for i := range l.Entries {
			for _, form := range l.Entries[i].All() {
				r.given[text.Hash(form)] = true
			}
		}
	}
	for _, l := range set.OfKind("organization") {
		for i := range l.Entries {
			if e := &l.Entries[i]; e.Value == "media" {
				for _, form := range e.All() {
					r.media[wholeKey(strings.Fields(form))] = true
				}
			}
		}
	}
	for _, l := range set.OfKind("politician") {
		for _, e := range l.Entries {
			side := parties[e.Value]
			for _, form := range e.All() {
				if strings.Contains(form, " ") {
					r.persons[text.Hash(form)] = side
				} else {
					r.families[text.Hash(form)] = side
				}
			}
		}
	}
	return r
}

// A unit is a token, or a name that counts as one word.
type unit struct {
	key         uint64
	sign        int8
	first, last int
	usable      bool // not house style, not quoted, not denied
}

// What stands for a politician's name.
var politicians = [2][2]struct {
	key   uint64
	label string
}{
	{{text.Hash("{politician}"), "{politician}"}, {text.Hash("{politician}'s"), "{politician}'s"}},
	{{text.Hash("{politician in full}"), "{politician in full}"}, {text.Hash("{politician in full}'s"), "{politician in full}'s"}},
}

// denied is how many words after a negation count as denied.
const denied = 3

// Phrases appends the phrases of a document to dst, in order of their first
// token. The hits and names are those of the document, quoted the spans of its
// quotations, in order.
func (r *Reader) Phrases(dst []Phrase, doc *text.Document, hits []lexicons.Hit, names []text.Name, quoted []text.Span) []Phrase {
	spans := r.names(doc, hits, names)
	q, n := 0, 0
	for _, s := range doc.Sentences {
		var prev unit // usable is false at the begin and after a mark
		deny := 0
		for i := s.First; i < s.Last; {
			for n < len(spans) && spans[n].last <= i {
				n++
			}
			u, plain := unit{first: i, last: i + 1}, true
			if n < len(spans) && spans[n].first <= i {
				u, plain = spans[n], false
				u.first, u.last = i, min(u.last, s.Last)
				u.usable = u.key != 0
			}
			tok := doc.Tokens[i]
			i = u.last
			if plain && tok.Kind != text.Word {
				prev = unit{}
				if tok.Kind == text.Punct {
					deny = 0
				}
				continue
			}
			if plain {
				h := text.Hash(doc.Text[tok.Start:tok.End])
				w := r.words[h]
				u.key, u.usable = h, !w.style && !w.negates
				if w.mirror != 0 {
					u.key, u.sign = w.mirror, w.sign
				}
				if w.negates {
					deny, prev = denied+1, unit{}
				}
			}
			if deny > 0 {
				u.usable = false
				deny--
			}
			for q < len(quoted) && quoted[q].End <= tok.Start {
				q++
			}
			if q < len(quoted) && quoted[q].Start <= tok.Start {
				u.usable = false
			}
			if u.usable {
				dst = append(dst, Phrase{u.key, u.sign, u.first, u.last})
				if prev.usable {
					dst = append(dst, pair(prev, u))
				}
			}
			prev = u
		}
	}
	return dst
}

// pair is the phrase of two units side by side.
func pair(a, b unit) Phrase {
	key := a.key*0x9E3779B97F4A7C15 + b.key
	key ^= key >> 29
	sign := a.sign
	if sign == 0 {
		sign = b.sign
	}
	if a.sign*b.sign < 0 {
		key = ^key // one side, then the other
	}
	return Phrase{key, sign, a.first, b.last}
}

// names are the tokens that count as one word or not at all: a politician of a
// party, and with key 0 a given name or an organization, but for the names of
// sides in it.
func (r *Reader) names(doc *text.Document, hits []lexicons.Hit, names []text.Name) []unit {
	var out []unit
	for _, n := range names {
		switch n.Label {
		case "PER":
			if u, ok := r.politician(doc, n); ok {
				out = append(out, u)
			} else {
				out = r.person(out, doc, n)
			}
		case "ORG":
			out = r.organization(out, doc, n.First, n.Last)
		}
	}
	for _, h := range hits {
		if l, _ := r.set.Entry(h); l.Kind == "organization" && !h.Weak {
			out = r.organization(out, doc, h.First, h.Last)
		}
	}
	slices.SortStableFunc(out, func(a, b unit) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last)) })
	kept := out[:0]
	for _, u := range out {
		if len(kept) > 0 && u.first < kept[len(kept)-1].last {
			if last := &kept[len(kept)-1]; u.last > last.last && u.key == 0 && last.key == 0 {
				last.last = u.last
			}
			continue
		}
		kept = append(kept, u)
	}
	return kept
}

// person leaves given names out: whom a text calls by them is an outlet's way of
// writing names, or a byline.
func (r *Reader) person(out []unit, doc *text.Document, n text.Name) []unit {
	for i := n.First; i < n.Last; i++ {
		word, _ := owner(doc.Word(i))
		if i < n.Last-1 || r.given[text.Hash(word)] {
			out = append(out, unit{first: i, last: i + 1})
		}
	}
	return out
}

func (r *Reader) organization(out []unit, doc *text.Document, first, last int) []unit {
	if whole, ok := r.whole(doc, first, last); ok {
		return append(out, whole)
	}
	for i := first; i < last; i++ {
		if w := r.words[text.Hash(doc.Word(i))]; w.mirror != 0 {
			continue
		}
		if k := len(out) - 1; k >= 0 && out[k].key == 0 && out[k].last == i && i > first {
			out[k].last++
		} else {
			out = append(out, unit{first: i, last: i + 1})
		}
	}
	return out
}

// whole is an organization as one word, by its whole name. A name with the name
// of a side in it is none, nor is one of an outlet or a wire.
func (r *Reader) whole(doc *text.Document, first, last int) (unit, bool) {
	var words []string
	for i := first; i < last; i++ {
		word := doc.Word(i)
		if w := r.words[text.Hash(word)]; w.mirror != 0 || w.style {
			return unit{}, false
		}
		words = append(words, word)
	}
	key := wholeKey(words)
	if r.media[key] {
		return unit{}, false
	}
	return unit{key: key, first: first, last: last}, true
}

// wholeKey is the key of a name of several words, without the article before it
// and its possessive ending; that of one word is the word's.
func wholeKey(words []string) uint64 {
	if len(words) > 1 && text.Fold(words[0]) == "the" {
		words = words[1:]
	}
	last, _ := owner(words[len(words)-1])
	return text.Hash(strings.Join(append(slices.Clone(words[:len(words)-1]), last), " "))
}

// politician is the unit of a name that the list of politicians has.
func (r *Reader) politician(doc *text.Document, n text.Name) (unit, bool) {
	name, possessive := owner(doc.Slice(doc.Span(n.First, n.Last)))
	last, _ := owner(doc.Word(n.Last - 1))
	side, ok := r.families[text.Hash(last)]
	if n.Last-n.First > 1 {
		if s, full := r.persons[text.Hash(name)]; full {
			side, ok = s, true
		}
	}
	if !ok {
		return unit{}, false
	}
	c := politicians[min(1, n.Last-n.First-1)][possessive]
	return unit{key: c.key, sign: side, first: n.First, last: n.Last}, true
}

// owner is a name without its possessive ending, and 1 where it had one.
func owner(name string) (string, int) {
	for _, end := range []string{"'s", "’s"} {
		if s, ok := strings.CutSuffix(name, end); ok {
			return s, 1
		}
	}
	return name, 0
}

// Label is a phrase as it is shown and kept: its words in lower case, with
// "democrats~republicans" for both of a mirrored pair and "{politician}" for
// either party's.
func (r *Reader) Label(doc *text.Document, p Phrase, names []text.Name) string {
	var words []string
	for i := p.First; i < p.Last; {
		if k := slices.IndexFunc(names, func(n text.Name) bool { return n.First == i && n.Label == "PER" }); k >= 0 {
			if u, ok := r.politician(doc, names[k]); ok {
				words = append(words, r.classLabel(u.key))
				i = u.last
				continue
			}
		}
		w := doc.Word(i)
		if known := r.words[text.Hash(w)]; known.mirror != 0 {
			words = append(words, known.label)
		} else {
			words = append(words, text.Fold(w))
		}
		i++
	}
	label := strings.Join(words, " ")
	// A name as one word is told from its words as a pair.
	if p.Last-p.First > 1 && p.Key == wholeKey(strings.Fields(doc.Slice(doc.Span(p.First, p.Last)))) {
		label += " (name)"
	}
	return label
}

func (r *Reader) classLabel(key uint64) string {
	for _, row := range politicians {
		for _, c := range row {
			if c.key == key {
				return c.label
			}
		}
	}
	return ""
}
