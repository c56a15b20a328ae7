package eval_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/text"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// A fake gives words the label or tag that it was told, wherever they stand.
type fake struct {
	labels map[string]string
	tags   map[string]string
}

func (fake) Name() string { return "fake" }

func (f fake) Tag(tags []text.Tag, doc *text.Document, _ text.Sentence, i int) {
	tags[i] = text.NoTag
	if tag := text.ParseTag(f.tags[doc.Word(i)]); tag != 0 {
		tags[i] = tag
	}
}

func (f fake) Names(dst []text.Name, doc *text.Document, _ []lexicons.Hit) []text.Name {
	for i := range doc.Tokens {
		if label := f.labels[doc.Word(i)]; label != "" {
			dst = append(dst, text.Name{First: i, Last: i + 1, Label: label})
		}
	}
	return dst
}

func load(t *testing.T) *lexicons.Set {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// named reads "[PER Odile Fenn] left." as a text with its names.
func named(line string) (body string, names []gold.Name) {
	for rest := line; rest != ""; {
		plain, after, marked := strings.Cut(rest, "[")
		body += plain
		mark, left, _ := strings.Cut(after, "]")
		if kind, name, _ := strings.Cut(mark, " "); marked {
			names = append(names, gold.Name{Span: text.Span{Start: len(body), End: len(body) + len(name)}, Type: kind})
			body += name
		}
		rest = left
	}
	return body, names
}

// treebank reads lines of "word/TAG", a sentence each; "_" before a word joins
// it to the one before.
func treebank(lines ...string) gold.Document {
	var d gold.Document
	for n, line := range lines {
		for i, f := range strings.Fields(line) {
			word, tag, _ := strings.Cut(f, "/")
			word, joined := strings.CutPrefix(word, "_")
			switch {
			case i == 0 && n > 0:
				d.Text += "\n"
			case i > 0 && !joined:
				d.Text += " "
			}
			d.Words = append(d.Words, gold.Word{Span: text.Span{Start: len(d.Text), End: len(d.Text) + len(word)}, Tag: tag, First: i == 0})
			d.Text += word
		}
	}
	return d
}

func TestScore(t *testing.T) {
	for _, c := range []struct {
		is    string
		tally eval.Tally
		want  eval.Score
	}{
		{"nothing at all", eval.Tally{}, eval.Score{}},
		{"nothing found", eval.Tally{Labelled: 4}, eval.Score{Labelled: 4}},
		{"nothing labelled", eval.Tally{Found: 4}, eval.Score{}},
		{"nothing right", eval.Tally{Found: 4, Labelled: 5}, eval.Score{Labelled: 5}},
		{"all right", eval.Tally{Right: 3, Found: 3, Labelled: 3}, eval.Score{Precision: 1, Recall: 1, F1: 1, Labelled: 3}},
		{"half of what was found, all that is labelled", eval.Tally{Right: 2, Found: 4, Labelled: 2}, eval.Score{Precision: .5, Recall: 1, F1: 2. / 3, Labelled: 2}},
		{"all that was found, a quarter of what is labelled", eval.Tally{Right: 1, Found: 1, Labelled: 4}, eval.Score{Precision: 1, Recall: .25, F1: .4, Labelled: 4}},
	} {
		if diff := cmp.Diff(c.want, c.tally.Score()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.is, diff)
		}
	}
}

func TestEntities(t *testing.T) {
	a, err := analyzer.New(load(t), fake{labels: map[string]string{
		"Fenn": "PER", "Dray": "LOC", "Norhaven": "LOC", "Brack": "ORG", // Dray is a person
		"Kelpies": "ORG", "Saltish": "PER", "Tideway": "MISC",
	}})
	if err != nil {
		t.Fatal(err)
	}
	var docs []gold.Document
	for _, c := range [][2]string{
		{"[PER Fenn] is not to go", "It was [PER Fenn] who told the people of [LOC Norhaven] that [PER Dray] had left, and that was all."},
		{"", "In the end it was [ORG Brack] and not [ORG Oarsmen] that had to pay for it, they said, but not all of it."},
	} {
		d := gold.Document{}
		d.Title, d.Heads = named(c[0])
		d.Text, d.Names = named(c[1])
		docs = append(docs, d)
	}
	score := func() eval.Names {
		got := eval.Entities(a, docs)
		if i := got.Interval; i.Low > got.All.F1 || i.High < got.All.F1 || i.Low < 0 || i.High > 1 {
			t.Errorf("F1 %.3f has the interval %.3f–%.3f", got.All.F1, i.Low, i.High)
		}
		got.Interval = eval.Interval{}
		return got
	}
	want := eval.Names{
		Documents: 2,
		All:       eval.Tally{Right: 4, Found: 5, Labelled: 6}.Score(),
		Types: map[string]eval.Score{
			"PER": eval.Tally{Right: 2, Found: 2, Labelled: 3}.Score(), // Fenn twice, not Dray
			"LOC": eval.Tally{Right: 1, Found: 2, Labelled: 1}.Score(), // Norhaven, and Dray wrongly
			"ORG": eval.Tally{Right: 1, Found: 1, Labelled: 2}.Score(), // Brack, not Oarsmen
		},
	}
	if diff := cmp.Diff(want, score()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	// Names of other kinds, those that a corpus does not decide, and what is
	// found there or found to be of another kind count for nothing.
	more, names := named("It was in the [MISC Saltish] of the [? Kelpies] and of the old Tideway, and [MISC Ebbing] was not that.")
	docs[1].Title, docs[1].Heads = more, names
	if diff := cmp.Diff(want, score()); diff != "" {
		t.Errorf("with a title of MISC and undecided names: (-want +got)\n%s", diff)
	}
	docs[1].Heads = nil
	want.All = eval.Tally{Right: 4, Found: 7, Labelled: 6}.Score()
	want.Types["PER"] = eval.Tally{Right: 2, Found: 3, Labelled: 3}.Score()
	want.Types["ORG"] = eval.Tally{Right: 1, Found: 2, Labelled: 2}.Score()
	if diff := cmp.Diff(want, score()); diff != "" {
		t.Errorf("with that title and no label: (-want +got)\n%s", diff)
	}
}

func TestTags(t *testing.T) {
	docs := []gold.Document{
		treebank("The/DT boat/NN left/VBD ./.", "Hale/NNP saw/VBD it/PRP ./."),
		treebank("The/DT left/NN saw/VBD $/$ 5/CD ,/, it/PRP odd/?"),
	}
	got := eval.Tags(load(t), fake{tags: map[string]string{
		"The": "DT", "boat": "VB", "left": "VBD", "Hale": "NNP", "saw": "VBD", "5": "CD", ".": "NN", // nothing for "it"
	}}, docs)
	want := eval.Tagging{
		Documents: 2, Words: 11, Accuracy: 7. / 11,
		Confused: []eval.Confusion{{"PRP", "", 2}, {"NN", "VB", 1}, {"NN", "VBD", 1}},
	}
	if i := got.Interval; i.Low > got.Accuracy || i.High < got.Accuracy || i.Low != .6 || i.High != 4./6 {
		t.Errorf("accuracy %.3f has the interval %.3f–%.3f, want that of the two documents", got.Accuracy, i.Low, i.High)
	}
	got.Interval = eval.Interval{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("marks and words without a tag of the treebank must not count: (-want +got)\n%s", diff)
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		is               string
		doc              gold.Document
		sentences, words eval.Tally
	}{
		{
			"as the corpus has them, though it writes a line each",
			treebank("The/DT boat/NN left/VBD _./.", "Hale/NNP saw/VBD it/PRP _./."),
			eval.Tally{Right: 2, Found: 2, Labelled: 2},
			eval.Tally{Right: 8, Found: 8, Labelled: 8},
		},
		{
			"no mark parts them",
			treebank("the/DT boat/NN left/VBD", "it/PRP was/VBD late/JJ _./."),
			eval.Tally{Right: 0, Found: 1, Labelled: 2},
			eval.Tally{Right: 7, Found: 7, Labelled: 7},
		},
		{
			"a mark within one, and a word that the corpus cuts",
			treebank("They/PRP can/MD _not/RB go/VB _./. Not/RB now/RB _./."),
			eval.Tally{Right: 0, Found: 2, Labelled: 1},
			eval.Tally{Right: 6, Found: 7, Labelled: 8},
		},
		{
			"hyphens join",
			treebank("A/DT well/RB _-/HYPH _made/VBN boat/NN left/VBD _./."),
			eval.Tally{Right: 1, Found: 1, Labelled: 1},
			eval.Tally{Right: 5, Found: 5, Labelled: 5},
		},
	} {
		want := eval.Splitting{Documents: 1, Sentences: c.sentences.Score(), Words: c.words.Score()}
		if diff := cmp.Diff(want, eval.Sentences(load(t), []gold.Document{c.doc})); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.is, diff)
		}
	}
}

func TestKind(t *testing.T) {
	a, err := analyzer.New(load(t), fake{})
	if err != nil {
		t.Fatal(err)
	}
	const story = "The council met in the hall, and that was all."
	in := []analyzer.Input{
		{Text: story, URL: "https://a.example/opinion/x", Kind: "news"}, // the kind given is not read
		{Text: story, URL: "https://a.example/opinion/y"},
		{Text: story, URL: "https://a.example/opinion/z"},
		{Text: story, URL: "https://a.example/news/live/w"},
		{Text: story},
	}
	r, got := eval.Kind(a, in, []eval.KindLabel{
		{Kind: "opinion"},
		{Kind: "analysis", Or: "opinion"},
		{Kind: "analysis", Or: "editorial"},
		{Kind: "live"},
		{Kind: "news"},
	})
	if diff := cmp.Diff([]string{"opinion", "opinion", "opinion", "live", "unknown"}, got); diff != "" {
		t.Errorf("kinds: (-want +got)\n%s", diff)
	}
	if i := r.Interval; i.Low > .75 || i.High < .75 {
		t.Errorf("3 of 4 have the interval %.3f–%.3f", i.Low, i.High)
	}
	r.Interval = eval.Interval{}
	want := eval.Kinds{Articles: 5, Right: 3, Told: 4, Kinds: map[string]eval.Score{
		"opinion":  eval.Tally{Right: 2, Found: 3, Labelled: 2}.Score(), // a second reader would say so of one
		"analysis": eval.Tally{Labelled: 1}.Score(),
		"live":     eval.Tally{Right: 1, Found: 1, Labelled: 1}.Score(),
		"news":     eval.Tally{Labelled: 1}.Score(),
		"unknown":  eval.Tally{Found: 1}.Score(),
	}}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
