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

// mentionsFrom are the mentions that begin at or after byte offset i.
func (q *quoter) mentionsFrom(i int) []namedMention {
	k, _ := slices.BinarySearchFunc(q.mentions, i, func(m namedMention, start int) int { return cmp.Compare(m.Start, start) })
	return q.mentions[k:]
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
	if cost > 4 || best.first < s.first {
		if v, ok := q.governing(s); ok {
			best, cost = v, 0
		}
	}
	if cost > reach {
		return q.announced(s)
	}
	return attribution{verb: doc.Span(best.first, best.last), speaker: q.speakerOf(best)}, true
}

// speakerOf is the subject of a verb.
func (q *quoter) speakerOf(v speechVerb) *Speaker {
	f := q.field
	first := f.Doc.Sentences[f.Doc.SentenceAt(v.first)].First
	sentence := f.Doc.Sentences[f.Doc.SentenceAt(v.first)]
	if !q.inverted(v, sentence) {
		if from, to := q.agent(v.first, first, 0); from < to {
			sp, _ := q.source(from, to)
			return sp
		}
	}
	return q.subject(v)
}

// governing is the verb in whose content a quotation stands that begins within
// a sentence: of "Hale said that Ellwood claimed to be “tired”" said.
func (q *quoter) governing(s quotedSpan) (speechVerb, bool) {
	sentence := q.field.Doc.Sentences[q.field.Doc.SentenceAt(s.first-1)]
	for _, v := range q.reportings(sentence, max(sentence.First, s.first-far), s.first) {
		if v.first >= s.first || v.takes == "source" {
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
		if w := doc.Word(k); q.quoted(k) || w == ":" {
			return end
		}
		for _, v := range q.verbsIn(k, k+1) {
			if v.last >= next.Last || doc.Tokens[v.last].Kind == text.Punct || q.field.Tag(v.last) == "IN" || k == next.First && !startsUpper(doc.Word(k)) {
				return next.Last
			}
			return end
		}
	}
	return end
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

// subject is the speaker of a verb: who stands before it, or after it when
// the verb comes first ("said Mr. Hale").
func (q *quoter) subject(v speechVerb) *Speaker {
	doc := q.field.Doc
	s := doc.Sentences[doc.SentenceAt(v.first)]
	if q.inverted(v, s) {
		end := q.phraseEnd(v.last, s.Last)
		sp := q.phrase(v.last, end)
		if sp != nil && sp.Name == "" && end+1 < s.Last && doc.Word(end) == "," { // "said its president, Gerrit Hale,"
			if named := q.person(end+1, min(end+6, s.Last)); named != nil && doc.TokenAt(named.Start) == end+1 {
				return named
			}
		}
		return sp
	}
	end := v.first
	if end > s.First && doc.Word(end-1) == "," { // "X, the mayor, said", "The mayor, X, said"
		if c := q.commaBefore(end-2, max(s.First, end-far)); c > max(s.First, end-far) {
			if named := q.person(c+1, end-1); named != nil {
				return named
			}
			end = c
		}
	}
	from := end
	for from > s.First && from > end-far && !q.stops(from-1) {
		from--
	}
	if sp := q.phrase(from, end); sp != nil {
		return sp
	}
	if end < v.first {
		return q.phrase(end+1, v.first-1)
	}
	return nil
}

// inverted says whether the subject follows its verb: the verb stands right
// after a quotation or a comma and is not followed by one.
func (q *quoter) inverted(v speechVerb, s text.Sentence) bool {
	doc := q.field.Doc
	if v.last >= s.Last || doc.Tokens[v.last].Kind == text.Punct {
		return false
	}
	if doc.Word(v.first) == "according" || doc.Word(v.first) == "According" {
		return true
	}
	if q.field.Tag(v.first) == "VBG" {
		return false // "…, saying that"
	}
	if v.first == s.First {
		return true
	}
	if v.first > s.First+1 && doc.Tokens[v.first-2].Kind != text.Punct && q.clauseAt(v.last, s.Last) {
		return false // "… his “friends” said the pier was full"
	}
	prev := doc.Tokens[v.first-1]
	if prev.Kind != text.Punct {
		return false
	}
	w := doc.Word(v.first - 1)
	if w == "," {
		return v.first-2 >= s.First && (q.field.InQuote(doc.Tokens[v.first-2].Span) || strings.ContainsAny(doc.Word(v.first-2), "”\"’"))
	}
	return strings.ContainsAny(w, "”\"’'—»")
}

func (q *quoter) phraseEnd(from, end int) int {
	for i := from; i < end; i++ {
		if i > from && q.stops(i) || i-from > 12 {
			return i
		}
	}
	return end
}

// commaBefore is the last comma at or before token i, or first.
func (q *quoter) commaBefore(i, first int) int {
	for ; i > first; i-- {
		if q.field.Doc.Word(i) == "," {
			return i
		}
	}
	return first
}

// stops says whether token i can't be within the name of a speaker.
func (q *quoter) stops(i int) bool {
	if q.field.Doc.Tokens[i].Kind == text.Punct {
		return true
	}
	switch q.field.Tag(i) {
	case "CC", "WRB", "WDT", "MD":
		return true
	}
	return false
}

// phrase makes a speaker of the tokens [first, last): the person named there;
// else a noun, "a spokesman for the port"; else the institution named there;
// else a pronoun; nil when there is none.
func (q *quoter) phrase(first, last int) *Speaker {
	if first >= last || first < 0 || last > len(q.field.Doc.Tokens) {
		return nil
	}
	if sp := q.person(first, last); sp != nil {
		return sp
	}
	if sp := q.listed(first, last); sp != nil {
		return sp
	}
	if sp := q.named(first, last, false); sp != nil {
		return sp
	}
	if sp := q.pronoun(first, last); sp != nil {
		return sp
	}
	return q.noun(first, last)
}

// person is the first person named in the tokens [first, last).
func (q *quoter) person(first, last int) *Speaker { return q.named(first, last, true) }

// named is the person named in the tokens [first, last) with a title before,
// else the first one named in full, else the first person there, or the first
// entity where persons is not set.
func (q *quoter) named(first, last int, persons bool) *Speaker {
	if first >= last {
		return nil
	}
	doc := q.field.Doc
	span := doc.Span(first, last)
	var sp *Speaker
	short := false // what sp has is one word
	for _, m := range q.mentionsFrom(span.Start) {
		if m.Start >= span.End {
			break
		}
		if !span.Contains(m.Span) || m.entity.Type != person && persons {
			continue
		}
		name := doc.TokenAt(m.Start)
		start := q.titled(first, name)
		whole := strings.Contains(m.text, " ")
		if sp != nil && (start == name && !(whole && short) || m.entity.Type != person) {
			continue
		}
		short = !whole
		full := text.Span{Start: doc.Tokens[start].Start, End: m.End}
		sp = &Speaker{Mark: q.field.Mark(full), Name: m.entity.Name, Kind: q.entityKind(m, first)}
		if start < name {
			break
		}
	}
	return sp
}

// titled moves the start of a name over the titles that stand before it.
func (q *quoter) titled(first, name int) int {
	for _, h := range q.field.hitsIn(first, name) {
		if l, _ := q.field.Set.Entry(h); l.Kind == "title" && h.Last == name {
			return h.First
		}
	}
	return name
}

func (q *quoter) entityKind(m namedMention, first int) string {
	if m.entity.Type != person {
		return "institution"
	}
	name := q.field.Doc.TokenAt(m.Start)
	for _, h := range q.field.hitsIn(first, name) {
		if l, e := q.field.Set.Entry(h); l.Kind == "title" && h.Last == name && e.Note == "office" {
			return "official"
		}
	}
	return person
}

// listed finds a speaker without a name who is in the list of speakers or a
// title, "a spokesman", "critics", "one National Heritage Party councillor":
// the last such noun before a preposition.
func (q *quoter) listed(first, last int) *Speaker {
	var sp *Speaker
	at := first
	for _, h := range q.field.hitsIn(first, last) {
		l, e := q.field.Set.Entry(h)
		if h.Last > last || l.Kind != "speaker" && l.Kind != "title" || l.Kind == "title" && startsUpper(q.field.Doc.Word(h.First)) {
			continue
		}
		for ; at < h.First; at++ {
			if q.field.Tag(at) == "IN" {
				return sp // "the head of the ministry": the ministry does not speak
			}
		}
		kind := e.Value
		if l.Kind == "title" {
			kind = person
			if e.Note == "office" {
				kind = "official"
			}
		}
		sp = &Speaker{Mark: q.field.Mark(q.field.Doc.Span(q.phraseStart(h.First, first), h.Last)), Kind: kind}
	}
	return sp
}

// phraseStart goes back from token i over the words that belong to its noun.
func (q *quoter) phraseStart(i, first int) int {
	start := i
	for start > first && i-start < 6 && !q.stops(start-1) {
		switch q.field.Tag(start - 1) {
		case "DT", "PRP$", "CD":
			return start - 1
		case "JJ", "JJS", "NN", "NNS", "NNP", "NNPS", "POS", "VBN":
			start--
		default:
			return start
		}
	}
	return start
}

// noun finds a speaker who is in no list: a noun after an article or a number,
// "a driver", "one skipper".
func (q *quoter) noun(first, last int) *Speaker {
	if tag := q.field.Tag(first); tag != "DT" && tag != "CD" && tag != "PRP$" {
		return nil
	}
	end, kind := first, ""
	for i := first + 1; i < last; i++ {
		tag := q.field.Tag(i)
		if strings.HasPrefix(tag, "NN") {
			end, kind = i+1, person
			if tag == "NNS" {
				kind = "crowd"
			}
		} else if tag != "JJ" && tag != "VBN" && tag != "POS" {
			break
		}
	}
	if end == first {
		return nil
	}
	return &Speaker{Mark: q.field.Mark(q.field.Doc.Span(first, end)), Kind: kind}
}

// pronoun resolves "he" and "she" to the person named last before it.
func (q *quoter) pronoun(first, last int) *Speaker {
	doc := q.field.Doc
	for i := first; i < last; i++ {
		switch text.Fold(doc.Word(i)) {
		case "he", "she", "his", "her":
			sp := &Speaker{Mark: q.field.Mark(doc.Tokens[i].Span), Kind: person}
			if e := q.antecedent(i); e != nil {
				sp.Name = e.Name
			}
			return sp
		case "they":
			return &Speaker{Mark: q.field.Mark(doc.Tokens[i].Span), Kind: "crowd"}
		}
	}
	return nil
}

// antecedent is the person that "he" or "she" at token i stands for: the first
// one named in the paragraph before it, as the subject is; else the last one
// named in the text before.
func (q *quoter) antecedent(i int) *Entity {
	doc := q.field.Doc
	s := doc.SentenceAt(i)
	for s > 0 && !doc.Sentences[s].Paragraph {
		s--
	}
	own := func(m namedMention) bool { return m.entity.Type == person && !q.field.InQuote(m.Span) }
	for _, m := range q.mentionsFrom(doc.Sentences[s].Start) {
		if m.Start >= doc.Tokens[i].Start {
			break
		}
		if own(m) {
			return m.entity
		}
	}
	before := len(q.mentions) - len(q.mentionsFrom(doc.Tokens[i].Start))
	for k := before - 1; k >= max(0, before-far); k-- {
		if own(q.mentions[k]) {
			return q.mentions[k].entity
		}
	}
	return nil
}
