package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Label finds loaded names for people, groups and policies, such as
// "extremist" or "handout" (Da San Martino et al. 2019).
func Label() Detector {
	return fromLexicon("label", "Loaded names for people, groups and policies, such as “extremist” or “handout” (Da San Martino et al. 2019).", putsLabel)
}

// putsLabel keeps out a party's own name, verbs, and adjectives of statements
// and acts: a label is put on somebody, on a body, a policy or an event.
func putsLabel(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	if !ownWord(f, h, e) {
		return false
	}
	last := f.Tag(h.Last - 1)
	switch {
	case h.Last-h.First == 1 && (last == "VB" || last == "VBD" || last == "VBP" || last == "VBZ"):
		return false
	case last == "NNS" || last == "NNPS" || strings.HasPrefix(last, "NN") && h.Last-h.First > 1:
		return true
	}
	if head := f.headAfter(h.Last); head >= 0 {
		return f.isOf("labelled_noun", head) || f.Name != fieldTitle && strings.HasPrefix(f.Tag(head), "NNP")
	}
	if strings.HasPrefix(last, "NN") && !(h.First > 0 && f.form(h.First-1) == "be") { // no noun without an article
		return true
	}
	return f.Tag(h.First-min(h.First, 1)) == "DT" || f.saidOfSomebody(h.First)
}

// headAfter is the last noun of the phrase that goes on at token i, -1 where no
// noun follows.
func (f *Field) headAfter(i int) int {
	end := f.Doc.Sentences[f.Doc.SentenceAt(i-1)].Last
	head := -1
	for j := i; j < min(end, i+6); j++ {
		switch t := f.Tag(j); {
		case strings.HasPrefix(t, "NN"):
			head = j
		case strings.HasPrefix(t, "JJ") || t == "VBN" || t == "VBG" || t == "RB" && head < 0:
			if head >= 0 {
				return head
			}
		case head < 0 && (t == "CC" || f.Doc.Word(j) == "," || f.Doc.Word(j) == "-") && j+1 < end && strings.HasPrefix(f.Tag(j+1), "JJ"):
		default:
			return head
		}
	}
	return head
}

// saidOfSomebody says whether the noun or pronoun nearest before an adjective at
// token i is for somebody: “they are racist”.
func (f *Field) saidOfSomebody(i int) bool {
	first := f.Doc.Sentences[f.Doc.SentenceAt(i)].First
	for k := i - 1; k >= max(first, i-6) && f.Doc.Tokens[k].Kind != text.Punct; k-- {
		switch t := f.Tag(k); {
		case t == "PRP":
			return text.Fold(f.Doc.Word(k)) != "it" || f.form(k+1) != "be"
		case strings.HasPrefix(t, "NN"):
			return f.isOf("labelled_noun", k) || strings.HasPrefix(t, "NNP")
		}
	}
	return false
}

// ownWord keeps out words that are part of a name others gave themselves, as
// in "the Radical Party": capitals where the list has none, beside another.
func ownWord(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	if !f.named(h.First) || e.Phrase != text.Fold(e.Phrase) {
		return true
	}
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	return !(h.First > s.First && f.capital(h.First-1) || h.Last < s.Last && f.capital(h.Last))
}
