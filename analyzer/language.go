package analyzer

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"parallax/analyzer/text"
)

// sample is how many bytes of a text are looked at to tell its language.
const sample = 4000

// language is the ISO 639-1 code of an article's language, "und" when there
// is nothing to tell it by. English is told by its function words, since
// trigrams mistake short English for its neighbours.
func (a *Analyzer) language(title, body *Field) string {
	total, function := 0, 0
	for _, f := range []*Field{title, body} {
		for i := range f.Doc.Tokens {
			if f.Doc.Tokens[i].Start > sample {
				break
			}
			if f.Doc.Tokens[i].Kind != text.Word || !letters(f.Doc.Word(i)) {
				continue
			}
			total++
			if _, ok := a.stopwords[text.Fold(f.Doc.Word(i))]; ok {
				function++
			}
		}
	}
	if total == 0 {
		return "und"
	}
	s := title.Doc.Text + "\n" + body.Doc.Text
	s = s[:min(len(s), sample)]
	if strays := strings.Count(s, "\ufffd"); 20*strays > len(s) {
		return "und" // bytes of something that is no text
	}
	info := whatlanggo.Detect(strings.ToValidUTF8(s, ""))
	share := float64(function) / float64(total)
	switch {
	case share >= .3, share >= .15 && info.Lang == whatlanggo.Eng:
		return "en"
	case total < 20 && !info.IsReliable() && plainLatin(s):
		return "en" // a headline in plain letters: nothing speaks against it
	case info.Lang.Iso6391() == "" || info.Lang == whatlanggo.Eng && share < .05 && total >= 20:
		return "und"
	}
	return info.Lang.Iso6391()
}

func letters(w string) bool {
	return strings.ContainsFunc(w, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 })
}

func plainLatin(s string) bool {
	for _, r := range s {
		if r > 0x024F && !(r >= 0x2000 && r < 0x2100) {
			return false
		}
	}
	return true
}
