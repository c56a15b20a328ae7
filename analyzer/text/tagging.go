package text

// A Tagging is what a tagger says of one sentence.
type Tagging struct {
	Tags    []string // Penn Treebank tags, one a token; "" for marks and where nothing aligned
	Names   []Name
	Dropped int // tokens and names that could not be aligned with ours
}

// A Name is a run of tokens that a tagger takes for a name.
type Name struct {
	First, Last int    // tokens of the document, [First, Last)
	Label       string // PERSON, GPE, ORGANIZATION, LOCATION, FACILITY or GSP
}
