package render

import (
	"bytes"
	"fmt"
	"slices"

	"parallax/analyzer"
)

// Portrayed is how an article speaks of one entity: in its own voice, and what
// it passes on that others say.
type Portrayed struct {
	Name        string
	Own, Others []Said
}

// Said is what is said of an entity in one role, in the order of the article.
type Said struct {
	Role  string // "described as", "labelled", "as the one who", "as the one whom others"
	Words []SaidWord
}

// SaidWord is a word or phrase, how often it is said and by whom.
type SaidWord struct {
	Text  string
	Times int
	By    string // "" is the article
}

// portrayedAs are the roles of a portrayal in the order in which they are shown.
var portrayedAs = [...][2]string{{"descriptor", "described as"}, {"label", "labelled"}, {"agent", "as the one who"}, {"patient", "as the one whom others"}}

// Portrayals is how an article speaks of each of its main entities.
func Portrayals(entities []analyzer.Entity) []Portrayed {
	var out []Portrayed
	for i := range entities {
		e := &entities[i]
		if len(e.Portrayal) > 0 {
			out = append(out, Portrayed{e.Name, saidOf(e.Portrayal, true), saidOf(e.Portrayal, false)})
		}
	}
	return out
}

func saidOf(list []analyzer.Portrayal, own bool) []Said {
	var out []Said
	for _, role := range portrayedAs {
		s := Said{Role: role[1]}
		for _, p := range list {
			if p.Role != role[0] || p.Own() != own {
				continue
			}
			by := p.By
			if by == "" && !own {
				by = "a speaker not found"
			}
			k := slices.IndexFunc(s.Words, func(w SaidWord) bool { return w.Text == p.Text && w.By == by })
			if k < 0 {
				k = len(s.Words)
				s.Words = append(s.Words, SaidWord{Text: p.Text, By: by})
			}
			s.Words[k].Times++
		}
		if len(s.Words) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// portrayals writes how an article speaks of its main entities.
func portrayals(b *bytes.Buffer, entities []analyzer.Entity) {
	for _, p := range Portrayals(entities) {
		fmt.Fprintf(b, "\nHow the article speaks of %s\n", Plain(p.Name))
		voice(b, "In the article’s own voice", p.Own)
		voice(b, "In others’ words", p.Others)
	}
}

func voice(b *bytes.Buffer, name string, list []Said) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "  %s\n", name)
	for _, s := range list {
		fmt.Fprintf(b, "    %s:", s.Role)
		for i, w := range s.Words {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(b, " %s", Plain(w.Text))
			if w.Times > 1 {
				fmt.Fprintf(b, " ×%d", w.Times)
			}
			if w.By != "" {
				fmt.Fprintf(b, " (%s)", Plain(w.By))
			}
		}
		b.WriteByte('\n')
	}
}
