package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

// shell runs a command line in dir.
func shell(t *testing.T, dir, line string) string {
	t.Helper()
	c := exec.Command("bash", "-c", line)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("%s\n%v\n%s", line, err, out)
	}
	return string(out)
}

// need skips a test by name for want of programs that the documents use; CI
// has them.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("no %s in PATH, and CI must try the documents", p)
			}
			t.Skipf("no %s in PATH", p)
		}
	}
}

// Every curl example of docs/api.md gives the answer that is shown below it,
// with "…" for what changes or was left out.
func TestAPIDocument(t *testing.T) {
	need(t, "bash", "curl", "sed")
	doc, err := os.ReadFile(root + "/docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in, errs := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"demo", "--addr", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, errs)
		_ = errs.Close()
	}()
	line := make([]byte, 200)
	n, err := in.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSuffix(strings.TrimPrefix(strings.Fields(string(line[:n]))[2], "http://"), "/")
	dir := t.TempDir()
	if err := os.CopyFS(dir+"/examples", os.DirFS(root+"/examples")); err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```(\\w*)\n(.*?)```").FindAllStringSubmatch(string(doc), -1)
	tried := 0
	for i, b := range blocks {
		if b[1] != "sh" {
			continue
		}
		tried++
		got := strings.ReplaceAll(shell(t, dir, strings.ReplaceAll(b[2], "127.0.0.1:8080", address)), "\r", "")
		if i+1 < len(blocks) && blocks[i+1][1] != "sh" {
			shows(t, b[2], blocks[i+1][2], got)
		}
	}
	if tried < 20 {
		t.Errorf("%d examples tried", tried)
	}
	cancel()
	if code := <-done; code != 0 {
		t.Errorf("the demo ends with %d", code)
	}
}

// shows says whether the parts of want between "…" stand in got in their order.
func shows(t *testing.T, command, want, got string) {
	t.Helper()
	at := 0
	for _, part := range strings.FieldsFunc(want, func(r rune) bool { return r == '…' || r == '\n' }) {
		part = strings.Trim(part, " ,")
		k := strings.Index(got[at:], part)
		if k < 0 {
			t.Errorf("%s\nanswers\n%.600s\nand has no %s", command, got[at:], part)
			return
		}
		at += k + len(part)
	}
}

// Every command in README's table runs as it is written.
func TestReadmeCommands(t *testing.T) {
	need(t, "bash")
	doc, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, from := range []string{"examples", "internal/demo"} {
		if err := os.CopyFS(filepath.Join(dir, from), os.DirFS(filepath.Join(root, from))); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, dir+"/parallax"); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, m := range regexp.MustCompile("`(\\./parallax [^`]+)`").FindAllStringSubmatch(string(doc), -1) {
		if strings.Contains(m[1], " serve") {
			continue // it would not end
		}
		tried++
		if out := shell(t, dir, m[1]); out == "" {
			t.Errorf("%s prints nothing", m[1])
		}
	}
	if tried < 10 {
		t.Errorf("%d commands tried", tried)
	}
}
