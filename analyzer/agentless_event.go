package analyzer

import (
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// happened says whether a passive, whose form of be or get is token aux, tells
// of an act that took place, takes place or is announced: no rule or state, as
// "is banned", no demand, condition or denial.
func (f *Field) happened(aux, participle int) bool {
	if f.precededBy(participle, "unreal", "condition", far) || f.precededBy(participle, "unreal", "negation", 5) {
		return false
	}
	before := f.overAdverbs(aux)
	if before < 0 {
		before = aux
	}
	switch text.Fold(f.Doc.Word(aux)) {
	case "was", "were", "got", "gotten":
		return true
	case "been":
		if f.form(before) != "have" {
			return false // "had the plan been scrapped"
		}
		k := f.overAdverbs(before)
		return k < 0 || f.Tag(k) != "MD" || f.willing(k)
	case "be":
		return f.willing(before)
	case "being":
		return f.form(before) == "be" || f.isOf("event_lead", before)
	}
	return false
}

// overAdverbs is the token before token i, adverbs left out, in its sentence;
// -1 where there is none.
func (f *Field) overAdverbs(i int) int {
	first := f.Doc.Sentences[f.Doc.SentenceAt(i)].First
	for k := i - 1; k >= first; k-- {
		if f.Tag(k) != "RB" {
			return k
		}
	}
	return -1
}

// willing says whether token i is a form of will.
func (f *Field) willing(i int) bool {
	switch text.Fold(f.Doc.Word(i)) {
	case "will", "'ll":
		return true
	}
	return false
}

// toldDoer says whether the sentence of a passive, from token aux through h,
// tells who did it in other words than “by”: with an active verb of the same act
// or of deciding on it, or with somebody whose doing it is.
func (f *Field) toldDoer(aux int, h lexicons.Hit, e *lexicons.Entry) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(aux)]
	subject := f.phraseBefore(aux, s.First)
	for j := max(s.First, aux-far); j < min(s.Last, h.Last+far); j++ {
		if j >= aux && j < h.Last || f.Doc.Tokens[j].Kind == text.Punct {
			continue
		}
		if f.active(j) && (f.isOf("deciding_verb", j) || sameAct(e, text.Fold(f.Doc.Word(j)))) {
			return true
		}
		if (j < subject || j >= h.Last) && f.doer(j, s) {
			return true
		}
	}
	return false
}

// sameAct says whether a word is a form of the verb of an entry: “killing” of
// “kill”.
func sameAct(e *lexicons.Entry, word string) bool {
	act, _, _ := strings.Cut(e.Phrase, " ")
	act = strings.TrimSuffix(act, "e")
	return len(act) > 3 && strings.HasPrefix(word, act) || slices.Contains(e.Forms, word)
}

// active says whether token i is a verb that is no passive.
func (f *Field) active(i int) bool {
	switch f.Tag(i) {
	case "VB", "VBP", "VBZ", "VBG":
		return true
	case "VBD":
		k := f.overAdverbs(i)
		return k < 0 || !f.isOf("passive_auxiliary", k)
	}
	return false
}

// doer says whether token i names who did something: somebody with an active
// verb that is none of speech, a power or an owner before its attack.
func (f *Field) doer(i int, s text.Sentence) bool {
	for _, h := range f.hitsIn(i, i+1) {
		l, e := f.Set.Entry(h)
		if l.Kind != "doer" {
			continue
		}
		switch e.Value {
		case "by":
			return true
		case "somebody", "power":
			if e.Value == "somebody" && f.acts(h.Last, s) || f.attacks(h.Last, s) {
				return true
			}
		case "attack":
			for k := i - 1; k >= max(s.First, i-3) && f.within(k); k-- {
				if f.possessive(k) || f.isOf("nationality", k) {
					return true
				}
			}
		}
	}
	return false
}

// attacks says whether an attack stands right after token i, as in “a government
// raid”.
func (f *Field) attacks(i int, s text.Sentence) bool {
	for k := i; k < min(s.Last, i+3) && f.within(k); k++ {
		if f.ofValue("doer", "attack", k) {
			return true
		}
	}
	return false
}

// acts says whether a verb with a tense that is no passive and none of speech
// stands at or soon after token i.
func (f *Field) acts(i int, s text.Sentence) bool {
	for k := i; k < min(s.Last, i+4); k++ {
		switch t := f.Tag(k); {
		case f.isOf("saying_verb", k) || f.isOf("attribution_verb", k) || f.form(k) == "be":
			return false
		case t == "VBD" || t == "VBP" || t == "VBZ":
			return true
		case t != "RB" && t != "MD" && t != "WP" && t != "NN" && t != "NNP":
			return false
		}
	}
	return false
}
