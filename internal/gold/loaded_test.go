package gold_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parallax/internal/gold"
)

func write(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadLoaded(t *testing.T) {
	lines := write(t, "labelled.jsonl", `{"id":"1","text":"Die Köpfe: his cronies left.","biased":1,"biased_spans":[[15,22]],"url":"https://a.example/1","source":"A"}

{"id":"2","text":"The pier is shut.","biased":0,"biased_spans":[]}
`)
	got, err := gold.ReadLoaded(lines, nil)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	s := got[0]
	if !s.Loaded || s.Article != "https://a.example/1" || s.Outlet != "A" || len(s.Marked) != 1 || s.Text[s.Marked[0].Start:s.Marked[0].End] != "cronies" {
		t.Errorf("%+v", s)
	}
	if got[1].Loaded || got[1].Article != "2" {
		t.Errorf("%+v", got[1])
	}
}

func TestReadLoadedLabels(t *testing.T) {
	texts := write(t, "articles.jsonl", `{"id":"x","title":"t","text":"Früher war mehr. The mayor and his cronies left. The pier is shut."}
`)
	labels := write(t, "loaded.tsv", "# labels\narticle\tstart\tend\tdrawn\tgrade\twords\nx\t17\t48\tcue\t2\t35-42q\nx\t49\t66\trandom\t0\t\nx\t49\t66\trandom\t1\t58-62\n")
	got, err := gold.ReadLoaded(labels, []string{texts})
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	s := got[0]
	if s.Text != "The mayor and his cronies left." || s.Text[s.Marked[0].Start:s.Marked[0].End] != "cronies" || !s.Loaded || s.Weight != 1 {
		t.Errorf("%+v", s)
	}
	if got[1].Loaded || !got[2].Loaded || got[2].Weight >= 1 {
		t.Errorf("%+v, %+v", got[1], got[2])
	}
}

func TestReadLoadedSaysWhatIsWrong(t *testing.T) {
	texts := write(t, "articles.jsonl", `{"id":"x","title":"t","text":"The pier is shut."}`)
	head := "article\tstart\tend\tdrawn\tgrade\twords\n"
	for _, c := range []struct{ name, data, want string }{
		{"a.jsonl", `{"id":"1","text":"x"}`, "a.jsonl:1: text and biased"},
		{"a.jsonl", `{"id":"1","text":"x","biased":1,"biased_spans":[[0,9]]}`, "a.jsonl:1: span 0–9"},
		{"a.jsonl", "\n", "no sentences"},
		{"a.tsv", head + "x\t0\t99\tcue\t0\t\n", "a.tsv:2: 0–99 is not in article x"},
		{"a.tsv", head + "x\t0\t17\tcue\t1\t4-99\n", `a.tsv:2: word "4-99"`},
		{"a.tsv", head + "y\t0\t17\tcue\t0\t\n", "a.tsv:2: article y is not in"},
		{"a.tsv", head + "x\t0\t17\tcue\t0\n", "a.tsv:2: 5 columns"},
	} {
		_, err := gold.ReadLoaded(write(t, c.name, c.data), []string{texts})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.data, err, c.want)
		}
	}
}
