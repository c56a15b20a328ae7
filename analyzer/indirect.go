package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A reporter is a verb that passes on in the writer's words what somebody
// said, thinks or wants.
type reporter struct {
	first, last int // tokens
	takes       string
	name        string
}

// The complements that a verb of reporting takes, as lexicons name them.
const (
	takesClause    = 't'
	takesQuestion  = 'w'
	takesAction    = 'i'
	takesHearer    = 'p'
	takesAddressee = 'n'
	takesObject    = 'o'
)

// indirect finds what is attributed to somebody without quotation marks: the
// source, the verb and the content (Newell, Margolin and Ruths 2018).
func (q *quoter) indirect() []Quote {
	var out []Quote
	for i, s := range q.field.Doc.Sentences {
		if q.field.foreign(s.Span) {
			continue
		}
		out = append(out, q.indirectIn(i)...)
	}
	return out
}

func (q *quoter) indirectIn(i int) []Quote {
	s := q.field.Doc.Sentences[i]
	var out []Quote
	verbs := q.reportings(s, s.First, s.Last)
	for k, v := range verbs {
		end := s.Last
		if k+1 < len(verbs) {
			end = q.shorter(v, verbs[k+1], s)
		}
		out = append(out, q.reported(v, s, end)...)
	}
	// What a content says of others is part of the content.
	// Of two that hold each other's verb, the one that begins first stays.
	order := make([]int, len(out))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(x, y int) int {
		a, b := out[x].Content, out[y].Content
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	doc := q.field.Doc
	held := make([]bool, s.Last-s.First)
	drop := map[int]bool{} // by where the verb begins: all pieces go together
	for _, k := range order {
		verb := out[k].Verb.Start
		if drop[verb] = drop[verb] || held[doc.TokenAt(verb)-s.First]; drop[verb] {
			continue
		}
		for n := doc.TokenAt(out[k].Content.Start); n < s.Last && doc.Tokens[n].Start < out[k].Content.End; n++ {
			held[n-s.First] = true
		}
	}
	return slices.DeleteFunc(out, func(x Quote) bool { return drop[x.Verb.Start] })
}

// reportings are the verbs of reporting of a sentence, outside quotations, that
// begin at one of the tokens [first, last).
func (q *quoter) reportings(s text.Sentence, first, last int) []reporter {
	var out []reporter
	for _, h := range q.field.hitsIn(first, last) {
		l, e := q.field.Set.Entry(h)
		if l.Kind != lexicons.KindReporting || q.quoted(h.First) {
			continue
		}
		if e.Value != "source" && (q.determined(h.First, s.First) || !strings.HasPrefix(q.field.Tag(h.First), "VB")) {
			continue
		}
		out = append(out, reporter{h.First, h.Last, e.Value, e.Phrase})
	}
	return out
}

// determined says whether a determiner stands before token i, after which no
// verb with a tense can stand. It needs no tags.
func (q *quoter) determined(i, first int) bool {
	return i > first && q.field.isOf("determiner", i-1)
}

// shorter is where the content of v has to end since a verb that shares its
// subject, or takes it up, comes later: "and added", ", adding".
func (q *quoter) shorter(v, next reporter, s text.Sentence) int {
	f := q.field
	i := q.group(next.first, v.last)
	if i <= v.last {
		return s.Last
	}
	switch {
	case f.Tag(i-1) == "CC" && (f.Tag(next.first) == f.Tag(v.first) || f.Tag(v.first) == "VBD" && f.Tag(next.first) == "VBN"):
		if f.Doc.Word(i-2) == "," {
			return i - 2
		}
		return i - 1
	case f.Doc.Word(i-1) == "," && f.Tag(next.first) == "VBG":
		return i - 1
	}
	return s.Last
}

// reported is what a verb reports, in one piece or two, where it reports
// something.
func (q *quoter) reported(v reporter, s text.Sentence, end int) []Quote {
	if v.takes == "source" {
		return q.accordingTo(v, s)
	}
	clausal := strings.ContainsRune(v.takes, takesClause) || strings.ContainsRune(v.takes, takesHearer)
	if q.inverted(speechVerb{v.first, v.last}, s) || q.afterClause(v, s) {
		// "the bridge is safe, said the mayor"
		to := q.phraseEnd(v.last, s.Last)
		if clausal && v.first-1 > s.First+2 && to > v.last && q.hasVerb(s.First, v.first-1) {
			return q.quoteOf("after/"+v.name, v, s.First, v.first-1, v.last, to)
		}
		return nil
	}
	from, to := q.agent(v.first, s.First, 0)
	if clausal && from < to {
		if got := q.around(v, s, from, to); got != nil {
			return got
		}
	}
	rule, first := q.complement(v, s, end)
	if rule == "" {
		return nil
	}
	return q.quoteOf(rule+"/"+v.name, v, first, q.contentEnd(rule, v, s, first, end), from, to)
}

// afterClause says whether a verb stands between a comma and a name: ", said
// Mara Ellwood".
func (q *quoter) afterClause(v reporter, s text.Sentence) bool {
	f := q.field
	if v.first <= s.First+3 || v.last >= s.Last || f.Doc.Word(v.first-1) != "," {
		return false
	}
	switch f.Tag(v.first) {
	case "VBD", "VBZ", "VBP":
	default:
		return false
	}
	switch f.Tag(v.last) {
	case "NNP", "NNPS", "DT", "NN", "NNS", "JJ", "PRP$", "CD":
		return !q.clauseAt(v.last, s.Last)
	}
	return false
}

// around is a content that its attribution follows or interrupts: "the bridge,
// she said, is safe", "as she said, the bridge is safe".
func (q *quoter) around(v reporter, s text.Sentence, from, to int) []Quote {
	f := q.field
	if f.Tag(v.first) == "VBG" {
		return nil // "…, adding"
	}
	last := q.adverbial(v, s.Last)
	closed := last >= s.Last || f.Doc.Word(last) == "." || f.Doc.Word(last) == ","
	if !closed {
		return nil
	}
	if from > s.First && text.Fold(f.Doc.Word(from-1)) == "as" {
		if last < s.Last-3 && f.Doc.Word(last) == "," && q.hasVerb(last+1, s.Last) && from-1 <= s.First+1 {
			return q.quoteOf("as/"+v.name, v, last+1, s.Last, from, to)
		}
		return nil
	}
	if from <= s.First+2 || f.Doc.Word(from-1) != "," {
		return nil
	}
	var out []Quote
	rest := last+3 < s.Last && f.Doc.Word(last) == ","
	if !rest && !q.hasVerb(s.First, from-1) {
		return nil
	}
	if !rest || from-s.First > 8 || q.hasVerb(s.First, from-1) { // not "At one point"
		out = append(out, q.quoteOf("around/"+v.name, v, s.First, from-1, from, to)...)
	}
	if rest && f.Tag(last+1) != "VBG" {
		out = append(out, q.quoteOf("around/"+v.name, v, last+1, s.Last, from, to)...)
	}
	return out
}

// adverbial is where what hangs on a verb without being its content ends: "on
// Monday", "reporters in an interview".
func (q *quoter) adverbial(v reporter, end int) int {
	f := q.field
	i := v.last
	if strings.ContainsRune(v.takes, takesHearer) && i < end && (f.within(i) || f.Tag(i) == "PRP") {
		i = q.phraseAfter(i, end)
	}
	for i < min(end, v.last+10) && !f.finite(i) && f.Doc.Tokens[i].Kind != text.Punct {
		switch t := f.Tag(i); t {
		case "IN", "RB", "NNP", "CD", "DT", "NN", "NNS", "JJ", "PRP$", "VBG", "TO":
			if text.Fold(f.Doc.Word(i)) == "that" || i == v.last && t != "IN" && t != "RB" && t != "NNP" {
				return i
			}
		default:
			return i
		}
		i++
	}
	return i
}

// longestContent is how many tokens a content has at most. It bounds the work
// that a text without full stops can cause.
const longestContent = 200

// quoteOf makes a quote of tokens: verb, content and source.
func (q *quoter) quoteOf(rule string, v reporter, c0, c1, s0, s1 int) []Quote {
	doc := q.field.Doc
	if c1-c0 > longestContent {
		return nil // no sentence of prose
	}
	for c1 > c0 && doc.Tokens[c1-1].Kind == text.Punct {
		c1--
	}
	if c1-c0 < 2 {
		return nil
	}
	if v.takes != "source" && q.field.precededBy(v.first, "unreal", "condition", longestAdverbial) {
		return nil // "if they say that": nobody has said it
	}
	content := doc.Span(c0, c1)
	if q.overlapsQuotes(content) {
		return nil // the marks say which words are the speaker's
	}
	verb := q.field.Mark(doc.Span(v.first, v.last))
	quote := Quote{Kind: "indirect", Content: q.field.Mark(content), Verb: &verb, Rule: rule}
	if s0 < s1 {
		known := false
		if quote.Speaker, known = q.source(s0, s1); !known && (strings.HasPrefix(rule, "object/") || strings.HasPrefix(rule, "action/")) {
			return nil // "the war raised fears": no source that could speak
		}
		if t := text.Fold(quote.Speaker.Text); t == "i" || t == "you" || t == "we" {
			return nil // the writer, or a transcript
		}
		if head := q.field.Doc.TokenAt(quote.Speaker.Start); !known && (q.field.isOf("calendar", head) || q.field.Tag(head) == "POS" || q.field.Tag(head) == "RB") {
			return nil // "today", "'s": what stands where a source would
		}
	} else if !strings.HasPrefix(rule, "that/") && !strings.HasPrefix(rule, "action/") {
		return nil // "understanding it is hard"
	}
	return []Quote{quote}
}

// overlapsQuotes says whether quotation marks are within a span or around it.
func (q *quoter) overlapsQuotes(s text.Span) bool {
	i, _ := slices.BinarySearchFunc(q.field.Quoted, s.Start, func(x text.Span, start int) int { return x.End - start })
	return i < len(q.field.Quoted) && q.field.Quoted[i].Start < s.End
}
