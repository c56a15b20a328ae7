package analyzer

import (
	"strings"

	"parallax/analyzer/text"
)

// headed says whether a name that ends before token i is a phrase by itself:
// no possessive, and no part of another's name or of a compound.
func (p *portrayer) headed(i int) bool {
	switch t := p.tag(i); {
	case p.possessive(i - 1), t == "POS", t == "HYPH", strings.HasPrefix(p.word(i), "'"), strings.HasPrefix(p.word(i), "’"), p.word(i) == "-", p.word(i) == "/":
		return false
	case strings.HasPrefix(t, "NN"), t == "CD", strings.HasPrefix(t, "JJ"):
		return p.calendar(i) && p.tag(i+1) != "CD" || p.plain(i) && p.plain(i+1) // "on Monday", "last week"
	case t == "VBG" || t == "VBN":
		return !p.noun(i + 1) // "Hale supporting members"
	case t == "VB", t == "FW", t == "VBP" && p.grammar(i) == "" && p.word(i-1) != "," && !p.joined(i-1), t == "VBZ" && p.grammar(i) == "" && (p.finite(i+1) || p.tag(i+1) == "VB" || !strings.HasSuffix(p.word(i), "s")):
		return false // no verb: "Hale addicts may"
	}
	return true
}

// modifies says whether what stands before the name at token i shows that a noun
// follows it: persons have no articles, and nobody is "her Hale".
func (p *portrayer) modifies(i int) bool {
	return p.tag(i-1) == "PRP$" || p.entity.Type == person && p.grammar(i-1) == "article"
}

// joined says whether token i is the last of names joined by "and".
func (p *portrayer) joined(i int) bool {
	for p.noun(i) {
		i--
	}
	return p.tag(i) == "CC"
}

// possessive says whether token i is a noun with a possessive ending, or that
// ending.
func (p *portrayer) possessive(i int) bool {
	w := p.word(i)
	return p.tag(i) == "POS" || len(w) > 1 && (strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "s'") || strings.HasSuffix(w, "s’"))
}

// calendar says whether token i names a day or a month.
func (p *portrayer) calendar(i int) bool {
	for _, h := range p.hitsIn(i, i+1) {
		if l, _ := p.Set.Entry(h); l.Kind == "calendar" && h.Last == i+1 {
			return true
		}
	}
	return false
}

// titledFrom is where the titles, nationalities, parties and nouns for persons
// that stand right before token i begin, or i.
func (p *portrayer) titledFrom(i int) int {
	end := i
	for i > p.sentence.First && end-i < longestTitle {
		k := p.listed(i, "title", "nationality", "speaker")
		if n := p.words.nouns[text.Fold(p.word(i-1))]; k == i && n != "" && n != "claim" && p.tag(i-1) == "NN" {
			k = i - 1
		}
		if k == i && i < end && strings.HasPrefix(p.tag(i-1), "NNP") && !p.calendar(i-1) {
			k = i - 1 // "Aldermere Mayor", "Labour leader"
		}
		if k == i {
			break
		}
		i = k
	}
	return i
}

// phraseFrom is where the noun phrase begins that has its last word before
// token i: the name at i and all that stands before it belong to it.
func (p *portrayer) phraseFrom(i int) int {
	end := i
	for i > p.sentence.First && end-i < 12 {
		if k := p.titledFrom(i); k < i {
			i = k
			continue
		}
		switch p.tag(i - 1) {
		case "DT", "PRP$", "PDT":
			return i - 1
		case "JJ", "JJR", "JJS", "POS":
		case "VBN", "VBG":
			if !p.determined(i - 2) {
				return i // "have mocked Mayor Rehn"
			}
		case "NNP", "NNPS":
			if p.calendar(i - 1) {
				return i
			}
		default:
			if !p.possessive(i - 1) {
				return i
			}
		}
		i--
	}
	return i
}

// opens says whether a clause can begin with the noun phrase at token i, so
// that a verb after it has it as its subject.
func (p *portrayer) opens(i int) bool {
	if i == p.sentence.First {
		return true
	}
	switch t := p.tag(i - 1); {
	case p.word(i-1) == ",":
		return !p.listedAfter(i - 1)
	case p.mark(i - 1):
		return p.word(i-1) != ":" && p.word(i-1) != "/" && p.word(i-1) != "-" && p.word(i-1) != "’" && p.word(i-1) != "'"
	case t == "CC":
		return p.grammar(i-1) == "" && !p.listedAfter(i-1)
	case p.word(i-1) == "as" && text.Fold(p.word(i-3)) == "as":
		return false // "as far as Rehn is concerned"
	case t == "WDT" || t == "WP" || t == "WRB" || p.opener(i-1):
		return true
	case strings.HasPrefix(t, "VB"):
		return p.words.clausal[text.Fold(p.word(i-1))] && t != "VBN"
	case t == "RB":
		return p.grammar(i-1) != "negation" && (i-1 == p.sentence.First || p.mark(i-2))
	case t == "NN" || t == "NNS":
		return true // "the budget Rehn slashed", "last week Rehn slashed"
	case t == "CD":
		return len(p.word(i-1)) == 4
	}
	return p.calendar(i - 1)
}

// opener says whether token i is a word that opens a clause.
func (p *portrayer) opener(i int) bool { return p.grammar(i) == "opener" || p.grammar(i) == "time" }

// listedAfter says whether the comma or "and" at token i goes on with a list
// that hangs on a preposition: "critics of Hale and Rehn".
func (p *portrayer) listedAfter(i int) bool {
	if p.tag(i) == "CC" && p.word(i-1) == "," {
		i--
		if !p.noun(i - 1) {
			return false
		}
	}
	for k := i - 1; k > max(p.sentence.First, i-16); k-- {
		switch t := p.tag(k); {
		case strings.HasPrefix(t, "NN"), strings.HasPrefix(t, "JJ"), t == "DT", t == "PRP$", t == "POS", t == "CC", t == "CD", p.word(k) == ",":
		case t == "IN" || t == "TO":
			// At the begin of its clause it says when or where.
			return !p.opener(k) && k > p.sentence.First && !p.mark(k-1) && p.tag(i) == "CC"
		default:
			return false
		}
	}
	return false
}

// A portrayPhrase is a noun phrase after its article: tokens [first, last)
// with the head last.
type portrayPhrase struct {
	first, last int
	head        string // folded
}

// phraseAt is the noun phrase that begins with an article at token i, without
// the article and what "of" hangs on it; or one without it if its head is a
// noun for a person.
func (p *portrayer) phraseAt(i int) (portrayPhrase, bool) {
	article := p.grammar(i) == "article"
	if article || p.tag(i) == "PRP$" {
		article = true
		i++
	}
	first, last := i, i
	for k := i; p.within(k) && k < i+10; k++ {
		t := p.tag(k)
		if p.grammar(k) == "negation" || p.hedged(k) {
			return portrayPhrase{}, false
		}
		switch {
		case p.possessive(k):
			first, last = k+1, k+1 // "the city’s mayor"
			continue
		case strings.HasPrefix(t, "NN"):
			last = k + 1
			continue
		case strings.HasPrefix(t, "JJ"), t == "VBN", t == "VBG", t == "RB", t == "HYPH", t == "AFX":
			if last > first && t != "RB" && t != "VBN" && t != "VBG" {
				return portrayPhrase{}, false // a noun in the middle: "a tax-and-spend liberal"
			}
			if last > first {
				break
			}
			continue
		case (p.word(k) == "," || t == "CC") && last <= first && k > first && strings.HasPrefix(p.tag(k+1), "JJ"):
			continue // "a proud, stubborn man"
		}
		break
	}
	if last <= first || p.tag(last) == "POS" || !article && p.tag(first) == "VBN" {
		return portrayPhrase{}, false
	}
	head := text.Fold(p.word(last - 1))
	if p.words.plain[head] || p.calendar(last-1) || startsUpper(p.word(last-1)) || p.Doc.Tokens[first].Kind != text.Word {
		return portrayPhrase{}, false
	}
	if p.entity.Type == person && p.tag(last-1) == "NNS" {
		return portrayPhrase{}, false
	}
	if !article && (p.words.nouns[head] == "" && p.listed(last, "title") == last || !p.mark(last) && p.tag(last) != "IN" && p.tag(last) != "CC") {
		return portrayPhrase{}, false
	}
	return portrayPhrase{first, last, head}, true
}

// plain says whether token i is an adjective or noun that portrays nobody.
func (p *portrayer) plain(i int) bool { return p.words.plain[text.Fold(p.word(i))] }

// fits says whether a noun is one for the entity that is read, or a label.
func (p *portrayer) fits(n portrayPhrase) bool {
	switch p.words.nouns[n.head] {
	case "both", p.entity.Type:
		return true
	}
	return p.entity.Type == person && p.listed(n.last, "title") < n.last || p.roleOf(n.last-1, n.last) == roleLabel
}
