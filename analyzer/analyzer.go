package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"parallax/analyzer/framing"
	"parallax/analyzer/leaning"
	"parallax/analyzer/loaded"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Tagger gives words their part of speech and finds names. It must be safe
// for concurrent use and give the same for the same.
type Tagger interface {
	// Name is what the engine string adds, "" for the tagger of the house.
	Name() string
	// Tag sets the tag of token i, which is of sentence s, in tags: those of all
	// tokens of doc as far as they are known, 0 where they are not. It may set
	// those of other tokens of s too. What it finds no tag for gets
	// [text.NoTag].
	Tag(tags []text.Tag, doc *text.Document, s text.Sentence, i int)
	// Names appends the names of doc, in order, to dst. A name with another label
	// than those of [text.Name] is left out.
	Names(dst []text.Name, doc *text.Document, hits []lexicons.Hit) []text.Name
}

// An Input is an article as it is handed in. All but the text or title may be
// empty.
type Input struct {
	ID     string // goes into the analysis as it is
	Title  string
	Text   string
	URL    string
	Domain string // of the source, where there is no URL
	Source string // name of the source
	Kind   string // as given by whoever sent the article
}

// Options say what of an article is wanted. The zero Options want all.
type Options struct {
	Only     []string // parts; nil is all
	WithText bool     // title and text in the answer
	// AllEvidence gives every phrase that a text leaning stands on, not the
	// heaviest ones only.
	AllEvidence bool
	// Experimental runs the experimental detectors too.
	Experimental bool
}

func (o Options) wants(part string) bool { return o.Only == nil || slices.Contains(o.Only, part) }

// An Analyzer analyses articles with one set of lexicons and detectors. It is
// safe for concurrent use.
type Analyzer struct {
	set       *lexicons.Set
	tagger    Tagger
	detectors []Detector
	kinds     kindRules
	extents   []*lexicons.Lexicon
	names     names
	portrayal portrayWords
	reader    *leaning.Reader
	wording   lazy[leaning.Model]
	loaded    lazy[loaded.Model]
	seeds     *seedKinds
	buffers   sync.Pool // of *leaningBuffer
	framing   lazy[framing.Model]
}

// New puts an analyzer together. Detectors without name or doc, two of one
// name, or without their lexicon are refused.
func New(set *lexicons.Set, tagger Tagger, detectors ...Detector) (*Analyzer, error) {
	seen := map[string]bool{}
	for _, d := range detectors {
		if err := d.validate(set); err != nil {
			return nil, err
		}
		if seen[d.Name] {
			return nil, fmt.Errorf("detector %s: given twice", d.Name)
		}
		seen[d.Name] = true
	}
	a := &Analyzer{
		set: set, tagger: tagger, detectors: detectors,
		kinds: newKindRules(set), extents: set.OfKind("extent_rule"), names: newNames(set), portrayal: newPortrayWords(set),
		reader: leaning.NewReader(set), seeds: newSeedKinds(set),
		wording: lazy[leaning.Model]{name: leaning.Name, set: set, read: leaning.Load},
		loaded:  lazy[loaded.Model]{name: loaded.Name, set: set, read: loaded.Load},
		framing: lazy[framing.Model]{name: framing.Name, set: set, read: framing.Load},
	}
	for _, given := range []func() error{a.wording.given, a.loaded.given, a.framing.given} {
		if err := given(); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Engine names the version, and the tagger where it is not that of the house,
// as every analysis does.
func (a *Analyzer) Engine() string {
	if name := a.tagger.Name(); name != "" {
		return Version + "+" + name
	}
	return Version
}

// Lexicons is the set that the analyzer reads with.
func (a *Analyzer) Lexicons() *lexicons.Set { return a.set }

// Detectors are those that the analyzer was put together with.
func (a *Analyzer) Detectors() []Detector { return a.detectors }

// SourceOf is the key under which the source of an article is known, and what
// the lexicon says of it: the domain of its URL, else its domain, else its
// name. An article with none of them is a source of its own, keyed by id.
func SourceOf(set *lexicons.Set, in Input) lexicons.Source {
	for _, address := range []string{in.URL, in.Domain} {
		if address == "" {
			continue
		}
		if _, src, err := set.Lookup(address); err == nil {
			if src.Name == "" {
				src.Name = in.Source
			}
			return src
		}
	}
	if name := strings.TrimSpace(in.Source); name != "" {
		return lexicons.Source{Domain: "name:" + strings.ToLower(name), Name: name, Leaning: lexicons.Unrated}
	}
	return lexicons.Source{Domain: "article:" + in.ID, Leaning: lexicons.Unrated}
}

// Analyze analyses one article. Bytes that are no UTF-8 are repaired as
// [text.Valid] does; the spans, in bytes, are into the repaired fields.
func (a *Analyzer) Analyze(in Input, opt Options) *Analysis {
	title, body := a.field(fieldTitle, in.Title), a.field("", in.Text)
	src := SourceOf(a.set, in)
	language := a.language(title, body)
	out := &Analysis{
		ID: in.ID, Language: language, Words: body.Doc.Words(),
		Kind: a.kinds.of(in, src, body, language), Extent: a.extent(body.Doc),
		Engine: a.Engine(), Lexicons: a.set.Words(), Ratings: a.set.RatingsHash(),
	}
	if opt.WithText {
		out.Title, out.Text = &title.Doc.Text, &body.Doc.Text
	}
	if opt.wants(PartSource) {
		out.Source = &src
	}
	if out.Language != "en" {
		out.unmeasured(opt)
		return out
	}
	if body.Foreign = foreignParagraphs(body); body.Foreign != nil {
		body.dropForeign()
		out.Foreign = body.Foreign
	}
	if opt.wants(PartLeaning) {
		out.Leaning = a.leaning(title, body, opt.AllEvidence)
	}
	if opt.wants(PartSentences) {
		out.Sentences = measured(a.sentences(title, body))
	}
	var entities []Entity
	if opt.wants(PartEntities) || opt.wants(PartQuotes) {
		entities = a.entities(title, body)
	}
	var quotes []Quote
	if entities != nil {
		quotes = a.quotes(body, entities)
	}
	if opt.wants(PartEntities) {
		a.portray(title, body, entities, quotes)
		out.Entities = measured(entities)
	}
	if opt.wants(PartCues) {
		out.Cues = measured(a.cues(opt.Experimental, title, body))
	}
	if opt.wants(PartQuotes) {
		out.Quotes = measured(quotes)
	}
	if opt.wants(PartFrames) {
		a.frames(out, title, body, opt.AllEvidence)
	}
	return out
}

// unmeasured marks the parts that only English is read for.
func (a *Analysis) unmeasured(opt Options) {
	a.Measured = map[string]string{}
	if opt.wants(PartLeaning) {
		a.Leaning = &Leaning{Label: lexicons.Unrated, Reason: ReasonLanguage, Evidence: []Evidence{}}
	}
	for part, asked := range map[string]*bool{
		PartSentences: &a.Sentences.Asked, PartEntities: &a.Entities.Asked, PartCues: &a.Cues.Asked, PartQuotes: &a.Quotes.Asked, PartFrames: &a.Frames.Asked,
	} {
		if opt.wants(part) {
			*asked = true
			a.Measured[part] = ReasonLanguage
		}
	}
}

func (a *Analyzer) field(name, s string) *Field {
	f := &Field{Name: name, Doc: a.set.Reader().Read(s), Set: a.set, tagger: a.tagger}
	f.Hits = a.set.Match(make([]lexicons.Hit, 0, len(f.Doc.Tokens)/2), f.Doc)
	f.quotations = quotedSpans(f.Doc)
	for _, q := range f.quotations {
		f.Quoted = append(f.Quoted, q.content)
	}
	f.judge = &judge{model: &a.loaded, seeds: a.seeds}
	f.attribute = func() []Quote { return newQuoter(f, nil).direct() }
	return f
}

func (a *Analyzer) cues(experimental bool, fields ...*Field) []Cue {
	var cues []Cue
	for _, f := range fields {
		from := len(cues)
		for _, d := range a.detectors {
			if d.Experimental && !experimental {
				continue
			}
			d.Run(f, func(c Cue) {
				c.Experimental = d.Experimental
				cues = append(cues, c)
			})
		}
		slices.SortStableFunc(cues[from:], func(x, y Cue) int {
			return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.Type, y.Type))
		})
	}
	return cues
}
