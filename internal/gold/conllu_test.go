package gold_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/internal/gold"
)

// conllu writes the ten columns from "word tag head" and, where there is more,
// what stands in the last column. A line that begins with "=" goes in as it is.
func conllu(lines string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if raw, ok := strings.CutPrefix(line, "="); ok || line == "" || line[0] == '#' {
			b.WriteString(strings.ReplaceAll(strings.TrimSpace(raw), " | ", "\t") + "\n")
			if line == "" {
				n = 0
			}
			continue
		}
		f := append(strings.Fields(line), "_")
		n++
		fmt.Fprintf(&b, "%d\t%s\t_\t_\t%s\t_\t%s\t_\t_\t%s\n", n, f[0], f[1], f[2], f[3])
	}
	return b.String()
}

// harbour is a text as GUM has them. An entity mark is its number, kind,
// state, salience, place in the sentence, least words, link, and the page of an
// encyclopedia where there is one.
const harbour = `
# newdoc id = made_harbour
# meta::genre = news
# meta::salientEntities = 1 (5*), 2 (2), 9 (x)
# newpar
# sent_id = 1
The DT 3 Entity=(1-person-new-sssss-cf1-3,4-coref-Odile_Fenn
new JJ 3
Mayor NNP 7
Odile NNP 3
Fenn NNP 3 Entity=1)
of IN 6
Norhaven NNP 3 Entity=(2-place-new-nnnnn-cf2-1-coref-Norhaven)
left VBD 0
the DT 11 Entity=(3-organization-new-nnnnn-cf3-2-sgl-Norhaven_River_Board
River NNP 11
Board NNP 8 Entity=3)|SpaceAfter=No
. . 8

# sent_id = 2
She PRP 2 Entity=(1-person-giv:act-sssss-cf1-1-ana)
took VBD 0
a DT 4 Entity=(4-object-new-nnnnn-cf2-2-sgl
boat NN 2 Entity=4)|SpaceAfter=No
. . 2

# newpar
# sent_id = 3
Fenn NNP 2 Entity=(1-person-giv:inact-sssss-cf1-1-coref-Odile_Fenn)
saw VBD 0
the DT 5 Entity=(5-event-new-nnnnn-cf2-3
Tide NNP 5
Fair NNP 2 Entity=5)
and CC 9
the DT 9 Entity=(6-event-new-nnnnn-cf3-3-sgl-Eel_Week
Eel NNP 9
Week NNP 5 Entity=6)
`

func TestNamesAreCutFromTheirMentions(t *testing.T) {
	for _, c := range []struct {
		titles gold.Titles
		want   string
	}{
		{nil, "The new [PER Mayor Odile Fenn] of [LOC Norhaven] left the [ORG River Board].\nShe took a boat.\n\n[PER Fenn] saw the [? Tide Fair] and the [MISC Eel Week]"},
		{gold.Titles{"mayor": "Mayor"}, "The new Mayor [PER Odile Fenn] of [LOC Norhaven] left the [ORG River Board].\nShe took a boat.\n\n[PER Fenn] saw the [? Tide Fair] and the [MISC Eel Week]"},
	} {
		docs, err := gold.Read(file(t, "x.conllu", conllu(harbour)), c.titles)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, page(docs[0].Text, docs[0].Names)); diff != "" {
			t.Errorf("with titles %v: (-want +got)\n%s", c.titles, diff)
		}
	}
}

func TestSalienceIsTheShareOfSummaries(t *testing.T) {
	docs, err := gold.Read(file(t, "x.conllu", conllu(harbour)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := docs[0]; len(docs) != 1 || d.ID != "made_harbour" || d.Genre != "news" {
		t.Errorf("%d documents, the first %s of genre %s; want made_harbour of genre news alone", len(docs), d.ID, d.Genre)
	}
	var got []string
	for _, e := range docs[0].Entities {
		var words []string
		for _, m := range e.Mentions {
			words = append(words, docs[0].Text[m.Start:m.End])
		}
		got = append(got, fmt.Sprintf("%s %.1f %s", e.Type, e.Salience, strings.Join(words, " | ")))
	}
	want := []string{
		"PER 1.0 The new Mayor Odile Fenn | She | Fenn", "LOC 0.4 Norhaven", "ORG 0.0 the River Board",
		"MISC 0.0 a boat", "MISC 0.0 the Tide Fair", "MISC 0.0 the Eel Week",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entities: (-want +got)\n%s", diff)
	}
}

func TestWordsOfATreebank(t *testing.T) {
	for _, c := range []struct{ is, data, want string }{
		{"words and their tags", "Hale NNP 2\nleft VBD 0\n. . 2 SpaceAfter=No\n", "Hale left . | Hale/NNP left/VBD ./."},
		{"no space after", "Hale NNP 2 SpaceAfter=No\n, , 1\nleft VBD 0 SpaceAfter=No|MSeg=x\n. . 2\n", "Hale, left. | Hale/NNP ,/, left/VBD ./."},
		{"one word written of two", "We PRP 3\n= 2-3 | don't | _ | _ | _ | _ | _ | _ | _ | _\ndo VBP 4\nn't RB 4\ngo VB 0\n", "We don't go | We/PRP do/VBP n't/RB go/VB"},
		{"one word written of three", "= 1-3 | gonna's | _ | _ | _ | _ | _ | _ | _ | _\ngon VBG 0\nna TO 1\n's VBZ 1\nup RP 1\n", "gonna's up | gon/VBG na/TO 's/VBZ up/RP"},
		{"a word that is not written", "Hale NNP 2\n= 1.1 | went | _ | _ | VBD | _ | _ | _ | _ | _\nhome RB 1\n", "Hale home | Hale/NNP home/RB"},
		{"sentences are lines", "Go VB 0\n\nStay VB 0\n", "Go\nStay | Go/VB Stay/VB"},
		{"paragraphs have a line between", "# newpar\nGo VB 0\n\n# newpar id = 2\nStay VB 0\n\nNow RB 0\n", "Go\n\nStay\nNow | Go/VB Stay/VB Now/RB"},
	} {
		docs, err := gold.Read(file(t, "x.conllu", conllu(c.data)), nil)
		if err != nil {
			t.Errorf("%s: %v", c.is, err)
			continue
		}
		d := docs[0]
		var tags []string
		for _, w := range d.Words {
			tags = append(tags, d.Text[w.Start:w.End]+"/"+w.Tag)
		}
		if diff := cmp.Diff(c.want, d.Text+" | "+strings.Join(tags, " ")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.is, diff)
		}
	}
}

func TestDocumentsOfATreebank(t *testing.T) {
	docs, err := gold.Read(file(t, "x.conllu", conllu("Go VB 0\nnow RB 1\n\nStay VB 0\n\n# newdoc id = b\nGo VB 0\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		first := ""
		for _, w := range d.Words {
			if w.First {
				first += " " + d.Text[w.Start:w.End]
			}
		}
		got = append(got, d.ID+":"+first)
	}
	if diff := cmp.Diff([]string{"x.conllu-0: Go Stay", "b: Go"}, got); diff != "" {
		t.Errorf("documents and the first words of their sentences: (-want +got)\n%s", diff)
	}
}
