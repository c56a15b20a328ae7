package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

// before reports the adjectives and labels that stand before a name and its
// titles, "the embattled mayor Tomas Rehn", and gives where the noun phrase of
// the name begins.
func (p *portrayer) before(r portrayRef) int {
	title := p.titledFrom(r.first)
	i := title
	for p.adjective(i-1, r.first) || i < title && p.joins(i-1) || p.marked(i-1, r.first) {
		i--
	}
	if i < title && !p.closes(i, title, r.first) {
		i = title
	}
	for k := i; k < title; {
		end := p.labelled(k, r.first)
		switch {
		case end > k && (end == r.first || strings.HasPrefix(p.tag(k), "JJ")):
			p.say(roleLabel, k, end, r)
			k = end
		case strings.HasPrefix(p.tag(k), "JJ") || strings.HasPrefix(p.tag(k), "VB"):
			if !p.plain(k) {
				p.say(roleDescriptor, k, k+1, r)
			}
			k++
		default:
			k++
		}
	}
	for k := title; k < r.first; k++ {
		if end := p.labelled(k, r.first); end == r.first {
			p.say(roleLabel, k, end, r)
		}
	}
	return p.phraseFrom(r.first)
}

// labelled is where a label that begins at token i ends, by end at the latest,
// or i.
func (p *portrayer) labelled(i, end int) int {
	last := i
	for _, h := range p.hitsIn(i, i+1) {
		if l, e := p.Set.Entry(h); l.Kind == roleLabel && h.Last <= end && p.Reads(h, e) {
			last = max(last, h.Last)
		}
	}
	return last
}

// adjective says whether token i is an adjective or a participle before the
// name at token name. Participles of what is done, "visiting", count before a
// title only.
func (p *portrayer) adjective(i, name int) bool {
	w := p.word(i)
	if w == "" || w != strings.ToLower(w) && i > p.sentence.First || p.Doc.Tokens[i].Kind != text.Word {
		return false
	}
	switch p.tag(i) {
	case "JJ":
		return true
	case "JJS":
		return i+1 < name // "the best Rehn can hope for"
	case "VBN":
		return i == p.sentence.First && i+1 < name || p.determined(i-1)
	case "VBG":
		return i+1 < name && p.grammar(i-1) == "article"
	}
	return false
}

// determined says whether token i is an article, a possessive or an adjective,
// after which a participle is an adjective too.
func (p *portrayer) determined(i int) bool {
	return p.grammar(i) == "article" || p.tag(i) == "PRP$" || p.possessive(i) || strings.HasPrefix(p.tag(i), "JJ")
}

// joins says whether token i stands between two adjectives.
func (p *portrayer) joins(i int) bool {
	return (p.word(i) == "," || p.tag(i) == "CC") && strings.HasPrefix(p.tag(i-1), "JJ") && !p.plain(i-1)
}

// marked says whether token i is a quotation mark at an adjective before the
// name at token name: "the “heroic” mayor".
func (p *portrayer) marked(i, name int) bool {
	switch p.word(i) {
	case "”", "’", "''":
		return p.adjective(i-1, name)
	case "“", "‘", "``":
		return p.adjective(i+1, name)
	case `"`:
		return p.adjective(i-1, name) || p.adjective(i+1, name)
	}
	return false
}

// closes says whether adjectives from token i belong to the name at token name,
// whose title begins at token title: "the angry Rehn", not "it is clear Rehn
// won" or "in private Rehn wept".
func (p *portrayer) closes(i, title, name int) bool {
	t := p.tag(i - 1)
	if p.grammar(i-1) == "negation" || p.hedged(i-1) {
		return false
	}
	if p.grammar(i-1) == "article" || t == "PRP$" && title < name || i == p.sentence.First {
		return true
	}
	if title == name {
		return false
	}
	lower := !startsUpper(p.word(title))
	return p.possessive(i-1) || p.mark(i-1) || t == "IN" || t == "CC" || t == "TO" || lower && !strings.HasPrefix(t, "RB") && p.grammar(i-1) != "be"
}

// apposed reports what an apposition says of a name: "Rehn, a fierce critic of
// the plan," and "the embattled mayor, Tomas Rehn,". start is where the phrase
// of the name begins.
func (p *portrayer) apposed(r portrayRef, start int) {
	p.aside = true
	defer func() { p.aside = false }()
	if p.word(r.last) == "," {
		i := r.last + 1
		if p.tag(i) == "CD" && p.word(i+1) == "," { // the age
			i += 2
		}
		if n, ok := p.phraseAt(i); ok && p.fits(n) && p.ends(n) {
			p.describe(n.first, n.last, r)
		}
		if start == r.first && p.word(r.first-1) == "," {
			p.apposedBefore(r)
		}
	}
}

// ends says whether the apposition n ends without becoming the subject of a
// verb or a part of a list.
func (p *portrayer) ends(n portrayPhrase) bool {
	if p.tag(n.last) == "CC" && (p.tag(n.last+1) == "DT" || strings.HasPrefix(p.tag(n.last+1), "NNP")) {
		return false
	}
	for k := n.last; k < n.last+25; k++ {
		switch t := p.tag(k); {
		case !p.within(k), p.word(k) == ".", p.word(k) == ")", p.word(k) == ";", p.word(k) == "—", p.word(k) == "–":
			return true
		case p.word(k) == ",":
			return p.tag(k+1) != "CC"
		case t == "WP" || t == "WDT" || t == "WRB" || p.word(k) == "that":
			return true
		case p.finite(k), p.words.clausal[p.word(k)] && strings.HasPrefix(t, "VB"):
			return false
		}
	}
	return false
}

// apposedBefore reports the noun phrase that a comma parts from the name that
// follows.
func (p *portrayer) apposedBefore(r portrayRef) {
	end := r.first - 1
	i := end
	for i > p.sentence.First && end-i < 8 && (p.noun(i-1) || strings.HasPrefix(p.tag(i-1), "JJ") || p.tag(i-1) == "VBN") {
		i--
	}
	if i == end || p.word(i-1) != "the" && p.word(i-1) != "The" && !p.possessive(i-1) && p.tag(i-1) != "PRP$" {
		return
	}
	if n, ok := p.phraseAt(i - 1); ok && n.last == end && p.tag(end-1) == "NN" && p.fits(n) && p.word(i-2) != "," {
		p.describe(n.first, n.last, r)
	}
}

// predicate reports what "is" or "became" before token i says of its subject:
// adjectives, or a noun with its adjectives.
func (p *portrayer) predicate(i int, r portrayRef) {
	if p.grammar(i) == "negation" {
		return
	}
	if n, ok := p.phraseAt(i); ok {
		p.describe(n.first, n.last, r)
		return
	}
	for {
		j, ok := p.adverbs(i)
		if !ok || !p.predicated(j) || p.noun(j+1) {
			return
		}
		if !p.plain(j) {
			p.describe(j, j+1, r)
		}
		i = j + 1
		if p.word(i) == "," {
			i++
		}
		if p.tag(i) == "CC" {
			i++
		}
		if i == j+1 {
			return
		}
	}
}

// predicated says whether token i is an adjective, if not in form.
func (p *portrayer) predicated(i int) bool {
	t := p.tag(i)
	return p.within(i) && p.Doc.Tokens[i].Kind == text.Word && !startsUpper(p.word(i)) &&
		(t == "JJ" || t == "JJS" || t == "JJR" || p.state(i))
}

// named reports what a verb of naming at token v says of the name after it,
// "called Rehn a bully", "described Rehn as stubborn". It is said by the verb's
// subject.
func (p *portrayer) named(v int, r portrayRef) {
	i := r.last
	switch p.verb(v) {
	case "as", "plain as":
		if p.word(i) != "as" {
			return
		}
		i++
	case "naming":
	default:
		return
	}
	by := p.speakerOf(v)
	if by == "" {
		return
	}
	if n, ok := p.phraseAt(i); ok && (p.grammar(i) == "article" || p.tag(i) == "PRP$") {
		p.report(p.roleOf(n.first, n.last), n.first, n.last, by)
	} else if p.predicated(i) && !p.noun(i+1) && !p.plain(i) {
		p.report(p.roleOf(i, i+1), i, i+1, by)
	}
}
