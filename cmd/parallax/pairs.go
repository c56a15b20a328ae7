package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"parallax/analyzer"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

type trainPairs struct {
	trainOut
	Candidates string `help:"Table of topic, left and right terms to count." required:"" type:"existingfile"`
}

// Run counts which of two competing terms outlets choose, and writes the pairs
// whose direction the counts bear out.
func (c trainPairs) Run(a *app) error {
	data, err := os.ReadFile(c.Candidates)
	if err != nil {
		return err
	}
	candidates, err := lexicons.ReadPairCandidates(c.Candidates, data)
	if err != nil {
		return err
	}
	outlets, err := a.pairUses(c.Data, candidates)
	if err != nil {
		return err
	}
	kept, refused := train.CountPairs(candidates, outlets, c.Seed)
	for _, p := range refused {
		if _, err := fmt.Fprintf(a.err, "not borne out: %s / %s (%d and %d outlets, %d uses; right term %.2f times, %.2f–%.2f)\n", p.Left.Forms[0], p.Right.Forms[0],
			p.LeftOutlets, p.RightOutlets, p.Uses, p.Right.Times, p.Right.Low, p.Right.High); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(a.err, "%d of %d pairs are borne out\n", len(kept), len(candidates)); err != nil {
		return err
	}
	if len(kept) == 0 {
		return errors.New("no pair is borne out by the data")
	}
	return c.write(a, pairTable(kept, c.As, c.head().Data), nil)
}

// pairTable is the file of pairs.
func pairTable(pairs []lexicons.Pair, version string, data []string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# name: pairs\n# kind: pairs\n# version: %s\n# language: en\n# license: Apache-2.0\n", version)
	fmt.Fprintf(&b, "# citation: Terms written for Parallax; counted by parallax train pairs in %s\n", strings.Join(data, ", "))
	fmt.Fprintf(&b, "# description: Competing terms for one thing. times: mean share of a term among the uses of both by outlets of its side, over that of the other side; low and high, its 95 %% interval over outlets.\n")
	fmt.Fprintln(&b, strings.Join(lexicons.PairColumns, "\t"))
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	for _, p := range pairs {
		fmt.Fprintln(&b, strings.Join([]string{
			p.Topic, strings.Join(p.Left.Forms, "|"), strings.Join(p.Right.Forms, "|"),
			number(p.Left.Times), number(p.Left.Low), number(p.Left.High), number(p.Right.Times), number(p.Right.Low), number(p.Right.High),
			strconv.Itoa(p.LeftOutlets), strconv.Itoa(p.RightOutlets), strconv.Itoa(p.Uses),
		}, "\t"))
	}
	return b.Bytes()
}

// pairUses counts the terms in each outlet's own words, with the detector that
// will report them.
func (a *app) pairUses(files []string, candidates []lexicons.Pair) (map[string]train.PairUses, error) {
	an, err := a.pairCounter(candidates)
	if err != nil {
		return nil, err
	}
	form := map[string]string{} // from a rule to the form as the candidates have it
	for _, p := range candidates {
		for _, f := range append(slices.Clone(p.Left.Forms), p.Right.Forms...) {
			form[lexicons.KindPartisanTerm+"/"+strings.ToLower(f)] = f
		}
	}
	votes, counts := map[string]*[3]int{}, map[string]map[string]int{}
	var mu sync.Mutex
	var wait sync.WaitGroup
	articles := make(chan gold.Article)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for g := range articles {
				result := an.Analyze(analyzer.Input{Title: g.Title, Text: g.Text}, analyzer.Options{Only: []string{analyzer.PartCues}})
				outlet := train.Outlet(g.Domain)
				mu.Lock()
				if votes[outlet] == nil {
					votes[outlet], counts[outlet] = new([3]int), map[string]int{}
				}
				if side := slices.Index(lexicons.Sides[:], g.Leaning); side >= 0 {
					votes[outlet][side]++
				}
				for _, cue := range result.Cues.Items {
					if !cue.InQuote {
						counts[outlet][form[cue.Rule]]++
					}
				}
				mu.Unlock()
			}
		})
	}
	var failed error
	for article, err := range gold.Articles(files) {
		if err == nil {
			err = a.ctx.Err()
		}
		if failed = err; failed != nil {
			break
		}
		articles <- article
	}
	close(articles)
	wait.Wait()
	out := map[string]train.PairUses{}
	for outlet, v := range votes {
		side := 0
		for s := range v {
			if v[s] > v[side] {
				side = s
			}
		}
		out[outlet] = train.PairUses{Side: side, Terms: counts[outlet]}
	}
	return out, failed
}

// pairCounter is an analyzer that finds each form of the candidates by itself.
func (a *app) pairCounter(candidates []lexicons.Pair) (*analyzer.Analyzer, error) {
	type entry struct {
		Phrase string `yaml:"phrase"`
	}
	list := struct {
		Name, Kind, Version, Language, License, Citation string
		Entries                                          []entry
	}{Name: "pairs", Kind: lexicons.KindPartisanTerm, Version: "0", Language: "en", License: "none", Citation: "candidates"}
	seen := map[string]bool{}
	for _, p := range candidates {
		for _, f := range append(slices.Clone(p.Left.Forms), p.Right.Forms...) {
			if f = strings.ToLower(f); !seen[f] {
				seen[f] = true
				list.Entries = append(list.Entries, entry{f})
			}
		}
	}
	data, err := yaml.Marshal(list)
	if err != nil {
		return nil, err
	}
	with := *a
	with.extra = append(slices.Clone(a.extra), fstest.MapFS{"pairs.yaml": {Data: data}})
	set, err := with.set()
	if err != nil {
		return nil, err
	}
	t, err := with.taggerOf(set)
	if err != nil {
		return nil, err
	}
	return analyzer.New(set, t, analyzer.PartisanTerm())
}
