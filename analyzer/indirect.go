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

// determined says whether an article or the like stands before token i, after
// which no verb with a tense can stand. It needs no tags.
func (q *quoter) determined(i, first int) bool {
	if i == first {
		return false
	}
	switch text.Fold(q.field.Doc.Word(i - 1)) {
	case "the", "a", "an", "his", "its", "their", "our", "my", "your", "no":
		return true
	}
	return false
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
		if got := q.around(v, s, end, from, to); got != nil {
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
	switch t := f.Tag(v.first); t {
	case "VBD", "VBZ", "VBP":
	default:
		return false
	}
	switch t := f.Tag(v.last); t {
	case "NNP", "NNPS", "DT", "NN", "NNS", "JJ", "PRP$", "CD":
		return !q.clauseAt(v.last, s.Last)
	}
	return false
}

// around is a content that its attribution follows or interrupts: "the bridge,
// she said, is safe", "as she said, the bridge is safe".
func (q *quoter) around(v reporter, s text.Sentence, end, from, to int) []Quote {
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
	} else if !strings.HasPrefix(rule, "that/") && !strings.HasPrefix(rule, "action/") {
		return nil // "understanding it is hard"
	}
	return []Quote{quote}
}

// source is the speaker that the noun phrase [first, last) names: by its head,
// so that Clinton does not say what "a spokesman for Clinton" or "Clinton
// advisers" say.
//
// known is false for one noun that no list has as a speaker.
func (q *quoter) source(first, last int) (sp *Speaker, known bool) {
	f := q.field
	head := first + 1
	for head < last && f.Tag(head) != "IN" && f.Doc.Word(head) != "," {
		head++
	}
	if owner := q.owner(first, head); owner > first {
		last, head = owner, owner
	}
	span, whole := f.Doc.Span(first, head), f.Doc.Span(first, last)
	for _, m := range q.mentionsFrom(span.Start) {
		if m.Start >= whole.End {
			break
		}
		name := f.Doc.TokenAt(m.Start)
		if m.End == span.End || m.End == whole.End && m.entity.Type == person && q.titled(first, name) < name {
			full := text.Span{Start: f.Doc.Tokens[q.titled(first, name)].Start, End: m.End}
			return &Speaker{Mark: f.Mark(full), Name: m.entity.Name, Kind: q.entityKind(m, first)}, true
		}
	}
	if head == first+1 {
		if sp := q.pronoun(first, head); sp != nil {
			return sp, true
		}
	}
	sp = &Speaker{Mark: f.Mark(span), Kind: person}
	if t := f.Tag(head - 1); t == "NNS" || t == "CD" || t == "DT" || t == "JJ" || t == "PRP" {
		sp.Kind, known = "crowd", t != "NNS" && t != "JJ" // concerns can't speak, voters can: a list knows
	}
	for _, h := range f.hitsIn(first, head) {
		switch l, e := f.Set.Entry(h); {
		case h.Last != head:
		case l.Kind == "speaker":
			sp.Kind, known = e.Value, true
		case l.Kind == "title" && e.Note == "office":
			sp.Kind, known = "official", true
		case l.Kind == "title":
			known = true
		}
	}
	return sp, known || strings.HasPrefix(f.Tag(head-1), "NNP")
}

// owner is where the owner of an utterance ends in the noun phrase [first,
// last), "Hale's claim", "his claim", or first.
func (q *quoter) owner(first, last int) int {
	f := q.field
	for _, h := range f.hitsIn(first, last) {
		if l, _ := f.Set.Entry(h); l.Kind != "utterance" || h.Last != last {
			continue
		}
		for k := first; k < h.First; k++ {
			switch f.Tag(k) {
			case "POS", "VBZ":
				return k
			case "PRP$":
				return k + 1
			}
		}
	}
	return first
}

// overlapsQuotes says whether quotation marks are within a span or around it.
func (q *quoter) overlapsQuotes(s text.Span) bool {
	i, _ := slices.BinarySearchFunc(q.field.Quoted, s.Start, func(x text.Span, start int) int { return x.End - start })
	return i < len(q.field.Quoted) && q.field.Quoted[i].Start < s.End
}

// hasVerb says whether a verb with a tense is among the tokens [first, last),
// outside quotations.
func (q *quoter) hasVerb(first, last int) bool {
	for i := max(first, last-longestContent); i < last; i++ {
		if q.field.finite(i) && !q.quoted(i) {
			return true
		}
	}
	return false
}

// longestAdverbial is how many tokens may stand between a verb and its "that":
// "said in an interview with the station on Monday that".
const longestAdverbial = 14

// complement is the rule by which a verb has a content, and the content's
// first token.
func (q *quoter) complement(v reporter, s text.Sentence, end int) (rule string, first int) {
	f := q.field
	takes := func(r rune) bool { return strings.ContainsRune(v.takes, r) }
	i := v.last
	for i < end && f.Tag(i) == "RB" {
		i++
	}
	if i >= end || f.Doc.Tokens[i].Kind == text.Punct && f.Doc.Word(i) != "$" && f.Doc.Word(i) != ":" {
		return "", 0
	}
	if f.Tag(i) == "IN" && strings.EqualFold(f.Doc.Word(i), "by") {
		return "", 0
	}
	clausal := takes(takesClause) || takes(takesHearer)
	if clausal {
		for k := i; k < min(end, i+longestAdverbial); k++ {
			w := text.Fold(f.Doc.Word(k))
			if w == "that" && k > i && (f.Tag(k) == "WDT" || q.relates(i, k, takes(takesHearer))) {
				break // "showed a note that was torn"
			}
			if w == "that" && (k > i || f.Tag(k) == "IN" || q.hasVerb(k+1, min(end, k+12))) && k+1 < end {
				return "that", k + 1
			}
			if f.finite(k) || w == ";" || w == ":" || w == "." || q.quoted(k) {
				break
			}
		}
	}
	if f.isOf("calendar", i) && i+1 < end && q.clauseAt(i+1, end) && takes(takesClause) {
		return "clause", i + 1 // "said Monday he would go"
	}
	if q.question(i) && takes(takesQuestion) {
		return "question", i
	}
	if f.Tag(i) == "TO" && takes(takesAction) && i+1 < end && f.Tag(i+1) != "" && q.verbSoon(i+1, end) {
		return "action", i
	}
	if takes(takesClause) && q.clauseAt(i, end) && !q.attributes(v.first) {
		return "clause", i
	}
	if takes(takesHearer) || takes(takesAddressee) {
		if k := q.phraseAfter(i, end); k > i && k < end {
			switch {
			case takes(takesAddressee) && f.Tag(k) == "TO" && q.verbSoon(k+1, end):
				return "addressee", k
			case takes(takesHearer) && q.question(k):
				return "hearer", k
			case takes(takesHearer) && q.clauseAt(k, end):
				return "hearer", k
			}
		}
	}
	if takes(takesObject) && !q.passive(v.first, s.First) && f.Tag(i) != "TO" && f.Tag(i) != "IN" && f.Tag(i) != "CC" && !f.verbal(i) {
		return "object", i
	}
	return "", 0
}

// passive says whether the verb at token v has a form of be before it.
func (q *quoter) passive(v, first int) bool {
	f := q.field
	if f.Tag(v) != "VBN" {
		return false
	}
	for i := v - 1; i >= max(first, v-4); i-- {
		switch t := f.Tag(i); {
		case t == "RB":
		case strings.HasPrefix(t, "VB") && q.auxiliary(i):
			return f.form(i) == "be"
		default:
			return false
		}
	}
	return false
}

// form is the auxiliary that token i is a form of: be, have or do.
func (f *Field) form(i int) string {
	for _, h := range f.hitsIn(i, i+1) {
		if l, e := f.Set.Entry(h); l.Kind == "auxiliary" {
			return e.Phrase
		}
	}
	return ""
}

// relates says whether the "that" at token k hangs on a noun that is the verb's
// object, which begins at token i, and not on the verb. A hearer is no object.
func (q *quoter) relates(i, k int, hearer bool) bool {
	f := q.field
	if hearer || !strings.HasPrefix(f.Tag(k-1), "NN") || strings.HasPrefix(f.Tag(k-1), "NNP") {
		return false
	}
	for n := i; n < k; n++ {
		if f.Tag(n) == "IN" {
			return n > i
		}
	}
	return true
}

// attributes says whether the verb at token v hands a quotation between marks to
// its speaker.
func (q *quoter) attributes(v int) bool { return q.handing[q.field.Doc.Tokens[v].Start] }

func (q *quoter) question(i int) bool {
	switch q.field.Tag(i) {
	case "WP", "WRB", "WDT":
		return true
	}
	w := text.Fold(q.field.Doc.Word(i))
	return w == "whether" || w == "if"
}

// verbSoon says whether an infinitive begins at or after an adverb at token i.
func (q *quoter) verbSoon(i, end int) bool {
	for k := i; k < min(end, i+3); k++ {
		if t := q.field.Tag(k); t == "VB" || t == "VBP" {
			return true
		}
	}
	return false
}

// clauseAt says whether a subject begins at token i that a verb with a tense
// follows.
func (q *quoter) clauseAt(i, end int) bool {
	f := q.field
	switch t := f.Tag(i); t {
	case "DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "PRP", "EX", "VBG", "RB":
	default:
		return f.Doc.Word(i) == "$"
	}
	for k := i; k < min(end, i+25); k++ {
		if f.finite(k) {
			return k > i
		}
		switch w := f.Doc.Word(k); {
		case k == i:
		case w == ";" || w == ":" || w == "—":
			return false
		case w == ",": // an apposition, or the end
			for k++; k < min(end, i+25) && f.Doc.Word(k) != ","; k++ {
			}
			if k+1 >= end || !f.finite(k+1) {
				return false
			}
		}
	}
	return false
}

// phraseAfter is the end of the noun phrase that begins at token i.
func (q *quoter) phraseAfter(i, end int) int {
	f := q.field
	if f.Tag(i) == "PRP" {
		return i + 1
	}
	k := i
	for k < min(end, i+12) && (f.within(k) || k > i && f.Tag(k) == "IN" && text.Fold(f.Doc.Word(k)) == "of") {
		k++
	}
	return k
}

// contentEnd is where a content that begins at token first ends, at the latest
// at end.
func (q *quoter) contentEnd(rule string, v reporter, s text.Sentence, first, end int) int {
	f := q.field
	fronted := q.subordinate(s.First, v.first)
	aside := q.relative(v.first, s.First)
	end = min(end, first+longestContent+1)
	for k := first + 2; k < end; k++ {
		w := text.Fold(f.Doc.Word(k))
		switch {
		case w == ";" || w == "according":
			return k
		case w == "," && k+1 < end:
			if fronted && q.clauseAt(k+1, end) || aside {
				return k // "when she said that it was safe, people laughed", "who said so, left"
			}
			switch t := f.Tag(k + 1); {
			case t == "CC" && q.clauseAt(k+2, end) && !f.finite(k+2):
				return k
			case t == "RB" && q.clauseAt(k+2, end) || t == "IN" && q.contrasts(k+1):
				return k
			case rule == "object" || rule == "action" || rule == "addressee":
				if t == "CC" || t == "VBG" || t == "WP" || t == "WDT" || t == "IN" {
					return k
				}
			}
		case (rule == "object" || rule == "action") && f.Tag(k) == "CC" && q.finiteSoon(k+1, end):
			return k
		}
	}
	return end
}

// finiteSoon says whether a verb with a tense stands at token i or after an
// adverb there.
func (q *quoter) finiteSoon(i, end int) bool {
	if i < end-1 && q.field.Tag(i) == "RB" {
		i++
	}
	return i < end && q.field.finite(i)
}

// subordinate says whether the sentence begins with a clause that hangs on a
// later one and holds token v: "When …".
func (q *quoter) subordinate(first, v int) bool {
	f := q.field
	if t := f.Tag(first); v-first > longestContent || t != "WRB" && t != "IN" {
		return false
	}
	for k := first + 1; k < v; k++ {
		if f.Doc.Word(k) == "," {
			return false
		}
	}
	return true
}

// relative says whether the verb at token v is that of an aside, ", who said".
func (q *quoter) relative(v, first int) bool {
	i := q.group(v, first)
	return i > first+1 && (q.field.Tag(i-1) == "WP" || q.field.Tag(i-1) == "WDT") && q.field.Doc.Word(i-2) == ","
}

// contrasts says whether token i is a conjunction of contrast.
func (q *quoter) contrasts(i int) bool {
	switch text.Fold(q.field.Doc.Word(i)) {
	case "though", "although", "while", "whereas":
		return true
	}
	return false
}

// accordingTo is what stands in a sentence with "according to".
func (q *quoter) accordingTo(v reporter, s text.Sentence) []Quote {
	f := q.field
	end := q.phraseEnd(v.last, s.Last)
	if end <= v.last {
		return nil
	}
	if v.first <= s.First+1 {
		k := v.last
		for k < min(s.Last, v.last+longestContent) && f.Doc.Word(k) != "," {
			k++
		}
		for n := k + 1; n < min(s.Last, k+12) && !f.finite(n); n++ {
			if f.Doc.Word(n) == "," { // "According to Ellwood, the mayor, …"
				k = n
				break
			}
		}
		if k >= s.Last-2 {
			return nil
		}
		return q.quoteOf("source/"+v.name, v, k+1, s.Last, v.last, min(end, k))
	}
	out := q.quoteOf("source/"+v.name, v, s.First, v.first, v.last, end)
	if f.Doc.Word(v.first-1) == "," && end+3 < s.Last && f.Doc.Word(end) == "," && (f.finite(end+1) || !q.hasVerb(s.First, v.first)) {
		out = append(out, q.quoteOf("source/"+v.name, v, end+1, s.Last, v.last, end)...)
	}
	return out
}
