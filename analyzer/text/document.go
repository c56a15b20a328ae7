package text

// A Kind is what a token is made of.
type Kind uint8

// The kinds of tokens.
const (
	Word   Kind = iota // letters, with inner apostrophes, hyphens and periods
	Number             // begins with a digit
	Punct              // one mark, or a run of the same one ("...", "--")
	Link               // an address, a handle or a hashtag
)

// A Token is a word, number, mark or address.
type Token struct {
	Span
	Type uint32 // id in the Reader's Vocabulary, 0 when it is not there
	Kind Kind
}

// A Sentence is a run of tokens [First, Last). Its span begins with its first
// token and ends with its last.
type Sentence struct {
	Span
	First, Last int
	Paragraph   bool // true for the first sentence of a paragraph
}

// A Document is one text, read. Tokens are in order and do not overlap; every
// token belongs to exactly one sentence.
type Document struct {
	Text      string
	Tokens    []Token
	Sentences []Sentence
}

// Slice is the words of a span.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }

// Word is the i-th token as it stands in the text.
func (d *Document) Word(i int) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// Words counts the tokens that are words or numbers.
func (d *Document) Words() int {
	n := 0
	for i := range d.Tokens {
		if d.Tokens[i].Kind != Punct {
			n++
		}
	}
	return n
}

// SentenceAt is the index of the sentence that holds token i.
func (d *Document) SentenceAt(i int) int {
	lo, hi := 0, len(d.Sentences)
	for lo+1 < hi {
		m := (lo + hi) / 2
		if d.Sentences[m].First <= i {
			lo = m
		} else {
			hi = m
		}
	}
	return lo
}

// TokenAt is the index of the first token that ends after byte offset i; it is
// len(d.Tokens) past the last one.
func (d *Document) TokenAt(i int) int {
	lo, hi := 0, len(d.Tokens)
	for lo < hi {
		m := (lo + hi) / 2
		if d.Tokens[m].End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// Span is the span from the first to the last of the tokens [first, last).
// There must be at least one.
func (d *Document) Span(first, last int) Span {
	return Span{d.Tokens[first].Start, d.Tokens[last-1].End}
}
