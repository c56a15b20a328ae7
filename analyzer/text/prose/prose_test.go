package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer/text"
	"parallax/analyzer/text/prose"
)

var tagger prose.Tagger

func read(s string, names bool) (*text.Document, prose.Tagging) {
	doc := text.NewReader(nil, text.Rules{Abbreviations: []string{"Mr."}}).Read(s)
	return doc, tagger.Read(doc, doc.Sentences[0], names)
}

func TestTagsFollowOurTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The minister may resign in May.", "The/DT minister/NN may/MD resign/VB in/IN May/NNP ./"},
		{"“I don’t know,” Mr. Hale said.", "“/ I/PRP do/VBP n’t/RB know/VB ,/ ”/ Mr./NNP Hale/NNP said/VBD ./"},
	} {
		doc, r := read(c.in, false)
		var got []string
		for i, tag := range r.Tags {
			got = append(got, doc.Word(i)+"/"+tag)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("tags of %q: (-want +got)\n%s", c.in, diff)
		}
	}
}

// The last name of a text is one that prose itself would drop. Berlin is no
// person, but prose says so, and this package only reports.
func TestNamesHaveTheirWords(t *testing.T) {
	doc, r := read("On Monday Angela Merkel’s plane left Berlin for “sunny” Paris", true)
	var got []string
	for _, n := range r.Names {
		got = append(got, n.Label+" "+doc.Slice(doc.Span(n.First, n.Last)))
	}
	want := []string{"PER Angela Merkel", "PER Berlin", "LOC Paris"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names: (-want +got)\n%s", diff)
	}
}

func TestOddTextHasNoMoreTagsThanTokens(t *testing.T) {
	for _, s := range []string{"(", "....", "'s n't", "👩‍👩‍👧 said", "&rsquo; x", "\u00a0a\u00a0", "I don't. He said it's, well, John's.", "\ufffd \ufffd"} {
		doc := text.NewReader(nil, text.Rules{}).Read(s)
		for _, sent := range doc.Sentences {
			if r := tagger.Read(doc, sent, true); len(r.Tags) != sent.Last-sent.First {
				t.Errorf("%q: %d tags for %d tokens", s, len(r.Tags), sent.Last-sent.First)
			}
		}
	}
}

// prose itself takes either of two labels with equal scores.
func TestTheSameWordsGetTheSameTags(t *testing.T) {
	const s = "Stressing haste, brokering gezellig deals, the vrijheid council zigzagged, wobbling frumiously past Quorvale, blorping."
	_, first := read(s, true)
	for range 200 {
		if _, again := read(s, true); strings.Join(again.Tags, " ") != strings.Join(first.Tags, " ") || len(again.Names) != len(first.Names) {
			t.Fatalf("tags were %v and are %v", first.Tags, again.Tags)
		}
	}
}
