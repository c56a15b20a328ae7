package analyzer

import (
	"slices"
	"strings"

	"parallax/analyzer/text"
)

const scareQuote = "scare_quote"

// longestScare is how many words a scare quote has at most.
const longestScare = 4

// How far around a scare quote other quotations and the words themselves are
// looked for, in quotations and in tokens. They bound the work that a text of
// nothing but marks can cause.
const (
	nearQuotes = 50
	nearTokens = 1000
	nearList   = 7 // the marks are two of them
)

// ScareQuote finds a few words in quotation marks that nobody is said to have
// spoken (Predelli 2003).
func ScareQuote() Detector {
	return Detector{
		Name: scareQuote, Kind: "quote_lead",
		Doc: "One to four words in quotation marks that nobody is said to have spoken and that are no title, name or word spoken of as a word: marks by which a text shows that a word is borrowed, new or not quite meant, without saying whose it is, as in the “reform” (Predelli 2003, Scare Quotes and Their Relation to Other Semantic Issues). A word that also stands in an attributed quotation of the article is left out. Headlines are not read: there, marks stand for a quotation without its speaker.",
		Run: func(f *Field, report func(Cue)) {
			if f.Name == fieldTitle || len(f.Quoted) == 0 {
				return
			}
			s := &scares{Field: f, spans: f.quotations, other: -1}
			if !slices.ContainsFunc(s.spans, s.mayScare) {
				return // most articles: who speaks need not be asked
			}
			s.read()
			for i, q := range s.spans {
				if !s.scares(i) {
					continue
				}
				rule := "phrase"
				if s.words(q) == 1 {
					rule = "word"
				}
				// The marks are the writer's: they belong to the cue, which is
				// therefore not within a quotation.
				span := f.Doc.Span(q.first-1, q.last+1)
				report(Cue{Type: scareQuote, Mark: f.Mark(span), Weight: 1, Rule: scareQuote + "/" + rule})
			}
		},
	}
}

// scares tells scare quotes among what is in quotation marks in a field.
type scares struct {
	*Field
	spans      []quotedSpan
	attributed []text.Span
	said       []string // per quotation that is attributed or long, its words, folded; read when first needed
	verbs      []speechVerb
	other      int // the last of spans that is something else, -1 for none
}

// read finds who is said to speak.
func (s *scares) read() {
	s.verbs = s.speechVerbs()
	for _, q := range s.attribute() {
		s.attributed = append(s.attributed, q.Content.Span())
	}
}

// mayScare says whether a quotation looks like a scare quote by itself.
func (s *scares) mayScare(q quotedSpan) bool {
	return s.plain(q) && !s.name(q) && s.names(q) && !s.glossed(q)
}

// plain says whether a quotation is a few words in a sentence of prose.
func (s *scares) plain(q quotedSpan) bool {
	return q.last < len(s.Doc.Tokens) && !s.foreign(q.content) && s.short(q) && s.inProse(q)
}

// scares says whether quotation i is a scare quote.
func (s *scares) scares(i int) bool {
	q := s.spans[i]
	if !s.plain(q) {
		if s.spoken(q) {
			s.other = i
		}
		return false
	}
	if s.inRow(i) || s.listed(i) || s.spoken(q) || s.explained(q) {
		s.other = i
		return false
	}
	return s.mayScare(q) && !s.repeats(i) && !s.own(q) && !s.afterLonger(i)
}

// inRow says whether what stood in quotation marks just before, in the same
// paragraph, was no scare quote: words such as “one,” “two” and “three”.
func (s *scares) inRow(i int) bool {
	return i > 0 && s.other == i-1 && s.spans[i-1].last > s.paragraphBefore(s.spans[i].first)
}

// listed says whether another quotation stands in the same sentence with at most
// a few words between: words set side by side are words spoken of.
func (s *scares) listed(i int) bool {
	q := s.spans[i]
	t := s.Doc.Sentences[s.Doc.SentenceAt(q.first-1)]
	return i > 0 && s.spans[i-1].first > t.First && s.spans[i-1].last+nearList >= q.first ||
		i+1 < len(s.spans) && s.spans[i+1].first < t.Last && q.last+nearList >= s.spans[i+1].first
}

// short says whether a quotation is a few words, and no sentence of its own.
func (s *scares) short(q quotedSpan) bool {
	for j := q.first; j < q.last; j++ {
		switch s.Doc.Tokens[j].Kind {
		case text.Word:
		case text.Punct:
			if w := s.Doc.Word(j); w != "," && w != "." && w != "-" && w != "’" && w != "'" || j+1 < q.last && w != "-" {
				return false
			}
		default:
			return false // numbers, addresses and hashtags
		}
	}
	n := s.words(q)
	return 0 < n && n <= longestScare
}

// inProse says whether a quotation stands within a full sentence, not in a
// heading or a list, and is not that sentence.
func (s *scares) inProse(q quotedSpan) bool {
	t := s.Doc.Sentences[s.Doc.SentenceAt(q.first-1)]
	if t.First == q.first-1 && q.last+1 >= t.Last {
		return false
	}
	if w := s.Doc.Word(t.First); s.Doc.Tokens[t.First].Kind == text.Punct && t.First != q.first-1 && opening(s.Doc, t.First) == "" && w != "(" {
		return false
	}
	for j := t.Last - 1; j >= max(t.First, t.Last-3); j-- {
		if strings.ContainsAny(s.Doc.Word(j), ".?!…:;") {
			return true
		}
	}
	return false
}

// words is how many words a quotation has.
func (s *scares) words(q quotedSpan) int {
	n := 0
	for j := q.first; j < q.last; j++ {
		if s.Doc.Tokens[j].Kind != text.Punct {
			n++
		}
	}
	return n
}

// spoken says whether somebody is said to have spoken the words, or whether
// their sentence, or the one before in the paragraph, passes on what somebody
// said.
func (s *scares) spoken(q quotedSpan) bool {
	if s.isAttributed(q) {
		return true
	}
	at := s.Doc.SentenceAt(q.first)
	if s.speaks(s.Doc.Sentences[at]) || s.passesOn(q, s.Doc.Sentences[at]) || s.mayBeOf(q, s.Doc.Sentences[at]) {
		return true
	}
	return at > 0 && !s.Doc.Sentences[at].Paragraph && (s.quotes(s.Doc.Sentences[at-1]) || s.speaks(s.Doc.Sentences[at-1]))
}

// isAttributed says whether somebody is said to have spoken a quotation.
func (s *scares) isAttributed(q quotedSpan) bool {
	_, found := slices.BinarySearchFunc(s.attributed, q.content.Start, func(a text.Span, start int) int { return a.Start - start })
	return found
}

// speaks says whether a verb of speech stands in a sentence.
func (s *scares) speaks(t text.Sentence) bool {
	i, _ := slices.BinarySearchFunc(s.verbs, t.First, func(v speechVerb, first int) int { return v.first - first })
	return i < len(s.verbs) && s.verbs[i].first < t.Last
}

// passesOn says whether the sentence of a quotation tells of a speech, a text, a
// survey or a rule, or begins with a speaker of the sentence before.
func (s *scares) passesOn(q quotedSpan, t text.Sentence) bool {
	for _, h := range s.hitsIn(max(t.First, q.first-far), min(t.Last, q.last+far)) {
		if l, _ := s.Set.Entry(h); (l.Kind == "quote_origin" || l.Kind == "saying_verb") && !s.InQuote(s.Doc.Span(h.First, h.Last)) {
			return true
		}
	}
	return s.Tag(t.First) == "PRP" && t.Last-t.First > 1
}

// mayBeOf says whether somebody with a name, or he or she, acts in the sentence
// before a quotation, owns what stands there or is named after it with "by": the
// words may be theirs.
func (s *scares) mayBeOf(q quotedSpan, t text.Sentence) bool {
	for j := t.First; j < q.first-1; j++ {
		switch s.Tag(j) {
		case "NNP":
			if s.ownsNext(j, q.first-1) || s.Doc.Word(j+1) == ":" || !s.placed(j) && s.actsSoon(j+1, q.first-1) {
				return true
			}
		case "PRP":
			switch text.Fold(s.Doc.Word(j)) {
			case "he", "she", "we", "i":
				if s.actsSoon(j+1, q.first-1) {
					return true
				}
			case "it": // a bill: “it would provide for”
				if j+1 < q.first && s.Tag(j+1) == "MD" {
					return true
				}
			}
		}
	}
	for j := q.last + 1; j+1 < min(t.Last, q.last+7); j++ {
		if text.Fold(s.Doc.Word(j)) == "by" && s.Tag(j+1) == "NNP" {
			return true
		}
	}
	return false
}

// placed says whether token j is of a place, a nationality or a date.
func (s *scares) placed(j int) bool {
	return s.isOf(place, j) || s.isOf("nationality", j) || s.isOf("calendar", j)
}

// ownsNext says whether an owner's mark follows token j.
func (s *scares) ownsNext(j, end int) bool {
	return j+1 < end && s.possessive(j+1)
}

// actsSoon says whether a verb with a tense follows at token j, a bracket
// between commas left out.
func (s *scares) actsSoon(j, end int) bool {
	for k := j; k < min(end, j+4); k++ {
		switch t := s.Tag(k); {
		case s.finite(k):
			return true
		case s.Doc.Word(k) == "," && k == j:
			for n := k + 1; n < min(end, k+14); n++ {
				if s.Doc.Word(n) == "," {
					return n+1 < end && s.finite(n+1)
				}
			}
			return false
		case t != "RB" && t != "NNP":
			return false
		}
	}
	return false
}

// quotes says whether an attributed quotation stands in a sentence.
func (s *scares) quotes(t text.Sentence) bool {
	i, _ := slices.BinarySearchFunc(s.attributed, t.Start, func(a text.Span, start int) int { return a.Start - start })
	return i < len(s.attributed) && s.attributed[i].Start < t.End
}

// explained says whether words beside the marks say what they are for.
func (s *scares) explained(q quotedSpan) bool {
	sentence := s.Doc.Sentences[s.Doc.SentenceAt(q.first-1)]
	for _, h := range s.hitsIn(max(sentence.First, q.first-6), q.first-1) {
		if l, e := s.Set.Entry(h); l.Kind == "quote_lead" && (e.Value != "near" || s.near(h.Last, q.first-1)) {
			return true
		}
	}
	for _, h := range s.hitsIn(q.first, min(q.last+4, len(s.Doc.Tokens))) {
		l, _ := s.Set.Entry(h)
		if l.Kind == "quote_trail" && h.First > q.last || l.Kind == "quoted_word" && h.First == q.first && h.Last+1 >= q.last {
			return true
		}
	}
	if s.discussed(q, sentence) {
		return true
	}
	if q.first-2 < sentence.First {
		return false
	}
	switch s.Doc.Word(q.first - 2) {
	case "(", ":": // (“the Trust”), Hale: “no deal”
		return true
	}
	return q.first-3 >= sentence.First && s.possessive(q.first-2) && strings.HasPrefix(s.Tag(q.first-3), "NNP") // Hale’s “plan”
}

// discussed says whether the words begin a clause that says what they are:
// “reasonableness” is hard to grasp.
func (s *scares) discussed(q quotedSpan, t text.Sentence) bool {
	if q.last+1 >= t.Last || s.form(q.last+1) != "be" {
		return false
	}
	if q.first-2 < t.First {
		return true
	}
	tag := s.Tag(q.first - 2)
	return s.Doc.Tokens[q.first-2].Kind == text.Punct || tag == "CC" || tag == "IN"
}

// near says whether at most an article or a pronoun stands in the tokens [i, j).
func (s *scares) near(i, j int) bool {
	return i == j || i+1 == j && (s.Tag(i) == "DT" || s.Tag(i) == "PRP$")
}

// name says whether a quotation is written like a name or a title: each longer
// word has a capital.
func (s *scares) name(q quotedSpan) bool {
	capital := false
	for j := q.first; j < q.last; j++ {
		if w := s.Doc.Word(j); s.Doc.Tokens[j].Kind != text.Word {
			continue
		} else if startsUpper(w) {
			capital = true
		} else if len(w) > 4 {
			return false
		}
	}
	return capital
}

// names says whether the words name or describe something, as a distance is
// kept from a name: they begin with a noun, an adjective or an adverb. A clause
// or the beginning of one is rather somebody's words.
func (s *scares) names(q quotedSpan) bool {
	switch s.Tag(q.first) {
	case "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "RB", "VBN", "VBG":
		return true
	}
	return false
}

// glossed says whether the words are explained right after the marks, as terms
// are: with a bracket, a colon, a dash or an apposition.
func (s *scares) glossed(q quotedSpan) bool {
	for j := q.last + 1; j < min(q.last+3, len(s.Doc.Tokens)); j++ {
		switch s.Doc.Word(j) {
		case "(", "[", ":", "—", "–", "-", "--", "or":
			return true
		}
	}
	next := q.last + 1
	if w := s.Doc.Word(q.last - 1); w != "," && next < len(s.Doc.Tokens) && s.Doc.Word(next) == "," {
		next++
	} else if w != "," {
		return false
	}
	if next >= len(s.Doc.Tokens) {
		return false
	}
	tag := s.Tag(next)
	return tag == "DT" || tag == "WDT" || tag == "WP"
}

// afterLonger says whether a longer quotation stands before quotation i in its
// paragraph or in the one before, whoever spoke it: what follows is likely to be
// of the same words.
func (s *scares) afterLonger(i int) bool {
	from := s.paragraphBefore(s.paragraphBefore(s.spans[i].first))
	for k := i - 1; k >= max(0, i-nearQuotes) && s.spans[k].last > from; k-- {
		if s.words(s.spans[k]) > longestScare {
			return true
		}
	}
	return false
}

// paragraphBefore is the first token of the paragraph that holds the token
// before token i.
func (s *scares) paragraphBefore(i int) int {
	if i == 0 {
		return 0
	}
	at := s.Doc.SentenceAt(i - 1)
	for first := max(0, at-far); at > first && !s.Doc.Sentences[at].Paragraph; {
		at--
	}
	return s.Doc.Sentences[at].First
}

// repeats says whether the words of quotation i stand in another one that is
// attributed, or longer.
func (s *scares) repeats(i int) bool {
	if s.said == nil {
		s.said = make([]string, len(s.spans))
		for k, q := range s.spans {
			if s.isAttributed(q) || s.words(q) > longestScare {
				s.said[k] = text.Fold(s.Doc.Slice(q.content))
			}
		}
	}
	words := strings.Trim(text.Fold(s.Doc.Slice(s.spans[i].content)), ".,")
	near := s.said[max(0, i-nearQuotes):min(len(s.said), i+nearQuotes)]
	return slices.ContainsFunc(near, func(said string) bool { return strings.Contains(said, words) })
}

// own says whether the article also has the words outside quotation marks: it
// keeps no distance from them.
func (s *scares) own(q quotedSpan) bool {
	words := q.last - q.first
	for s.Doc.Tokens[q.first+words-1].Kind == text.Punct {
		words--
	}
	for j := max(0, q.first-nearTokens); j+words <= min(len(s.Doc.Tokens), q.last+nearTokens); j++ {
		if s.sameWords(j, q.first, words) && !s.InQuote(s.Doc.Span(j, j+words)) {
			return true
		}
	}
	return false
}

func (s *scares) sameWords(i, j, n int) bool {
	for k := range n {
		if !strings.EqualFold(s.Doc.Word(i+k), s.Doc.Word(j+k)) {
			return false
		}
	}
	return true
}
