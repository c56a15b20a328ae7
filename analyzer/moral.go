package analyzer

// Moral finds words of moral judgement. The note names the foundation that they
// speak to: care, fairness, loyalty, authority or sanctity (Haidt and Graham
// 2007).
func Moral() Detector {
	return experimental(fromLexicon("moral", "Words of moral judgement by the foundation they speak to: care and harm, fairness and cheating, loyalty and betrayal, authority and subversion, sanctity and degradation, named in the note (Haidt and Graham 2007).", ownWord))
}
