package analyzer

import (
	"strings"

	"parallax/lexicons"
)

// Intensifier finds words that raise or lower the degree of what is said, such
// as "utterly" (Quirk et al. 1985).
func Intensifier() Detector {
	return fromLexicon("intensifier", "Words that raise or lower the degree of what is said, such as “utterly” or “slightly” (Quirk et al. 1985).", noName)
}

// noName keeps out words that are a name: "Savage won", "the Titanic".
func noName(f *Field, h lexicons.Hit, _ *lexicons.Entry) bool {
	return !f.named(h.First) || !strings.HasPrefix(f.Tag(h.First), "NNP")
}
