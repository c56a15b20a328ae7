package gold_test

import (
	"strings"
	"testing"
	"time"

	"parallax/internal/gold"
)

func TestReadStories(t *testing.T) {
	got, err := gold.ReadStories(write(t, "stories.jsonl", `{"id":"1","title":"A","text":"B","published":"2026-11-02T10:00:00Z","story":"s","leaning":"left"}
{"id":"2","title":"C","published":"2026-11-03","story":"s","lean":"right"}
{"id":"3","title":"D","story":"t"}
`))
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	day := time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
	if a := got[0]; a.Title != "A" || a.Text != "B" || !a.Published.Equal(day) || a.Story != "s" || a.Leaning != "left" {
		t.Errorf("%+v", a)
	}
	if !got[1].Published.Equal(day.Add(14*time.Hour)) || got[1].Leaning != "right" || !got[2].Published.IsZero() {
		t.Errorf("%+v", got[1:])
	}
}

func TestReadStoriesSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"\n", "no articles with stories"},
		{`{"id":"1","title":"A"}`, "a.jsonl:1: id and story are needed"},
		{`{"id":"1","story":"s","published":"yesterday"}`, "a.jsonl:1: parsing time"},
		{`{"id":"1"`, "a.jsonl:1: "},
	} {
		if _, err := gold.ReadStories(write(t, "a.jsonl", c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.data, err, c.want)
		}
	}
}
