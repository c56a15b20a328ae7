package render_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

var update = flag.Bool("update", false, "write the goldens")

func report() *story.Report {
	day := time.Date(2026, 11, 2, 8, 30, 0, 0, time.UTC)
	rate := func(key string) lexicons.Source {
		s := lexicons.Source{Domain: key, Name: strings.ToUpper(key), Leaning: lexicons.Unrated}
		if side, ok := map[string]string{"l.example": "left", "c.example": "center", "d.example": "center"}[key]; ok {
			s.Leaning, s.Rating = side, &lexicons.Rating{Low: -.3, High: .1}
		}
		return s
	}
	return story.NewReport(story.Meta{ID: "s_0123456789abcdef", Engine: "0", Lexicons: "sha256:w", Ratings: "sha256:r", UpdatedAt: day}, []story.Article{
		{ID: "a", Source: "l.example", Title: "<script>alert(1)</script> | *bold*", Kind: "news", Extent: "full", Published: day, Terms: []string{"harbour"}},
		{ID: "b", Source: "c.example", Title: "=HYPERLINK(\"x\")", Kind: "opinion", Extent: "summary", Published: day.Add(time.Hour), Terms: []string{"harbour"}},
		{ID: "c", Source: "d.example", Title: "Harbour sold\x1b[31m", Kind: "news", Extent: "full"},
		{ID: "d", Source: "x.example", Title: "Sold", Kind: "news", Extent: "full"},
		{ID: "e", Source: "s.example", Title: "Joke", Kind: "satire", Extent: "full"},
	}, []story.Pair{{A: "c", B: "d"}}, rate)
}

func TestReportFormats(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *story.Report) error{
		"report.txt": render.Text, "report.md": render.Markdown, "report.html": render.HTML, "report.csv": render.CSV,
	} {
		var b bytes.Buffer
		if err := write(&b, report()); err != nil {
			t.Fatal(err)
		}
		file := "testdata/" + name
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
		if name != "report.csv" && strings.Contains(b.String(), "<script>") && name != "report.txt" {
			t.Errorf("%s lets a script through", name)
		}
		if strings.Contains(b.String(), "\x1b") && name != "report.csv" && name != "report.html" {
			t.Errorf("%s lets a terminal command through", name)
		}
	}
}

func TestCSVHasARowAnArticle(t *testing.T) {
	var b bytes.Buffer
	if err := render.CSV(&b, report()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 6 || rows[2][6] != "'=HYPERLINK(\"x\")" {
		t.Errorf("%d rows, %v: %q", len(rows), err, rows)
	}
}
