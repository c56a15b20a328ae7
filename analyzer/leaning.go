package analyzer

import (
	"cmp"
	"math"
	"slices"

	"parallax/analyzer/leaning"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// Why a text has no leaning.
const (
	ReasonShort    = "too_short"
	ReasonLanguage = "language"
	ReasonWeights  = "no_weights" // the lexicons in use hold no model of it
)

// LeastWords is how many words a text must have to be given a leaning.
const LeastWords = 40

// A Leaning says which outlets' wording an article resembles. It is never that
// of the outlet, and no statement about whoever wrote the article.
type Leaning struct {
	Label         string         `json:"label"` // the most probable side, or "unrated"
	Reason        string         `json:"reason,omitempty"`
	Score         *float64       `json:"score,omitempty"` // p(right) − p(left), in [−1, 1]
	Raw           *float64       `json:"raw,omitempty"`   // log-odds of right against left: bias and the sum of all evidence
	Bias          *float64       `json:"bias,omitempty"`
	Center        *CenterHead    `json:"center,omitempty"`
	Confident     bool           `json:"confident"`
	Probabilities *Probabilities `json:"probabilities,omitempty"`
	Phrases       int            `json:"phrases"` // different phrases of the model in the article
	Evidence      []Evidence     `json:"evidence"`
}

// A CenterHead is the log-odds of center against left and right: bias and the
// sum of all evidence's Center.
type CenterHead struct {
	Raw  float64 `json:"raw"`
	Bias float64 `json:"bias"`
}

// Probabilities are those of the three sides; they add up to 1 but for
// rounding.
type Probabilities struct {
	Left   float64 `json:"left"`
	Center float64 `json:"center"`
	Right  float64 `json:"right"`
}

// Evidence is a phrase where it stands and what it adds to the log-odds.
type Evidence struct {
	Mark
	Weight float64 `json:"weight"` // to that of right against left
	Center float64 `json:"center"` // to that of center against both
	Times  int     `json:"times"`  // how often the phrase stands in the article
	Rule   string  `json:"rule"`   // "phrase/" and the phrase as the model has it
}

// evidenceShown is how many phrases of each side are shown unless all are
// asked for.
const evidenceShown = 10

// A leaningBuffer is room that one article after another uses.
type leaningBuffer struct {
	title, body []leaning.Phrase
	evidence    []leaning.Evidence
}

// leaning reads the wording of an article in English.
func (a *Analyzer) leaning(title, body *Field, all bool) *Leaning {
	model := a.wording.ready()
	if model == nil {
		return &Leaning{Label: lexicons.Unrated, Reason: ReasonWeights, Evidence: []Evidence{}}
	}
	if body.Doc.Words() < LeastWords {
		return &Leaning{Label: lexicons.Unrated, Reason: ReasonShort, Evidence: []Evidence{}}
	}
	fields := [...]*Field{title, body}
	buffer, _ := a.buffers.Get().(*leaningBuffer)
	if buffer == nil {
		buffer = new(leaningBuffer)
	}
	defer a.buffers.Put(buffer)
	buffer.title, buffer.body = a.phrases(buffer.title[:0], title), a.phrases(buffer.body[:0], body)
	s := model.Score(buffer.evidence[:0], buffer.title, buffer.body)
	buffer.evidence = s.Evidence
	out := &Leaning{
		Score: rounded(s.Right - s.Left), Raw: rounded(s.Raw[leaning.Axis]), Bias: rounded(s.Bias[leaning.Axis]),
		Center:        &CenterHead{nine(s.Raw[leaning.Center]), nine(s.Bias[leaning.Center])},
		Probabilities: &Probabilities{nine(s.Left), nine(s.Center), nine(s.Right)}, Phrases: s.Known,
	}
	most := 0.0
	for i, p := range []float64{s.Left, s.Center, s.Right} {
		if p > most {
			most, out.Label = p, lexicons.Sides[i]
		}
	}
	out.Confident = most >= model.Confident && s.Known >= leastKnown && body.Doc.Words() > shortText
	picked := s.Evidence
	if !all {
		picked = heaviest(picked)
	}
	out.Evidence = make([]Evidence, 0, len(picked))
	for _, e := range picked {
		f := fields[e.Field]
		out.Evidence = append(out.Evidence, Evidence{
			Mark: f.Mark(e.Phrase.Extent(f.Doc)), Weight: nine(e.Weight[leaning.Axis]), Center: nine(e.Weight[leaning.Center]),
			Times: e.Times, Rule: "phrase/" + e.Label,
		})
	}
	return out
}

// Confident is the highest probability from which on a text leaning is called
// confident; it is over 1 where none is.
func (a *Analyzer) Confident() float64 {
	if m := a.wording.ready(); m != nil {
		return m.Confident
	}
	return 2
}

// leastKnown is how many phrases of the model an article must have to be
// called confident.
const leastKnown = 30

// shortText is up to how many words a text is never called confident: of texts cut
// to 300 words too few were told right, however sure the model was.
const shortText = 300

// heaviest are the phrases that weigh most for each side, each where it first
// stands, in order of place.
func heaviest(all []leaning.Evidence) []leaning.Evidence {
	type weighed struct {
		at    int
		total float64
	}
	first := make([]weighed, 0, len(all))
	for i := range all {
		if e := &all[i]; e.First {
			first = append(first, weighed{i, nine(e.Weight[leaning.Axis]) * float64(e.Times)})
		}
	}
	slices.SortStableFunc(first, func(x, y weighed) int { return cmp.Compare(x.total, y.total) })
	var picked []int
	for n, w := range first {
		if w.total < 0 && n < evidenceShown || w.total > 0 && n >= len(first)-evidenceShown {
			picked = append(picked, w.at)
		}
	}
	slices.Sort(picked)
	out := make([]leaning.Evidence, len(picked))
	for n, i := range picked {
		out[n] = all[i]
	}
	return out
}

// nine keeps nine decimals, so that hundreds of weights still add up to 1e-6
// and no machine differs in the last one.
func nine(x float64) float64 {
	x = math.Round(x*1e9) / 1e9
	if x == 0 {
		x = 0 // not −0
	}
	return x
}

// rounded is [nine] for what may be absent.
func rounded(x float64) *float64 {
	x = nine(x)
	return &x
}

// phrases are those of a field that may be evidence: quoted words and
// paragraphs in another language are none.
func (a *Analyzer) phrases(dst []leaning.Phrase, f *Field) []leaning.Phrase {
	aside := f.Quoted
	if len(f.Foreign) > 0 {
		aside = slices.Clone(aside)
		for _, p := range f.Foreign {
			aside = append(aside, text.Span{Start: p.Start, End: p.End})
		}
		slices.SortFunc(aside, func(x, y text.Span) int { return cmp.Compare(x.Start, y.Start) })
	}
	return a.reader.Phrases(dst, f.Doc, f.Hits, a.named(f), aside)
}

// A Wording is what text leaning is fitted on.
type Wording struct {
	Kind  string
	Title []leaning.Phrase
	Text  []leaning.Phrase
	Words []int // per token of the text, how many words end with it
	// Label names a phrase of the text.
	Label func(leaning.Phrase) string
}

// Wording reads the phrases of an article, for fitting. It is nil for an
// article that is not in English.
func (a *Analyzer) Wording(in Input) *Wording {
	title, body := a.field(fieldTitle, in.Title), a.field("", in.Text)
	language := a.language(title, body)
	if language != "en" {
		return nil
	}
	if body.Foreign = foreignParagraphs(body); body.Foreign != nil {
		body.dropForeign()
	}
	w := &Wording{Kind: a.kinds.of(in, SourceOf(a.set, in), body, language), Title: a.phrases(nil, title), Text: a.phrases(nil, body)}
	n := 0
	for i := range body.Doc.Tokens {
		if body.Doc.Tokens[i].Kind != text.Punct {
			n++
		}
		w.Words = append(w.Words, n)
	}
	w.Label = func(p leaning.Phrase) string { return a.reader.Label(body.Doc, p, a.named(body)) }
	return w
}
