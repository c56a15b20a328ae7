package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

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
	if t := f.Tag(first); head == first+1 && head+1 < last && (t == "CD" || t == "DT") && text.Fold(f.Doc.Word(head)) == "of" {
		// "one of the pilots": the noun comes after
		sp, known = q.source(head+1, last)
		return &Speaker{Mark: f.Mark(text.Span{Start: f.Doc.Tokens[first].Start, End: sp.End}), Kind: sp.Kind}, known
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
			return &Speaker{Mark: f.Mark(full), Name: m.entity.Name, Kind: q.entityKind(m)}, true
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
