package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// AttributionVerb finds the verbs that hand words to a speaker, with the
// stance they take: "said" is neutral, "claimed" keeps its distance,
// "admitted" takes the words as fact (Hooper 1975, Recasens et al. 2013).
func AttributionVerb() Detector {
	return fromLexicon("attribution_verb", "Verbs that hand words to a speaker, with their stance: “said” is neutral, “claimed” keeps its distance, “admitted” takes the words as fact (Hooper 1975; Recasens et al. 2013).", handsOver)
}

// handsOver keeps verbs that hand words over here and now: not "she will say",
// "something to say" or "he did not say"; where the entry is often another act,
// as in "the Senate confirmed her", only with a clause or a quotation beside it.
func handsOver(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	if !speech(f, h, e) || f.Tag(h.First) == "VB" || f.negated(h.First) {
		return false
	}
	switch e.Before {
	case "clause":
		return f.clauseBeside(h)
	case "quote":
		return f.quoteBeside(h)
	}
	return true
}

// clauseBeside says whether a verb has what was said beside it: a quotation, a
// clause, or a sentence that it is put into, as in "The dam held, they reported."
func (f *Field) clauseBeside(h lexicons.Hit) bool {
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	return f.quoteBeside(h) || f.clauseAfter(h.Last, s.Last) || f.insertion(h, s)
}

// quoteBeside says whether a quotation ends just before a hit or begins just
// after it.
func (f *Field) quoteBeside(h lexicons.Hit) bool {
	const near = 50 // bytes: a name, a title, a colon
	v := f.Doc.Span(h.First, h.Last)
	for _, q := range f.Quoted {
		if q.End <= v.Start && v.Start-q.End < near || q.Start >= v.End && q.Start-v.End < near {
			return true
		}
	}
	return false
}

// opensQuote says whether a quotation begins at token i, or after a comma or
// colon there.
func (f *Field) opensQuote(i int) bool {
	if i < len(f.Doc.Tokens) && (f.Doc.Word(i) == "," || f.Doc.Word(i) == ":") {
		i++
	}
	_, found := slices.BinarySearchFunc(f.quotations, i+1, func(q quotedSpan, token int) int { return cmp.Compare(q.first, token) })
	return found
}

// clauseAfter says whether the tokens from i on, up to last, begin a clause:
// "that", a question word, or a noun with its verb.
func (f *Field) clauseAfter(i, last int) bool {
	const far = 6 // words: "said on Monday in Ghent that"
	subject, phrase := false, false
	for k := i; k < min(i+far, last) && f.Doc.Tokens[k].Kind != text.Punct; k++ {
		tag := f.Tag(k)
		switch {
		case text.Fold(f.Doc.Word(k)) == "that", k == i && strings.HasPrefix(tag, "W"):
			return true
		case tagged(tag, "MD|VBD|VBZ|VBP"):
			return subject
		case tagged(tag, "VB|IN|TO"): // nouns that follow belong to it
			subject, phrase = false, true
		case tagged(tag, "NN|PRP"):
			subject = !phrase
		}
	}
	return false
}

// insertion says whether a verb ends a few words that are put into a sentence
// or behind it.
func (f *Field) insertion(h lexicons.Hit, s text.Sentence) bool {
	const short = 6 // words of a subject
	if h.Last < s.Last && f.Doc.Tokens[h.Last].Kind != text.Punct {
		return false
	}
	for k := h.First - 1; k >= max(s.First, h.First-short); k-- {
		if f.Doc.Tokens[k].Kind == text.Punct {
			return f.Doc.Word(k) == ","
		}
	}
	return false
}

// speech keeps what is a verb where it stands: not "a warning", "in writing"
// or "a proposed plan".
func speech(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool {
	if h.Last-h.First > 1 {
		return true // a phrase says what it is
	}
	tag := f.Tag(h.First)
	if !strings.HasPrefix(tag, "VB") {
		return false
	}
	if tag != "VBN" && tag != "VBG" {
		return true
	}
	s := f.Doc.Sentences[f.Doc.SentenceAt(h.First)]
	if h.First > s.First {
		switch f.Tag(h.First - 1) {
		case "DT", "JJ", "PRP$", "POS", "CD":
			return false
		case "IN":
			if tag == "VBG" {
				return f.opensQuote(h.Last) // "began by saying, “…”"
			}
		}
	}
	return h.Last >= s.Last || !strings.HasPrefix(f.Tag(h.Last), "NN") || strings.HasPrefix(f.Tag(h.Last), "NNP")
}
