package lexicons_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parallax/lexicons"
)

// tide is a model of a few bytes.
var tide = lexicons.Weights{
	Name: "tide", Version: "1", Language: "en", License: "Apache-2.0", Citation: "ours",
	Description: "Made up.", Data: []string{"ebb.conll"}, Seed: 7,
}

func weights(t *testing.T, head lexicons.Weights, parts map[string][]byte) string {
	t.Helper()
	data, err := lexicons.EncodeWeights(head, []string{"keys", "none", "rows"}, parts)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWeightsComeBackAsTheyWere(t *testing.T) {
	parts := map[string][]byte{"keys": []byte("ab\ncd"), "none": {}, "rows": {0, 255, '\n', 7}}
	data := weights(t, tide, parts)
	if again := weights(t, tide, parts); again != data {
		t.Error("the second writing has other bytes than the first")
	}
	set := load(t, fstest.MapFS{"deep/tide.weights": {Data: []byte(data)}})
	w, err := set.Weights("tide")
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Read()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parts, got); diff != "" {
		t.Errorf("sections: (-want +got)\n%s", diff)
	}
	want := tide
	want.Kind, want.Sections = "weights", []lexicons.Section{{Name: "keys", Size: 5}, {Name: "none"}, {Name: "rows", Size: 4}}
	if diff := cmp.Diff(want, *w, cmpopts.IgnoreUnexported(want), cmpopts.IgnoreFields(want, "Hash", "Payload")); diff != "" {
		t.Errorf("head: (-want +got)\n%s", diff)
	}
	if w.Embedded() || len(set.AllWeights()) != 1 {
		t.Errorf("embedded %v and one of %d weights, want one that came from outside", w.Embedded(), len(set.AllWeights()))
	}
	if _, err := set.Weights("ebb"); !errors.Is(err, lexicons.ErrNotFound) {
		t.Errorf("weights that are not there: %v, want %v", err, lexicons.ErrNotFound)
	}
}

// A head that is broken is refused when the set is loaded, what follows it when
// it is read: nothing reads eleven megabytes to look up a source.
func TestBrokenWeights(t *testing.T) {
	data := weights(t, tide, map[string][]byte{"keys": []byte("abcd"), "rows": []byte("efgh")})
	for _, c := range []struct{ is, data, load, read string }{
		{"whole", data, "", ""},
		{"another magic", strings.Replace(data, "weights 1", "weights 2", 1), "x.weights:1: no file of weights of this version", ""},
		{"nothing", "", "x.weights:1: no file of weights", ""},
		{"cut in the magic", data[:9], "x.weights:1: no file of weights", ""},
		{"cut in the head", data[:60], "x.weights:1: no file of weights", ""},
		{"a head that is no JSON", strings.Replace(data, `{"name"`, `{name`, 1), "x.weights:2: ", ""},
		{"a head too long", strings.Replace(data, "Made up.", strings.Repeat("Made up. ", 9000), 1), "x.weights:1: no file of weights", ""},
		{"no licence", strings.Replace(data, "Apache-2.0", " ", 1), "x.weights:2: name, version, license, citation and payload must be there", ""},
		{"no payload", strings.Replace(data, `"payload"`, `"paid"`, 1), "x.weights:2: name, version", ""},
		{"another byte", strings.Replace(data, "abcd", "abcx", 1), "", "x.weights:3: the weights are not those of the head: sha256:"},
		{"a byte too few", data[:len(data)-1], "", "x.weights:3: the weights are not those of the head"},
		{"a byte too many", data + "i", "", "x.weights:3: the weights are not those of the head"},
		{"the head alone", data[:len(data)-8], "", "x.weights:3: the weights are not those of the head"},
		{"a section too long", strings.Replace(data, `"rows","size":4`, `"rows","size":5`, 1), "", "x.weights:2: section rows has 5 bytes, 4 are left"},
		{"a section of less than nothing", strings.Replace(data, `"rows","size":4`, `"rows","size":-4`, 1), "", "x.weights:2: section rows has -4 bytes"},
	} {
		set, err := lexicons.LoadOnly(fstest.MapFS{"x.weights": {Data: []byte(c.data)}})
		if c.load != "" {
			if !errors.Is(err, lexicons.ErrInvalid) || !strings.HasPrefix(err.Error(), c.load) {
				t.Errorf("%s: loading says %v, want %s…", c.is, err, c.load)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: loading says %v", c.is, err)
			continue
		}
		w, err := set.Weights("tide")
		if err != nil {
			t.Errorf("%s: %v", c.is, err)
			continue
		}
		_, err = w.Read()
		if c.read == "" && err != nil || c.read != "" && (!errors.Is(err, lexicons.ErrInvalid) || !strings.HasPrefix(err.Error(), c.read)) {
			t.Errorf("%s: reading says %v, want %q…", c.is, err, c.read)
		}
	}
}

// What an analysis was made with is known by one hash; fitted weights are a
// part of it.
func TestWeightsAreInTheHashOfWords(t *testing.T) {
	with := func(data string) *lexicons.Set {
		return load(t, fstest.MapFS{"x.weights": {Data: []byte(data)}})
	}
	parts := map[string][]byte{"keys": []byte("abcd")}
	one := with(weights(t, tide, parts))
	if again := with(weights(t, tide, parts)); again.Words() != one.Words() {
		t.Errorf("the same weights give %s, then %s", one.Words(), again.Words())
	}
	newer := tide
	newer.Version = "2"
	for _, c := range []struct {
		is    string
		other *lexicons.Set
	}{
		{"no weights", load(t, fstest.MapFS{})},
		{"other sections", with(weights(t, tide, map[string][]byte{"keys": []byte("abcx")}))},
		{"another version", with(weights(t, newer, parts))},
	} {
		if c.other.Words() == one.Words() || c.other.RatingsHash() != one.RatingsHash() {
			t.Errorf("%s: words are %s and ratings %s, want another hash of words and the same of ratings", c.is, c.other.Words(), c.other.RatingsHash())
		}
	}
	over, err := lexicons.LoadOnly(
		fstest.MapFS{"x.weights": {Data: []byte(weights(t, tide, parts))}},
		fstest.MapFS{"y.weights": {Data: []byte(weights(t, newer, parts))}},
	)
	if err != nil {
		t.Fatal(err)
	}
	if w, err := over.Weights("tide"); err != nil || w.Version != "2" || len(over.AllWeights()) != 1 {
		t.Errorf("version %s of %d, %v; want that of the overlay alone", w.Version, len(over.AllWeights()), err)
	}
}
