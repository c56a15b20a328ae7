package eval

import (
	"cmp"
	"slices"

	"parallax/analyzer"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// Tagging is how many words got their tag, marks left out.
type Tagging struct {
	Documents int         `json:"documents"`
	Words     int         `json:"words"`
	Accuracy  float64     `json:"accuracy"`
	Interval  Interval    `json:"interval"`
	Confused  []Confusion `json:"confused"` // the most frequent errors
}

// A Confusion is how often words of one tag got another.
type Confusion struct {
	Want  string `json:"want"`
	Got   string `json:"got"`
	Count int    `json:"count"`
}

// Tags tags the words of documents, as the corpus cuts them.
func Tags(set *lexicons.Set, tagger analyzer.Tagger, docs []gold.Document) Tagging {
	out := Tagging{Documents: len(docs)}
	right, words := make([]int, len(docs)), make([]int, len(docs))
	confused := map[Confusion]int{}
	for i := range docs {
		doc, want := train.Tokenized(set, &docs[i], false)
		tags := make([]text.Tag, len(doc.Tokens))
		for _, s := range doc.Sentences {
			for at := s.First; at < s.Last; at++ {
				if tags[at] == 0 {
					tagger.Tag(tags, doc, s, at)
				}
				tag := tags[at]
				if doc.Tokens[at].Kind == text.Punct || text.ParseTag(want[at]) == 0 {
					continue
				}
				words[i]++
				if tag.String() == want[at] {
					right[i]++
				} else {
					confused[Confusion{Want: want[at], Got: tag.String()}]++
				}
			}
		}
		out.Words += words[i]
	}
	accuracy := func(units []int) float64 {
		r, n := 0, 0
		for _, i := range units {
			r, n = r+right[i], n+words[i]
		}
		return float64(r) / float64(max(1, n))
	}
	units := make([]int, len(docs))
	for i := range units {
		units[i] = i
	}
	out.Accuracy = accuracy(units)
	out.Interval = bootstrap(len(docs), accuracy)
	for c, n := range confused {
		c.Count = n
		out.Confused = append(out.Confused, c)
	}
	slices.SortFunc(out.Confused, func(a, b Confusion) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Want, b.Want), cmp.Compare(a.Got, b.Got))
	})
	out.Confused = out.Confused[:min(len(out.Confused), 12)]
	return out
}

// Splitting is how well sentences and tokens were cut.
type Splitting struct {
	Documents int   `json:"documents"`
	Sentences Score `json:"sentences"`
	Words     Score `json:"words"`
}

// Sentences reads documents as running text and compares the sentences and
// tokens with those of the corpus.
func Sentences(set *lexicons.Set, docs []gold.Document) Splitting {
	out := Splitting{Documents: len(docs)}
	var sentences, words Tally
	for i := range docs {
		want, _ := train.Tokenized(set, &docs[i], true)
		running := oneLine(want)
		got := set.Reader().Read(running)
		sentences.add(compare(spansOf(want.Sentences, func(s text.Sentence) text.Span { return s.Span }), spansOf(got.Sentences, func(s text.Sentence) text.Span { return s.Span })))
		words.add(compare(spansOf(want.Tokens, func(t text.Token) text.Span { return t.Span }), spansOf(got.Tokens, func(t text.Token) text.Span { return t.Span })))
	}
	out.Sentences, out.Words = sentences.Score(), words.Score()
	return out
}

// oneLine is the text with the ends of sentences that are no paragraphs as
// spaces: a corpus writes a line per sentence, which would give them away.
func oneLine(doc *text.Document) string {
	b := []byte(doc.Text)
	for i := range b {
		if b[i] == '\n' && (i == 0 || b[i-1] != '\n') && (i+1 == len(b) || b[i+1] != '\n') {
			b[i] = ' '
		}
	}
	return string(b)
}

func spansOf[T any](items []T, span func(T) text.Span) []text.Span {
	out := make([]text.Span, len(items))
	for i, x := range items {
		out[i] = span(x)
	}
	return out
}

func compare(want, got []text.Span) Tally {
	t := Tally{Found: len(got), Labelled: len(want)}
	in := map[text.Span]bool{}
	for _, s := range want {
		in[s] = true
	}
	for _, s := range got {
		if in[s] {
			t.Right++
		}
	}
	return t
}
