package analyzer

import (
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// portrayWords is what the lexicons know about words that portray, each by its
// folded form.
type portrayWords struct {
	verbs   map[string]string // "light", "telling", "naming", "as", "plain as", "state", "source"
	clausal map[string]bool   // verbs after which a clause is what their subject says
	grammar map[string]string // "be", "have", "do", "copula", "negation", "condition", "choice", "opener", "time", "article"
	plain   map[string]bool   // adjectives and nouns that portray nobody
	nouns   map[string]string // for a "person", an "organization" or "both"; "claim" for what is said or thought
}

func newPortrayWords(set *lexicons.Set) portrayWords {
	w := portrayWords{
		verbs: map[string]string{}, clausal: map[string]bool{}, grammar: map[string]string{},
		plain: map[string]bool{}, nouns: map[string]string{},
	}
	for kind, to := range map[string]map[string]string{"portrayal_verb": w.verbs, "portrayal_grammar": w.grammar, "portrayal_noun": w.nouns} {
		for _, l := range set.OfKind(kind) {
			for form, value := range l.Map() {
				to[form] = value
			}
		}
	}
	for _, l := range set.OfKind("portrayal_plain") {
		for form := range l.Map() {
			w.plain[form] = true
		}
	}
	for _, l := range set.OfKind("portrayal_verb") {
		for i := range l.Entries {
			for _, form := range l.Entries[i].All() {
				w.clausal[text.Fold(form)] = l.Entries[i].Note == "clause"
			}
		}
	}
	return w
}
