package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// mentionsFrom are the mentions that begin at or after byte offset i.
func (q *quoter) mentionsFrom(i int) []namedMention {
	k, _ := slices.BinarySearchFunc(q.mentions, i, func(m namedMention, start int) int { return cmp.Compare(m.Start, start) })
	return q.mentions[k:]
}

// speakerOf is the subject of a verb.
func (q *quoter) speakerOf(v speechVerb) *Speaker {
	f := q.field
	sentence := f.Doc.Sentences[f.Doc.SentenceAt(v.first)]
	switch {
	case q.inverted(v, sentence):
	case q.addressed(v):
		return nil // "Hale was asked": he did not speak
	case q.afterClause(reporter{first: v.first, last: v.last}, sentence):
		if sp := q.phrase(v.last, q.phraseEnd(v.last, sentence.Last)); sp != nil {
			return sp
		}
	default:
		if from, to := q.agent(v.first, sentence.First, 0); from < to {
			sp, _ := q.source(from, to)
			return sp
		}
	}
	return q.subject(v)
}

// addressed says whether the subject of a verb is who is spoken to: "was asked".
func (q *quoter) addressed(v speechVerb) bool {
	f := q.field
	takes := f.reading(lexicons.KindReporting, v.first)
	return f.Tag(v.first) == "VBN" && strings.ContainsAny(takes, string([]rune{takesHearer, takesAddressee})) && f.passive(v.first) >= 0
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
	return strings.ContainsAny(w, "”“\"’'—»")
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
// else a noun of the list, "a spokesman for the port"; else the institution named
// there; else another noun; else a pronoun; nil when there is none.
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
	if sp := q.noun(first, last); sp != nil {
		return sp
	}
	return q.pronoun(first, last)
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
		sp = &Speaker{Mark: q.field.Mark(full), Name: m.entity.Name, Kind: q.entityKind(m)}
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

// entityKind is what kind of speaker an entity is. An office counts wherever the
// text names it: "Mayor Mara Ellwood" once makes Ellwood an official throughout.
func (q *quoter) entityKind(m namedMention) string {
	if m.entity.Type != person {
		return "institution"
	}
	if q.officials == nil {
		q.officials = map[*Entity]bool{}
		for _, all := range q.mentions {
			if !q.officials[all.entity] && q.inOffice(all) {
				q.officials[all.entity] = true
			}
		}
	}
	if q.officials[m.entity] {
		return "official"
	}
	return person
}

// inOffice says whether the title of an office stands right before a mention, or
// in what describes the entity, "Mara Ellwood, the mayor".
func (q *quoter) inOffice(m namedMention) bool {
	f := q.field
	office := func(first, last int, ends bool) bool {
		return slices.ContainsFunc(f.hitsIn(first, last), func(h lexicons.Hit) bool {
			l, e := f.Set.Entry(h)
			return l.Kind == "title" && e.Note == "office" && (!ends || h.Last == last)
		})
	}
	name := f.Doc.TokenAt(m.Start)
	if office(max(0, name-longestOffice), name, true) {
		return true
	}
	// "Mara Ellwood, the mayor of Annick,": not "Mara Ellwood, Mayor Hale and".
	after := f.Doc.TokenAt(m.End-1) + 1
	if after+1 < len(f.Doc.Tokens) && f.Doc.Word(after) == "," {
		for _, h := range f.hitsIn(after+1, after+1+longestOffice) {
			l, e := f.Set.Entry(h)
			if l.Kind == "title" && e.Note == "office" && (h.First == after+1 || f.Tag(after+1) == "DT" && f.Doc.Word(h.First-1) != ",") {
				return h.Last >= len(f.Doc.Tokens) || !strings.HasPrefix(f.Tag(h.Last), "NNP")
			}
		}
	}
	return slices.ContainsFunc(m.entity.Descriptions, func(d Mark) bool {
		return d.Field == f.Name && office(f.Doc.TokenAt(d.Start), f.Doc.TokenAt(d.End-1)+1, false)
	})
}

// longestOffice is how many words the title of an office has at most.
const longestOffice = 5

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
