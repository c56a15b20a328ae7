package main

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/leaning"
	"parallax/analyzer/loaded"
	"parallax/corpus"
	"parallax/internal/jsonline"
	"parallax/lexicons"
	"parallax/server/render"
)

type lookupCmd struct {
	Address []string `arg:"" help:"URLs or domains; - reads them from stdin, one a line."`
	Format  string   `enum:"text,json,jsonl" default:"text" help:"text, json or jsonl (both one a line)."`
	Strict  bool     `help:"Exit with 1 if a line of stdin was bad, too."`
}

// Help is shown by --help.
func (lookupCmd) Help() string {
	return `Example:
  parallax lookup https://www.bbc.co.uk/news theguardian.com`
}

// lookupJSON is the answer for one address.
type lookupJSON struct {
	Asked   string          `json:"asked"`
	URL     string          `json:"url"`
	Domain  string          `json:"domain"`
	Source  lexicons.Source `json:"source"`
	Ratings string          `json:"ratings"`
}

// Run looks addresses up. A bad line of a stream ends nothing; a bad argument
// fails the command.
func (c lookupCmd) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	failed := false
	for _, asked := range c.Address {
		if asked != "-" {
			bad, err := c.print(a, set, corpus.Line{Data: []byte(asked)})
			if err != nil {
				return err
			}
			failed = failed || bad
			continue
		}
		r, err := a.open(asked)
		if err != nil {
			return err
		}
		for l := range corpus.Lines(r, corpus.MaxLine) {
			if l.Err != nil && !corpus.IsRejection(l.Err) {
				return fmt.Errorf("stdin:%d: %w", l.Number, l.Err)
			}
			bad, err := c.print(a, set, l)
			if err != nil {
				return err
			}
			failed = failed || bad && c.Strict
		}
	}
	if failed {
		return quietError{}
	}
	return nil
}

// print answers for one address and says whether it was a bad one.
func (c lookupCmd) print(a *app, set *lexicons.Set, l corpus.Line) (bad bool, err error) {
	asked, fault := string(l.Data), l.Err
	var address lexicons.Address
	var src lexicons.Source
	if fault == nil {
		address, src, fault = set.Lookup(asked)
	}
	switch {
	case fault != nil && l.Number == 0:
		_, err = fmt.Fprintln(a.err, "parallax:", fault)
	case fault != nil && c.Format == "text":
		_, err = fmt.Fprintln(a.out, fault)
	case fault != nil:
		err = jsonline.Write(a.out, badLine("", l.Number, fault))
	case c.Format == "text":
		_, err = fmt.Fprintln(a.out, render.SourceText(src))
	default:
		err = jsonline.Write(a.out, lookupJSON{asked, address.URL, address.Source, src, set.RatingsHash()})
	}
	if err == nil {
		err = a.out.Flush()
	}
	return fault != nil, err
}

type lexiconsCmd struct {
	List  lexiconsList  `cmd:"" help:"List word lists and ratings with version, entries, licence and hash."`
	Show  lexiconsShow  `cmd:"" help:"Show one list with its entries."`
	Check lexiconsCheck `cmd:"" help:"Check every list; a fault is told with its file and line."`
}

// Help is shown by --help.
func (lexiconsCmd) Help() string {
	return `Examples:
  parallax lexicons list
  parallax --lexicons mine/ lexicons check`
}

type lexiconsList struct {
	Format string `enum:"text,json" default:"text" help:"text or json (one a line)."`
}

// Run lists the lexicons.
func (c lexiconsList) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	for _, l := range set.All() {
		if c.Format == "json" {
			brief := *l
			brief.Entries = nil
			err = jsonline.Write(a.out, struct {
				lexicons.Lexicon
				Count int `json:"count"`
			}{brief, len(l.Entries)})
		} else {
			_, err = fmt.Fprintf(a.out, "%-18s %-16s %-10s %5d entries  %s  %.19s\n", l.Name, l.Kind, l.Version, len(l.Entries), l.License, l.Hash)
		}
		if err != nil {
			return err
		}
	}
	for _, w := range set.AllWeights() {
		if c.Format == "json" {
			err = jsonline.Write(a.out, struct {
				*lexicons.Weights
				Hash string `json:"hash"`
			}{w, w.Hash})
		} else {
			_, err = fmt.Fprintf(a.out, "%-18s %-16s %-10s %5d KB       %s  %.19s\n", w.Name, w.Kind, w.Version, w.Size()/1000, w.License, w.Hash)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

type lexiconsShow struct {
	Name   string `arg:"" help:"Name of the list."`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Run shows a lexicon.
func (c lexiconsShow) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	if w, err := set.Weights(c.Name); err == nil {
		return c.weights(a, set, w)
	}
	l, err := set.Lexicon(c.Name)
	if err != nil {
		return usage(err)
	}
	if c.Format == "json" {
		return jsonline.Write(a.out, l)
	}
	if _, err := fmt.Fprintf(a.out, "%s (%s), version %s, %s\n%s\n%s\n%s\n\n", l.Name, l.Kind, l.Version, l.License, l.Description, l.Citation, l.Hash); err != nil {
		return err
	}
	for _, e := range l.Entries {
		if _, err := fmt.Fprintf(a.out, "%-32s %4.2f  %s %s %s\n", e.Phrase, e.Weight, e.Stance, e.Value, e.Note); err != nil {
			return err
		}
	}
	return nil
}

// weights shows where weights come from; their numbers are in the file.
func (c lexiconsShow) weights(a *app, set *lexicons.Set, w *lexicons.Weights) error {
	if c.Format == "json" {
		return jsonline.Write(a.out, struct {
			*lexicons.Weights
			Hash string `json:"hash"`
		}{w, w.Hash})
	}
	_, err := fmt.Fprintf(a.out, "%s (%s), version %s, %s, %d KB\n%s\n%s\nfitted on %s, seed %d\n%s\n",
		w.Name, w.Kind, w.Version, w.License, w.Size()/1000, w.Description, w.Citation, strings.Join(w.Data, ", "), w.Seed, w.Hash)
	switch {
	case err != nil:
		return err
	case w.Name == leaning.Name:
		return c.phrases(a, set)
	case w.Name == loaded.Name:
		return c.words(a, set)
	}
	return nil
}

// words shows what the model of loaded language weighs most: words that were
// marked more than once, and what else adds to a score.
func (c lexiconsShow) words(a *app, set *lexicons.Set) error {
	m, err := loaded.Load(set)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "\nsentence: %+.2f %+.2f times its highest word %+.2f times the average; a word is shown from %.2f on if it was marked, from %.2f on if it is new\n\nheaviest words, with how often they were marked and seen in labelled sentences\n",
		m.Sentence[0], m.Sentence[1], m.Sentence[2], m.Highlight, m.Novel)
	if err != nil {
		return err
	}
	var order []int
	for i := range m.Keys {
		if m.Seen[i].Marked > 1 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(m.Rows[y].Own, m.Rows[x].Own) })
	for _, i := range order[:min(2*phrasesShown, len(order))] {
		if _, err := fmt.Fprintf(a.out, "  %-24s %+5.2f  %d of %d\n", m.Words[i], m.Rows[i].Own, m.Seen[i].Marked, m.Seen[i].Times); err != nil {
			return err
		}
	}
	return nil
}

// phrasesShown is how many phrases of each side are shown of a model of wording.
const phrasesShown = 40

// phrases shows what the model of wording weighs most: weights times the rarity
// of a phrase, so that they can be compared.
func (c lexiconsShow) phrases(a *app, set *lexicons.Set) error {
	m, err := leaning.Load(set)
	if err != nil {
		return err
	}
	for _, side := range []struct {
		name   string
		head   int
		weight float64
	}{{"left", leaning.Axis, -1}, {"right", leaning.Axis, +1}, {"center", leaning.Center, +1}} {
		if _, err := fmt.Fprintf(a.out, "\nheaviest phrases, %s\n", side.name); err != nil {
			return err
		}
		order := make([]int, len(m.Keys))
		for i := range order {
			order[i] = i
		}
		value := func(i int) float64 { return side.weight * m.Weights.Weights[side.head][i] * m.Rarity[i] }
		slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(value(y), value(x)) })
		for _, i := range order[:min(phrasesShown, len(order))] {
			if _, err := fmt.Fprintf(a.out, "  %-34s %6.2f\n", m.Labels[i], value(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

type lexiconsCheck struct{}

// Run checks the lexicons: loading them is the check.
func (lexiconsCheck) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	if _, err := a.analyzer(); err != nil {
		return err
	}
	entries := 0
	for _, l := range set.All() {
		entries += len(l.Entries)
	}
	set.Reader() // builds the matcher
	for _, w := range set.AllWeights() {
		if _, err := w.Read(); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.out, "%d lists with %d entries, all with version, licence and citation\nlexicons %s\nratings  %s\n",
		len(set.All()), entries, set.Words(), set.RatingsHash())
	return err
}

type versionCmd struct{}

// Run prints versions and hashes.
func (versionCmd) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "parallax %s\nlexicons %s\nratings  %s\n%s\n", analyzer.Version, set.Words(), set.RatingsHash(), runtime.Version())
	return err
}
