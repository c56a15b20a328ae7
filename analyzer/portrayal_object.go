package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

// object reports the verb that has the name as its object, "critics attacked
// Rehn", or as its agent after "by". start is where the phrase of the name
// begins.
func (p *portrayer) object(r portrayRef, start int) {
	v := start - 1
	if p.word(v) == "by" {
		p.agentBy(v-1, r)
		return
	}
	if p.tag(v) == "RP" {
		v--
	}
	if !strings.HasPrefix(p.tag(v), "VB") || p.mark(v) || !p.happens(v) || p.inverted(v) || p.clauseFollows(v, r.last) {
		return
	}
	p.named(v, r)
	p.suffers(v, r)
}

// happens says whether the verb at token v has a tense, in itself or by its
// auxiliaries, and is neither denied nor only possible.
func (p *portrayer) happens(v int) bool {
	i := v
	for strings.HasPrefix(p.tag(i-1), "RB") {
		i--
		if p.grammar(i) == "negation" || p.hedged(i) {
			return false
		}
	}
	before := p.grammar(i - 1)
	switch p.tag(i - 1) {
	case "MD", "TO", "PRP$", "DT", "JJ", "IN":
		return false // no tense, or no verb: "his nemesis Rehn"
	}
	if p.possessive(i-1) || strings.ContainsAny(p.word(v), "'’-") || p.words.nouns[text.Fold(p.word(v))] != "" {
		return false
	}
	if before == "negation" {
		return false
	}
	switch p.tag(v) {
	case "VBD", "VBZ":
		return before != "do" && before != "be"
	case "VBP":
		return before != "do" && before != "be" && p.tag(i-1) != "CC" // "should open and invite"
	case "VBN":
		return before == "have" && p.tense(i-1)
	case "VBG":
		return before == "be" && p.tense(i-1) || p.word(i-1) == "," && i == v
	}
	return false
}

// tense says whether the auxiliary at token i has a tense and nothing before it
// denies it or makes it only possible.
func (p *portrayer) tense(i int) bool {
	for k := i - 1; k >= i-3; k-- {
		switch t := p.tag(k); {
		case p.grammar(k) == "negation", t == "MD", t == "TO":
			return false
		case !strings.HasPrefix(t, "RB") && p.grammar(k) != "be" && p.grammar(k) != "have":
			return p.finite(i) || p.finite(i-1)
		}
	}
	return p.finite(i)
}

// inverted says whether the verb at token v stands before its subject: "…,”
// warned Rehn".
func (p *portrayer) inverted(v int) bool {
	if v == p.sentence.First {
		return true
	}
	if !p.mark(v-1) || p.tag(v) == "VBG" {
		return false
	}
	if p.words.clausal[p.word(v)] {
		return true
	}
	for _, h := range p.hitsIn(v, v+1) {
		if l, _ := p.Set.Entry(h); l.Kind == "attribution_verb" {
			return true
		}
	}
	return p.word(v-1) != "," || p.tag(v) != "VBD"
}

// clauseFollows says whether a name that ends before token i, after the verb at
// token v, is the subject of a clause: "feared Rehn would win".
func (p *portrayer) clauseFollows(v, i int) bool {
	if p.finite(i) || strings.HasPrefix(p.tag(i), "RB") && p.finite(i+1) {
		return true
	}
	if !p.words.clausal[p.word(v)] {
		return false
	}
	for k := i; k < i+12 && p.within(k); k++ {
		if p.finite(k) {
			return true
		}
	}
	return false
}

// agentBy reports the participle at token v, whose doer follows after "by".
func (p *portrayer) agentBy(v int, r portrayRef) {
	if p.tag(v) != "VBN" || v == p.sentence.First {
		return
	}
	for k := v - 1; k >= v-4; k-- {
		switch t := p.tag(k); {
		case p.grammar(k) == "negation", p.within(k) && p.hedged(k), t == "MD", t == "TO":
			return
		case !strings.HasPrefix(t, "RB") && p.grammar(k) != "be" && p.grammar(k) != "have":
			p.acts(v, r)
			return
		}
	}
}
