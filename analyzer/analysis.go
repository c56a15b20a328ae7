package analyzer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// The parts of an analysis, by the names that --only takes.
const (
	PartSource    = "source"
	PartLeaning   = "leaning"
	PartSentences = "sentences"
	PartEntities  = "entities"
	PartCues      = "cues"
	PartQuotes    = "quotes"
	PartFrames    = "frames"
)

// Parts are all of them, in the order in which they are given.
var Parts = [...]string{PartSource, PartLeaning, PartSentences, PartEntities, PartCues, PartQuotes, PartFrames}

// ParseParts reads names of parts, parted by commas. "" is no part.
func ParseParts(names string) ([]string, error) {
	parts := []string{}
	for name := range strings.SplitSeq(names, ",") {
		switch name = strings.TrimSpace(name); {
		case name == "":
		case slices.Contains(Parts[:], name):
			parts = append(parts, name)
		default:
			return nil, fmt.Errorf("part %q: must be one of %s", name, strings.Join(Parts[:], ", "))
		}
	}
	return parts, nil
}

// A Mark is a span of a field of the article with its words. An Analysis is
// made in bytes; see [Analysis.In].
type Mark struct {
	Field string `json:"field,omitempty"` // "title"; "" is the text
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Span is where the mark stands.
func (m Mark) Span() text.Span { return text.Span{Start: m.Start, End: m.End} }

// An Analysis is what was found in one article.
type Analysis struct {
	ID       string           `json:"id"`
	Language string           `json:"language"` // ISO 639-1, "und" when it can't be told
	Words    int              `json:"words"`    // words and numbers in the text, the title not counted
	Kind     string           `json:"kind"`
	Extent   string           `json:"extent"`
	Engine   string           `json:"engine"`
	Lexicons string           `json:"lexicons"` // content hash of the word lists
	Ratings  string           `json:"ratings"`  // content hash of the source ratings
	Title    *string          `json:"title,omitempty"`
	Text     *string          `json:"text,omitempty"`
	Source   *lexicons.Source `json:"source,omitempty"`
	Leaning  *Leaning         `json:"leaning,omitempty"`
	// Sentences are empty where the set holds no weights of loaded language.
	Sentences Part[Sentence]    `json:"sentences,omitzero"`
	Entities  Part[Entity]      `json:"entities,omitzero"`
	Cues      Part[Cue]         `json:"cues,omitzero"`
	Quotes    Part[Quote]       `json:"quotes,omitzero"`
	Frames    Part[Frame]       `json:"frames,omitzero"`    // all of the model, in its order
	Measured  map[string]string `json:"measured,omitempty"` // why a part is null
	Foreign   []Foreign         `json:"foreign,omitempty"`  // paragraphs of the text in another language, which were not measured
}

// A Part is a list that may not have been asked for (absent), or not measured
// (null); an empty one was measured and nothing was found.
type Part[T any] struct {
	Asked    bool
	Measured bool
	Items    []T
}

func measured[T any](items []T) Part[T] { return Part[T]{Asked: true, Measured: true, Items: items} }

// IsZero leaves a part that was not asked for out of the JSON.
func (p Part[T]) IsZero() bool { return !p.Asked }

// MarshalJSON writes the list, or null where it was not measured.
func (p Part[T]) MarshalJSON() ([]byte, error) {
	if !p.Measured {
		return []byte("null"), nil
	}
	if p.Items == nil {
		return []byte("[]"), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // "<" stays readable; what shows it must escape it
	err := enc.Encode(p.Items)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Part[T]) UnmarshalJSON(data []byte) error {
	p.Asked = true
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	p.Measured = true
	return json.Unmarshal(data, &p.Items)
}

// An Entity is a person, place, organization or other thing with a name.
type Entity struct {
	Key      string  `json:"key"`      // one entity in two articles has one key
	Name     string  `json:"name"`     // the fullest form found
	Type     string  `json:"type"`     // "person", "place", "organization" or "other"
	Salience float64 `json:"salience"` // in (0, 1): chance that a short summary names it
	Mentions []Mark  `json:"mentions"`
	// Descriptions mean a person without the name, where an apposition says so:
	// "the Ukrainian president".
	Descriptions []Mark `json:"descriptions,omitempty"`
	// Portrayal is what is said of a main person or organization beside its
	// name, in the order of the article.
	Portrayal []Portrayal `json:"portrayal,omitempty"`
}

// A Portrayal is a word or phrase that is said of an entity: an adjective or
// noun that describes it, or a verb for what it does or has done to it.
type Portrayal struct {
	Role string `json:"role"` // "descriptor", "label", "agent" or "patient"
	Mark
	InQuote bool `json:"in_quote"` // the words are a speaker's, not the article's
	// By is who says so, in a quotation or in words that the article passes on.
	// Without it and outside quotation marks the article says so itself.
	By string `json:"by,omitempty"`
}

// Own says whether the article says so in its own voice.
func (p Portrayal) Own() bool { return !p.InQuote && p.By == "" }

// A Cue is a span of text that a detector takes as evidence.
type Cue struct {
	Type string `json:"type"` // the name of its detector
	Mark
	Weight  float64 `json:"weight"` // in (0, 1]
	Rule    string  `json:"rule"`   // type and lexicon entry, such as "hedge/may"
	Stance  string  `json:"stance,omitempty"`
	Side    string  `json:"side,omitempty"` // of a partisan term: the outlets that choose it more often
	Note    string  `json:"note,omitempty"` // of a partisan term: how much more often, with its interval; of moral and emotion: which
	InQuote bool    `json:"in_quote"`       // the words are a speaker's, not the article's
	// Experimental says that the detector has not earned its precision yet.
	Experimental bool `json:"experimental,omitempty"`
}

// A Quote is a quotation. Quotes of one ID are one quotation that was
// interrupted or runs over paragraphs.
type Quote struct {
	ID      int      `json:"id"`
	Kind    string   `json:"kind"`    // "direct", "mixed" or "indirect"
	Content Mark     `json:"content"` // without the marks
	Verb    *Mark    `json:"verb,omitempty"`
	Speaker *Speaker `json:"speaker,omitempty"`
	Rule    string   `json:"rule,omitempty"` // of an indirect one: the pattern and the verb, such as "that/say"
}

// A Speaker is whom a quotation is attributed to.
type Speaker struct {
	Mark
	Name string `json:"name,omitempty"` // of the entity, when it is known
	Kind string `json:"kind"`           // "person", "official", "institution", "anonymous" or "crowd"
}

// In gives the analysis with its spans counted in unit. The title and text
// must be those that were analysed.
func (a *Analysis) In(unit text.Unit, title, body string) *Analysis {
	if unit == text.Byte {
		return a
	}
	ti, bo := text.NewOffsets(title, unit), text.NewOffsets(body, unit)
	at := func(m *Mark) {
		o := bo
		if m.Field == fieldTitle {
			o = ti
		}
		m.Start, m.End = o.At(m.Start), o.At(m.End)
	}
	out := *a
	out.Foreign = clone(a.Foreign)
	for i := range out.Foreign {
		p := &out.Foreign[i]
		p.Start, p.End = bo.At(p.Start), bo.At(p.End)
	}
	out.Sentences.Items = clone(a.Sentences.Items)
	for i := range out.Sentences.Items {
		s := &out.Sentences.Items[i]
		m := Mark{Field: s.Field, Start: s.Start, End: s.End}
		at(&m)
		s.Start, s.End = m.Start, m.End
	}
	out.Entities.Items = clone(a.Entities.Items)
	for i := range out.Entities.Items {
		e := &out.Entities.Items[i]
		e.Mentions = clone(e.Mentions)
		for k := range e.Mentions {
			at(&e.Mentions[k])
		}
		e.Descriptions = clone(e.Descriptions)
		for k := range e.Descriptions {
			at(&e.Descriptions[k])
		}
		e.Portrayal = clone(e.Portrayal)
		for k := range e.Portrayal {
			at(&e.Portrayal[k].Mark)
		}
	}
	if a.Leaning != nil {
		l := *a.Leaning
		l.Evidence = clone(l.Evidence)
		for i := range l.Evidence {
			at(&l.Evidence[i].Mark)
		}
		out.Leaning = &l
	}
	out.Cues.Items = clone(a.Cues.Items)
	for i := range out.Cues.Items {
		at(&out.Cues.Items[i].Mark)
	}
	out.Quotes.Items = clone(a.Quotes.Items)
	for i := range out.Quotes.Items {
		q := &out.Quotes.Items[i]
		at(&q.Content)
		if q.Verb != nil {
			v := *q.Verb
			at(&v)
			q.Verb = &v
		}
		if q.Speaker != nil {
			s := *q.Speaker
			at(&s.Mark)
			q.Speaker = &s
		}
	}
	out.Frames.Items = clone(a.Frames.Items)
	for i := range out.Frames.Items {
		f := &out.Frames.Items[i]
		f.Evidence = clone(f.Evidence)
		for k := range f.Evidence {
			at(&f.Evidence[k].Mark)
		}
	}
	return &out
}

// clone keeps nil nil, so that an empty list stays what it was.
func clone[T any](s []T) []T {
	if s == nil {
		return nil
	}
	return append(make([]T, 0, len(s)), s...)
}
