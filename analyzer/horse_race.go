package analyzer

import "parallax/lexicons"

// HorseRace finds words that tell of politics as a game of winning and losing,
// such as "front-runner" or "neck and neck" (the game schema of Patterson 1993;
// Strömbäck and Kaid 2008).
func HorseRace() Detector {
	return experimental(fromLexicon("horse_race", "Words that tell of politics as a game of winning and losing: polls, front-runners, momentum (the game schema of Patterson 1993; Strömbäck and Kaid 2008).", inRace))
}

// alone is from which weight on a word of the race needs no other beside it.
const alone = .5

// inRace keeps words that are said of much else, as "momentum" is, only where
// another word of the race stands in the same sentence or the one before or
// after it.
func inRace(f *Field, h lexicons.Hit, e *lexicons.Entry) bool {
	if e.Weight >= alone {
		return true
	}
	at := f.Doc.SentenceAt(h.First)
	first, last := f.Doc.Sentences[max(0, at-1)].First, f.Doc.Sentences[min(at+1, len(f.Doc.Sentences)-1)].Last
	for _, other := range f.hitsIn(first, last) {
		if o := other.First; o != h.First && other.Lexicon == h.Lexicon {
			if _, oe := f.Set.Entry(other); f.Reads(other, oe) && oe.Phrase != e.Phrase {
				return true
			}
		}
	}
	return false
}
