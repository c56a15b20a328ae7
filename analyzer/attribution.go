package analyzer

// AttributionVerb finds the verbs that hand words to a speaker, with the
// stance they take: "said" is neutral, "claimed" keeps its distance,
// "admitted" takes the words as fact (Hooper 1975, Recasens et al. 2013).
func AttributionVerb() Detector {
	return fromLexicon("attribution_verb", "Verbs that hand words to a speaker, with their stance: “said” is neutral, “claimed” keeps its distance, “admitted” takes the words as fact (Hooper 1975; Recasens et al. 2013).", nil)
}
