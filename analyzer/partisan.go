package analyzer

import "parallax/lexicons"

// PartisanTerm finds terms for which another side has a competing one, such as
// “death tax” for “estate tax” (Gentzkow and Shapiro 2010). A pair is listed only
// where counts over outlets bear it out; each cue carries them in its note.
func PartisanTerm() Detector {
	return fromLexicon(lexicons.KindPartisanTerm, "Terms that outlets of one side choose more often than those of the other, who have a competing term for the same thing, such as “death tax” and “estate tax” (Gentzkow and Shapiro 2010). How many times as often was counted over outlets; it says nothing of why a writer chose one.", nil)
}
