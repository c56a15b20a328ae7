package train_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// words is a set with next to nothing in it.
func words(t *testing.T) *lexicons.Set {
	t.Helper()
	set, err := lexicons.LoadOnly(fstest.MapFS{"titles.yaml": {Data: []byte(
		"name: titles\nkind: title\nversion: 1\nlanguage: en\nlicense: Apache-2.0\ncitation: ours\nentries:\n  - {phrase: captain}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// corpus reads lines with marks, "[PER Odile Fenn] left.", one document each,
// as often as is said.
func corpus(times int, lines ...string) []gold.Document {
	var docs []gold.Document
	for range times {
		for _, line := range lines {
			d := gold.Document{}
			for rest := line; rest != ""; {
				plain, after, marked := strings.Cut(rest, "[")
				d.Text += plain
				mark, left, _ := strings.Cut(after, "]")
				if kind, name, _ := strings.Cut(mark, " "); marked {
					d.Names = append(d.Names, gold.Name{Span: text.Span{Start: len(d.Text), End: len(d.Text) + len(name)}, Type: kind})
					d.Text += name
				}
				rest = left
			}
			docs = append(docs, d)
		}
	}
	return docs
}

// found draws the names that weights find in a text.
func found(set *lexicons.Set, k *tagger.Knowledge, w *tagger.NameWeights, s string) string {
	doc := set.Reader().Read(s)
	names := tagger.FromWeights(set, k, w, nil).Names(nil, doc, set.Match(nil, doc))
	for i := len(names) - 1; i >= 0; i-- {
		span := doc.Span(names[i].First, names[i].Last)
		s = s[:span.Start] + "[" + names[i].Label + " " + s[span.Start:span.End] + "]" + s[span.End:]
	}
	return s
}

var tides = []string{
	"The boat of [PER Odile Fenn] came in at noon.",
	"People in [LOC Norhaven] said that it was late.",
	"The [ORG River Board] will meet again.",
	"They saw [PER Casimir Dray] at the gate of [LOC Norhaven].",
	"A letter from the [ORG River Board] was read to [PER Odile Fenn].",
	"Nobody knew of it.",
}

func TestNamesFindsWhatItWasShown(t *testing.T) {
	set := words(t)
	k := tagger.NewKnowledge(set, nil)
	w := train.Names(set, k, []train.Corpus{{Docs: corpus(3, tides...)}}, train.DefaultNames())
	for _, want := range []string{
		"The boat of [PER Odile Fenn] was late.",
		"They read it in [LOC Norhaven].",
		"The [ORG River Board] saw [PER Casimir Dray].",
		"Nobody came.",
		"it was read again.",
	} {
		got := found(set, k, w, corpus(1, want)[0].Text)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestTheSameDataGiveTheSameBytes(t *testing.T) {
	set := words(t)
	k := tagger.NewKnowledge(set, nil)
	encode := func(seed uint64) []byte {
		cfg := train.DefaultNames()
		cfg.Seed = seed
		data, err := train.Names(set, k, []train.Corpus{{Docs: corpus(3, tides...)}}, cfg).Encode(tagger.Head{Version: "1", Seed: seed, Data: []string{"tides"}})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	first := encode(1)
	if !bytes.Equal(first, encode(1)) {
		t.Error("names: the second fit has other bytes than the first")
	}
	if bytes.Equal(first, encode(2)) {
		t.Error("names: another seed gives the same bytes")
	}
	tags := func() []byte {
		docs := treebank(4, "The/DT boat/NN left/VBD ./.", "Hale/NNP saw/VBD the/DT gate/NN ./.")
		data, err := train.Tags(set, k, docs, train.DefaultTags()).Encode(tagger.Head{Version: "1"})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if !bytes.Equal(tags(), tags()) {
		t.Error("tags: the second fit has other bytes than the first")
	}
}

// Where a corpus labels persons, places and organizations only, what it leaves
// bare is no word against a name of another kind.
func TestNoMiscLeavesOtherKindsOpen(t *testing.T) {
	set := words(t)
	k := tagger.NewKnowledge(set, nil)
	full := train.Corpus{Docs: corpus(3, "We sang at the [MISC Eel Week] with [PER Odile Fenn].", "It rained in [LOC Norhaven].")}
	bare := corpus(12, "We sang at the Eel Week with [PER Odile Fenn].")
	for _, c := range []struct {
		noMisc bool
		want   string
	}{
		{false, "We sang at the Eel Week with [PER Odile Fenn]."},
		{true, "We sang at the [MISC Eel Week] with [PER Odile Fenn]."},
	} {
		w := train.Names(set, k, []train.Corpus{full, {Docs: bare, NoMisc: c.noMisc}}, train.DefaultNames())
		if diff := cmp.Diff(c.want, found(set, k, w, bare[0].Text)); diff != "" {
			t.Errorf("NoMisc %v: (-want +got)\n%s", c.noMisc, diff)
		}
	}
}

// treebank reads lines of "word/TAG", one document each, as often as is said.
func treebank(times int, lines ...string) []gold.Document {
	var docs []gold.Document
	for range times {
		for _, line := range lines {
			d := gold.Document{}
			for i, f := range strings.Fields(line) {
				word, tag, _ := strings.Cut(f, "/")
				if i > 0 {
					d.Text += " "
				}
				d.Words = append(d.Words, gold.Word{Span: text.Span{Start: len(d.Text), End: len(d.Text) + len(word)}, Tag: tag, First: i == 0})
				d.Text += word
			}
			docs = append(docs, d)
		}
	}
	return docs
}

func TestTagsGivesWhatItWasShown(t *testing.T) {
	set := words(t)
	k := tagger.NewKnowledge(set, nil)
	w := train.Tags(set, k, treebank(6, "The/DT boat/NN left/VBD ./.", "They/PRP boat/VBP often/RB ./.", "Hale/NNP saw/VBD the/DT gate/NN ./."), train.DefaultTags())
	tag := tagger.FromWeights(set, k, tagger.NoNames(), w)
	for _, want := range []string{"The/DT boat/NN left/VBD ./", "They/PRP boat/VBP often/RB ./", "Hale/NNP saw/VBD the/DT boat/NN ./"} {
		doc, _ := train.Tokenized(set, &treebank(1, want)[0], false)
		tags := make([]text.Tag, len(doc.Tokens))
		var got []string
		for i := range doc.Tokens {
			if doc.Tokens[i].Kind != text.Punct {
				tag.Tag(tags, doc, doc.Sentences[0], i)
			}
			got = append(got, doc.Word(i)+"/"+tags[i].String())
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

// vectors are three bundles of twenty words that point one way.
func vectors() string {
	var b strings.Builder
	b.WriteString(`{"corpus":"made up","dimensions":3,"vectors":{"zero":[0,0,0,9]`)
	for i := range 60 {
		a := float64(i%20)/40 + float64(i/20)*2
		fmt.Fprintf(&b, `,"w%d":[%.4f,%.4f,0.1,%d,7]`, i, math.Cos(a), math.Sin(a), i)
	}
	return b.String() + "}}"
}

func TestReadVectors(t *testing.T) {
	all := func(string) bool { return true }
	for _, c := range []struct{ in, want string }{
		{`{"dimensions":2,"vectors":{"tide":[3,4,99],"ebb":[0,0.5]}}`, "tide ebb"},
		{`{"name":{"of":["it"]},"dimensions":2,"unkVector":[1,1],"vectors":{"tide":[3,4]}}`, "tide"},
		{`{"dimensions":2,"vectors":{"tide":[3,4],"short":[1],"nothing":[0,0,1]}}`, "tide"},
		{`{"dimensions":2,"vectors":{"not kept":[1,1],"tide":[3,4]}}`, "tide"},
	} {
		v, err := train.ReadVectors(strings.NewReader(c.in), func(w string) bool { return w != "not kept" })
		if err != nil || strings.Join(v.Words, " ") != c.want {
			t.Errorf("%s: words are %v, %v; want %s", c.in, v, err, c.want)
		}
	}
	for _, c := range []struct{ in, want string }{
		{"", "EOF"},
		{"[]", "[ where { must stand"},
		{`{"vectors":{"tide":[3,4]}}`, "vectors before dimensions"},
		{`{"dimensions":0,"vectors":{"tide":[3,4]}}`, "vectors before dimensions"},
		{`{"dimensions":"two","vectors":{}}`, "cannot unmarshal string"},
		{`{"dimensions":2,"vectors":[[3,4]]}`, "[ where { must stand"},
		{`{"dimensions":2,"vectors":{"tide":["3","4"]}}`, "cannot unmarshal string"},
		{`{"dimensions":2,"vectors":{"tide":[3,4],"eb`, "EOF"},
		{`{"dimensions":2,"vectors":{"tide":[3,4]`, "EOF"},
		{`{"dimensions":2,"vectors":{}}`, "no vectors"},
		{`{"dimensions":2}`, "no vectors"},
	} {
		if _, err := train.ReadVectors(strings.NewReader(c.in), all); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want …%s…", c.in, err, c.want)
		}
	}
}

func TestClustersDependOnTheSeedAlone(t *testing.T) {
	clusters := func(seed uint64) map[string]uint16 {
		v, err := train.ReadVectors(strings.NewReader(vectors()), func(string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		return v.Clusters(seed)
	}
	first := clusters(1)
	if len(first) != 60 {
		t.Fatalf("%d words have a cluster, want 60", len(first))
	}
	if diff := cmp.Diff(first, clusters(1)); diff != "" {
		t.Errorf("the same seed: (-first +second)\n%s", diff)
	}
	if cmp.Equal(first, clusters(2)) {
		t.Error("another seed gives the same clusters")
	}
	for _, other := range []string{"w20", "w40"} { // w0 to w19 point one way, these two others
		if first["w0"]>>8 == first[other]>>8 {
			t.Errorf("w0 and %s are in clusters %03x and %03x, want another first digit", other, first["w0"], first[other])
		}
	}
}
