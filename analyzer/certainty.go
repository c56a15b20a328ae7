package analyzer

// Certainty finds words that present a claim as beyond doubt, such as
// "undoubtedly" (the boosters of Hyland 2005).
func Certainty() Detector {
	return fromLexicon("certainty", "Words that present a claim as beyond doubt, such as “undoubtedly” (the boosters of Hyland 2005).", nil)
}
