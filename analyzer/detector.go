package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Detector finds one type of cue. It is a value: one file each, given to
// [New] by whoever puts an analyzer together.
type Detector struct {
	Name string // the cue type
	Doc  string // what it finds, for help, API and methodology page
	Kind string // kind of lexicon that it reads
	// Experimental says that its precision is not yet good enough: it runs only
	// where [Options] ask for such detectors, and its cues say so.
	Experimental bool
	Run          func(f *Field, report func(Cue))
}

// validate refuses a detector that could not explain itself.
func (d Detector) validate(set *lexicons.Set) error {
	switch {
	case d.Name == "" || strings.TrimSpace(d.Doc) == "" || d.Run == nil:
		return fmt.Errorf("detector %q: it needs a name, a doc and a run function", d.Name)
	case d.Kind != "" && len(set.OfKind(d.Kind)) == 0:
		return fmt.Errorf("detector %s: no lexicon of kind %q", d.Name, d.Kind)
	}
	return nil
}

// Detectors are those of the default analyzer, in the order in which they are
// described; experimental ones come last.
func Detectors() []Detector {
	return []Detector{
		Loaded(), Hedge(), Certainty(), Intensifier(), AttributionVerb(), Label(), PartisanTerm(),
		AgentlessPassive(), ScareQuote(), AnonymousSource(), Presupposition(),
		Moral(), Emotion(), HorseRace(),
	}
}

const fieldTitle = "title"

// A Field is the title or the text of an article with the layers that
// detectors read. Tags are made for a sentence when somebody first asks.
type Field struct {
	Name   string // "title", or "" for the text
	Doc    *text.Document
	Hits   []lexicons.Hit
	Set    *lexicons.Set
	Quoted []text.Span // words between quotation marks, in order
	// Foreign are paragraphs of another language; no hit lies there.
	Foreign []Foreign

	quotations []quotedSpan // what Quoted are the words of

	// attribute finds the quotations that somebody is said to have spoken, in
	// order, for a detector that asks. Entities are not read for it, so that the
	// speakers are known by noun and pronoun at best.
	attribute func() []Quote

	judge *judge // how loaded the sentences are, for who asks

	tagger Tagger
	tags   []text.Tag // per token, 0 where nobody asked
	names  []text.Name

	namesRead bool
}

// Tag is the Penn Treebank tag of token i, "" where there is none. Words are
// tagged as somebody asks.
func (f *Field) Tag(i int) string {
	if f.tags == nil {
		f.tags = make([]text.Tag, len(f.Doc.Tokens))
	}
	if f.tags[i] == 0 && f.Doc.Tokens[i].Kind != text.Punct {
		f.tagger.Tag(f.tags, f.Doc, f.Doc.Sentences[f.Doc.SentenceAt(i)], i)
	}
	return f.tags[i].String()
}

// Mark is a span of the field with its words.
func (f *Field) Mark(s text.Span) Mark {
	return Mark{Field: f.Name, Start: s.Start, End: s.End, Text: f.Doc.Slice(s)}
}

// InQuote says whether a span lies within quotation marks.
func (f *Field) InQuote(s text.Span) bool {
	// The first quotation that ends at or after s is the only one to hold it.
	i, _ := slices.BinarySearchFunc(f.Quoted, s.End, func(q text.Span, end int) int { return cmp.Compare(q.End, end) })
	return i < len(f.Quoted) && f.Quoted[i].Contains(s)
}

// hitsIn are the hits that begin at one of the tokens [first, last).
func (f *Field) hitsIn(first, last int) []lexicons.Hit {
	begin := func(h lexicons.Hit, token int) int { return cmp.Compare(h.First, token) }
	i, _ := slices.BinarySearchFunc(f.Hits, first, begin)
	j, _ := slices.BinarySearchFunc(f.Hits, last, begin)
	return f.Hits[i:max(i, j)]
}

// fromLexicon reports every hit of the lists of one kind that keep allows;
// a nil keep allows all.
func fromLexicon(name, doc string, keep func(*Field, lexicons.Hit, *lexicons.Entry) bool) Detector {
	return Detector{Name: name, Doc: doc, Kind: name, Run: func(f *Field, report func(Cue)) {
		for _, h := range f.Hits {
			l, e := f.Set.Entry(h)
			if l.Kind != name || !f.Reads(h, e) || f.plain(h, name) || keep != nil && !keep(f, h, e) {
				continue
			}
			span := f.Doc.Span(h.First, h.Last)
			report(Cue{
				Type: name, Mark: f.Mark(span), Weight: e.Weight, Rule: name + "/" + e.Phrase,
				Stance: e.Stance, Side: e.Side, Note: cmp.Or(e.Counts, e.Value), InQuote: f.InQuote(span),
			})
		}
	}}
}

// experimental marks a detector as one that is not yet precise enough.
func experimental(d Detector) Detector {
	d.Experimental = true
	return d
}
