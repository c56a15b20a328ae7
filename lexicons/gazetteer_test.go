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

// gazetteer is a list of names; rows stand from line 9 on.
func gazetteer(kind string, rows ...string) string {
	return "# name: " + kind + "s\n# kind: " + kind + "\n# version: 1\n# language: en\n# license: Apache-2.0\n# citation: ours\n# a remark\n" +
		"phrase\tforms\tvalue\tyear\tnote\n" + strings.Join(rows, "\n") + "\n"
}

func TestGazetteerEntries(t *testing.T) {
	set := load(t, fstest.MapFS{"towns.tsv": {Data: []byte(gazetteer("place",
		"Norhaven\tNor Haven|?The Haven\tcity\t2019-2024\ton the coast",
		"?Ebb\t\triver\t\t",
		"",
		"?Flood\t?The Flood\triver\t\tand a word",
	))}})
	l, err := set.Lexicon("places")
	if err != nil {
		t.Fatal(err)
	}
	want := []lexicons.Entry{
		{Phrase: "Norhaven", Forms: []string{"Nor Haven", "The Haven"}, Weight: 1, Value: "city", Year: "2019-2024", Note: "on the coast", Hints: []string{"The Haven"}},
		{Phrase: "Ebb", Weight: .5, Value: "river", Hints: []string{"Ebb"}},
		{Phrase: "Flood", Forms: []string{"The Flood"}, Weight: .5, Value: "river", Note: "and a word", Hints: []string{"Flood", "The Flood"}},
	}
	if diff := cmp.Diff(want, l.Entries, cmpopts.IgnoreUnexported(lexicons.Entry{})); diff != "" {
		t.Errorf("entries: (-want +got)\n%s", diff)
	}
	if l.Kind != "place" || l.License != "Apache-2.0" || l.Citation != "ours" || !strings.HasPrefix(l.Hash, "sha256:") {
		t.Errorf("head is %s, %s, %s, %s", l.Kind, l.License, l.Citation, l.Hash)
	}
}

// A name that is also a word is found with a capital only, and where the list
// calls it a hint the hit is weak.
func TestNamesAreMatchedWithACapital(t *testing.T) {
	set := load(t, fstest.MapFS{
		"a.tsv": {Data: []byte(gazetteer("place", "Norhaven\tNor Haven|?The Haven\tcity\t\t", "?Ebb\t\triver\t\t", "eMoor\t\tcity\t\t"))},
		"b.tsv": {Data: []byte(gazetteer("person", "Odile Fenn\t?Fenn\t\t\t"))},
		"c.tsv": {Data: []byte(gazetteer("given_name", "Odile\t\t\t\t"))}, // rules for reading, not found in texts
	})
	for _, c := range []struct{ in, want string }{
		{"Norhaven or Nor Haven or NORHAVEN", "Norhaven, Nor Haven, NORHAVEN"},
		{"norhaven and nor haven", ""},
		{"The Haven is the haven", "The Haven weak"},
		{"the ebb of the Ebb", "Ebb weak"},
		{"eMoor is written small, or emoor", "eMoor, emoor"},
		{"Odile Fenn met Fenn. A fenn met Odile", "Odile Fenn, Fenn weak"},
	} {
		doc := set.Reader().Read(c.in)
		var got []string
		for _, h := range set.Match(nil, doc) {
			s := doc.Slice(doc.Span(h.First, h.Last))
			if h.Weak {
				s += " weak"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("names in %q: (-want +got)\n%s", c.in, diff)
		}
	}
}

func TestGazetteerErrorsNameFileAndLine(t *testing.T) {
	good := gazetteer("place", "Norhaven\tNor Haven\tcity\t\t")
	for _, c := range []struct{ is, data, want string }{
		{"a phrase twice", good + "norhaven\t\tcity\t\t\n", `a.tsv:10: "norhaven" stands on line 9 already`},
		{"a form twice", good + "Aldermere\tOld Mere|Nor Haven\tcity\t\t\n", `a.tsv:10: "Nor Haven" stands on line 9 already`},
		{"a hint twice", good + "\n?NORHAVEN\t\tcity\t\t\n", `a.tsv:11: "NORHAVEN" stands on line 9 already`},
		{"a column too few", good + "Aldermere\t\tcity\t\n", "a.tsv:10: 4 columns, want 5"},
		{"a column too many", good + "Aldermere\t\tcity\t\t\t\n", "a.tsv:10: 6 columns, want 5"},
		{"spaces for tabs", good + "Aldermere city\n", "a.tsv:10: 1 columns, want 5"},
		{"no phrase", good + "\tAldermere\tcity\t\t\n", `a.tsv:10: phrase or form ""`},
		{"a hint of nothing", good + "?\t\tcity\t\t\n", `a.tsv:10: phrase or form ""`},
		{"an empty form", good + "Aldermere\tOld Mere|\tcity\t\t\n", `a.tsv:10: phrase or form ""`},
		{"a space too many", good + "Aldermere\tOld Mere | The Mere\tcity\t\t\n", `a.tsv:10: phrase or form " The Mere"`},
		{"other columns", strings.Replace(good, "forms", "aliases", 1), "a.tsv:8: the columns must be phrase, forms, value, year, note"},
		{"no columns", strings.Replace(good, "phrase\tforms\tvalue\tyear\tnote\n", "", 1), "a.tsv:8: the columns must be"},
		{"no licence", strings.Replace(good, "# license: Apache-2.0\n", "", 1), "a.tsv:1: no license"},
		{"no citation", strings.Replace(good, "# citation: ours\n", "", 1), "a.tsv:1: no citation"},
		{"no names", gazetteer("place"), "a.tsv:1: no entries"},
	} {
		_, err := lexicons.LoadOnly(fstest.MapFS{"a.tsv": {Data: []byte(c.data)}})
		if !errors.Is(err, lexicons.ErrInvalid) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want %s…", c.is, err, c.want)
		}
	}
}
