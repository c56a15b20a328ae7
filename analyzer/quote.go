package analyzer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A quotedSpan is words between quotation marks. continued says that the
// quotation goes on in the next one, which opens the next paragraph.
type quotedSpan struct {
	content     text.Span
	first, last int // tokens of the content, [first, last)
	continued   bool
}

// quotedSpans finds what stands between quotation marks, paragraph by
// paragraph. A quotation that is not closed in its paragraph counts where the
// next paragraph opens with a mark again, as newspapers print it, and where the
// closing mark was forgotten after one that begins a paragraph or follows a
// colon or comma.
func quotedSpans(doc *text.Document) []quotedSpan {
	s := quoteScanner{doc: doc, open: -1}
	for _, sentence := range doc.Sentences {
		if sentence.Paragraph {
			s.paragraph(sentence.First)
		}
		for j := sentence.First; j < sentence.Last; j++ {
			s.token(j)
		}
	}
	s.paragraph(len(doc.Tokens))
	return s.spans
}

// A quoteScanner walks over tokens and pairs quotation marks.
type quoteScanner struct {
	doc   *text.Document
	spans []quotedSpan
	open  int    // token of the opening mark, -1 outside quotations
	mark  string // the opening mark
	depth int    // quotations opened within the quotation
	maybe int    // token of a single mark that may close or be an apostrophe, or 0
}

func (s *quoteScanner) close(last int, continued bool) {
	if last > s.open+1 {
		s.spans = append(s.spans, quotedSpan{s.doc.Span(s.open+1, last), s.open + 1, last, continued})
	}
	s.open, s.depth, s.maybe = -1, 0, 0
}

// paragraph ends what is open where a paragraph begins at token j.
func (s *quoteScanner) paragraph(j int) {
	switch {
	case s.open < 0:
	case s.maybe > 0:
		s.close(s.maybe, false)
	case s.mark != "‘" && s.begins() && (j >= len(s.doc.Tokens) || s.doc.Word(j) != s.mark):
		s.close(j, false) // the closing mark was forgotten
	case j < len(s.doc.Tokens) && s.doc.Word(j) == s.mark && s.mark != "‘":
		s.close(j, true)
	}
	s.open, s.depth, s.maybe = -1, 0, 0
}

// begins says whether the opening mark stands where a whole quotation begins:
// at the beginning of a paragraph, or after a colon or comma. A mark that can
// only open may begin any sentence.
func (s *quoteScanner) begins() bool {
	if s.open == 0 {
		return true
	}
	if w := s.doc.Word(s.open - 1); w == ":" || w == "," {
		return true
	}
	i := s.doc.SentenceAt(s.open)
	return (s.doc.Sentences[i].Paragraph || s.mark == "“") && s.doc.Sentences[i].First == s.open
}

func (s *quoteScanner) token(j int) {
	w := s.doc.Word(j)
	switch {
	case s.open < 0:
		if opening(s.doc, j) != "" {
			s.open, s.mark, s.depth, s.maybe = j, w, 0, 0
		}
	case s.mark == "‘":
		s.single(j, w)
	case (w == "“" && s.mark != "«" && s.mark != "„" || w == "«" && s.mark == w) && !spaceAfter(s.doc, j):
		s.depth++ // “a quotation “in” a quotation”, "one “in” straight marks"
	case w == closing[s.mark] || s.mark == "“" && (w == `"` || w == "“") || s.mark == `"` && (w == "”" || w == "“"):
		if s.depth--; s.depth < 0 {
			s.close(j, false)
		}
	}
}

// single handles a token within ‘…’, whose closing mark is also the apostrophe
// of "workers’": after an s it closes only if nothing later does.
func (s *quoteScanner) single(j int, w string) {
	switch {
	case w == "‘" && s.maybe > 0:
		s.close(s.maybe, false)
		s.token(j)
	case w != "’":
	case strings.HasSuffix(s.doc.Word(j-1), "s") && spaceAfter(s.doc, j):
		if s.maybe == 0 {
			s.maybe = j
		}
	default:
		s.close(j, false)
	}
}

// closing is the mark that ends what a mark opens.
var closing = map[string]string{"“": "”", `"`: `"`, "''": "''", "‘‘": "’’", "‘": "’", "«": "»", "``": "''", "„": "“"}

// opening is the mark that token j opens a quotation with, or "". A straight
// mark opens where a space or bracket comes before and none after, and where
// the space was forgotten between two sentences.
func opening(doc *text.Document, j int) string {
	w := doc.Word(j)
	switch w {
	case "“", "«", "``", "„", "‘‘":
		return w
	case "‘":
		if !spaceAfter(doc, j) {
			return w
		}
	case `"`, "''":
		if !spaceAfter(doc, j) && (spaceBefore(doc, j) || j > 0 && j+1 < len(doc.Tokens) && strings.ContainsAny(doc.Word(j-1), ".?!:") && startsUpper(doc.Word(j+1))) {
			return w
		}
	}
	return ""
}

func spaceAfter(doc *text.Document, j int) bool {
	end := doc.Tokens[j].End
	if end == len(doc.Text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(doc.Text[end:])
	return unicode.IsSpace(r)
}

func spaceBefore(doc *text.Document, j int) bool {
	start := doc.Tokens[j].Start
	if start == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(doc.Text[:start])
	return unicode.IsSpace(r) || strings.ContainsRune("([—–-'‘", r)
}

// An attribution is who is said to speak, and by which verb.
type attribution struct {
	verb    text.Span
	speaker *Speaker
}

// quotes finds what is quoted in the text, between marks and without, and who
// speaks: a verb of speech in the quotation's own sentence or right after it,
// its subject, and carrying on within the paragraph.
func (a *Analyzer) quotes(f *Field, entities []Entity) []Quote {
	q := newQuoter(f, entities)
	out := q.direct()
	id := 0
	q.handing = map[int]bool{}
	for _, quote := range out {
		id = max(id, quote.ID)
		if quote.Verb != nil && quote.Kind == "direct" {
			q.handing[quote.Verb.Start] = true
		}
	}
	verb := -1
	for _, quote := range q.indirect() {
		if quote.Verb.Start != verb { // two pieces of one share their verb
			id++
		}
		verb = quote.Verb.Start
		quote.ID = id
		out = append(out, quote)
	}
	slices.SortStableFunc(out, func(x, y Quote) int { return x.Content.Start - y.Content.Start })
	renumber(out)
	return out
}

func newQuoter(f *Field, entities []Entity) *quoter {
	spans := slices.DeleteFunc(slices.Clone(f.quotations), func(s quotedSpan) bool { return f.foreign(s.content) })
	return &quoter{field: f, spans: spans, mentions: byStart(entities)}
}

// direct finds the quotations between marks, direct and mixed.
func (q *quoter) direct() []Quote {
	spans := q.spans
	var out []Quote
	id := 0
	var before *Quote
	last := 0 // the quotation that before is
	for i, s := range spans {
		quote := Quote{Content: q.field.Mark(s.content)}
		if q.title(s) {
			continue
		}
		at, found := q.attribute(i)
		carried := false
		switch {
		case i > 0 && spans[i-1].continued && before != nil && !(found && at.verb.Start > s.content.End):
			quote.Verb, quote.Speaker, carried = before.Verb, before.Speaker, true
		case found:
			verb := q.field.Mark(at.verb)
			quote.Verb, quote.Speaker = &verb, at.speaker
			carried = before != nil && before.Verb != nil && before.Verb.Start == verb.Start && q.sameParagraph(last, i)
		case before != nil && before.Verb != nil && q.sameParagraph(last, i) && q.sentenceLike(s):
			quote.Verb, quote.Speaker, carried = before.Verb, before.Speaker, true
		case q.standsAlone(s):
			// Nobody is named beside it: in its paragraph, or the one before,
			// the last to speak goes on.
			if before != nil && before.Speaker != nil && q.paragraphsApart(last, i) <= 1 {
				quote.Verb, quote.Speaker = before.Verb, before.Speaker
			}
		case s.last-s.first < longFragment:
			before = nil
			continue // words in marks that nobody is said to have spoken
		}
		if !carried {
			id++
		}
		quote.ID = id
		quote.Kind = q.kind(s)
		out = append(out, quote)
		last = i
		before = &Quote{ID: quote.ID, Verb: quote.Verb, Speaker: quote.Speaker}
	}
	return out
}

// title says whether a quotation is the title of a work or a broadcast: a few
// words with capitals that no verb or colon leads in.
func (q *quoter) title(s quotedSpan) bool {
	sentence := q.field.Doc.Sentences[q.field.Doc.SentenceAt(s.first-1)]
	alone := sentence.First >= s.first-1 && sentence.Last <= s.last+1
	if n := s.last - s.first; n > 7 || n < 2 || alone || q.leadsIn(s) || q.saidAfter(s) {
		return false
	}
	capitals := 0
	for i := s.first; i < s.last; i++ {
		switch w := q.field.Doc.Word(i); {
		case q.field.Doc.Tokens[i].Kind != text.Word:
		case startsUpper(w):
			capitals++
		case utf8.RuneCountInString(w) > 3:
			return false
		}
	}
	return capitals > 1 && capitals >= (s.last-s.first)/2
}

// saidAfter says whether a quotation ends with a mark of its own, and its
// sentence goes on with a verb of speech: “Only you, Dinesh,” she said.
func (q *quoter) saidAfter(s quotedSpan) bool {
	if !strings.ContainsAny(q.field.Doc.Word(s.last-1), ",?!") {
		return false
	}
	end := min(q.attributionEnd(s), s.last+1+soon)
	for _, v := range q.verbsIn(s.last+1, end) {
		switch q.field.Tag(v.first) {
		case "VBD", "VBZ", "VBP": // not "on “Morning in Annick,” Hale said the bridge would open"
			return !q.clauseAt(v.last, min(v.last+far, q.field.Doc.Sentences[q.field.Doc.SentenceAt(v.first)].Last))
		}
	}
	return false
}

// soon is how many tokens after a mark a verb of speech is looked for that
// shows that words were spoken.
const soon = 6

// longFragment is how many tokens between marks are somebody's words, also
// where nobody is said to have spoken them.
const longFragment = 4

// renumber numbers quotations in the order in which they begin.
func renumber(quotes []Quote) {
	ids := map[int]int{}
	for i := range quotes {
		id, ok := ids[quotes[i].ID]
		if !ok {
			id = len(ids) + 1
			ids[quotes[i].ID] = id
		}
		quotes[i].ID = id
	}
}

// A quoter attributes the quotations of one field.
type quoter struct {
	field    *Field
	spans    []quotedSpan
	mentions []namedMention
	verbs    [][]speechVerb // per sentence, nil where nobody asked

	officials map[*Entity]bool // nil where nobody asked

	handing map[int]bool // where the verbs begin that hand quotations between marks to a speaker
}

type namedMention struct {
	text.Span
	text   string
	entity *Entity
}

// byStart are the mentions in the text, in order.
func byStart(entities []Entity) []namedMention {
	var out []namedMention
	for i := range entities {
		for _, m := range entities[i].Mentions {
			if m.Field == "" {
				out = append(out, namedMention{m.Span(), m.Text, &entities[i]})
			}
		}
	}
	slices.SortFunc(out, func(x, y namedMention) int { return x.Start - y.Start })
	return out
}

// A speechVerb is a verb of speech outside quotation marks.
type speechVerb struct{ first, last int }

func (f *Field) speechVerbs() []speechVerb { return f.speechVerbsIn(0, len(f.Doc.Tokens)) }

// speechVerbsIn are those that begin at one of the tokens [first, last).
func (f *Field) speechVerbsIn(first, last int) []speechVerb {
	out := []speechVerb{}
	for _, h := range f.hitsIn(first, last) {
		l, e := f.Set.Entry(h)
		speaks := l.Kind == "attribution_verb" && f.Reads(h, e)
		if (speaks || l.Kind == lexicons.KindReporting) && !f.InQuote(f.Doc.Span(h.First, h.Last)) && speech(f, h, e) {
			if n := len(out); n > 0 && out[n-1].first == h.First {
				out[n-1].last = max(out[n-1].last, h.Last)
				continue
			}
			out = append(out, speechVerb{h.First, h.Last})
		}
	}
	return out
}
