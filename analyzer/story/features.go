package story

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// leadWords is how many words of title and text make the lead.
const leadWords = 250

// A Reader takes from an article what grouping and keywords need. It is safe
// for concurrent use.
type Reader struct {
	set       *lexicons.Set
	stopwords map[string]bool
	agencies  map[string]string
}

// NewReader makes a Reader with the set's stop words and agencies.
func NewReader(set *lexicons.Set) *Reader {
	r := &Reader{set: set, stopwords: map[string]bool{}, agencies: map[string]string{}}
	for _, l := range set.OfKind("stopword") {
		for w := range l.Map() {
			r.stopwords[text.Fold(w)] = true
		}
	}
	for _, l := range set.OfKind("agency") {
		for w, domain := range l.Map() {
			r.agencies[w] = domain
		}
	}
	return r
}

// Features are an article as the grouper sees it: counts of terms in four
// channels. Terms are hashes of folded words or names.
type Features struct {
	ID       string
	Time     time.Time // of publication; zero when it is not known
	Channels [channels]Counts
}

// The channels, in the order of their weights.
const (
	lead  = iota // the first 250 words, title included
	full         // title and text
	title        // the title; of a text without one, its first 12 words
	names        // runs of capitalised words in the text
	channels
)

// Counts are terms, in order of first occurrence, and how often each occurs.
type Counts struct {
	Terms []uint64
	N     []int32
}

func (c *Counts) add(index map[uint64]int, h uint64) {
	i, ok := index[h]
	if !ok {
		i = len(c.Terms)
		index[h] = i
		c.Terms, c.N = append(c.Terms, h), append(c.N, 0)
	}
	c.N[i]++
}

// Read gives the features of an article.
func (r *Reader) Read(id string, published time.Time, headline, body string) Features {
	f := Features{ID: id, Time: published}
	t, b := r.set.Reader().Read(headline), r.set.Reader().Read(body)
	head, text := r.words(t), r.words(b)
	all := append(append([]string(nil), head...), text...)
	if len(head) == 0 {
		head = text[:min(len(text), 12)]
	}
	count(&f.Channels[title], head)
	count(&f.Channels[lead], all[:min(len(all), leadWords)])
	count(&f.Channels[full], all)
	from := b
	if len(b.Tokens) == 0 {
		from = t
	}
	count(&f.Channels[names], r.names(from))
	return f
}

func count(c *Counts, terms []string) {
	index := make(map[uint64]int, len(terms))
	for _, t := range terms {
		c.add(index, text.Hash(t))
	}
}

// words are the content words of a document.
func (r *Reader) words(doc *text.Document) []string {
	var out []string
	for i := range doc.Tokens {
		w := doc.Word(i)
		if doc.Tokens[i].Kind == text.Punct || len(w) < 2 || r.stopwords[text.Fold(w)] || w[0] == '\'' || strings.HasPrefix(w, "’") {
			continue
		}
		out = append(out, text.Fold(w))
	}
	return out
}

// names are runs of capitalised words, and the last word of each run, which is
// the family name of a person. A single word that begins a sentence is none.
func (r *Reader) names(doc *text.Document) []string {
	var out []string
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; {
			j := i
			for j < s.Last && capital(doc.Word(j)) && doc.Tokens[j].Kind == text.Word {
				j++
			}
			first := i
			for first < j && r.stopwords[text.Fold(doc.Word(first))] {
				first++
			}
			if n := j - first; n > 1 || n == 1 && (first > s.First || doc.Word(first) == strings.ToUpper(doc.Word(first))) {
				out = append(out, text.Fold(doc.Slice(doc.Span(first, j))))
				if n > 1 {
					out = append(out, text.Fold(doc.Word(j-1)))
				}
			}
			i = max(j, i+1)
		}
	}
	return out
}

func capital(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c)
}

// Terms are the content words of an article without names and numbers, as
// often as they occur, for its story's keywords.
func (r *Reader) Terms(headline, body string) []string {
	var out []string
	for _, s := range []string{headline, body} {
		doc := r.set.Reader().Read(s)
		for i := range doc.Tokens {
			w := doc.Word(i)
			if doc.Tokens[i].Kind == text.Word && len(w) > 3 && !capital(w) && !r.stopwords[text.Fold(w)] {
				out = append(out, text.Fold(w))
			}
		}
	}
	return out
}

// datelineBytes is how far into a text a dateline or byline is looked for.
const datelineBytes = 200

// Agency is the domain of the news agency that a text's dateline or byline
// names, "PARIS (AP) —" or "By Jane Doe, Reuters"; "" when none does.
func (r *Reader) Agency(body string) string {
	doc := r.set.Reader().Read(body[:min(len(body), datelineBytes)])
	for i := range doc.Tokens {
		for j := min(i+3, len(doc.Tokens)); j > i; j-- {
			domain, ok := r.agencies[strings.ToLower(doc.Slice(doc.Span(i, j)))]
			if ok && r.credits(doc, i, j) {
				return domain
			}
		}
	}
	return ""
}

// credits says whether the agency named by tokens [i, j) is given credit: in
// brackets, or in a line that begins with "By", or as a line of its own.
func (r *Reader) credits(doc *text.Document, i, j int) bool {
	if i > 0 && doc.Word(i-1) == "(" && j < len(doc.Tokens) && doc.Word(j) == ")" {
		return true
	}
	s := doc.Sentences[doc.SentenceAt(i)]
	if text.Fold(doc.Word(s.First)) == "by" && i-s.First < 8 {
		return true
	}
	return i == s.First && j == s.Last && s.Paragraph
}
