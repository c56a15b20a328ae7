package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/text"
	"parallax/corpus"
	"parallax/internal/jsonline"
	"parallax/server/render"
)

type analyzeCmd struct {
	Input    string  `arg:"" optional:"" default:"-" help:"File, or - for stdin."`
	Format   string  `enum:"text,json,jsonl,html" default:"text" help:"text, json, jsonl or html."`
	As       string  `name:"input" enum:"auto,text,html,json,jsonl" default:"auto" help:"What the input is: auto (by ending, else by first character), text, html, json or jsonl."`
	Only     *string `help:"Keep just these parts, parted by commas: source, leaning, sentences, entities, cues, quotes, frames." placeholder:"PARTS"`
	Offsets  string  `enum:"rune,byte,utf16" default:"rune" help:"Unit of offsets: rune, byte or utf16."`
	WithText bool    `help:"Put title and text into the answer."`
	Evidence string  `enum:"top,all" default:"top" help:"Evidence of the text leaning: the ten heaviest phrases of each side, or all, which add up to the score."`
	Strict   bool    `help:"Exit with 1 if a line was bad."`

	Experimental bool `help:"Find the experimental types of cue too, which are less precise: moral, emotion, horse_race."`
}

// Help is shown by --help.
func (analyzeCmd) Help() string {
	return `Examples:
  parallax analyze article.txt
  parallax analyze --format html draft.txt > draft.html
  zcat articles.jsonl.gz | parallax analyze --format jsonl --only entities -`
}

// Run analyses.
func (c analyzeCmd) Run(a *app) error {
	opt := analyzer.Options{WithText: c.WithText, AllEvidence: c.Evidence == "all", Experimental: c.Experimental}
	if c.Only != nil {
		parts, err := analyzer.ParseParts(*c.Only)
		if err != nil {
			return fmt.Errorf("--only: %w", usage(err))
		}
		opt.Only = parts
	}
	unit, err := text.ParseUnit(c.Offsets)
	if err != nil {
		return usage(err)
	}
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	r, err := a.open(c.Input)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // only read
	if c.As == "jsonl" || c.As == "auto" && (c.Format == "jsonl" || corpus.Ending(c.Input) == ".jsonl") {
		if c.Format != "jsonl" && c.Format != "text" {
			return fmt.Errorf("a stream is written as jsonl, not %s: %w", c.Format, errUsage)
		}
		return c.stream(a, an, r, unit, opt)
	}
	return c.one(a, an, r, unit, opt)
}

func usage(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", err, errUsage)
}

// one analyses an input that is one article.
func (c analyzeCmd) one(a *app, an *analyzer.Analyzer, r io.Reader, unit text.Unit, opt analyzer.Options) error {
	data, err := io.ReadAll(io.LimitReader(r, corpus.MaxLine+1))
	if err != nil {
		return err
	}
	if len(data) > corpus.MaxLine {
		return fmt.Errorf("%s: too_large: over %d bytes", c.Input, corpus.MaxLine)
	}
	article, object, err := c.decode(an, data)
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(c.Input), err)
	}
	opt.WithText = opt.WithText || !object
	analysis := an.Analyze(article.Input(), opt)
	switch c.Format {
	case "json", "jsonl":
		return jsonline.Write(a.out, analysis.In(unit, article.Title, article.Text))
	case "html":
		return render.AnalysisHTML(a.out, an, article.Title, article.Text, analysis)
	}
	return render.AnalysisText(a.out, article.Title, analysis.In(unit, article.Title, article.Text))
}

func inputName(name string) string {
	if name == "-" {
		return "stdin"
	}
	return name
}

// decode reads an article from what the input is. Object says that it was an
// article object, whose text the sender has.
func (c analyzeCmd) decode(an *analyzer.Analyzer, data []byte) (article corpus.Article, object bool, err error) {
	set := an.Lexicons()
	switch c.kind(data) {
	case "json":
		article, err = corpus.DecodeArticle(set, data)
		return article, true, err
	case "html":
		article, err = corpus.DecodePage(set, data)
		return article, false, err
	}
	article, err = corpus.DecodeText(set, data)
	return article, false, err
}

// kind is what the input is: as told, else by its ending, else by its first
// character.
func (c analyzeCmd) kind(data []byte) string {
	if c.As != "auto" {
		return c.As
	}
	switch corpus.Ending(c.Input) {
	case ".txt":
		return "text"
	case ".json":
		return "json"
	case ".html", ".htm":
		return "html"
	}
	switch s := strings.TrimLeft(strings.TrimPrefix(string(data[:min(len(data), 512)]), "\ufeff"), " \t\r\n"); {
	case strings.HasPrefix(s, "{"):
		return "json"
	case strings.HasPrefix(s, "<"):
		return "html"
	}
	return "text"
}

// lineError stands in place of a line that could not be used.
type lineError struct {
	ID    *string `json:"id"`
	Line  int     `json:"line"`
	Error string  `json:"error"`
}

func badLine(id string, line int, err error) lineError {
	e := lineError{Line: line, Error: err.Error()}
	if id != "" {
		e.ID = &id
	}
	return e
}

// result is a line of output on its way, with what may have gone wrong.
type result struct {
	data []byte
	bad  bool
	err  error
}

// stream analyses line by line on all cores and writes in the order of input,
// each line as soon as its turn comes. At most two lines a core are held.
func (c analyzeCmd) stream(a *app, an *analyzer.Analyzer, r io.Reader, unit text.Unit, opt analyzer.Options) error {
	window := make(chan chan result, 2*runtime.GOMAXPROCS(0))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		defer close(window)
		for l := range corpus.Lines(r, corpus.MaxLine) {
			data := append([]byte(nil), l.Data...)
			done := make(chan result, 1)
			select {
			case window <- done:
			case <-a.ctx.Done():
				return
			}
			slots <- struct{}{}
			go func() {
				defer func() { <-slots }()
				done <- analyzeLine(an, corpus.Line{Number: l.Number, Data: data, Err: l.Err}, unit, opt)
			}()
		}
	}()
	bad := false
	for done := range window {
		res := <-done
		if res.err != nil {
			return res.err
		}
		bad = bad || res.bad
		if _, err := a.out.Write(res.data); err != nil {
			return err
		}
		if err := a.out.Flush(); err != nil {
			return err
		}
	}
	if bad && c.Strict {
		return quietError{}
	}
	return a.ctx.Err()
}

func analyzeLine(an *analyzer.Analyzer, l corpus.Line, unit text.Unit, opt analyzer.Options) result {
	if l.Err != nil && !corpus.IsRejection(l.Err) {
		return result{err: fmt.Errorf("line %d: %w", l.Number, l.Err)} // there is nothing more to read
	}
	var article corpus.Article
	var v any
	err := corpus.Safely(func() (err error) {
		if err = l.Err; err == nil {
			article, err = corpus.DecodeArticle(an.Lexicons(), l.Data)
		}
		if err == nil {
			v = an.Analyze(article.Input(), opt).In(unit, article.Title, article.Text)
		}
		return err
	})
	if err != nil {
		v = badLine(article.ID, l.Number, err)
	}
	data, marshal := jsonline.Marshal(v)
	return result{data, err != nil, marshal}
}
