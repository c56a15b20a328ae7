package text

import (
	"strings"
	"unicode"
)

// Rules are the words a Reader needs to know about. They come from data, so
// that no word list stands in Go. The zero Rules know none.
type Rules struct {
	Abbreviations []string // with their periods; never end a sentence: "Mr."
	Endings       []string // with their periods; may end one: "U.S.", "Inc."
	Starters      []string // function words; capitalised after an Ending they begin a sentence
}

// A Reader turns texts into Documents. It is safe for concurrent use. The
// zero Reader knows no abbreviation and numbers no type.
type Reader struct {
	vocabulary *Vocabulary
	short      Vocabulary // abbreviations, both kinds
	never      int        // ids up to this one never end a sentence
	starters   Vocabulary
}

// NewReader makes a Reader that numbers the types of vocabulary, which may be
// nil.
func NewReader(vocabulary *Vocabulary, rules Rules) *Reader {
	r := &Reader{vocabulary: vocabulary}
	for _, a := range rules.Abbreviations {
		r.short.Add(a)
	}
	r.never = r.short.Len()
	for _, a := range rules.Endings {
		r.short.Add(a)
	}
	for _, w := range rules.Starters {
		r.starters.Add(w)
	}
	return r
}

// Tokens appends the tokens of a text, which must be valid UTF-8, to dst.
func (r *Reader) Tokens(dst []Token, s string) []Token {
	sc := scanner{reader: r, text: s, mails: strings.Contains(s, "@"), tokens: dst}
	sc.scan()
	return sc.tokens
}

// Abbreviates says whether a word with its period is a listed abbreviation.
func (r *Reader) Abbreviates(word string) bool { return r.short.ID(word) != 0 }

// Read reads a text. The document's text is [Valid] of what was given.
func (r *Reader) Read(s string) *Document {
	doc := &Document{Text: Valid(s)}
	doc.Tokens = r.Tokens(make([]Token, 0, len(doc.Text)/5+1), doc.Text)
	doc.Sentences = r.sentences(doc)
	return doc
}

// sentences cuts the tokens of doc into sentences.
func (r *Reader) sentences(doc *Document) []Sentence {
	if len(doc.Tokens) == 0 {
		return nil
	}
	out := make([]Sentence, 0, len(doc.Tokens)/20+1)
	first, paragraph := 0, true
	for i := range doc.Tokens {
		b := endOfText
		if i+1 < len(doc.Tokens) {
			b = r.boundary(doc, i)
		}
		if b == none {
			continue
		}
		out = append(out, Sentence{Span: doc.Span(first, i+1), First: first, Last: i + 1, Paragraph: paragraph})
		first, paragraph = i+1, b == endOfParagraph
	}
	return out
}

type boundary uint8

const (
	none boundary = iota
	endOfSentence
	endOfParagraph
	endOfText
)

// boundary says what ends between tokens i and i+1.
func (r *Reader) boundary(doc *Document, i int) boundary {
	next := doc.Word(i + 1)
	gap := doc.Text[doc.Tokens[i].End:doc.Tokens[i+1].Start]
	switch lines := newlines(gap); {
	case lines > 1:
		return endOfParagraph
	case lines == 1 && !startsLower(next) && doc.Word(i) != ",":
		// A line of its own: a heading, a list item, a paragraph. Lines that
		// go on in lower case are wrapped prose.
		return endOfParagraph
	}
	if r.ends(doc, i, gap, next) {
		return endOfSentence
	}
	return none
}

// maxClosers is how many closing marks may stand after the mark that ends a
// sentence.
const maxClosers = 8

// ends says whether token i, followed by gap and next on the same line, ends
// a sentence.
func (r *Reader) ends(doc *Document, i int, gap, next string) bool {
	last := i
	for last > 0 && i-last < maxClosers && closes(doc, last) {
		last--
	}
	w := doc.Word(last)
	switch {
	case isStop(w):
		if gap == "" {
			return wide(w) || last == i && w == "." && startsUpper(next) && plainWord(doc, last-1)
		}
		return !startsLower(next) && !isStop(next) && !closes(doc, i+1) && next != ","
	case len(w) > 1 && w[len(w)-1] == '.' && doc.Tokens[last].Kind != Link:
		if gap == "" {
			return false
		}
		if id := r.short.ID(w); id != 0 && int(id) <= r.never || initial(w) {
			return false
		}
		return opens(next) && last == i || startsUpper(next) && r.starters.ID(next) != 0
	}
	return false
}

// closes says whether token i is a closing mark, written against the token
// before it.
func closes(doc *Document, i int) bool {
	if doc.Tokens[i].Kind != Punct || doc.Tokens[i-1].End != doc.Tokens[i].Start {
		return false
	}
	switch doc.Word(i) {
	case `"`, "”", "'", "’", "''", ")", "]", "»", "›":
		return true
	}
	return false
}

func opens(w string) bool {
	switch w {
	case `"`, "“", "‘", "«", "(", "[", "'", "``":
		return true
	}
	return false
}

// isStop says whether a token is a mark that can end a sentence. Tokens that
// begin with a mark are runs of it.
func isStop(w string) bool {
	switch w[0] {
	case '.', '!', '?':
		return true
	}
	return wide(w) || len(w) >= 3 && w[:3] == "…"
}

// wide says whether a token is a full stop of a script without spaces.
func wide(w string) bool {
	switch w {
	case "。", "！", "？", "।":
		return true
	}
	return false
}

// plainWord says whether token i is an ordinary lower-case word, after which
// ".X" is a missing space and not an abbreviation.
func plainWord(doc *Document, i int) bool {
	return i >= 0 && doc.Tokens[i].Kind == Word && doc.Tokens[i].Len() > 1 && startsLower(doc.Word(i))
}

// initial says whether w is one capital letter with a period.
func initial(w string) bool {
	return len(w) == 2 && 'A' <= w[0] && w[0] <= 'Z' && w[1] == '.'
}

func startsLower(w string) bool {
	for _, r := range w {
		return unicode.IsLower(r)
	}
	return false
}

func startsUpper(w string) bool {
	for _, r := range w {
		return unicode.IsUpper(r)
	}
	return false
}

// newlines counts the line ends in a gap, CR LF as one.
func newlines(gap string) int {
	n := 0
	for i, r := range gap {
		switch r {
		case '\n', '\v', '\f', '\u0085', '\u2028':
			n++
		case '\r':
			if i+1 == len(gap) || gap[i+1] != '\n' {
				n++
			}
		case '\u2029':
			n += 2
		}
	}
	return n
}
