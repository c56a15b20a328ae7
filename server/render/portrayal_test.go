package render_test

import (
	"bytes"
	"strings"
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/lexicons"
	"parallax/server/render"
)

func TestPortrayalsPartTheVoices(t *testing.T) {
	a := &analyzer.Analysis{}
	a.Entities = analyzer.Part[analyzer.Entity]{Asked: true, Measured: true, Items: []analyzer.Entity{
		{Name: "Tomas Rehn", Type: "person", Portrayal: []analyzer.Portrayal{
			{Role: "descriptor", Mark: analyzer.Mark{Text: "embattled"}},
			{Role: "agent", Mark: analyzer.Mark{Text: "slashed"}},
			{Role: "agent", Mark: analyzer.Mark{Text: "slashed"}},
			{Role: "label", Mark: analyzer.Mark{Text: "<b>coward"}, InQuote: true, By: "Odile Karsk"},
			{Role: "patient", Mark: analyzer.Mark{Text: "fired"}, InQuote: true},
		}},
		{Name: "Odile Karsk", Type: "person"},
	}}
	var b bytes.Buffer
	if err := render.AnalysisText(&b, "", a); err != nil {
		t.Fatal(err)
	}
	want := `
How the article speaks of Tomas Rehn
  In the article’s own voice
    described as: embattled
    as the one who: slashed ×2
  In others’ words
    labelled: <b>coward (Odile Karsk)
    as the one whom others: fired (a speaker not found)
`
	if !strings.Contains(b.String(), want) || strings.Contains(b.String(), "speaks of Odile") {
		t.Errorf("text:\n%s", b.String())
	}
	b.Reset()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	tag, err := tagger.New(set)
	if err != nil {
		t.Fatal(err)
	}
	an, err := analyzer.New(set, tag)
	if err != nil {
		t.Fatal(err)
	}
	if err := render.AnalysisHTML(&b, an, "", "", a); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"How the article speaks of whom", ">Tomas Rehn</h3>", "slashed ×2", "&lt;b&gt;coward <span class=\"meta\">(Odile Karsk)"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %q in the page:\n%s", part, b.String())
		}
	}
}
