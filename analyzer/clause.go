package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

// verbal says whether token i is a verb or modal.
func (f *Field) verbal(i int) bool {
	t := f.Tag(i)
	return t == "MD" || strings.HasPrefix(t, "VB")
}

// finite says whether token i is a verb with a tense, or a modal.
func (f *Field) finite(i int) bool {
	switch f.Tag(i) {
	case "VBD", "VBP", "MD":
		return true
	case "VBZ":
		return !f.owns(i)
	}
	return false
}

// possessive says whether token i is the ending of "Hale's".
func (f *Field) possessive(i int) bool { return f.Tag(i) == "POS" || f.owns(i) }

// owns says whether token i is the 's of an owner, "Hale's claim", which the
// tagger at times takes for "is".
func (f *Field) owns(i int) bool {
	switch text.Fold(f.Doc.Word(i)) {
	case "'s", "'":
		if i+1 < len(f.Doc.Tokens) && strings.HasPrefix(f.Tag(i+1), "NN") {
			return true
		}
		// After a name adjectives may come between: "Hale's top economic advisers".
		for k := i + 1; i > 0 && strings.HasPrefix(f.Tag(i-1), "NNP") && k < min(len(f.Doc.Tokens), i+4); k++ {
			if t := f.Tag(k); strings.HasPrefix(t, "NN") {
				return true
			} else if !strings.HasPrefix(t, "JJ") {
				return false
			}
		}
	}
	return false
}

// nominal says whether token i can end a noun phrase.
func (f *Field) nominal(i int) bool {
	t := f.Tag(i)
	return strings.HasPrefix(t, "NN") || t == "PRP" || t == "CD" || t == "EX"
}

// nominalized says whether token i is an adjective that stands for a noun, or
// that the tagger took for one, after an article: "the poor", "the official".
func (f *Field) nominalized(i, first int) bool {
	if t := f.Tag(i); t != "JJ" && t != "VBN" && t != "VBG" && t != "DT" && t != "VB" && t != "VBP" {
		return false
	}
	if f.Tag(i) == "DT" {
		return true
	}
	for k := i - 1; k >= max(first, i-4); k-- {
		switch f.Tag(k) {
		case "DT", "PRP$", "POS":
			return true
		case "JJ", "NN", "NNP":
		default:
			return false
		}
	}
	return false
}

// within says whether token i can stand within a noun phrase.
func (f *Field) within(i int) bool {
	switch f.Tag(i) {
	case "DT", "PDT", "PRP$", "POS", "CD", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "AFX", "FW":
		return true
	case "VBZ":
		return f.owns(i)
	}
	return false
}

// phraseBefore is the noun phrase that ends right before token end, [from,
// end), with what "of" and other prepositions hang on it to the left; from is
// end where there is none.
func (f *Field) phraseBefore(end, first int) int {
	if end <= first || !f.nominal(end-1) && !f.nominalized(end-1, first) {
		return end
	}
	if f.Tag(end-1) == "PRP" || f.Tag(end-1) == "EX" {
		return end - 1
	}
	from := end - 1
	for from > first && end-from < 14 && f.within(from-1) {
		from--
		if t := f.Tag(from); t == "DT" || t == "PRP$" || t == "PDT" {
			break
		}
	}
	if from-1 > first && end-from < 14 && f.Tag(from-1) == "IN" {
		if more := f.phraseBefore(from-1, max(first, from-14)); more < from-1 {
			return more
		}
	}
	return from
}

// longestGroup is how many auxiliaries and adverbs a verb has at most.
const longestGroup = 8

// group goes back from a verb over its auxiliaries and adverbs.
func (q *quoter) group(verb, first int) int {
	f := q.field
	i := verb
	for i > max(first, verb-longestGroup) {
		switch t := f.Tag(i - 1); {
		case t == "RB" || t == "MD" || t == "TO":
		case strings.HasPrefix(t, "VB") && q.auxiliary(i-1):
		default:
			return i
		}
		i--
	}
	return i
}

// auxiliary says whether token i is a form of be, have or do.
func (q *quoter) auxiliary(i int) bool { return q.field.form(i) != "" }

// agent is the subject of the verb that begins at token v, as tokens; first is
// where its clause can begin. It is empty where there is none to be found.
func (q *quoter) agent(v, first, depth int) (from, to int) {
	f := q.field
	i := q.group(v, first)
	if i == first && f.Tag(v) == "VBG" { // "Calling it late, Mara Ellwood left"
		sentence := f.Doc.Sentences[f.Doc.SentenceAt(v)]
		if from, to = q.mainSubject(sentence.First, sentence.Last); from > v+1 {
			return from, to
		}
		return 0, 0
	}
	if i <= first || depth > 2 {
		return 0, 0
	}
	if f.Doc.Word(i-1) == ")" { // "Mara Ellwood (Annick East) said"
		for k := i - 2; k > max(first, i-10); k-- {
			if f.Doc.Word(k) == "(" {
				i = k
				break
			}
		}
	}
	if f.Tag(i) == "TO" {
		return q.mainSubject(first, i)
	}
	switch t := f.Tag(i - 1); {
	case f.Doc.Word(i-1) == ",":
		if f.Tag(v) == "VBG" && i == v {
			return q.mainSubject(first, i-1)
		}
		return q.apposed(i-1, first)
	case t == "WP" || t == "WDT":
		end := i - 1
		if end > first && f.Doc.Word(end-1) == "," {
			end--
		}
		if from = f.phraseBefore(end, first); from < end {
			return from, end
		}
		return i - 1, i
	case t == "CC":
		return q.shared(i-1, first, depth)
	case f.Tag(v) == "VBG" && i == v:
		if from = f.phraseBefore(i, first); from < i && from > first && text.Fold(f.Doc.Word(from-1)) == "with" {
			return from, i
		}
		return q.mainSubject(first, i)
	}
	from = f.phraseBefore(i, first)
	if from < i && from > first && i == from+1 && f.isOf("calendar", from) { // "the firm Monday said"
		i = from
		from = f.phraseBefore(i, first)
	}
	if from == i {
		return 0, 0
	}
	// "the guru who founded the site said": the subject stands before "who".
	for k := from - 1; k > max(first, from-12); k-- {
		if !f.verbal(k) && f.Tag(k) != "RB" && f.Tag(k) != "IN" && f.Tag(k) != "RP" && !f.within(k) {
			if t := f.Tag(k); t == "WP" || t == "WDT" {
				end := k
				if f.Doc.Word(end-1) == "," {
					end--
				}
				if more := f.phraseBefore(end, first); more < end {
					return more, end
				}
			}
			break
		}
	}
	return from, i
}

// apposed is the subject of a verb that a comma precedes: "the mayor, X, said".
func (q *quoter) apposed(comma, first int) (from, to int) {
	f := q.field
	for k := comma - 1; k > max(first, comma-40); k-- {
		if w := f.Doc.Word(k); w == "," || w == "(" || w == "—" || w == "–" {
			if q.personAt(k+1, comma) {
				return k + 1, comma // "the mayor, Mara Ellwood, said"
			}
			if from = f.phraseBefore(k, first); from < k {
				if from-2 > first && f.Tag(from-1) == "IN" && f.Doc.Word(from-2) == "," {
					return q.apposed(from-2, first) // "Hale, at a rally in Ghent, Ohio, said"
				}
				return from, k
			}
			break
		}
	}
	from = f.phraseBefore(comma, first)
	return from, comma
}

// personAt says whether the tokens [first, last) are the name of a person.
func (q *quoter) personAt(first, last int) bool {
	if first >= last {
		return false
	}
	span := q.field.Doc.Span(first, last)
	ms := q.mentionsFrom(span.Start)
	return len(ms) > 0 && ms[0].Span == span && ms[0].entity.Type == person
}

// shared is the subject that a verb after "and" has with the one before.
func (q *quoter) shared(and, first, depth int) (from, to int) {
	f := q.field
	tries := 0
	for k := and - 1; k > max(first, and-40) && tries < 2; k-- {
		if f.finite(k) && !q.quoted(k) {
			tries++
			if from, to = q.agent(k, first, depth+1); from < to {
				return from, to
			}
		}
	}
	return 0, 0
}

// mainSubject is the first noun phrase of the tokens [first, end) that a verb
// with a tense follows, outside quotations; what stands before a comma at the
// beginning, "On Monday,", is passed over.
func (q *quoter) mainSubject(first, end int) (from, to int) {
	f := q.field
	i := first
	switch f.Tag(i) {
	case "IN", "RB", "VBG", "VBN", "WRB", "TO":
		for k := i; k < min(end, i+25); k++ {
			if f.Doc.Word(k) == "," {
				i = k + 1
				if i < end && f.Doc.Tokens[i].Kind == text.Punct { // the closing mark
					i++
				}
				break
			}
		}
	}
	start := -1
	for k := i; k < min(end, i+60); k++ {
		switch {
		case q.quoted(k):
			start = -1
		case f.finite(k) && start >= 0:
			// Where the subject ends: before the first comma, preposition or "who".
			to := start
			for to < k && (f.within(to) || f.Tag(to) == "PRP" || f.Tag(to) == "CC") {
				to++
			}
			if to > start {
				return start, to
			}
			start = -1
		case start < 0 && f.Tag(k) != "CD" && (f.within(k) || f.Tag(k) == "PRP" || f.Tag(k) == "EX"):
			start = k
		}
	}
	return 0, 0
}

// quoted says whether token i stands in quotation marks.
func (q *quoter) quoted(i int) bool { return q.field.InQuote(q.field.Doc.Tokens[i].Span) }
