package text

// A Name is a run of tokens that a tagger takes for a name.
type Name struct {
	First, Last int    // tokens of the document, [First, Last)
	Label       string // PER, LOC, ORG or MISC
}
