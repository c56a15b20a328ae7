package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parallax/corpus"
	"parallax/internal/demo"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parallax": main})
}

// The scripts in testdata are the manual: each shows a command, what it prints
// and how it fails.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", Setup: func(e *testscript.Env) error {
		big, err := os.Create(filepath.Join(e.WorkDir, "big.jsonl"))
		if err != nil {
			return err
		}
		// A text of 50 MB between two good articles.
		fmt.Fprintf(big, "{\"id\":\"before\",\"text\":\"The council met on Monday.\"}\n{\"id\":\"big\",\"text\":\"%s\"}\n{\"id\":\"after\",\"text\":\"The council met on Tuesday.\"}\n",
			strings.Repeat("The council met. ", 50<<20/17))
		return big.Close()
	}})
}

// call runs the program in this process.
func call(t testing.TB, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

func demoLines(t testing.TB) []string {
	t.Helper()
	var lines []string
	for _, f := range demo.Articles() {
		data, err := io.ReadAll(f.Open())
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.TrimSpace(string(data)), "\n")...)
	}
	return lines
}

// demoStories ingests the demo's articles but those that leave takes away and
// gives the line of each balance.
func demoStories(t *testing.T, leave func(line string) bool) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir+"/lex", demo.Lexicons()); err != nil {
		t.Fatal(err)
	}
	var in strings.Builder
	for _, line := range demoLines(t) {
		if !leave(line) {
			in.WriteString(line + "\n")
		}
	}
	flags := []string{"--lexicons", dir + "/lex"}
	if code, out, errs := call(t, in.String(), append(flags, "ingest", "--db", dir+"/x.db", "-")...); code != 0 {
		t.Fatalf("ingest: %d %s %s", code, out, errs)
	}
	_, out, _ := call(t, "", append(flags, "stories", "--db", dir+"/x.db", "--sort", "largest")...)
	return out
}

func TestDemoCountsWhatItIsGiven(t *testing.T) {
	all := demoStories(t, func(string) bool { return false })
	if !strings.Contains(all, "  Center (7) of 19 sources  ") || !strings.Contains(all, "6 of 6 stories") {
		t.Errorf("stories are\n%s", all)
	}
	less := demoStories(t, func(line string) bool { return strings.Contains(line, `"thornburytimes.example"`) })
	if !strings.Contains(less, "  Center (6) of 18 sources  ") {
		t.Errorf("without one center outlet the stories are\n%s", less)
	}
}

// The promises about the demo's articles.
func TestDemoArticles(t *testing.T) {
	if n := len(demoLines(t)); n < 60 {
		t.Errorf("%d articles, want 60", n)
	}
	domains, kinds := map[string]bool{}, map[string]int{}
	_, set, _ := call(t, "", "version")
	for _, line := range demoLines(t) {
		var a struct{ ID, Domain, URL, Kind, Title string }
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(a.Domain, ".example") || !strings.HasPrefix(a.URL, "https://"+a.Domain+"/") {
			t.Errorf("%s: domain %q, url %q", a.ID, a.Domain, a.URL)
		}
		domains[a.Domain] = true
		kinds[a.Kind]++
	}
	if len(domains) != 24 || kinds["satire"] == 0 || set == "" {
		t.Errorf("%d outlets, kinds %v", len(domains), kinds)
	}
}

// The same input gives the same bytes, whatever is asked of how many cores.
func TestStreamsAreDeterministic(t *testing.T) {
	in := strings.Join(demoLines(t)[:12], "\n") + "\n{broken\n\n" + demoLines(t)[12] + "\n"
	for _, args := range [][]string{{"analyze", "--format", "jsonl", "-"}, {"cluster", "-"}} {
		_, first, _ := call(t, in, args...)
		_, second, _ := call(t, in, args...)
		if first != second || strings.Count(first, "\n") != 14 {
			t.Errorf("%v: two runs differ, or %d lines", args, strings.Count(first, "\n"))
		}
		if !strings.Contains(first, `{"id":null,"line":13,"error":"not a JSON object`) {
			t.Errorf("%v: the bad line is not told in its place", args)
		}
	}
}

// An analysis a line comes before the next line is sent.
func TestStreamAnswersAtOnce(t *testing.T) {
	for _, command := range [][]string{{"analyze", "--format", "jsonl", "--only", "cues", "-"}, {"cluster", "-"}, {"duplicates", "-"}} {
		in, to := io.Pipe()
		from, out := io.Pipe()
		done := make(chan int, 1)
		go func() {
			done <- run(context.Background(), command, in, out, io.Discard)
			_ = out.Close()
		}()
		answers := json.NewDecoder(from)
		for i := range 3 {
			if _, err := fmt.Fprintf(to, "{\"id\":\"%d\",\"text\":\"The minister may resign.\",\"a\":\"x\",\"b\":\"y\"}\n", i); err != nil {
				t.Fatal(err)
			}
			var got struct{ ID string }
			if err := answers.Decode(&got); err != nil || got.ID != fmt.Sprint(i) {
				t.Fatalf("%v: answer %d is %+v, %v", command, i, got, err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		if code := <-done; code != 0 {
			t.Errorf("%v: exit %d", command, code)
		}
	}
}

// Killed in the middle of an ingest, the program has lost nothing that it told
// of, and a second run stores the rest.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "in.jsonl")
	var in strings.Builder
	const n = 2000
	for i := range n {
		fmt.Fprintf(&in, "{\"id\":\"k%d\",\"text\":\"The council met for the %d. time.\"}\n", i, i)
	}
	if err := os.WriteFile(file, []byte(in.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// testscript's binary is the program when it is called by its name.
	link := filepath.Join(dir, "parallax")
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(link, "ingest", "--each", "--db", dir+"/k.db", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	answers := json.NewDecoder(out)
	for len(told) < 300 {
		var o struct{ ID, Status string }
		if err := answers.Decode(&o); err != nil {
			t.Fatal(err)
		}
		told[o.ID] = o.Status == corpus.Accepted
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for { // what it had still told before it died
		var o struct{ ID, Status string }
		if answers.Decode(&o) != nil {
			break
		}
		told[o.ID] = true
	}
	_ = cmd.Wait() // it was killed
	code, again, errs := call(t, in.String(), "ingest", "--each", "--db", dir+"/k.db", "-")
	if code != 0 {
		t.Fatalf("second ingest: %d %s", code, errs)
	}
	duplicates := map[string]bool{}
	for line := range strings.Lines(again) {
		var o struct{ ID, Status string }
		if json.Unmarshal([]byte(line), &o) == nil && o.Status == corpus.Duplicate {
			duplicates[o.ID] = true
		}
	}
	for id := range told {
		if !duplicates[id] {
			t.Errorf("%s was told of and is lost", id)
		}
	}
	if len(told) >= n {
		t.Error("the program had ended before it was killed")
	}
	if !strings.Contains(again, fmt.Sprintf("accepted %d, duplicates %d", n-len(duplicates), len(duplicates))) {
		t.Errorf("summary: %s", again[strings.LastIndex(again, "accepted"):])
	}
}

// The same report is the same bytes from the command line and the API.
func TestReportIsTheSameOverHTTP(t *testing.T) {
	dir := t.TempDir()
	var in strings.Builder
	for _, line := range demoLines(t)[:12] {
		in.WriteString(line + "\n")
	}
	if code, _, errs := call(t, in.String(), "ingest", "--db", dir+"/x.db", "-"); code != 0 {
		t.Fatal(errs)
	}
	_, want, _ := call(t, "", "report", "--db", dir+"/x.db", "--format", "json", "demo-rent-01")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	lines, errs := io.Pipe()
	go func() {
		run(ctx, []string{"serve", "--db", dir + "/x.db", "--addr", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, errs)
		_ = errs.Close()
	}()
	said := make([]byte, 200)
	n, err := lines.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.Fields(string(said[:n]))[2]
	for _, path := range []string{"v1/stories/demo-rent-01", "v1/stories/demo-rent-01/report.json"} {
		r, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r.Body)
		if err != nil || string(got) != want || len(want) < 1000 {
			t.Errorf("%s has %d bytes, the command line %d; %v", path, len(got), len(want), err)
		}
		_ = r.Body.Close()
	}
}

// Ctrl-C ends a command that waits for its input.
func TestCtrlCEndsACommandThatWaits(t *testing.T) {
	for _, command := range [][]string{
		{"analyze", "--format", "jsonl", "-"},
		{"cluster", "-"},
		{"duplicates", "-"},
		{"lookup", "-"},
		{"report", "--articles", "-"},
		{"ingest", "--db", t.TempDir() + "/x.db", "-"},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		in, to := io.Pipe() // nothing is ever written to it
		done := make(chan int, 1)
		go func() { done <- run(ctx, command, in, io.Discard, io.Discard) }()
		time.AfterFunc(50*time.Millisecond, cancel)
		select {
		case code := <-done:
			if code == 0 {
				t.Errorf("%v: exit 0", command)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%v does not end", command)
		}
		_ = to.Close()
	}
}

// An input that breaks off is no bad line: the command fails.
func TestAnInputThatBreaksOff(t *testing.T) {
	var whole bytes.Buffer
	z := gzip.NewWriter(&whole)
	for i := range 2000 {
		fmt.Fprintf(z, "{\"id\":\"%d\",\"text\":\"Number %d met.\",\"a\":\"x\",\"b\":\"y\"}\n", i, i*i)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	half := string(whole.Bytes()[:whole.Len()/2])
	for _, command := range [][]string{{"cluster", "-"}, {"duplicates", "-"}, {"analyze", "--format", "jsonl", "--only", "source", "-"}} {
		if code, _, errs := call(t, half, command...); code != 1 || !strings.Contains(errs, "unexpected EOF") {
			t.Errorf("%v: exit %d, %s", command, code, errs)
		}
	}
}

// Ctrl-C ends the server gracefully.
func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan int, 1)
	in, out := io.Pipe()
	go func() {
		done <- run(ctx, []string{"serve", "--db", t.TempDir() + "/s.db", "--addr", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, out)
	}()
	line := make([]byte, 200)
	n, err := in.Read(line)
	if err != nil || !strings.Contains(string(line[:n]), "http://127.0.0.1:") {
		t.Fatalf("server says %q, %v", line[:n], err)
	}
	cancel()
	select {
	case code := <-done:
		if code != 0 {
			t.Errorf("exit %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Error("the server does not end")
	}
}
