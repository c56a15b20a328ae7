package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/abadojack/whatlanggo"

	"parallax/analyzer/text"
)

// sample is how many bytes of a text are looked at to tell its language.
const sample = 4000

// A wordCount counts the words of a stretch of text and the English function
// words among them.
type wordCount struct{ words, function int }

func (c wordCount) share() float64 { return float64(c.function) / float64(c.words) }

func (c *wordCount) add(f *Field, i int) {
	t := &f.Doc.Tokens[i]
	if t.Kind != text.Word || !letters(f.Doc.Word(i)) {
		return
	}
	c.words++
	if f.Set.Function(t.Type) {
		c.function++
	}
}

// language is the ISO 639-1 code of an article's language, "und" when there
// is nothing to tell it by. English is told by its function words, since
// trigrams mistake short English for its neighbours.
func (a *Analyzer) language(title, body *Field) string {
	var c wordCount
	for _, f := range []*Field{title, body} {
		for i := range f.Doc.Tokens {
			if f.Doc.Tokens[i].Start > sample {
				break
			}
			c.add(f, i)
		}
	}
	if c.words == 0 {
		return "und"
	}
	s := title.Doc.Text + "\n" + body.Doc.Text[:min(len(body.Doc.Text), sample)]
	s = s[:min(len(s), sample)]
	if strays := strings.Count(s, "\ufffd"); 20*strays > len(s) {
		return "und" // bytes of something that is no text
	}
	if c.share() >= surelyEnglish {
		return "en"
	}
	info := whatlanggo.Detect(strings.ToValidUTF8(s, ""))
	switch {
	case c.share() >= .15 && info.Lang == whatlanggo.Eng:
		return "en"
	case c.words < 20 && !info.IsReliable() && plainLatin(s):
		return "en" // a headline in plain letters: nothing speaks against it
	case info.Lang.Iso6391() == "" || info.Lang == whatlanggo.Eng && c.share() < .05 && c.words >= 20:
		return "und"
	}
	return info.Lang.Iso6391()
}

// surelyEnglish is the share of English function words that no other language
// has.
const surelyEnglish = .3

// What a paragraph must have to be taken for one of another language than the
// article: so many words, and hardly an English function word.
const (
	foreignWords = 12
	foreignShare = .1
)

// A Foreign is a paragraph in another language than the article, which no
// detector reads.
type Foreign struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Language string `json:"language"`
}

// foreignParagraphs are the paragraphs of an English text that are in another
// language.
func foreignParagraphs(f *Field) []Foreign {
	var out []Foreign
	for first := 0; first < len(f.Doc.Sentences); {
		last := first + 1
		for last < len(f.Doc.Sentences) && !f.Doc.Sentences[last].Paragraph {
			last++
		}
		span := text.Span{Start: f.Doc.Sentences[first].Start, End: f.Doc.Sentences[last-1].End}
		var c wordCount
		for i := f.Doc.Sentences[first].First; i < f.Doc.Sentences[last-1].Last; i++ {
			c.add(f, i)
		}
		if c.words >= foreignWords && c.share() < foreignShare {
			s := f.Doc.Slice(span)
			info := whatlanggo.Detect(s[:tailFrom(s, len(s)-min(len(s), sample))])
			if code := info.Lang.Iso6391(); info.Lang != whatlanggo.Eng && info.IsReliable() && code != "" {
				out = append(out, Foreign{span.Start, span.End, code})
			}
		}
		first = last
	}
	return out
}

// foreign says whether a span lies in a paragraph of another language.
func (f *Field) foreign(s text.Span) bool {
	if len(f.Foreign) == 0 {
		return false
	}
	i, _ := slices.BinarySearchFunc(f.Foreign, s.End, func(p Foreign, end int) int { return cmp.Compare(p.End, end) })
	return i < len(f.Foreign) && f.Foreign[i].Start <= s.Start
}

// dropForeign leaves out what the lexicons found in foreign paragraphs.
func (f *Field) dropForeign() {
	if len(f.Foreign) == 0 {
		return
	}
	kept := f.Hits[:0]
	for _, h := range f.Hits {
		if !f.foreign(f.Doc.Span(h.First, h.Last)) {
			kept = append(kept, h)
		}
	}
	f.Hits = kept
}

func letters(w string) bool {
	for i := range len(w) {
		if c := w[i] | 0x20; c >= 'a' && c <= 'z' || c >= 0x80 {
			return true
		}
	}
	return false
}

func plainLatin(s string) bool {
	for _, r := range s {
		if r > 0x024F && !(r >= 0x2000 && r < 0x2100) {
			return false
		}
	}
	return true
}
