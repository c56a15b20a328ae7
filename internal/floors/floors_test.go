// Package floors holds the rule that imports go down: text, lexicons,
// analyzer, corpus, server, cmd.
package floors

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// below lists for each package which packages of the project it may import. A
// name that ends in "/..." stands for the packages under it too.
var below = map[string][]string{
	"analyzer/text":         {},
	"analyzer/text/prose":   {"analyzer/text", "lexicons"},
	"analyzer/tagger":       {"analyzer/text", "lexicons"},
	"internal/gold":         {"analyzer/text"},
	"internal/eval":         {"analyzer", "analyzer/framing", "analyzer/leaning", "analyzer/loaded", "analyzer/story", "analyzer/text", "lexicons", "internal/gold", "internal/train"},
	"internal/train":        {"analyzer", "analyzer/framing", "analyzer/leaning", "analyzer/loaded", "analyzer/story", "analyzer/tagger", "analyzer/text", "lexicons", "internal/gold"},
	"lexicons":              {"analyzer/text"},
	"analyzer/leaning":      {"analyzer/text", "lexicons"},
	"analyzer/loaded":       {"analyzer/text", "lexicons"},
	"analyzer/framing":      {"analyzer/text", "lexicons"},
	"analyzer":              {"analyzer/text", "analyzer/framing", "analyzer/leaning", "analyzer/loaded", "lexicons"},
	"analyzer/story":        {"analyzer", "analyzer/text", "lexicons"},
	"internal/jsonline":     {},
	"internal/demo":         {},
	"corpus/page":           {},
	"corpus/fetch":          {},
	"corpus":                {"analyzer/...", "lexicons", "corpus/page"},
	"server/static":         {},
	"server/render":         {"analyzer/...", "lexicons", "server/static"},
	"server":                {"analyzer/...", "lexicons", "corpus", "corpus/fetch", "internal/jsonline", "server/render", "server/static"},
	"cmd/parallax":          {"analyzer/...", "lexicons", "corpus", "corpus/fetch", "server/...", "internal/..."},
	"analyzer/analyzertest": {"analyzer/...", "lexicons"},
	"corpus/corpustest":     {"analyzer/...", "lexicons", "corpus"},
}

// only lists libraries that one package alone may use.
var only = map[string]string{
	"github.com/jdkato/prose":    "analyzer/text/prose",
	"github.com/labstack/echo":   "server",
	"github.com/alecthomas/kong": "cmd/parallax",
	"github.com/jackc/pgx":       "corpus",
	"modernc.org/sqlite":         "corpus",
}

// impure are packages that the pure floors may not import: no clock, disk,
// network or log. time is for dates that come in.
var impure = []string{"os", "net", "net/http", "log", "log/slog", "math/rand", "math/rand/v2", "os/exec", "database/sql"}

const root = "../.."

// imports reads the import statements of every file that is not a test. It
// does not shell out, so that go test does not keep a stale pass.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		dir = filepath.ToSlash(dir)
		if _, ok := out[dir]; !ok {
			out[dir] = nil
		}
		for _, i := range file.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			out[dir] = append(out[dir], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportsGoDown(t *testing.T) {
	all := imports(t)
	if len(all) < 10 {
		t.Fatalf("%d packages read", len(all))
	}
	for dir, paths := range all {
		allowed, ok := below[dir]
		if !ok {
			t.Errorf("%s is on no floor: give it one in this test", dir)
			continue
		}
		for _, p := range paths {
			own, ok := strings.CutPrefix(p, "parallax/")
			if ok && !covers(allowed, own) {
				t.Errorf("%s imports %s, which is not below it", dir, own)
			}
			for library, home := range only {
				if strings.HasPrefix(p, library) && dir != home {
					t.Errorf("%s imports %s, which belongs to %s", dir, p, home)
				}
			}
		}
	}
	for dir := range below {
		if _, ok := all[dir]; !ok {
			t.Errorf("%s has a floor but is no package", dir)
		}
	}
}

func covers(allowed []string, p string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		base, tree := strings.CutSuffix(a, "/...")
		return p == base || tree && strings.HasPrefix(p, base+"/")
	})
}

func TestTheAnalyzerIsPure(t *testing.T) {
	for dir, paths := range imports(t) {
		if dir != "analyzer" && dir != "analyzer/text" && dir != "analyzer/story" && dir != "analyzer/text/prose" && dir != "analyzer/tagger" {
			continue
		}
		for _, p := range paths {
			if slices.Contains(impure, p) {
				t.Errorf("%s imports %s and so is not pure", dir, p)
			}
		}
	}
}
