package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

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
	if takes(takesObject) && (f.Tag(v.first) != "VBN" || f.passive(v.first) < 0) && f.Tag(i) != "TO" && f.Tag(i) != "IN" && f.Tag(i) != "CC" && !f.verbal(i) {
		return "object", i
	}
	return "", 0
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
	switch f.Tag(i) {
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
			case t == "RB" && q.clauseAt(k+2, end) || t == "IN" && f.isOf("concession", k+1):
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
