package tagger_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
	"parallax/lexicons"
)

// mostWeights is how many bytes the program may grow by its models.
const mostWeights = 12 << 20

// New reads the embedded weights when they are first needed and relies on this
// test that they are sound.
func TestEmbeddedWeightsLoad(t *testing.T) {
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, w := range set.AllWeights() {
		all[w.Name] = true
		parts, err := w.Read() // holds the sections to the hash of the head
		if err != nil {
			t.Errorf("%s: %v", w.Name, err)
			continue
		}
		size := 0
		for _, p := range parts {
			size += len(p)
		}
		if !w.Embedded() || w.License != "Apache-2.0" || len(w.Data) == 0 || size < 1<<16 {
			t.Errorf("%s: embedded %v, licence %q, fitted on %v, %d bytes", w.Name, w.Embedded(), w.License, w.Data, size)
		}
	}
	for _, name := range []string{tagger.WordsName, tagger.EntitiesName, tagger.TagsName} {
		if !all[name] {
			t.Errorf("no weights %q are embedded", name)
		}
	}
	if _, err := tagger.NamesOnly(set); err != nil { // unlike New it reads at once
		t.Error(err)
	}
	tag, err := tagger.New(set)
	if err != nil {
		t.Fatal(err)
	}
	doc := set.Reader().Read("Tomas Rehn leads the union in Aldermere.")
	tags := make([]text.Tag, len(doc.Tokens))
	tag.Tag(tags, doc, doc.Sentences[0], 4)
	names := tag.Names(nil, doc, set.Match(nil, doc))
	if got := tags[4].String(); got != "NN" || len(names) != 2 {
		t.Errorf("in %q %q is tagged %q and the names are %v, want NN and two names", doc.Text, doc.Word(4), got, names)
	}
}

func TestEmbeddedWeightsAreSmall(t *testing.T) {
	files, err := filepath.Glob("../../lexicons/data/models/*.weights")
	if err != nil || len(files) != 7 {
		t.Fatalf("files of weights are %v, %v; want seven", files, err)
	}
	sum := int64(0)
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if sum >= mostWeights {
		t.Errorf("the weights have %d bytes, want less than %d", sum, mostWeights)
	}
}

// Weights of an overlay are read at once, so that a fault is told when the
// program begins.
func TestWeightsOfAnOverlayThatDoNotFit(t *testing.T) {
	head := lexicons.Weights{Version: "1", Language: "en", License: "Apache-2.0", Citation: "ours"}
	for _, c := range []struct{ name, want string }{
		{tagger.WordsName, "weights words: sections do not fit"},
		{tagger.EntitiesName, "weights entities: sections do not fit"},
		{tagger.TagsName, "weights tags: sections do not fit"},
	} {
		head.Name = c.name
		data, err := lexicons.EncodeWeights(head, []string{"keys"}, map[string][]byte{"keys": []byte("abcd")})
		if err != nil {
			t.Fatal(err)
		}
		set, err := lexicons.Load(fstest.MapFS{"x.weights": {Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tagger.New(set); err == nil || err.Error() != c.want {
			t.Errorf("%s: error is %v, want %s", c.name, err, c.want)
		}
	}
	only, err := lexicons.LoadOnly(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tagger.New(only); err == nil {
		t.Error("a set without weights makes a tagger")
	}
}

// BenchmarkLoad reads the embedded weights, as the first text of a program
// does.
func BenchmarkLoad(b *testing.B) {
	set, err := lexicons.Load()
	if err != nil {
		b.Fatal(err)
	}
	set.Reader()
	for b.Loop() {
		tag, err := tagger.New(set)
		if err != nil {
			b.Fatal(err)
		}
		tag.Names(nil, set.Reader().Read("x"), nil) // loads all three
	}
}
