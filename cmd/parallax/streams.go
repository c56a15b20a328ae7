package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/internal/jsonline"
	"parallax/lexicons"
)

type clusterCmd struct {
	Input  string `arg:"" optional:"" default:"-" help:"File of articles, one a line, or - for stdin."`
	Strict bool   `help:"Exit with 1 if a line was bad."`
}

// Help is shown by --help.
func (clusterCmd) Help() string {
	return `Each line is answered before the next is read; the same input gives the same output.

Example:
  parallax cluster articles.jsonl > stories.jsonl`
}

// Run groups a stream.
func (c clusterCmd) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	merge, err := story.LoadMerge(set)
	if err != nil {
		return err
	}
	reader, grouper := story.NewReader(set), story.NewGrouper(story.DefaultConfig(), merge)
	return a.lines(c.Input, corpus.MaxLine, c.Strict, func(l corpus.Line) (any, string, error) {
		in, err := corpus.DecodeArticle(set, l.Data)
		if err != nil {
			return nil, in.ID, err
		}
		return struct {
			ID       string `json:"id"`
			Story    string `json:"story"`
			Engine   string `json:"engine"`
			Lexicons string `json:"lexicons"`
		}{in.ID, grouper.Add(reader.Read(in.ID, in.Published, in.Title, in.Text)), analyzer.Version, set.Words()}, in.ID, nil
	})
}

type duplicatesCmd struct {
	Input  string `arg:"" optional:"" default:"-" help:"File of pairs, one a line, or - for stdin."`
	Strict bool   `help:"Exit with 1 if a line was bad."`
}

// Help is shown by --help.
func (duplicatesCmd) Help() string {
	return `Each line is {"id","a","b"} with two texts.

Example:
  echo '{"id":"1","a":"…","b":"…"}' | parallax duplicates`
}

// Run compares pairs of texts.
func (c duplicatesCmd) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	return a.lines(c.Input, 2*corpus.MaxLine, c.Strict, func(l corpus.Line) (any, string, error) {
		var in struct {
			ID   json.RawMessage
			A, B *string
		}
		if err := json.Unmarshal(l.Data, &in); err != nil {
			return nil, "", fmt.Errorf("must be an object with the texts a and b: %w", err)
		}
		id := ""
		if json.Unmarshal(in.ID, &id) != nil {
			id = string(in.ID)
		}
		if in.A == nil || in.B == nil {
			return nil, id, errors.New("a and b must be texts")
		}
		k := story.Containment(shingles(set, *in.A), shingles(set, *in.B))
		return struct {
			ID          string  `json:"id"`
			Copy        bool    `json:"copy"`
			Containment float64 `json:"containment"`
			Engine      string  `json:"engine"`
		}{id, k >= story.CopyThreshold, math.Round(k*10000) / 10000, analyzer.Version}, id, nil
	})
}

func shingles(set *lexicons.Set, s string) story.Shingles {
	return story.NewShingles(set.Reader().Read(s))
}

// lines answers an input line by line, each before the next is read. A bad
// line is answered with its error and ends nothing.
func (a *app) lines(name string, max int, strict bool, answer func(corpus.Line) (v any, id string, err error)) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // only read
	bad := false
	for l := range corpus.Lines(r, max) {
		v, id, err := any(nil), "", l.Err
		if err != nil && !corpus.IsRejection(err) {
			return fmt.Errorf("%s:%d: %w", inputName(name), l.Number, err) // there is nothing more to read
		}
		if err == nil {
			err = corpus.Safely(func() (err error) {
				v, id, err = answer(l)
				return err
			})
		}
		if err != nil {
			bad = true
			v = badLine(id, l.Number, err)
		}
		data, err := jsonline.Marshal(v)
		if err != nil {
			bad = true
			if data, err = jsonline.Marshal(badLine(id, l.Number, err)); err != nil {
				return err
			}
		}
		if _, err := a.out.Write(data); err != nil {
			return err
		}
		if err := a.out.Flush(); err != nil {
			return err
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
	}
	if bad && strict {
		return quietError{}
	}
	return nil
}
