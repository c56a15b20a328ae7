// Package prose reads tags and names with github.com/jdkato/prose/v2 and
// gives them the offsets that prose itself does not keep.
//
// prose decodes its model anew for every document (some 300 ms and 100 MB)
// unless one is shared, rewrites curly quotes, loses words at contractions,
// shares one token among all occurrences of a word and drops a name that ends
// the text. So a [Tagger] holds one model, hands prose our own tokens one
// sentence at a time with a period at the end, and aligns what comes back by a
// search that only moves forward. What does not align is dropped and counted.
package prose

import (
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Tagger reads sentences with one shared model, which it loads when first
// used. The zero Tagger is ready for use, by any number of goroutines at once.
type Tagger struct {
	once  sync.Once
	model *prose.Model
}

// Name is what the engine string calls this tagger.
func (t *Tagger) Name() string { return "prose" }

// atOnce is how many tokens prose reads at once. Longer sentences, which are
// lists or broken text, are read in pieces, as prose keeps all of a call's
// features in memory.
const atOnce = 300

// A Tagging is what prose says of one sentence.
type Tagging struct {
	Tags    []string // one a token; "" for marks and where nothing aligned
	Names   []text.Name
	Dropped int // tokens and names that could not be aligned with ours
}

// Tag sets the tags of the sentence of token i, all of them.
func (t *Tagger) Tag(tags []text.Tag, doc *text.Document, s text.Sentence, _ int) {
	for k, name := range t.Read(doc, s, false).Tags {
		tag := text.ParseTag(name)
		if tag == 0 {
			tag = text.NoTag
		}
		tags[s.First+k] = tag
	}
}

// Names appends the names of a document to dst. The hits of lexicons are not
// looked at: prose knows none.
func (t *Tagger) Names(dst []text.Name, doc *text.Document, _ []lexicons.Hit) []text.Name {
	for _, s := range doc.Sentences {
		dst = append(dst, t.Read(doc, s, true).Names...)
	}
	return dst
}

// labels are prose's types of names by ours.
var labels = map[string]string{
	"PERSON": "PER", "GPE": "LOC", "LOCATION": "LOC", "FACILITY": "LOC", "GSP": "LOC", "ORGANIZATION": "ORG",
}

// Read tags one sentence of doc and, if names is set, finds its names too;
// that is seven times slower.
func (t *Tagger) Read(doc *text.Document, s text.Sentence, names bool) Tagging {
	t.once.Do(func() {
		empty, err := prose.NewDocument("x")
		if err == nil { // prose has no failure here; without a model each call loads its own
			t.model = empty.Model
			breakTies(t.model)
		}
	})
	if s.Last-s.First <= atOnce {
		return t.read(doc, s, names)
	}
	var all Tagging
	for first := s.First; first < s.Last; first += atOnce {
		last := min(first+atOnce, s.Last)
		r := t.read(doc, text.Sentence{Span: doc.Span(first, last), First: first, Last: last}, names)
		all.Tags, all.Names, all.Dropped = append(all.Tags, r.Tags...), append(all.Names, r.Names...), all.Dropped+r.Dropped
	}
	return all
}

// read hands prose one piece.
func (t *Tagger) read(doc *text.Document, s text.Sentence, names bool) (r Tagging) {
	r.Tags = make([]string, s.Last-s.First)
	line, starts := join(doc, s)
	// prose indexes without looking in places; a sentence it can't take is a
	// sentence without tags.
	defer func() {
		if recover() != nil {
			r = Tagging{Tags: make([]string, s.Last-s.First), Dropped: s.Last - s.First}
		}
	}()
	read, err := prose.NewDocument(line, prose.UsingModel(t.model), prose.WithSegmentation(false), prose.WithExtraction(names))
	if err != nil {
		r.Dropped = s.Last - s.First
		return r
	}
	tokens := read.Tokens()
	at := align(line, starts, tokens, &r.Dropped)
	for k, i := range at {
		// prose takes a quotation mark for a verb or a name: marks get no tag.
		if i >= 0 && i < len(r.Tags) && r.Tags[i] == "" && doc.Tokens[s.First+i].Kind != text.Punct {
			r.Tags[i] = tokens[k].Tag
		}
	}
	if names {
		r.Names = nameSpans(s, tokens, at, read.Entities(), &r.Dropped)
	}
	return r
}

// join is the sentence's tokens with a space between each two and " ." at the
// end, and where each token begins.
func join(doc *text.Document, s text.Sentence) (string, []int) {
	var b strings.Builder
	starts := make([]int, 0, s.Last-s.First+1)
	for i := s.First; i < s.Last; i++ {
		starts = append(starts, b.Len())
		b.WriteString(quotes.Replace(doc.Word(i)))
		b.WriteByte(' ')
	}
	starts = append(starts, b.Len())
	b.WriteByte('.')
	return b.String(), starts
}

// quotes does beforehand what prose would do, so that lengths agree.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "&rsquo;", "'")

// align finds for each of prose's tokens the token of ours that it begins in,
// or -1.
func align(line string, starts []int, tokens []prose.Token, dropped *int) []int {
	const window = 64 // how far ahead a token may stand before it counts as lost
	at := make([]int, len(tokens))
	pos, i := 0, 0
	for k, tok := range tokens {
		at[k] = -1
		n := strings.Index(line[pos:min(len(line), pos+window+len(tok.Text))], tok.Text)
		if n < 0 || tok.Text == "" {
			*dropped++
			continue
		}
		pos += n
		for i+1 < len(starts) && starts[i+1] <= pos {
			i++
		}
		at[k] = i
		pos += len(tok.Text)
	}
	return at
}

// nameSpans finds prose's names, which are tokens joined by spaces, among its
// tokens, in order.
func nameSpans(s text.Sentence, tokens []prose.Token, at []int, entities []prose.Entity, dropped *int) []text.Name {
	var out []text.Name
	from := 0
	for _, e := range entities {
		words := strings.Fields(e.Text)
		k := indexWords(tokens, from, words)
		if k < 0 || len(words) == 0 || at[k] < 0 || at[k+len(words)-1] < 0 {
			*dropped++
			continue
		}
		from = k + len(words)
		first, last := s.First+at[k], s.First+at[from-1]+1
		if last > s.Last { // the period we added
			last = s.Last
		}
		if first < last && (len(out) == 0 || out[len(out)-1].Last <= first) {
			out = append(out, text.Name{First: first, Last: last, Label: labels[e.Label]})
		}
	}
	return out
}

func indexWords(tokens []prose.Token, from int, words []string) int {
	for k := from; k+len(words) <= len(tokens); k++ {
		match := true
		for j, w := range words {
			if tokens[k+j].Text != w {
				match = false
				break
			}
		}
		if match {
			return k
		}
	}
	return -1
}
