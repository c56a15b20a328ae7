package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"parallax/analyzer/story"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

type trainStories struct {
	trainOut
}

// Help is shown by --help.
func (trainStories) Help() string {
	return `Data are JSON lines with id, title, text, published and story, in the order in which they arrive. How well the fit does on other stories is said by "parallax eval stories --folds 5".

Example:
  parallax train stories --data allsides.jsonl.gz --data newscluster.jsonl --data uci.jsonl --out stories.weights`
}

// Run fits the decision whether an article joins a story.
func (c trainStories) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	reader := story.NewReader(set)
	var streams []*train.StoryStream
	for _, path := range c.Data {
		articles, err := gold.ReadStories(path)
		if err != nil {
			return err
		}
		streams = append(streams, train.NewStoryStream(reader, articles))
	}
	m, err := train.Stories(reader, streams, train.DefaultStories(), c.Seed)
	if err != nil {
		return err
	}
	data, err := m.Encode(lexicons.Weights{Version: c.As, Data: c.head().Data, Seed: c.Seed})
	return c.write(a, data, err)
}

// stories scores the grouping in use on labelled streams, or with --folds fits
// on the other stories of the data.
func (c evalCmd) stories(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	reader := story.NewReader(set)
	streams := make([][]gold.StoryArticle, len(c.Data))
	for k, path := range c.Data {
		if streams[k], err = gold.ReadStories(path); err != nil {
			return err
		}
	}
	var found [][]string
	if c.Folds > 1 {
		if found, err = train.StoriesOutOfFold(reader, streams, c.Folds, train.DefaultStories(), 1); err != nil {
			return err
		}
	} else {
		c.warn(a, set)
		m, err := story.LoadMerge(set)
		if err != nil {
			return err
		}
		for _, articles := range streams {
			found = append(found, train.NewStoryStream(reader, articles).Group(m))
		}
	}
	sum, least := 0.0, 1.0
	for k, articles := range streams {
		r := storiesRow{filepath.Base(c.Data[k]), eval.StoriesOf(articles, found[k])}
		sum, least = sum+r.BCubed.F1/float64(len(streams)), min(least, r.BCubed.F1)
		if err := c.print(a, r, "%s\n", r); err != nil {
			return err
		}
	}
	return c.print(a, map[string]float64{"b_cubed_f1_mean": sum, "b_cubed_f1_least": least}, "B-cubed F1: mean %.3f, least %.3f\n", sum, least)
}

// duplicates scores what is told of pairs of texts.
func (c evalCmd) duplicates(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	var pairs []gold.TextPair
	for _, path := range c.Data {
		more, err := gold.ReadPairs(path)
		if err != nil {
			return err
		}
		pairs = append(pairs, more...)
	}
	r := eval.DuplicatesOf(set, pairs)
	kinds := ""
	for _, name := range slices.Sorted(maps.Keys(r.Kinds)) {
		k := r.Kinds[name]
		kinds += fmt.Sprintf("; %s: %d found, %d labelled", name, k.Found, k.Labelled)
	}
	return c.print(a, r, "copies F1 %.4f (%.4f–%.4f) P %.4f R %.4f; of %d independent pairs %.2f %% (%.2f–%.2f) taken for copies; %d pairs%s\n",
		r.Copies.F1, r.CopiesIn.Low, r.CopiesIn.High, r.Copies.Precision, r.Copies.Recall, r.Independent, 100*r.FalseAlarms, 100*r.FalseAlarmsIn.Low, 100*r.FalseAlarmsIn.High, r.Pairs, kinds)
}

type storiesRow struct {
	Scored string `json:"scored"`
	eval.Stories
}

// String is the row as text.
func (r storiesRow) String() string {
	s := fmt.Sprintf("%s: B-cubed F1 %.3f (%.3f–%.3f) P %.3f R %.3f, pairs F1 %.3f (%.3f–%.3f) P %.3f R %.3f; %d articles, %d stories labelled and %d found",
		r.Scored, r.BCubed.F1, r.BCubedIn.Low, r.BCubedIn.High, r.BCubed.Precision, r.BCubed.Recall,
		r.Pairs.F1, r.PairsIn.Low, r.PairsIn.High, r.Pairs.Precision, r.Pairs.Recall, r.Articles, r.Labelled, r.Found)
	if r.Exact != nil {
		s += fmt.Sprintf("; counts of sides exact %.3f (%.3f–%.3f)", *r.Exact, r.ExactIn.Low, r.ExactIn.High)
	}
	return s
}
