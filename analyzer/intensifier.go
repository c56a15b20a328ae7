package analyzer

// Intensifier finds words that raise the degree of what is said, such as
// "utterly" (Quirk et al. 1985).
func Intensifier() Detector {
	return fromLexicon("intensifier", "Words that raise the degree of what is said, such as “utterly” (Quirk et al. 1985).", nil)
}
