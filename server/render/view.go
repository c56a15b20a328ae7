package render

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer"
)

// A View is a text with what was found in it, as it is shown on the pages of
// stored and of pasted articles and in a file that stands alone. A part that
// was not asked for, or not measured, is nil.
type View struct {
	Alone      bool   // in a file, which has no other pages to link to
	Lang, Dir  string // for the attributes; Lang "" is unknown
	Title      []Passage
	Paragraphs []Paragraph
	Unmeasured string // why nothing was looked for, "" when it was
	Cues       *Cues
	Speech     *Speech
	Names      *Names
	Portrayals []Portrayed
	Sentences  *Sentences
	Frames     *Frames
	Wording    *Wording
}

// A Paragraph is one of the text, counted from 1.
type Paragraph struct {
	N         int
	Lang, Dir string // where they are not those of the text
	Passages  []Passage
}

// Names are the entities of an article by type.
type Names struct{ Groups []NameGroup }

// A NameGroup is the names of one type.
type NameGroup struct {
	Name  string
	Items []NamedEntity
}

// A NamedEntity is an entity with where its name leads.
type NamedEntity struct {
	Name, Path string // Path is "" where there is no page
	Mentions   int
}

// NewView computes what is shown of an article. The analysis is by an and in
// bytes of title and body. Names lead to the path that their key gets; with a
// nil path they lead nowhere.
func NewView(an *analyzer.Analyzer, a *analyzer.Analysis, title, body string, path func(key string) string) *View {
	v := &View{Lang: a.Language, Unmeasured: unmeasured(a), Wording: newWording(a)}
	if v.Lang == "und" {
		v.Lang = ""
	}
	v.Dir = direction(v.Lang)
	l := newLayout(an.Lexicons().Reader().Read(body))
	if a.Quotes.Measured {
		v.Speech = newSpeech(a.Quotes.Items, l)
	}
	var marks []cueMark
	if a.Cues.Measured {
		v.Cues, marks = newCues(an.Detectors(), a, title, l)
	}
	if a.Entities.Measured {
		v.Names = &Names{nameGroups(a.Entities.Items, path)}
		v.Portrayals = Portrayals(a.Entities.Items)
	}
	if a.Sentences.Measured {
		v.Sentences = newSentences(a.Sentences.Items, title, body, l)
	}
	v.Frames = newFrames(a, title, body, l)
	v.Title = cut(title, 0, len(title), inField(marks, fieldTitle), nil)
	v.Paragraphs = l.paragraphsOf(inField(marks, ""), markQuotes(a.Quotes.Items, v.Speech))
	for _, f := range a.Foreign {
		if k := l.paragraph(f.Start); k > 0 {
			v.Paragraphs[k-1].Lang, v.Paragraphs[k-1].Dir = f.Language, direction(f.Language)
		}
	}
	return v
}

const fieldTitle = "title"

// direction is how a language is written, for the attribute dir. An unknown
// one is left to its letters.
func direction(language string) string {
	switch language {
	case "":
		return "auto"
	case "ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi":
		return "rtl"
	}
	return "ltr"
}

// unmeasured says why nothing was looked for. That is never shown as zero.
func unmeasured(a *analyzer.Analysis) string {
	if len(a.Measured) == 0 {
		return ""
	}
	if a.Language == "und" {
		return "not measured: the text is not in English, or its language could not be told"
	}
	return "not measured: the text is not in English"
}

func nameGroups(entities []analyzer.Entity, path func(key string) string) []NameGroup {
	out := []NameGroup{{Name: "People"}, {Name: "Places"}, {Name: "Organizations"}, {Name: "Other names"}}
	at := map[string]int{"person": 0, "place": 1, "organization": 2}
	for _, e := range entities {
		k, ok := at[e.Type]
		if !ok {
			k = 3
		}
		item := NamedEntity{Name: e.Name, Mentions: len(e.Mentions)}
		if path != nil {
			item.Path = path(e.Key)
		}
		out[k].Items = append(out[k].Items, item)
	}
	return slices.DeleteFunc(out, func(g NameGroup) bool { return len(g.Items) == 0 })
}

func inField(cues []cueMark, field string) []cueMark {
	var out []cueMark
	for _, c := range cues {
		if c.field == field {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(x, y cueMark) int { return cmp.Compare(x.start, y.start) })
	return out
}

// phraseOf is the rule of a cue without its type.
func phraseOf(c *analyzer.Cue) string { return strings.TrimPrefix(c.Rule, c.Type+"/") }
