package gold_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"

	"parallax/internal/gold"
)

// file writes a file of that name and gives its path.
func file(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// page draws names into their text: "[PER Odile Fenn] left."
func page(text string, names []gold.Name) string {
	var b strings.Builder
	at := 0
	for _, n := range names {
		fmt.Fprintf(&b, "%s[%s %s]", text[at:n.Start], n.Type, text[n.Start:n.End])
		at = n.End
	}
	return b.String() + text[at:]
}

// pages reads a file and draws each of its documents.
func pages(t *testing.T, name, data string) []string {
	t.Helper()
	docs, err := gold.Read(file(t, name, data), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range docs {
		out = append(out, page(d.Text, d.Names))
	}
	return out
}

func TestWordsALineBecomeText(t *testing.T) {
	for _, c := range []struct{ is, data, want string }{
		{"a sentence is a line", "Hale O\nleft O\n. O\n\nFenn O\nstayed O\n. O\n", "Hale left.\nFenn stayed."},
		{"closers stand against the word before", "Hale O\n, O\nwho O\ndid O\nn't O\nsee O\n( O\nor O\nhear O\n) O\nFenn O\n's O\nboat O\n! O\n", "Hale, who didn't see ( or hear) Fenn's boat!"},
		{"inside alone marks a name", "Odile I-PER\nFenn I-PER\nleft O\nNorhaven I-LOC\n. O\n", "[PER Odile Fenn] left [LOC Norhaven]."},
		{"begin parts two names", "Hale\tB-PER\nFenn\tB-PER\nKell\tI-PER\nleft\tO\n", "[PER Hale] [PER Fenn Kell] left"},
		{"another type parts two names", "Norhaven I-LOC\nDockers I-ORG\nmet O\n", "[LOC Norhaven] [ORG Dockers] met"},
		{"a name ends with its sentence", "for O\nHale I-PER\n\nFenn I-PER\nleft O\n", "for [PER Hale]\n[PER Fenn] left"},
		{"types of other corpora", "Hale B-person\nNorhaven B-location\nBrack B-corporation\nKelpies B-group\n", "[PER Hale] [LOC Norhaven] [ORG Brack] [ORG Kelpies]"},
		{"any other kind is MISC", "Tide B-creative-work\nSong I-creative-work\nand O\nOar B-product\nand O\nWelsh I-MISC\n", "[MISC Tide Song] and [MISC Oar] and [MISC Welsh]"},
		{"numbered words have the label third", "# sent_id = 1\n# text = Hale left\n1\tHale\tB-PER\t-\tx\n2\tleft\tO\t-\tx\n", "[PER Hale] left"},
		{"a year is a word and no number of a line", "1987\tO\nin\tO\nNorhaven\tB-LOC\n", "1987 in [LOC Norhaven]"},
		{"the label is the last column", "Hale NNP I-NP I-PER\nleft VBD I-VP O\n", "[PER Hale] left"},
		{"lines may end with CR LF", "Hale I-PER\r\nleft O\r\n\r\n. O\r\n", "[PER Hale] left\n."},
	} {
		for _, name := range []string{"x.conll", "x.iob2"} {
			got := pages(t, name, c.data)
			if diff := cmp.Diff([]string{c.want}, got); diff != "" {
				t.Errorf("%s, %s: (-want +got)\n%s", c.is, name, diff)
			}
		}
	}
}

func TestWhereDocumentsBegin(t *testing.T) {
	const sentence = "Tide O\n\n"
	for _, c := range []struct {
		is, data string
		want     []int // sentences of each document
	}{
		{"-DOCSTART-", "-DOCSTART- O\n\n" + sentence + sentence + "-DOCSTART- O\n\n" + sentence, []int{2, 1}},
		{"-DOCSTART- without a line between", sentence + "Tide O\n-DOCSTART- O\n" + sentence, []int{2, 1}},
		{"newdoc", "# newdoc id = a\n" + sentence + "# sent_id = 2\n" + sentence + "# newdoc\n" + sentence, []int{2, 1}},
		{"no mark: every 20 sentences", strings.Repeat(sentence, 45), []int{20, 20, 5}},
		{"marked: however many there are", "# newdoc\n" + strings.Repeat(sentence, 45), []int{45}},
		{"an empty document is none", "-DOCSTART- O\n\n-DOCSTART- O\n\n" + sentence, []int{1}},
	} {
		docs, err := gold.Read(file(t, "x.conll", c.data), nil)
		if err != nil {
			t.Errorf("%s: %v", c.is, err)
		}
		var got []int
		for i, d := range docs {
			got = append(got, strings.Count(d.Text, "Tide"))
			if want := fmt.Sprintf("x.conll-%d", i); d.ID != want {
				t.Errorf("%s: document %d is %q, want %q", c.is, i, d.ID, want)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: sentences of each document (-want +got)\n%s", c.is, diff)
		}
	}
}

// The spans of JSON lines count code points, ours count bytes.
func TestSpansOfJSONLines(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{`{"text":"Hale left.","spans":[{"start":0,"end":4,"type":"PER"}]}`, "[PER Hale] left."},
		{`{"text":"Café: Hale left.","spans":[{"start":6,"end":10,"type":"PER"}]}`, "Café: [PER Hale] left."},
		{`{"text":"🌊 Hale met Zoë.","spans":[[2,6,"PER"],[11,14,"PER"]]}`, "🌊 [PER Hale] met [PER Zoë]."},
		{`{"text":"🌊 Hale","entities":[[2,6,"?"]]}`, "🌊 [? Hale]"},
		{"\n  \n" + `{"text":"Nobody left."}` + "\n", "Nobody left."},
	} {
		if diff := cmp.Diff([]string{c.want}, pages(t, "x.jsonl", c.data)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.data, diff)
		}
	}
	docs, err := gold.Read(file(t, "x.jsonl", `{"id":"a1","title":"É Hale","text":"It was Hale.","spans":[{"field":"title","start":2,"end":6,"type":"PER"},[7,11,"PER"]]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if got := d.ID + ": " + page(d.Title, d.Heads) + " | " + page(d.Text, d.Names); got != "a1: É [PER Hale] | It was [PER Hale]." {
		t.Errorf("title and text are %s", got)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	good := `{"text":"Hale left."}` + "\n"
	for _, c := range []struct{ name, data, want string }{
		{"x.jsonl", good + `{"text":"Hale","spans":[[0,5,"PER"]]}`, "x.jsonl: line 2: span 0–5 is not in the text"},
		{"x.jsonl", good + `{"text":"🌊🌊","spans":[[0,3,"PER"]]}`, "x.jsonl: line 2: span 0–3 is not in the text"},
		{"x.jsonl", `{"text":"Hale","spans":[[-1,2,"PER"]]}`, "x.jsonl: line 1: span -1–2 is not in the text"},
		{"x.jsonl", `{"text":"Hale","spans":[[3,3,"PER"]]}`, "x.jsonl: line 1: span 3–3 is not in the text"},
		{"x.jsonl", `{"text":"Hale","spans":[{"field":"title","start":0,"end":4,"type":"PER"}]}`, "x.jsonl: line 1: span 0–4 is not in the text"},
		{"x.jsonl", good + good + `{"text":"Hale","spans":["PER"]}`, "x.jsonl: line 3: "},
		{"x.jsonl", good + "Hale left.\n", "x.jsonl: line 2: "},
		{"x.conllu", "1\tHale\tHale\n", `x.conllu: "1\tHale\tHale" has 3 columns, not 10`},
		{"x.conll", "\n\n", "x.conll: no documents"},
		{"x.jsonl", "", "x.jsonl: no documents"},
		{"x.txt", "Hale left.", "x.txt: unknown ending: must be .conll, .iob2, .conllu or .jsonl, and .gz or .zst"},
		{"x.tsv", "Hale left.", "x.tsv: unknown ending"},
		{"x.conll.gz", "Nobody O\npacked O\nthis O\n", "x.conll.gz: gzip: invalid header"},
	} {
		_, err := gold.Read(file(t, c.name, c.data), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %q: error is %v, want …%s…", c.name, c.data, err, c.want)
		}
	}
	if _, err := gold.ReadAll([]string{file(t, "x.jsonl", good), "nowhere.conll"}, nil); !os.IsNotExist(err) || !strings.Contains(err.Error(), "nowhere.conll") {
		t.Errorf("error is %v, want one that says that there is no nowhere.conll", err)
	}
}

func TestCompressedFiles(t *testing.T) {
	var b strings.Builder
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte("Hale I-PER\nleft O\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"[PER Hale] left"}, pages(t, "x.conll.gz", b.String())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
