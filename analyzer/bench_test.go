package analyzer_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/analyzer/text/prose"
	"parallax/internal/demo"
	"parallax/lexicons"
)

// benchArticles are the demo's articles, or the first n (100 where BENCH_N does
// not say) of the file of JSON lines that BENCH_ARTICLES names.
func benchArticles(b *testing.B) []analyzer.Input {
	b.Helper()
	n, path := 100, os.Getenv("BENCH_ARTICLES")
	if s := os.Getenv("BENCH_N"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	var r io.Reader
	if path == "" {
		var files []io.Reader
		for _, f := range demo.Articles() {
			files = append(files, f.Open())
		}
		r = io.MultiReader(files...)
	} else {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = f.Close() }() // only read
		r = f
	}
	var in []analyzer.Input
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<20), 64<<20)
	for sc.Scan() && len(in) < n {
		var a analyzer.Input
		if err := json.Unmarshal(sc.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		in = append(in, a)
	}
	if err := sc.Err(); err != nil || len(in) == 0 {
		b.Fatalf("%d articles: %v", len(in), err)
	}
	return in
}

// cpu is the time that the process has computed.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it has no failure for this process
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkAnalyze analyses the same articles in one run: all parts with our
// tagger, and entities alone with prose. An operation is one pass over the
// articles; what counts is articles per CPU second.
func BenchmarkAnalyze(b *testing.B) {
	set, err := lexicons.Load()
	if err != nil {
		b.Fatal(err)
	}
	own, err := tagger.New(set)
	if err != nil {
		b.Fatal(err)
	}
	in := benchArticles(b)
	for _, arm := range []struct {
		name   string
		tagger analyzer.Tagger
		only   []string
	}{{"perceptron", own, nil}, {"prose", new(prose.Tagger), []string{analyzer.PartEntities}}} {
		b.Run(arm.name, func(b *testing.B) {
			a, err := analyzer.New(set, arm.tagger, analyzer.Detectors()...)
			if err != nil {
				b.Fatal(err)
			}
			a.Analyze(analyzer.Input{Text: "Mr. Hale said so in Paris."}, analyzer.Options{}) // loads the models
			b.ReportAllocs()
			from := cpu()
			for b.Loop() {
				for _, x := range in {
					a.Analyze(x, analyzer.Options{Only: arm.only})
				}
			}
			b.ReportMetric(float64(b.N*len(in))/(cpu()-from).Seconds(), "articles/cpu-s")
		})
	}
}

// BenchmarkParts analyses the articles for one part alone, and BenchmarkDetectors
// for the cues of one detector alone; what all of them do first, reading the
// text, is in each.
func BenchmarkParts(b *testing.B) {
	for _, part := range append([]string{"none"}, analyzer.Parts[:]...) {
		b.Run(part, func(b *testing.B) {
			benchAlone(b, analyzer.Options{Only: []string{part}}, analyzer.Detectors()...)
		})
	}
}

func BenchmarkDetectors(b *testing.B) {
	for _, d := range analyzer.Detectors() {
		b.Run(d.Name, func(b *testing.B) {
			benchAlone(b, analyzer.Options{Only: []string{analyzer.PartCues}, Experimental: true}, d)
		})
	}
}

func benchAlone(b *testing.B, opt analyzer.Options, detectors ...analyzer.Detector) {
	set, err := lexicons.Load()
	if err != nil {
		b.Fatal(err)
	}
	own, err := tagger.New(set)
	if err != nil {
		b.Fatal(err)
	}
	a, err := analyzer.New(set, own, detectors...)
	if err != nil {
		b.Fatal(err)
	}
	in := benchArticles(b)
	for _, x := range in { // warm, so that no part pays for what is read once
		a.Analyze(x, opt)
	}
	from := cpu()
	for b.Loop() {
		for _, x := range in {
			a.Analyze(x, opt)
		}
	}
	b.ReportMetric((cpu()-from).Seconds()*1e6/float64(b.N*len(in)), "µs/article")
}
