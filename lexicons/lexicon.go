package lexicons

import (
	"slices"
	"strings"
)

// A Lexicon is one list of words or phrases of one kind, with its provenance.
type Lexicon struct {
	Name        string  `json:"name"`
	Kind        string  `json:"kind"` // what the entries are evidence of: "hedge", "title", …
	Version     string  `json:"version"`
	Language    string  `json:"language"`
	License     string  `json:"license"`
	Citation    string  `json:"citation"`
	Description string  `json:"description,omitempty"`
	Hash        string  `json:"hash"` // "sha256:" and hex, of the file's bytes
	Entries     []Entry `json:"entries,omitempty"`

	file string
}

// An Entry is a phrase of a lexicon. Matching ignores case and the form of
// apostrophes unless Case says otherwise.
type Entry struct {
	Phrase   string   `json:"phrase"`
	Forms    []string `json:"forms,omitempty"`    // inflections and aliases, matched too
	Weight   float64  `json:"weight"`             // in (0, 1], how strong the evidence is
	Tag      string   `json:"tag,omitempty"`      // prefix of the Penn tag of the first word, where it settles the reading; several are parted by "|"
	Case     string   `json:"case,omitempty"`     // "exact": capitals as written
	Before   string   `json:"before,omitempty"`   // what must come next: "number", prefixes of Penn tags parted by "|", or of a verb of speech "clause" (what was said) or "quote" (a quotation beside it)
	Plain    bool     `json:"plain,omitempty"`    // no evidence: listed so that a shorter phrase in it is not read as any
	Stance   string   `json:"stance,omitempty"`   // of an attribution verb
	Value    string   `json:"value,omitempty"`    // what the phrase stands for
	Where    string   `json:"where,omitempty"`    // of a kind rule: "path", "slug" or "title"
	Prefixes []string `json:"prefixes,omitempty"` // of a platform: path parts that come before an author's name
	Note     string   `json:"note,omitempty"`
	Year     string   `json:"year,omitempty"`   // of a fact that changes: "2026", "2019-2024"
	Side     string   `json:"side,omitempty"`   // of a term of a pair: the outlets that choose it more often
	Counts   string   `json:"counts,omitempty"` // of a term of a pair: how much more often, in words
	Hints    []string `json:"hints,omitempty"`  // of a name: phrase and forms that are also something else

	line int
}

// All is the phrase and its other forms.
func (e *Entry) All() []string { return append([]string{e.Phrase}, e.Forms...) }

// Map is from each phrase and form, folded to lower case, to its entry's value.
func (l *Lexicon) Map() map[string]string {
	m := make(map[string]string, len(l.Entries))
	for i := range l.Entries {
		for _, f := range l.Entries[i].All() {
			m[strings.ToLower(f)] = l.Entries[i].Value
		}
	}
	return m
}

// unmatched are the kinds of lists that are not phrases to find in a text but
// rules for reading, grouping or addresses.
var unmatched = []string{
	"abbreviation", "stopword", "kind_rule", "agency", "extent_rule", "nickname", "platform", "tracking", "given_name", "family_name", "name_suffix",
	"house_style", "mirror", "politician", "frame_seed",
	"portrayal_verb", "portrayal_plain", "portrayal_grammar", "portrayal_noun",
}

func (l *Lexicon) matched() bool { return !slices.Contains(unmatched, l.Kind) }

// KindReporting is the kind of the list of verbs that pass on what somebody
// said without quotation marks. Of its entries the value says which complements
// the verb takes.
const KindReporting = "reporting"
