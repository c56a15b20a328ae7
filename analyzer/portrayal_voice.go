package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
)

// nested is how many quotations may begin within one that still goes on.
const nested = 4

// voice is who says the tokens [first, last) of the entity named by r: "" is
// the article, or a speaker who is not known where they stand in quotation
// marks. It is not ok where it can't be told whether somebody says so.
func (p *portrayer) voice(first, last int, r portrayRef) (by string, ok bool) {
	if p.claimed(min(first, r.first)) {
		return "", false
	}
	span := p.Doc.Span(first, last)
	i, _ := slices.BinarySearchFunc(p.quotes, span.Start+1, func(q Quote, start int) int { return cmp.Compare(q.Content.Start, start) })
	for k := i - 1; k >= max(0, i-nested); k-- {
		if !p.quotes[k].Content.Span().Contains(span) {
			continue
		}
		sp := p.quotes[k].Speaker
		if sp == nil {
			return "", p.InQuote(span)
		}
		if sp.Name == p.entity.Name { // nobody calls himself by name: it is another
			return "", p.InQuote(span)
		}
		return cmp.Or(sp.Name, sp.Text), true
	}
	if p.InQuote(span) {
		return "", true
	}
	return p.passedOn(min(first, r.first), max(last, r.last), first, r)
}

// farVoice is how many tokens from a word a verb of saying is looked for.
const farVoice = 60

// passedOn is who says what stands in tokens [from, to), where the sentence
// passes it on: "Hale said that …", "…, Hale said", "according to Hale". item is
// the word that portrays.
func (p *portrayer) passedOn(from, to, item int, r portrayRef) (by string, ok bool) {
	for v := max(p.sentence.First, from-farVoice); v < min(p.sentence.Last, to+farVoice); v++ {
		if v < from && p.wishes(v) {
			return "", false
		}
		if !p.tells(v) || v == item {
			continue
		}
		said, sure := false, true
		switch {
		case p.verb(v) == "source":
			said = p.word(v+1) == "to" && !p.sourced(v, r)
		case p.mark(v-1) && p.beside(v+1, r) && !p.begun(r):
			// "…,” said Rehn, a lawyer": what is beside the speaker is not said.
		case v < from:
			said, sure = p.introduces(v, from, r)
		case v >= to:
			said, sure = p.concludes(v, from, to)
		}
		if !sure {
			return "", false
		}
		if said {
			if p.aside {
				return "", false // who adds it, the speaker or the article?
			}
			by = p.speakerOf(v)
			return by, by != "" && by != p.entity.Name
		}
	}
	return "", true
}

// claimed says whether a clause at token from hangs on a noun for what somebody
// says or thinks, "the idea that", and so is nobody's in particular.
func (p *portrayer) claimed(from int) bool {
	for k := from - 1; k > max(p.sentence.First, from-25); k-- {
		if p.word(k) == "that" && p.words.nouns[text.Fold(p.word(k-1))] == "claim" {
			return true
		}
	}
	return false
}

// beside says whether nothing but titles and adjectives stands between token i
// and the name.
func (p *portrayer) beside(i int, r portrayRef) bool {
	if i > r.first || r.first-i > longestTitle {
		return false
	}
	for k := i; k < r.first; k++ {
		if t := p.tag(k); !strings.HasPrefix(t, "NN") && !strings.HasPrefix(t, "JJ") && t != "DT" && t != "PRP$" && t != "VBN" {
			return false
		}
	}
	return true
}

// tells says whether token v is a verb after which a clause is what its subject
// says, outside quotation marks.
func (p *portrayer) tells(v int) bool {
	if !p.words.clausal[text.Fold(p.word(v))] || p.InQuote(p.Doc.Tokens[v].Span) {
		return false
	}
	switch p.tag(v) {
	case "VBD", "VBZ", "VBP", "VBG":
		return true
	case "VBN":
		return p.grammar(v-1) == "have"
	}
	return p.verb(v) == "source"
}

// wishes says whether token v is the infinitive of such a verb with "that" after
// it: "wants us to think that", which nobody has said yet.
func (p *portrayer) wishes(v int) bool {
	return p.tag(v) == "VB" && p.word(v+1) == "that" && p.words.clausal[text.Fold(p.word(v))]
}

// introduces says whether the clause at token from is what the verb at token v
// passes on. It is not sure where the verb's own clause may have ended before.
func (p *portrayer) introduces(v, from int, r portrayRef) (said, sure bool) {
	if t := p.tag(v - 1); t == "WP" || t == "WDT" {
		return false, false // "a man who said he was ill attacked Rehn"
	}
	that := -1
	for k := v + 1; k < from; k++ {
		w := text.Fold(p.word(k))
		switch {
		case that < 0 && w == "that" && k <= v+14:
			that = k
		case w == ";" || w == "—" || w == "–" || w == "--":
			return false, false
		case w == "," && (p.tag(k+1) == "CC" || p.opener(k+1)):
			return false, that < 0
		case that < 0 && (w == "," || w == "(" || w == ":" || p.tag(k) == "CC" || p.tag(k) == "WP" || p.tag(k) == "TO"):
			return false, true
		case that < 0 && p.finite(k):
			that = k // a clause without "that" has begun
		}
	}
	// Without "that" the name must begin a clause: not "said at a rally for Rehn,
	// a lawyer", nor "told Rehn, a lawyer, to go".
	return that >= 0 || from < p.phraseFrom(r.first) || p.begun(r), true
}

// begun says whether the name is the subject of a clause.
func (p *portrayer) begun(r portrayRef) bool {
	i := p.phraseFrom(r.first)
	if t := p.tag(i - 1); (t == "IN" || t == "TO") && !p.opener(i-1) {
		return false
	}
	i = p.bracketed(r.last)
	if p.word(i) == "," {
		return p.afterInsert(i) >= 0
	}
	for strings.HasPrefix(p.tag(i), "RB") {
		i++
	}
	return p.finite(i)
}

// sourced says whether the name stands in what follows "according" at token v:
// it is the source then, or a part of it.
func (p *portrayer) sourced(v int, r portrayRef) bool {
	if r.first < v {
		return false
	}
	for k := v; k < r.first; k++ {
		if p.word(k) == "," {
			return false
		}
	}
	return true
}

// concludes says whether the verb at token v, which follows, passes on what
// stands in tokens [from, to): "…, Hale said".
func (p *portrayer) concludes(v, from, to int) (said, sure bool) {
	comma := -1
	for k := to; k < v; k++ {
		if p.word(k) == "," {
			comma = k
		}
	}
	switch {
	case comma < 0 || p.tag(comma+1) == "CC" || p.tag(comma+1) == "WP" || p.tag(comma+1) == "WDT" || p.tag(comma+1) == "VBG":
		return false, true
	case p.opener(p.sentence.First) || p.tag(p.sentence.First) == "IN":
		return false, !p.last(v)
	case comma+1 == v: // "…, said Hale", not "Rehn, a lawyer, told"
		return p.last(v) && p.tensed(from, comma), true
	}
	for k := comma + 1; k < v; k++ {
		if p.finite(k) || p.tag(k) == "TO" {
			return false, true
		}
	}
	return p.last(v), true
}

// tensed says whether a verb with a tense is among the tokens [first, last).
func (p *portrayer) tensed(first, last int) bool {
	for i := first; i < last; i++ {
		if p.finite(i) {
			return true
		}
	}
	return false
}

// last says whether no other verb with a tense, "that" or infinitive follows
// the verb at token v.
func (p *portrayer) last(v int) bool {
	for k := v + 1; p.within(k); k++ {
		if p.finite(k) || p.word(k) == "that" || p.tag(k) == "TO" {
			return false
		}
	}
	return true
}

// speakerOf is who says what the verb at token v passes on: the name, else the
// words for them; "" where they are not found.
func (p *portrayer) speakerOf(v int) string {
	end := v + 1
	if p.verb(v) == "source" {
		end++
	}
	sp := p.speech.subject(speechVerb{v, end})
	if sp == nil {
		return ""
	}
	if sp.Name == "" && p.pronoun(sp) {
		return ""
	}
	for k := v + 2; p.verb(v) == "source" && k < p.Doc.TokenAt(sp.Start); k++ {
		if p.tag(k) == "IN" && k > v+2 {
			return p.Doc.Slice(p.Doc.Span(v+2, k)) // "an affidavit seen by the Herald"
		}
	}
	return cmp.Or(sp.Name, sp.Text)
}

func (p *portrayer) pronoun(sp *Speaker) bool {
	i := p.Doc.TokenAt(sp.Start)
	return p.tag(i) == "PRP" && p.Doc.Tokens[i].End == sp.End
}
