package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/internal/jsonline"
	"parallax/lexicons"
	"parallax/server/render"
)

// dbFlag chooses the database.
type dbFlag struct {
	DB string `help:"Database: a file (SQLite) or postgres://…" default:"parallax.db" env:"PARALLAX_DB" placeholder:"URL"`
}

// store opens the database.
func (a *app) store(d dbFlag) (*corpus.Store, error) {
	an, err := a.analyzer()
	if err != nil {
		return nil, err
	}
	return corpus.Open(a.ctx, d.DB, corpus.Options{Analyzer: an, Log: a.log})
}

// existing opens a database for reading only: what is not there is not made.
func (a *app) existing(d dbFlag) (*corpus.Store, error) {
	if !strings.Contains(d.DB, "://") {
		if _, err := os.Stat(d.DB); err != nil {
			return nil, fmt.Errorf("no database at %s: parallax ingest makes one", d.DB)
		}
	}
	return a.store(d)
}

type reportCmd struct {
	dbFlag
	Story    string `arg:"" optional:"" help:"Story id, a unique prefix of at least 6 characters, or an article id; with --articles a file or -."`
	Articles bool   `help:"No database: each input line is a story {\"id\",\"articles\":[…]}."`
	Format   string `enum:",text,json,markdown,html,csv" default:"" help:"text (the default), json, markdown, html or csv; with --articles json."`
	Strict   bool   `help:"Exit with 1 if a line was bad."`

	Raters  []string `help:"Whose ratings count: parallax for those in use, ids of raters that were imported; several give the median." sep:"," placeholder:"ID"`
	Without []string `help:"Sources to leave out, as if they had no article." sep:"," placeholder:"DOMAIN"`
}

// Help is shown by --help.
func (reportCmd) Help() string {
	return `Examples:
  parallax report s_37ba65a5d86415bc
  parallax report --format markdown demo-port-07 > report.md
  parallax report --without thenationalbanner.example demo-port-07
  parallax report --articles stories.jsonl`
}

// Run prints reports.
func (c reportCmd) Run(a *app) error {
	if c.Articles && len(c.Raters)+len(c.Without) > 0 {
		return fmt.Errorf("--raters and --without are for a story of a database: %w", errUsage)
	}
	if c.Articles {
		return c.stream(a)
	}
	if c.Story == "" {
		return fmt.Errorf("which story? parallax stories lists them: %w", errUsage)
	}
	s, err := a.existing(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // only read
	id, err := s.FindStory(a.ctx, c.Story)
	if err != nil {
		return err
	}
	what := corpus.WhatIf{Raters: c.Raters}
	for _, d := range c.Without {
		address, err := s.Lexicons().Resolve(d)
		if err != nil {
			return usage(err)
		}
		what.Without = append(what.Without, address.Source)
	}
	v, err := s.View(a.ctx, what)
	if errors.Is(err, corpus.ErrNotFound) {
		err = usage(err)
	}
	if err != nil {
		return err
	}
	r, err := s.ReportIn(a.ctx, id, v)
	if err != nil {
		return err
	}
	return writeReport(a.out, r, c.Format)
}

func writeReport(w io.Writer, r *story.Report, format string) error {
	switch format {
	case "json":
		return jsonline.Write(w, r)
	case "markdown":
		return render.Markdown(w, r)
	case "html":
		return render.HTML(w, r)
	case "csv":
		return render.CSV(w, r)
	}
	return render.Text(w, r)
}

// maxStoryLine is the most bytes of a line that holds all articles of a story.
const maxStoryLine = 512 << 20

// stream reports each line's articles as one story.
func (c reportCmd) stream(a *app) error {
	if c.Format != "json" && c.Format != "" {
		return fmt.Errorf("--articles writes --format json: %w", errUsage)
	}
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	return a.lines(c.Story, maxStoryLine, c.Strict, func(l corpus.Line) (any, string, error) {
		var in struct {
			ID       json.RawMessage
			Articles []json.RawMessage
		}
		if err := json.Unmarshal(l.Data, &in); err != nil {
			return nil, "", fmt.Errorf("must be an object with id and articles: %w", err)
		}
		id := ""
		if json.Unmarshal(in.ID, &id) != nil {
			id = string(in.ID)
		}
		if len(in.Articles) == 0 {
			return nil, id, fmt.Errorf("articles: empty")
		}
		articles, err := members(an.Lexicons(), id, in.Articles)
		if err != nil {
			return nil, id, err
		}
		return corpus.ReportOf(an, id, articles), id, nil
	})
}

// members reads the articles of a story line. An article that comes twice
// counts once; two articles of one id are a fault.
func members(set *lexicons.Set, story string, raw []json.RawMessage) ([]corpus.Article, error) {
	var out []corpus.Article
	at := map[string]corpus.Article{}
	for i, r := range raw {
		a, err := decodeMember(set, r, story+"-"+strconv.Itoa(i))
		if err != nil {
			return nil, fmt.Errorf("article %d: %w", i, err)
		}
		if first, ok := at[a.ID]; ok {
			if first != a {
				return nil, fmt.Errorf("article %d: id_conflict: %q is the id of another article of the story", i, a.ID)
			}
			continue
		}
		at[a.ID] = a
		out = append(out, a)
	}
	return out, nil
}

type storiesCmd struct {
	dbFlag
	Query      string `short:"q" help:"Words that a headline must have."`
	MinSources int    `help:"Only stories of at least so many sources." default:"1"`
	Sort       string `enum:"newest,largest" default:"newest" help:"newest first or largest first."`
	Limit      int    `help:"How many." default:"50"`
	Format     string `enum:"text,json" default:"text" help:"text or json (one a line)."`
}

// Help is shown by --help.
func (storiesCmd) Help() string {
	return `Example:
  parallax stories --sort largest --limit 10`
}

// Run lists stories.
func (c storiesCmd) Run(a *app) error {
	if c.Limit < 1 {
		return fmt.Errorf("--limit must be over 0: %w", errUsage)
	}
	s, err := a.existing(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // only read
	page, err := s.Stories(a.ctx, corpus.Filter{Query: c.Query, MinSources: c.MinSources, Largest: c.Sort == "largest"}, c.Limit, "")
	if err != nil {
		return err
	}
	for _, item := range page.Items {
		if c.Format == "json" {
			err = jsonline.Write(a.out, item)
		} else {
			_, err = fmt.Fprintf(a.out, "%s  %-34s %3d %-8s  %s\n", item.ID, item.Balance.Label, item.Articles, plural(item.Articles, "article"), render.Plain(item.Title))
		}
		if err != nil {
			return err
		}
	}
	if c.Format == "text" {
		_, err = fmt.Fprintf(a.out, "%d of %d stories\n", len(page.Items), page.Count)
	}
	return err
}

// plural is a noun for n things.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
