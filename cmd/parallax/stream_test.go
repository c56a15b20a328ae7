package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// A stream with one article of a megabyte and many short ones comes out in the
// order it went in, with the same bytes on one core and on all.
func TestStreamKeepsItsOrder(t *testing.T) {
	var in bytes.Buffer
	for i := range 60 {
		text := fmt.Sprintf("Helena Voss may leave Aldermere, article %d said.", i)
		if i == 5 {
			text = strings.Repeat("The council of Norvale met Tomas Rehn, and Rehn said that it may vote. ", 15_000)
		}
		if err := json.NewEncoder(&in).Encode(map[string]string{"id": fmt.Sprint("a", i), "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	analyze := func() string {
		var out bytes.Buffer
		if code := run(context.Background(), []string{"analyze", "--format", "jsonl", "--only", "entities", "-"}, bytes.NewReader(in.Bytes()), &out, io.Discard); code != exitDone {
			t.Fatalf("exit code %d", code)
		}
		return out.String()
	}
	all := analyze()
	old := runtime.GOMAXPROCS(1)
	one := analyze()
	runtime.GOMAXPROCS(old)
	if one != all {
		t.Error("one core gives other bytes than all")
	}
	n := 0
	for line := range strings.Lines(all) {
		var a struct{ ID string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprint("a", n); a.ID != want {
			t.Fatalf("line %d is %s, want %s", n+1, a.ID, want)
		}
		n++
	}
	if n != 60 {
		t.Errorf("%d lines, want 60", n)
	}
}
