package analyzer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// reach is how many tokens a verb of speech may stand from the mark.
const reach = 20

// far is how many tokens from a quotation are looked at, other quotations
// included. It bounds the work that a text without full stops can cause.
const far = 150

// verbsIn are the verbs of speech that begin at one of the tokens [first, last).
func (q *quoter) verbsIn(first, last int) []speechVerb {
	doc := q.field.Doc
	first, last = max(first, 0), min(last, len(doc.Tokens))
	if first >= last {
		return nil
	}
	if q.verbs == nil {
		q.verbs = make([][]speechVerb, len(doc.Sentences))
	}
	var out []speechVerb
	for k := doc.SentenceAt(first); k < len(doc.Sentences) && doc.Sentences[k].First < last; k++ {
		if q.verbs[k] == nil {
			q.verbs[k] = q.field.speechVerbsIn(doc.Sentences[k].First, doc.Sentences[k].Last)
		}
		begin := func(v speechVerb, token int) int { return cmp.Compare(v.first, token) }
		i, _ := slices.BinarySearchFunc(q.verbs[k], first, begin)
		j, _ := slices.BinarySearchFunc(q.verbs[k], last, begin)
		if i >= j {
			continue
		}
		if out == nil {
			out = q.verbs[k][i:j:j]
		} else {
			out = append(out, q.verbs[k][i:j]...)
		}
	}
	return out
}

// attribute finds the verb nearest to the marks of quotation i, in the same
// sentence, and its subject.
func (q *quoter) attribute(i int) (attribution, bool) {
	s := q.spans[i]
	doc := q.field.Doc
	from := max(doc.Sentences[doc.SentenceAt(s.first-1)].First, s.first-far)
	to := min(q.attributionEnd(s), s.last+far)
	if at, ok := q.signed(s); ok {
		return at, true
	}
	best, cost := speechVerb{}, reach+1
	for _, v := range q.verbsIn(from, to) {
		d := reach + 1
		switch {
		case v.first >= s.last && v.last <= to:
			d = v.first - s.last - q.tokensQuoted(s.last, v.first)
			if t := q.field.Tag(v.first); t == "VBG" || t == "VB" || q.field.Tag(v.first-1) == "CC" {
				d += 6 // "…, emphasizing that", "… and argued": what follows is another thought
			}
		case v.last <= s.first && v.first >= from:
			d = s.first - v.last - q.tokensQuoted(v.last, s.first)
			if !q.leadsIn(s) {
				d += 3 // a verb after the marks is likelier than one before
			}
		}
		if d < cost {
			best, cost = v, d
		}
	}
	if cost > 4 || best.first < s.first && !(q.leadsIn(s) && best.last == s.first-2) {
		if v, ok := q.governing(s); ok {
			best, cost = v, 0
		}
	}
	if cost > reach {
		if v, ok := q.ledIn(s); ok {
			return attribution{verb: doc.Span(v.first, v.last), speaker: q.speakerOf(v)}, true
		}
		return q.announced(s)
	}
	return attribution{verb: doc.Span(best.first, best.last), speaker: q.speakerOf(best)}, true
}

// ledIn is the verb of a sentence that ends with a colon and a paragraph, after
// which the quotation stands: "Hale said:", then “…”.
func (q *quoter) ledIn(s quotedSpan) (speechVerb, bool) {
	doc := q.field.Doc
	i := doc.SentenceAt(s.first - 1)
	if i == 0 || doc.Sentences[i].First != s.first-1 || doc.Word(s.first-2) != ":" {
		return speechVerb{}, false
	}
	before := doc.Sentences[i-1]
	verbs := q.verbsIn(max(before.First, before.Last-far), before.Last)
	for _, v := range slices.Backward(verbs) {
		if q.field.finite(v.first) {
			return v, true
		}
	}
	return speechVerb{}, false
}

// governing is the verb in whose content a quotation stands that begins within
// a sentence: of "Hale said that Ellwood claimed to be “tired”" said.
func (q *quoter) governing(s quotedSpan) (speechVerb, bool) {
	sentence := q.field.Doc.Sentences[q.field.Doc.SentenceAt(s.first-1)]
	for _, v := range q.reportings(sentence, max(sentence.First, s.first-far), s.first) {
		if v.takes == "source" {
			break
		}
		rule, first := q.complement(v, sentence, sentence.Last)
		if rule != "" && rule != "object" && rule != "action" && first <= s.first && q.contentEnd(rule, v, sentence, first, s.first) >= s.first-1 {
			return speechVerb{v.first, v.last}, true
		}
	}
	return speechVerb{}, false
}

// signed is a speaker whom a dash sets after the quotation: “…” — Mara Ellwood.
func (q *quoter) signed(s quotedSpan) (attribution, bool) {
	doc := q.field.Doc
	dash := s.last + 1
	if dash+1 >= len(doc.Tokens) {
		return attribution{}, false
	}
	switch doc.Word(dash) {
	case "—", "–", "―", "--", "-":
	default:
		return attribution{}, false
	}
	name := doc.Tokens[dash+1].Start
	ms := q.mentionsFrom(name)
	if len(ms) == 0 || ms[0].Start != name || ms[0].entity.Type != person {
		return attribution{}, false
	}
	end := doc.TokenAt(ms[0].End)
	if end < len(doc.Tokens) && doc.Tokens[end].Kind != text.Punct && !doc.Sentences[doc.SentenceAt(end)].Paragraph {
		return attribution{}, false
	}
	return attribution{
		verb: doc.Tokens[dash].Span, speaker: &Speaker{Mark: q.field.Mark(ms[0].Span), Name: ms[0].entity.Name, Kind: person},
	}, true
}

// announced is a speaker whom a colon follows: "Mara Ellwood: “…”".
func (q *quoter) announced(s quotedSpan) (attribution, bool) {
	doc := q.field.Doc
	first := doc.Sentences[doc.SentenceAt(s.first-1)].First
	if s.first < first+3 || doc.Word(s.first-2) != ":" {
		return attribution{}, false
	}
	from, to := q.field.phraseBefore(s.first-2, first), s.first-2
	if q.hasVerb(first, to) {
		from, to = q.mainSubject(first, to)
	}
	if from >= to {
		return attribution{}, false
	}
	speaker, known := q.source(from, to)
	if !known && speaker.Kind == person {
		return attribution{}, false // "later that month:"
	}
	return attribution{verb: doc.Tokens[s.first-2].Span, speaker: speaker}, true
}

// attributionEnd is where the sentence ends that says who spoke quotation s:
// its own, or the next where its own ends with the quotation, as in
// "“Why?” Hale asked."
func (q *quoter) attributionEnd(s quotedSpan) int {
	doc := q.field.Doc
	i := doc.SentenceAt(min(s.last, len(doc.Tokens)-1))
	end := doc.Sentences[i].Last
	if end > s.last+1 || i+1 >= len(doc.Sentences) || doc.Sentences[i+1].Paragraph {
		return end
	}
	next := doc.Sentences[i+1]
	for k := next.First; k < min(next.Last, next.First+8); k++ {
		if w := doc.Word(k); q.quoted(k) || w == ":" || w == "," {
			return end
		}
		for _, v := range q.verbsIn(k, k+1) {
			if q.field.opensQuote(v.last) {
				return end // "He added: “…”"
			}
			if v.last >= next.Last || doc.Tokens[v.last].Kind == text.Punct || k == next.First && !startsUpper(doc.Word(k)) || q.adjunct(v.last, next.Last) {
				return next.Last
			}
			return end
		}
	}
	return end
}

// adjunct says whether what stands at token i after a verb of speech says when,
// where or how it was spoken, and not what: "on Monday", "Monday", "last week".
func (q *quoter) adjunct(i, end int) bool {
	f := q.field
	switch f.Tag(i) {
	case "IN":
		return text.Fold(f.Doc.Word(i)) != "that"
	case "RB":
		return true
	}
	return f.isOf("calendar", i) || i+2 >= end-1 && f.Tag(i) == "JJ" // "last week."
}

// leadsIn says whether a colon, a comma or a verb comes right before the
// opening mark.
func (q *quoter) leadsIn(s quotedSpan) bool {
	if s.first < 2 {
		return false
	}
	w := q.field.Doc.Word(s.first - 2)
	return w == ":" || w == "," || slices.ContainsFunc(q.verbsIn(s.first-5, s.first), func(v speechVerb) bool { return v.last == s.first-1 })
}

// tokensQuoted counts the tokens of [first, last) that are in quotations.
func (q *quoter) tokensQuoted(first, last int) int {
	n := 0
	i, _ := slices.BinarySearchFunc(q.spans, first, func(s quotedSpan, token int) int { return cmp.Compare(s.last, token) })
	for ; i < len(q.spans) && q.spans[i].first < last; i++ {
		n += max(0, min(last, q.spans[i].last)-max(first, q.spans[i].first))
	}
	return n
}

func (q *quoter) sameParagraph(i, j int) bool { return q.paragraphsApart(i, j) == 0 }

// paragraphsApart counts the paragraphs that begin between two quotations, up
// to two.
func (q *quoter) paragraphsApart(i, j int) int {
	doc, n := q.field.Doc, 0
	last := doc.SentenceAt(q.spans[j].first)
	for k := doc.SentenceAt(q.spans[i].first) + 1; k <= last && n < 2; k++ {
		if doc.Sentences[k].Paragraph {
			n++
		}
	}
	return n
}

// standsAlone says whether a quotation is a sentence of its own.
func (q *quoter) standsAlone(s quotedSpan) bool {
	r, _ := utf8.DecodeRuneInString(q.field.Doc.Slice(s.content))
	return unicode.IsUpper(r) && s.last-s.first >= 6 && strings.ContainsAny(q.field.Doc.Word(s.last-1), ".?!,")
}

// sentenceLike says whether a quotation begins like a sentence.
func (q *quoter) sentenceLike(s quotedSpan) bool {
	r, _ := utf8.DecodeRuneInString(q.field.Doc.Slice(s.content))
	return unicode.IsUpper(r) || s.last-s.first >= 8
}

// kind tells a quotation that is a clause of its own from a fragment built
// into the writer's sentence.
func (q *quoter) kind(s quotedSpan) string {
	r, _ := utf8.DecodeRuneInString(q.field.Doc.Slice(s.content))
	begins := q.field.Doc.Sentences[q.field.Doc.SentenceAt(s.first-1)].First == s.first-1
	if s.last-s.first >= 3 && (unicode.IsUpper(r) || begins || q.leadsIn(s)) {
		return "direct"
	}
	return "mixed"
}
