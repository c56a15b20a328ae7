package analyzer

import (
	"strings"

	"parallax/lexicons"
)

// AttributionVerb finds the verbs that hand words to a speaker, with the
// stance they take: "said" is neutral, "claimed" keeps its distance,
// "admitted" takes the words as fact (Hooper 1975, Recasens et al. 2013).
func AttributionVerb() Detector {
	return fromLexicon("attribution_verb", "Verbs that hand words to a speaker, with their stance: “said” is neutral, “claimed” keeps its distance, “admitted” takes the words as fact (Hooper 1975; Recasens et al. 2013).", speech)
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
			return tag == "VBN"
		}
	}
	return h.Last >= s.Last || !strings.HasPrefix(f.Tag(h.Last), "NN") || strings.HasPrefix(f.Tag(h.Last), "NNP")
}
