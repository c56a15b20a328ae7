package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"parallax/analyzer/text"
)

// The roles of a portrayal.
const (
	roleDescriptor = "descriptor"
	roleLabel      = "label"
	roleAgent      = "agent"
	rolePatient    = "patient"
)

// mostPortrayed is how many entities of an article are portrayed at most, and
// leastPortrayed how salient each must be.
const (
	mostPortrayed  = 8
	leastPortrayed = .2
)

// portray finds what is said of the main persons and organizations beside
// their names. It reads no grammar but that of short patterns and leaves out
// what they do not settle: what is denied, asked, set as a condition or only
// may be, and what hangs on a name from further off.
func (a *Analyzer) portray(title, body *Field, entities []Entity, quotes []Quote) {
	main := make([]*Entity, 0, mostPortrayed)
	for i := range entities {
		e := &entities[i]
		if (e.Type == person || e.Type == organization) && e.Salience >= leastPortrayed && len(main) < mostPortrayed {
			main = append(main, e)
		}
	}
	if len(main) == 0 {
		return
	}
	for _, f := range []*Field{title, body} {
		p := &portrayer{Field: f, words: &a.portrayal, speech: &quoter{field: f}}
		if f == body {
			p.quotes, p.speech.mentions = quotes, byStart(entities)
		}
		for _, e := range main {
			p.entity = e
			for _, r := range p.refs(e) {
				if p.enter(r.first) {
					p.read(r)
				}
			}
		}
	}
	for _, e := range main {
		slices.SortStableFunc(e.Portrayal, func(x, y Portrayal) int {
			return cmp.Or(-cmp.Compare(len(x.Field), len(y.Field)), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.Role, y.Role))
		})
		e.Portrayal = slices.Compact(e.Portrayal)
	}
}

// A portrayer reads what is said of one entity after another in one field.
type portrayer struct {
	*Field
	words  *portrayWords
	speech *quoter
	quotes []Quote
	entity *Entity

	sentence text.Sentence // that of the name that is read
	at       int           // its index
	usable   bool          // it is no question, condition or heading
	seen     bool          // usable was told
	aside    bool          // what is read stands in a clause with "who" or an apposition
}

// A portrayRef is a place where an entity is meant: tokens [first, last).
type portrayRef struct {
	first, last int
	name        bool // by its name
}

// refs are the places in the field where an entity is meant.
func (p *portrayer) refs(e *Entity) []portrayRef {
	var out []portrayRef
	add := func(list []Mark, name bool) {
		for i := range list {
			if m := &list[i]; m.Field == p.Name {
				out = append(out, portrayRef{p.Doc.TokenAt(m.Start), p.Doc.TokenAt(m.End-1) + 1, name})
			}
		}
	}
	add(e.Mentions, true)
	add(e.Descriptions, false)
	return out
}

// longestPortrayed is how many tokens a sentence has at most to be read.
const longestPortrayed = 120

// enter goes to the sentence of token i and says whether it can be read. One
// that asks, or sets a condition, tells nothing of what is so.
func (p *portrayer) enter(i int) bool {
	k := p.Doc.SentenceAt(i)
	if p.seen && k == p.at {
		return p.usable
	}
	p.seen, p.at, p.sentence = true, k, p.Doc.Sentences[k]
	s := p.sentence
	p.usable = s.Last-s.First <= longestPortrayed && !p.inHeading(s.First)
	for j := s.First; j < s.Last && p.usable; j++ {
		w := p.Doc.Word(j)
		p.usable = w != "?" && p.grammar(j) != "condition" && !(p.Name == fieldTitle && (w == ":" || w == "|"))
	}
	return p.usable
}

// read finds what is said beside one name.
func (p *portrayer) read(r portrayRef) {
	if !p.headed(r.last) || r.name && p.modifies(r.first) {
		return // "Hale’s plan", "the Hale plan"
	}
	start := r.first
	if r.name {
		start = p.before(r)
		p.apposed(r, start)
	}
	p.subject(r, start)
	p.object(r, start)
}

// say reports what tokens [first, last) say of the entity named by r.
func (p *portrayer) say(role string, first, last int, r portrayRef) {
	by, ok := p.voice(first, last, r)
	if ok {
		p.report(role, first, last, by)
	}
}

// report adds a portrayal by a speaker, "" where the words are the article's.
func (p *portrayer) report(role string, first, last int, by string) {
	span := p.Doc.Span(first, last)
	p.entity.Portrayal = append(p.entity.Portrayal, Portrayal{Role: role, Mark: p.Mark(span), InQuote: p.InQuote(span), By: by})
}

// describe reports the tokens [first, last) as a label where a list has one of
// their words as such, else as a descriptor.
func (p *portrayer) describe(first, last int, r portrayRef) {
	p.say(p.roleOf(first, last), first, last, r)
}

func (p *portrayer) roleOf(first, last int) string {
	for _, h := range p.hitsIn(first, last) {
		if l, e := p.Set.Entry(h); l.Kind == roleLabel && h.Last <= last && p.Reads(h, e) {
			return roleLabel
		}
	}
	return roleDescriptor
}

// within says whether token i is of the sentence.
func (p *portrayer) within(i int) bool { return i >= p.sentence.First && i < p.sentence.Last }

// tag is the tag of token i, "" outside the sentence.
func (p *portrayer) tag(i int) string {
	if !p.within(i) {
		return ""
	}
	return p.Tag(i)
}

// word is token i, "" outside the sentence.
func (p *portrayer) word(i int) string {
	if !p.within(i) {
		return ""
	}
	return p.Doc.Word(i)
}

func (p *portrayer) grammar(i int) string { return p.words.grammar[text.Fold(p.word(i))] }

func (p *portrayer) verb(i int) string { return p.words.verbs[text.Fold(p.word(i))] }

// mark says whether token i is a mark, or there is none.
func (p *portrayer) mark(i int) bool { return !p.within(i) || p.Doc.Tokens[i].Kind == text.Punct }

// noun says whether token i is a noun or a name.
func (p *portrayer) noun(i int) bool { return strings.HasPrefix(p.tag(i), "NN") }

// finite says whether token i is a verb with a tense, or a modal.
func (p *portrayer) finite(i int) bool {
	if p.possessive(i) {
		return false
	}
	switch p.tag(i) {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// listed is where the longest entry of one of kinds that ends at token i
// begins, or i.
func (p *portrayer) listed(i int, kinds ...string) int {
	for _, h := range p.hitsIn(max(p.sentence.First, i-longestTitle), i) {
		if l, _ := p.Set.Entry(h); h.Last == i && slices.Contains(kinds, l.Kind) {
			return h.First
		}
	}
	return i
}

// hedged says whether token i is a word that withholds commitment.
func (p *portrayer) hedged(i int) bool {
	for _, h := range p.hitsIn(i, i+1) {
		if l, e := p.Set.Entry(h); l.Kind == "hedge" && p.Reads(h, e) {
			return true
		}
	}
	return false
}
