package text

import "slices"

// A Tag is a part of speech of the Penn Treebank (Marcus, Santorini and
// Marcinkiewicz 1993), with the additions of the English Web Treebank. The
// zero Tag is none: marks have it, and words that were not tagged.
type Tag uint8

var tagNames = [...]string{
	"", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNS", "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$",
	"RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB",
	"ADD", "AFX", "GW", "HYPH", "NFP", "XX",
}

// NoTag is a word for which a tagger found no tag.
const NoTag Tag = 255

// ParseTag is the tag of that name; it is 0 for a name that is none.
func ParseTag(name string) Tag { return Tag(max(0, slices.Index(tagNames[:], name))) }

// String is the name of the tag, "" for none of the treebank.
func (t Tag) String() string {
	if int(t) < len(tagNames) {
		return tagNames[t]
	}
	return ""
}
