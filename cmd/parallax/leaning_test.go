package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wordingData writes articles of twelve invented outlets of each side, which
// differ by a few words, and gives the file.
func wordingData(t *testing.T, dir string) string {
	t.Helper()
	words := map[string][]string{
		"left": {"tenants", "wages", "fairness"}, "center": {"committee", "figures", "schedule"}, "right": {"taxes", "borders", "enterprise"},
	}
	var b bytes.Buffer
	for side, own := range words {
		for outlet := range 12 {
			for n := range 3 {
				var text []string
				for i := range 60 {
					text = append(text, strings.Fields("the council of this town met again and they spoke about what their harbour was like and how it could have been with more of that")[(i*7+outlet+n)%26])
					if i%4 == n {
						text = append(text, own[(i+outlet)%3])
					}
				}
				data, err := json.Marshal(map[string]string{
					"id": fmt.Sprint(side, outlet, n), "title": "The council met", "text": strings.Join(text, " ") + ".",
					"domain": fmt.Sprintf("%s%d.example", side, outlet), "leaning": side, "published": "2019-05-01",
				})
				if err != nil {
					t.Fatal(err)
				}
				b.Write(append(data, '\n'))
			}
		}
	}
	file := filepath.Join(dir, "articles.jsonl")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTrainLeaningTwiceGivesTheSameBytes(t *testing.T) {
	dir := t.TempDir()
	data := wordingData(t, dir)
	var files [2][]byte
	for i := range files {
		out := filepath.Join(dir, fmt.Sprint(i), "leaning.weights")
		if code, _, errs := call(t, "", "train", "leaning", "--data", data, "--out", out); code != 0 {
			t.Fatalf("exit %d: %s", code, errs)
		}
		var err error
		if files[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("fitted twice, the weights differ")
	}
	mine := filepath.Join(dir, "0")
	if code, out, errs := call(t, "", "--lexicons", mine, "lexicons", "show", "leaning"); code != 0 || !strings.Contains(out, "heaviest phrases, left") || !strings.Contains(out, "tenants") {
		t.Errorf("exit %d: %.600s %s", code, out, errs)
	}
	// The weights in use are scored on data as they are.
	code, out, errs := call(t, "", "--lexicons", mine, "eval", "leaning", "--embedded", "--data", data)
	if code != 0 || !strings.HasPrefix(out, "weights in use: accuracy 1.000 ") {
		t.Errorf("exit %d: %s %s", code, out, errs)
	}
	// An outlet may be left out; too little is an error.
	if code, _, errs := call(t, "", "train", "leaning", "--data", data, "--out", filepath.Join(dir, "x"), "--without", "left0.example"); code != 0 || !strings.Contains(errs, "105 texts") {
		t.Errorf("exit %d: %s", code, errs)
	}
	few := filepath.Join(dir, "few.jsonl")
	if err := os.WriteFile(few, []byte(`{"id":"a","domain":"a.example","leaning":"left","text":"The council met on the bridge."}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := call(t, "", "train", "leaning", "--data", few, "--out", filepath.Join(dir, "y")); code != 1 || !strings.Contains(errs, "too few to fit on") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestEvalLeaningAndTriplets(t *testing.T) {
	dir := t.TempDir()
	data := wordingData(t, dir)
	code, out, errs := call(t, "", "eval", "leaning", "--data", data)
	if code != 0 || strings.Count(out, "\n") < 4 || !strings.HasPrefix(out, "whole texts: accuracy ") || !strings.Contains(out, "; 540 texts of 36 outlets") || !strings.Contains(out, "first 300 words: not measured, there are no such texts") ||
		!strings.Contains(out, "outlets: not measured, none has 20 texts") {
		t.Errorf("exit %d: %s %s", code, out, errs)
	}
	var stories bytes.Buffer
	for n := range 4 {
		for _, a := range [][2]string{{"one.example", "tenants and wages and fairness"}, {"two.example", "taxes and borders and enterprise"}} {
			fmt.Fprintf(&stories, `{"id":"%s%d","story":"s%d","domain":"%s","text":"The council met again and spoke about %s, about %s. %s"}`+"\n", a[0], n, n, a[0], a[1], a[1], strings.Repeat("The town met about the road. ", 8))
		}
	}
	file := filepath.Join(dir, "stories.jsonl")
	if err := os.WriteFile(file, stories.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs = call(t, "", "eval", "triplets", "--train", data, "--data", file, "--order", "one.example<two.example")
	if code != 0 || out != "one.example<two.example 1.000 (1.000–1.000); 4 stories\n" {
		t.Errorf("exit %d: %s %s", code, out, errs)
	}
	if code, _, errs := call(t, "", "eval", "triplets", "--data", file); code != 2 || !strings.Contains(errs, "needs --train and --order") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
