package analyzer_test

import (
	"strings"
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
	"parallax/analyzer/text"
)

func TestLoaded(t *testing.T) {
	analyzertest.Run(t, analyzer.Loaded(), "testdata/loaded/*.txt")
}

// TestLoadedSaysWhy holds the note of a loaded word to what a reader is told.
func TestLoadedSaysWhy(t *testing.T) {
	a := analyzertest.New(t, analyzer.Loaded())
	cues := a.Analyze(analyzer.Input{Text: "The mayor and her cronies left. “What a disgraceful mess,” said Ian Hale."}, analyzer.Options{Only: []string{"cues"}}).Cues.Items
	if len(cues) < 2 || cues[0].Rule != "loaded/cronies" || cues[0].InQuote || !cues[1].InQuote {
		t.Fatalf("%+v", cues)
	}
	for i, parts := range [][]string{
		{"log-odds +", "the word itself +", "the words beside it ", "the sentence ", "any word −", "not among the labelled sentences"},
		{"log-odds +", "places where it stood in labelled sentences"},
	} {
		for _, part := range parts {
			if !strings.Contains(cues[i].Note, part) {
				t.Errorf("%s: no %q in %q", cues[i].Rule, part, cues[i].Note)
			}
		}
	}
	if w := cues[0].Weight; w <= .5 || w >= 1 {
		t.Errorf("weight %v", w)
	}
}

func TestSentences(t *testing.T) {
	a := analyzertest.New(t)
	in := analyzer.Input{
		Title: "A disgraceful plan, rammed through",
		Text:  "Die Brücke “öffnet” spät. The council met on Monday in Port Annick to read the report of the harbour board. The mayor and her crooked cronies rammed the disastrous plan through.",
	}
	all := a.Analyze(in, analyzer.Options{Only: []string{"sentences"}})
	got := all.Sentences.Items
	if len(got) != 4 || got[0].Field != "title" || got[3].Field != "" {
		t.Fatalf("%+v", got)
	}
	if got[0].Loaded < .5 || got[2].Loaded >= .5 || got[3].Loaded < .5 || got[3].Loaded > 1 {
		t.Errorf("loaded %v, want over, any, under and over .5", got)
	}
	if s := in.Text[got[2].Start:got[2].End]; !strings.HasPrefix(s, "The council met") || !strings.HasSuffix(s, "board.") {
		t.Errorf("%q", s)
	}
	runes := all.In(text.Rune, in.Title, in.Text).Sentences.Items
	if s := string([]rune(in.Text)[runes[2].Start:runes[2].End]); !strings.HasPrefix(s, "The council met") {
		t.Errorf("in code points: %q", s)
	}
	if got[2].Start == runes[2].Start {
		t.Error("bytes and code points are the same after an umlaut")
	}
}
