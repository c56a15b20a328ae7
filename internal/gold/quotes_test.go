package gold_test

import (
	"strings"
	"testing"

	"parallax/internal/gold"
)

func TestReadAttributions(t *testing.T) {
	path := write(t, "quotes.jsonl", `{"id":"1","text":"Früh: “Ja,” sagt Hale.","split":"dev","attributions":[{"src":[[17,21]],"cue":[[12,16]],"con":[[6,11]]}]}
{"id":"2","text":"x","split":"train","attributions":[]}
`)
	got, err := gold.ReadAttributions(path, []string{"dev"})
	if err != nil || len(got) != 1 || len(got[0].Attributions) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	a := got[0].Attributions[0]
	if s := got[0].Text[a.Source[0].Start:a.Source[0].End]; s != "Hale" {
		t.Errorf("source %q", s)
	}
	if s := got[0].Text[a.Content[0].Start:a.Content[0].End]; s != "“Ja,”" {
		t.Errorf("content %q", s)
	}
	if all, err := gold.ReadAttributions(path, nil); err != nil || len(all) != 2 {
		t.Errorf("%d texts, %v", len(all), err)
	}
	_, err = gold.ReadAttributions(write(t, "bad.jsonl", `{"id":"1","text":"x","attributions":[{"con":[[0,9]]}]}`), nil)
	if err == nil || !strings.Contains(err.Error(), "bad.jsonl:1: span 0–9") {
		t.Errorf("%v", err)
	}
}
