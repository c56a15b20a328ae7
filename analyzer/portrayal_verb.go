package analyzer

import "strings"

// subject reports the verbs that have the name as their subject, and what
// "is" says of it. start is where the phrase of the name begins.
func (p *portrayer) subject(r portrayRef, start int) {
	if p.relative(r, start) {
		return
	}
	if !p.opens(start) || p.yet(start) {
		return
	}
	i := p.bracketed(r.last)
	switch {
	case p.word(i) == ",":
		if i = p.afterInsert(i); i < 0 {
			return
		}
	case p.tag(i) == "CC" && p.grammar(i) == "":
		k := i + 1
		for k < i+6 && (p.noun(k) || p.tag(k) == "DT") {
			k++
		}
		if k == i+1 || !p.finite(k) || !startsUpper(p.word(k-1)) {
			return
		}
		i = k // "Rehn and Hale slashed"
	}
	p.verbs(i, r)
}

// yet says whether the clause of the subject at token start is one of time in
// the present tense, which may be of what is yet to come: "before Rehn leaves".
func (p *portrayer) yet(start int) bool {
	if p.grammar(start-1) != "time" {
		return false
	}
	for k := start; k < start+longestInsert; k++ {
		if p.finite(k) {
			return p.tag(k) != "VBD"
		}
	}
	return false
}

// bracketed is where brackets that open at token i have closed, or i.
func (p *portrayer) bracketed(i int) int {
	if p.word(i) != "(" {
		return i
	}
	for k := i + 1; k < i+10; k++ {
		if p.word(k) == ")" {
			return k + 1
		}
	}
	return i
}

// relative reads a clause with "who" or "which" that follows the name, and says
// whether there is one that no comma parts from it.
func (p *portrayer) relative(r portrayRef, start int) bool {
	i := r.last
	comma := p.word(i) == ","
	if comma {
		i++
	}
	w := p.word(i)
	if !(w == "who" && p.entity.Type == person) && !(w == "which" && comma && p.entity.Type == organization) {
		return false
	}
	// "the wife of Hale, who" may be of either.
	if t := p.tag(start - 1); (t == "IN" || t == "TO") && p.noun(start-2) || t == "CC" {
		return !comma
	}
	p.aside = true
	p.verbs(i+1, r)
	p.aside = false
	return !comma
}

// longestInsert is how many tokens may stand between a name and its verb.
const longestInsert = 25

// afterInsert is the token after what two commas part from the sentence, the
// first of them at token i: an apposition, an age, a clause with "who". It is -1
// where a list may go on.
func (p *portrayer) afterInsert(i int) int {
	first := i + 1
	clause := p.tag(first) == "WP" || p.tag(first) == "WDT"
	if strings.HasPrefix(p.tag(first), "NNP") && p.listedFrom(first) == first && p.word(first+1) != "," {
		return -1
	}
	if p.finite(first) || p.tag(first) == "CC" || p.mark(first) {
		return -1
	}
	for k := first; k < first+longestInsert; k++ {
		switch {
		case !p.within(k):
			return -1
		case p.word(k) == ",":
			if p.tag(k-1) == "CD" && k == first+1 && !p.finite(k+1) && p.tag(k+1) != "RB" {
				first = k + 1 // an age, and more
				continue
			}
			if !p.finite(k+1) && p.tag(k+1) != "RB" {
				return -1
			}
			return k + 1
		case p.mark(k) && p.word(k) != "-" && p.word(k) != "$":
			return -1
		case !clause && p.finite(k):
			return -1
		}
	}
	return -1
}

// listedFrom is where a title that begins at token i ends, or i.
func (p *portrayer) listedFrom(i int) int { return max(i, p.titleAt(i)) }

// adverbs is the first token at or after i that is no adverb; it is not ok
// where one denies or hedges.
func (p *portrayer) adverbs(i int) (int, bool) {
	for k := i; ; k++ {
		if p.grammar(k) == "negation" || p.within(k) && p.hedged(k) {
			return k, false
		}
		if !strings.HasPrefix(p.tag(k), "RB") {
			return k, true
		}
	}
}

// verbs reports the verb group at token i, which the name is the subject of.
func (p *portrayer) verbs(i int, r portrayRef) {
	i, ok := p.adverbs(i)
	if !ok || strings.ContainsAny(p.word(i), "'’") {
		return
	}
	g := p.grammar(i)
	if g != "" && !p.finite(i) {
		return
	}
	switch g {
	case "be":
		p.afterBe(i+1, r)
		return
	case "have":
		j, ok := p.adverbs(i + 1)
		switch {
		case !ok:
		case p.grammar(j) == "be":
			p.afterBe(j+1, r)
		case p.grammar(j) == "copula":
			p.predicate(j+1, r)
		case p.tag(j) == "VBN" || p.tag(j) == "VBD":
			p.acts(j, r)
		}
		return
	case "do":
		if j, ok := p.adverbs(i + 1); ok && p.tag(j) == "VB" {
			p.acts(j, r)
		}
		return
	case "copula":
		p.predicate(i+1, r)
		return
	}
	switch p.tag(i) {
	case "VBP":
		if !p.several(r) {
			return // a name is one: "Hale claims" may be two nouns
		}
		p.acts(i, r)
	case "VBD", "VBZ":
		p.acts(i, r)
		if p.tag(i+1) == "CC" && p.tag(i+2) == p.tag(i) {
			p.acts(i+2, r) // "cut and burned"
		}
	}
}

// several says whether the name is one of several joined by "and".
func (p *portrayer) several(r portrayRef) bool {
	return p.tag(r.last) == "CC" || p.tag(p.phraseFrom(r.first)-1) == "CC"
}

// afterBe reports what follows a form of "be" whose subject is the name.
func (p *portrayer) afterBe(i int, r portrayRef) {
	j, ok := p.adverbs(i)
	if !ok {
		return
	}
	if p.grammar(j) == "be" && p.tag(j) == "VBG" { // "is being sued"
		if j, ok = p.adverbs(j + 1); !ok || p.tag(j) != "VBN" {
			return
		}
	}
	switch t := p.tag(j); {
	case p.state(j):
		p.predicate(i, r)
	case t == "VBG":
		p.acts(j, r)
	case t == "VBN" || t == "VBD":
		p.suffers(j, r)
	default:
		p.predicate(i, r)
	}
}

// state says whether token i is an adjective in the form of a participle.
func (p *portrayer) state(i int) bool {
	return p.verb(i) == "state" || p.tag(i) == "VBN" && strings.ContainsAny(p.word(i), "-‑")
}

// acts reports the verb at token v as what the name does, and suffers as what
// is done to it. Light verbs say nothing.
func (p *portrayer) acts(v int, r portrayRef) { p.deed(roleAgent, v, r) }

func (p *portrayer) suffers(v int, r portrayRef) { p.deed(rolePatient, v, r) }

func (p *portrayer) deed(role string, v int, r portrayRef) {
	if p.telling(v) || role == roleAgent && p.compound(v) {
		return
	}
	end := v + 1
	if p.tag(end) == "RP" {
		end++ // "stepped down"
	}
	p.say(role, v, end, r)
}

// compound says whether what is taken for a verb at token v is rather a noun
// before another that a verb follows: "Calder warehouse workers walked out".
func (p *portrayer) compound(v int) bool {
	if !p.noun(v+1) || p.words.clausal[p.word(v)] {
		return false
	}
	for k := v + 1; p.within(k); k++ {
		if t := p.tag(k); p.finite(k) || !strings.HasPrefix(t, "NN") && !strings.HasPrefix(t, "JJ") && t != "VBG" && t != "RB" {
			return p.finite(k)
		}
	}
	return false
}

// telling says whether the verb at token v says nothing of who does it: a light
// verb or a plain verb of saying.
func (p *portrayer) telling(v int) bool {
	switch p.verb(v) {
	case "light", "source", "state", "naming", "plain as":
		return true
	case "telling", "as":
		return false
	}
	if p.grammar(v) != "" || startsUpper(p.word(v)) && v > p.sentence.First {
		return true
	}
	for _, h := range p.hitsIn(v, v+1) {
		if l, e := p.Set.Entry(h); l.Kind == "attribution_verb" && e.Stance == "neutral" {
			return true
		}
	}
	return false
}
