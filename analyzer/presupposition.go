package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

const presupposition = "presupposition"

// Presupposition finds predicates that take what follows as a fact, such as
// “realized that” or “failed to” (Kiparsky and Kiparsky 1970; Karttunen 1971;
// Hooper 1975).
func Presupposition() Detector {
	return Detector{
		Name: presupposition, Kind: presupposition,
		Doc: "Predicates that take what follows as a fact, such as “revealed that”, “ignored the fact that” or “failed to” (Kiparsky and Kiparsky 1970; Karttunen 1971; Hooper 1975). The span runs to “that” or “to”; the note is the clause taken as a fact. The stance tells factive verbs, verbs of learning (semifactive), feelings about a fact (emotive) and implicative verbs, which also say that something was tried or due. Nothing is said of whether the clause is true.",
		Run: func(f *Field, report func(Cue)) {
			for _, h := range f.Hits {
				l, e := f.Set.Entry(h)
				if l.Kind != presupposition || !f.Reads(h, e) {
					continue
				}
				sentence := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
				last := f.fact(h, e, sentence)
				if last < 0 || f.unreal(h, e, sentence) {
					continue
				}
				span := f.Doc.Span(h.First, last)
				report(Cue{
					Type: presupposition, Mark: f.Mark(span), Weight: e.Weight, Rule: presupposition + "/" + e.Phrase,
					Stance: e.Stance, Note: f.clause(last, sentence.Last), InQuote: f.InQuote(span),
				})
			}
		},
	}
}

// fact is the token at which the clause begins that h takes as a fact, or -1
// where there is none.
func (f *Field) fact(h lexicons.Hit, e *lexicons.Entry, s text.Sentence) int {
	if e.Value == "to" {
		for j := h.Last; j < min(s.Last, h.Last+3); j++ {
			if tag := f.Tag(j); tag == "VB" {
				return h.Last
			} else if tag != "RB" {
				break
			}
		}
		return -1
	}
	for j := h.Last; j+1 < min(s.Last, h.Last+6); j++ {
		if text.Fold(f.Doc.Word(j)) == "that" {
			if f.opensClause(j, s) {
				return j + 1
			}
			return -1
		}
		if !f.between(j, e.Value == "object") {
			break
		}
	}
	return -1
}

// between says whether token j may stand between a verb and its clause: an
// adverb or a day, and a noun or pronoun where somebody is told.
func (f *Field) between(j int, told bool) bool {
	if f.Doc.Tokens[j].Kind == text.Punct {
		return false
	}
	switch f.Tag(j) {
	case "RB", "RP":
		return true
	case "NNP", "IN":
		return told || f.isOf("calendar", j) || f.isOf("calendar", j+1)
	case "PRP", "PRP$", "DT", "NN", "NNS", "NNPS", "JJ", "POS":
		return told
	}
	return false
}

// opensClause says whether "that" at token j opens a clause: it is no pronoun,
// as in "knew that was", and no article, as in "knew that man", and a verb
// follows.
func (f *Field) opensClause(j int, s text.Sentence) bool {
	if f.Tag(j) != "IN" || j+2 < s.Last && f.Tag(j+1) == "NN" && f.Tag(j+2) == "CC" {
		return false
	}
	for i := j + 1; i < min(s.Last, j+longestClause); i++ {
		if f.Doc.Tokens[i].Kind == text.Punct {
			if i > j+1 && strings.ContainsAny(f.Doc.Word(i), ";:.—”\"") {
				return false
			}
			continue
		}
		switch f.Tag(i) {
		case "MD", "VBZ", "VBD", "VBP":
			return i > j+1
		}
	}
	return false
}

// unreal says whether a condition, a negation or a modal takes the fact away
// again. A factive verb keeps it under a negation, "did not forget". A feeling
// of a degree has no fact but what came of it: "so alarmed that".
func (f *Field) unreal(h lexicons.Hit, e *lexicons.Entry, s text.Sentence) bool {
	switch e.Stance {
	case "factive":
		return false
	case "emotive":
		return h.First > s.First && f.reading("unreal", h.First-1) == "degree"
	}
	near := h.First - 4
	for j := h.First - 1; j >= max(s.First, h.First-10); j-- {
		if f.Doc.Tokens[j].Kind == text.Punct {
			return false
		}
		switch f.reading("unreal", j) {
		case "condition":
			return true
		case "negation":
			if j >= near {
				return true
			}
		}
		if tag := f.Tag(j); j >= h.First-2 && (tag == "MD" || tag == "TO") {
			return true
		}
	}
	return false
}

// longestClause is how many tokens of a clause a note gives at most.
const longestClause = 30

// clause is the words from token i to the end of their clause.
func (f *Field) clause(i, end int) string {
	last := i
	for last < min(end, i+longestClause) && !strings.ContainsAny(f.Doc.Word(last), ".;:!?—”\"") {
		last++
	}
	for last > i && f.Doc.Word(last-1) == "," {
		last--
	}
	if last == i {
		return ""
	}
	return f.Doc.Slice(f.Doc.Span(i, last))
}
