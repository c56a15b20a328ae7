package main

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/internal/eval"
	"parallax/internal/jsonline"
	"parallax/lexicons"
)

// evalCommands are the tasks of eval, and the audit, which has flags of its
// own.
type evalCommands struct {
	Task  evalCmd  `cmd:"" default:"withargs" help:"Score on labelled data: entities, tags, sentences, salience, kind, leaning or triplets."`
	Audit auditCmd `cmd:"" help:"Draw cues for coders to judge, and score what they say."`
}

// Help is shown by --help.
func (evalCommands) Help() string {
	return `A task may be named without “task”.

Examples:
  parallax eval entities --data wikigold.conll
  parallax eval kind --data labels/kinds-2.tsv --texts leaning/train.jsonl.gz
  parallax eval audit --data articles.jsonl.gz --with-text --sheet audit.tsv`
}

type auditCmd struct {
	Data      []string `help:"Draw from these articles, JSON lines; may be repeated." placeholder:"FILE"`
	Sheet     string   `help:"Sheet to write; it holds no text." placeholder:"OUT.tsv"`
	PerFamily int      `help:"Flags to draw of each family." default:"25"`
	Families  []string `help:"Draw these families only, parted by commas." placeholder:"A,B"`
	Trial     bool     `name:"experimental" help:"Draw from experimental families too."`
	Quoted    bool     `help:"Draw from words in quotation marks too."`
	Seed      uint64   `help:"Seed of the draw." default:"1"`
	Order     uint64   `help:"Seed of the order of the flags, for another pass over the same ones." default:"1"`
	Coders    int      `help:"Columns for coders." default:"1"`
	WithText  bool     `help:"Write the sentences too, into a file of their own: OUT.txt."`
	Text      string   `help:"The file for --with-text." placeholder:"FILE"`

	Score  []string `help:"Score these sheets, of which coders have filled in columns; may be repeated." placeholder:"SHEET.tsv"`
	Passes bool     `help:"The columns are passes of one coder, not several coders."`
	Format string   `enum:"text,json" default:"text" help:"Of the scores: text or json."`

	More []string `arg:"" optional:"" name:"file" help:"More files for --data or --score."`
}

// Help is shown by --help.
func (auditCmd) Help() string {
	return `A coder writes 1 (right), 0 (wrong) or ? (can't tell) into a column of the sheet. The same articles and seeds give the same bytes. docs/audit.md says how to audit and what the figures mean.

Examples:
  parallax eval audit --data articles.jsonl.gz --coders 2 --with-text --sheet audit.tsv
  parallax eval audit --score audit.tsv
  parallax eval audit --data articles.jsonl.gz --order 2 --with-text --sheet second.tsv
  parallax eval audit --passes --score first.tsv second.tsv`
}

// Run draws or scores.
func (c auditCmd) Run(a *app) error {
	switch draws, scores := len(c.Data) > 0, len(c.Score) > 0; {
	case draws == scores:
		return fmt.Errorf("eval audit needs --data to draw or --score to score, and not both: %w", errUsage)
	case scores:
		return c.score(a)
	case c.Sheet == "":
		return fmt.Errorf("eval audit --data needs --sheet OUT.tsv: %w", errUsage)
	case c.Passes:
		return fmt.Errorf("--passes is for --score: %w", errUsage)
	case c.PerFamily < 1 || c.Coders < 1:
		return fmt.Errorf("--per-family and --coders must be at least 1: %w", errUsage)
	}
	if c.Text == "" && c.WithText {
		c.Text = strings.TrimSuffix(c.Sheet, ".tsv") + ".txt"
	}
	if c.Text != "" && filepath.Clean(c.Text) == filepath.Clean(c.Sheet) {
		return fmt.Errorf("--text and --sheet are one file: %w", errUsage)
	}
	c.Data = append(c.Data, c.More...)
	return c.draw(a)
}

func (c auditCmd) draw(a *app) error {
	// A sheet may hold hours of a coder's work.
	if _, err := os.Stat(c.Sheet); err == nil {
		return fmt.Errorf("%s is there already, and may hold marks", c.Sheet)
	}
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	families, err := c.families(an)
	if err != nil {
		return err
	}
	files := &articleFiles{app: a, set: an.Lexicons(), names: c.Data}
	draw := eval.Draw{Families: families, PerFamily: c.PerFamily, Seed: c.Seed, Order: c.Order, Quoted: c.Quoted, Experimental: c.Trial}
	flags, err := draw.Flags(an, files.articles())
	if err != nil {
		return err
	}
	if err := c.tell(a, files, families, flags); err != nil {
		return err
	}
	if len(flags) == 0 {
		return errors.New("the data hold no flags to draw")
	}
	var b bytes.Buffer
	if err := eval.NewSheet(flags, c.Coders, c.head(an, files)...).Write(&b); err != nil {
		return err
	}
	if c.Text != "" {
		if err := c.text(an, files, flags); err != nil {
			return err
		}
	}
	return os.WriteFile(c.Sheet, b.Bytes(), 0o644)
}

// families are those to draw from, in the order of the detectors.
func (c auditCmd) families(an *analyzer.Analyzer) ([]string, error) {
	var all []string
	for _, d := range an.Detectors() {
		if !d.Experimental || c.Trial {
			all = append(all, d.Name)
		}
	}
	for _, f := range c.Families {
		if !slices.Contains(all, f) {
			return nil, fmt.Errorf("family %q: must be one of %s: %w", f, strings.Join(all, ", "), errUsage)
		}
	}
	if len(c.Families) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(f string) bool { return !slices.Contains(c.Families, f) }), nil
}

// head says where the flags come from.
func (c auditCmd) head(an *analyzer.Analyzer, files *articleFiles) []eval.Property {
	var names []string
	for _, n := range c.Data {
		names = append(names, filepath.Base(n))
	}
	quoted := "words in quotation marks left out"
	if c.Quoted {
		quoted = "words in quotation marks too"
	}
	return []eval.Property{
		{Name: "audit", Value: "cues for coders to judge, without text"},
		{Name: eval.HeadEngine, Value: an.Engine()},
		{Name: eval.HeadLexicons, Value: an.Lexicons().Words()},
		{Name: eval.HeadRatings, Value: an.Lexicons().RatingsHash()},
		{Name: "articles", Value: fmt.Sprintf("%d of %s", files.read, strings.Join(names, ", "))},
		{Name: "draw", Value: fmt.Sprintf("up to %d flags of each family, seed %d, order %d, %s", c.PerFamily, c.Seed, c.Order, quoted)},
		{Name: "offsets", Value: "code points, half-open"},
		{Name: "marks", Value: "1 right, 0 wrong, ? can't tell, empty not judged"},
	}
}

// tell says what was drawn, and what was left out.
func (c auditCmd) tell(a *app, files *articleFiles, families []string, flags []eval.Flag) error {
	n := map[string]int{}
	for _, f := range flags {
		n[f.Family]++
	}
	var drawn []string
	for _, f := range families {
		drawn = append(drawn, f+" "+strconv.Itoa(n[f]))
	}
	_, err := fmt.Fprintf(a.err, "%d flags of %d articles: %s\n", len(flags), files.read, strings.Join(drawn, ", "))
	if files.bad > 0 && err == nil {
		_, err = fmt.Fprintf(a.err, "%d lines are left out, the first: %s\n", files.bad, files.fault)
	}
	return err
}

func (c auditCmd) text(an *analyzer.Analyzer, files *articleFiles, flags []eval.Flag) error {
	passages, err := eval.Passages(an, flags, files.articles())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := eval.WritePassages(&b, flags, an.Detectors(), passages); err != nil {
		return err
	}
	return os.WriteFile(c.Text, b.Bytes(), 0o644)
}

func (c auditCmd) score(a *app) error {
	if c.Sheet != "" || c.WithText || c.Text != "" {
		return fmt.Errorf("--sheet, --with-text and --text are for --data: %w", errUsage)
	}
	var sheets []*eval.Sheet
	for _, name := range append(c.Score, c.More...) {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		s, err := eval.ReadSheet(name, f)
		_ = f.Close() // only read
		if err != nil {
			return err
		}
		sheets = append(sheets, s)
	}
	audit, err := eval.AuditOf(sheets, c.Passes)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return jsonline.Write(a.out, audit)
	}
	_, err = a.out.WriteString(auditText(audit))
	return err
}

// articleFiles are files of articles that can be read more than once.
type articleFiles struct {
	*app
	set   *lexicons.Set
	names []string

	read  int    // articles
	bad   int    // lines that hold no article, or one whose id came before
	fault string // of the first of them
}

// articles are the articles in order. The counts are of the last time.
func (f *articleFiles) articles() iter.Seq2[analyzer.Input, error] {
	return func(yield func(analyzer.Input, error) bool) {
		f.read, f.bad, f.fault = 0, 0, ""
		seen := map[string]bool{}
		bar := f.progress()
		defer bar.done()
		for _, name := range f.names {
			r, err := os.Open(name)
			if err != nil {
				yield(analyzer.Input{}, err)
				return
			}
			more := f.of(name, r, seen, func(in analyzer.Input, err error) bool {
				bar.Increment()
				return yield(in, err)
			})
			_ = r.Close() // only read
			if !more {
				return
			}
		}
	}
}

func (f *articleFiles) of(name string, file *os.File, seen map[string]bool, yield func(analyzer.Input, error) bool) bool {
	r, err := corpus.Decompress(file)
	if err != nil {
		return yield(analyzer.Input{}, fmt.Errorf("%s: %w", name, err))
	}
	for l := range corpus.Lines(r, corpus.MaxLine) {
		err := l.Err
		if err != nil && !corpus.IsRejection(err) {
			return yield(analyzer.Input{}, fmt.Errorf("%s:%d: %w", name, l.Number, err))
		}
		var article corpus.Article
		if err == nil {
			article, err = corpus.DecodeArticle(f.set, l.Data)
		}
		if err == nil && seen[article.ID] {
			err = fmt.Errorf("id %q came before", article.ID)
		}
		if err != nil {
			if f.bad++; f.bad == 1 {
				f.fault = fmt.Sprintf("%s:%d: %v", name, l.Number, err)
			}
			continue
		}
		seen[article.ID] = true
		f.read++
		if err := f.ctx.Err(); err != nil {
			return yield(analyzer.Input{}, err)
		}
		if !yield(article.Input(), nil) {
			return false
		}
	}
	return true
}
