package analyzer

// Label finds loaded names for people, groups and policies, such as
// "so-called" or "handout" (Da San Martino et al. 2019).
func Label() Detector {
	return fromLexicon("label", "Loaded names for people, groups and policies, such as “regime” or “handout” (Da San Martino et al. 2019).", nil)
}
