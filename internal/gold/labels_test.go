package gold_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/internal/gold"
)

const articles = `{"id":"a","title":"É: Hale leaves","text":"🌊 Hale left Norhaven. The rest was not read."}
{"id":"b","title":"Calm","text":"Nobody left."}
{"id":"c","title":"More","text":"Fenn stayed."}
`

func TestLabelsWithoutText(t *testing.T) {
	texts := []string{file(t, "texts.jsonl", articles)}
	docs, err := gold.ReadLabels(file(t, "labels.tsv", "# made up\narticle\tread\ttitle\ttext\nc\t4\t\t0-4:PER\n\na\t21\t3-7:PER\t2-6:PER 12-20:LOC\n"), texts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.ID+": "+page(d.Title, d.Heads)+" | "+page(d.Text, d.Names))
	}
	want := []string{"c: More | [PER Fenn]", "a: É: [PER Hale] leaves | 🌊 [PER Hale] left [LOC Norhaven]."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestLabelsThatCannotBeRead(t *testing.T) {
	texts := []string{file(t, "texts.jsonl", articles)}
	for _, c := range []struct{ data, want string }{
		{"b\t12\t\t\nz\t5\t\t\ny\t5\t\t\n", "the texts of 2 of 3 articles are not in " + texts[0]},
		{"# x\nb\t13\t\t\n", "labels.tsv:2: article b is shorter than 13"},
		{"b\t12\t\t9-13:PER\n", `labels.tsv:1: label "9-13:PER" is not in the text`},
		{"c\t4\t\t0-5:PER\n", `labels.tsv:1: label "0-5:PER" is not in the text`},
		{"b\t12\t0-5:PER\t\n", `labels.tsv:1: label "0-5:PER" is not in the text`},
		{"b\t12\t\tPER:0-4\n", `labels.tsv:1: label "PER:0-4": `},
		{"b\tall\t\t\n", "labels.tsv:1: "},
		{"b\t12\t\n", "labels.tsv:1: 3 columns, not 4"},
	} {
		_, err := gold.ReadLabels(file(t, "labels.tsv", c.data), texts)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("labels %q: error is %v, want …%s…", c.data, err, c.want)
		}
	}
	for _, c := range []struct{ data, want string }{
		{articles + `{"id":"d"}`, "an article without title and text"},
		{articles + `{"id":`, "texts.jsonl: article 4: "},
	} {
		_, err := gold.ReadLabels(file(t, "labels.tsv", "b\t12\t\t\n"), []string{file(t, "texts.jsonl", c.data)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("articles that end with %q: error is %v, want …%s…", c.data[len(articles):], err, c.want)
		}
	}
	if _, err := gold.ReadLabels("nowhere.tsv", texts); err == nil || !strings.Contains(err.Error(), "nowhere.tsv") {
		t.Errorf("error is %v, want one about nowhere.tsv", err)
	}
}
