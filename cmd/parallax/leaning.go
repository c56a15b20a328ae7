package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/leaning"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// leaningFolds and leaningSeeds are how outlets are dealt for cross-validation.
const leaningFolds = 5

var leaningSeeds = []uint64{1, 2, 3, 4, 5}

type trainLeaning struct {
	trainOut
	Without []string `help:"Registrable domains of outlets to leave out." placeholder:"DOMAIN" sep:","`
}

// Run fits the model of text leaning and calibrates it on outlets that it has
// not seen.
func (c trainLeaning) Run(a *app) error {
	an, articles, texts, err := a.leaningTexts(c.Data, c.Without)
	if err != nil {
		return err
	}
	cfg := train.DefaultLeaning()
	w, err := a.fitLeaning(texts, cfg, c.Seed)
	if err != nil {
		return err
	}
	train.Labels(an, &w, articles)
	data, err := w.Encode(lexicons.Weights{Version: c.As, Data: c.head().Data, Seed: c.Seed})
	return c.write(a, data, err)
}

func (a *app) fitLeaning(texts []*train.LeaningText, cfg train.LeaningConfig, seed uint64) (leaning.Weights, error) {
	told := train.LeaningOutOfFold(texts, cfg, leaningFolds, []uint64{seed}, nil, nil)
	if err := a.ctx.Err(); err != nil {
		return leaning.Weights{}, err
	}
	w := train.Leaning(texts, cfg)
	if len(w.Keys) == 0 {
		return w, errors.New("no phrase stands in enough outlets: the data are too few to fit on")
	}
	train.Calibrate(told).Apply(&w)
	w.Confident, w.Coverage = train.Confidence(told)
	return w, nil
}

// leaningTexts reads labelled articles and their phrases.
func (a *app) leaningTexts(files, without []string) (*analyzer.Analyzer, []gold.Article, []*train.LeaningText, error) {
	an, err := a.analyzer()
	if err != nil {
		return nil, nil, nil, err
	}
	var articles []gold.Article
	for article, err := range gold.Articles(files) {
		if err != nil {
			return nil, nil, nil, err
		}
		if slices.Contains(without, train.Outlet(article.Domain)) {
			continue
		}
		articles = append(articles, article)
	}
	texts, minority := train.LeaningTexts(an, articles)
	texts = slices.DeleteFunc(texts, func(t *train.LeaningText) bool { return t.Side < 0 })
	if len(texts) == 0 {
		return nil, nil, nil, errors.New("the data hold no articles in English with a leaning")
	}
	_, err = fmt.Fprintf(a.err, "%d texts; %d more whose label is not that of their outlet are left out\n", len(texts), len(minority))
	return an, articles, texts, err
}

// leaning scores the model of text leaning: by cross-validation over outlets,
// or with --embedded the one in use on the data as they are.
func (c evalCmd) leaning(a *app) error {
	if c.Embedded {
		return c.leaningEmbedded(a)
	}
	_, _, texts, err := a.leaningTexts(c.Data, nil)
	if err != nil {
		return err
	}
	cfg := train.DefaultLeaning()
	told := train.LeaningOutOfFold(texts, cfg, leaningFolds, leaningSeeds, nil, nil)
	threshold, _ := train.Confidence(told)
	rows := []leaningRow{{"whole texts", eval.LeaningOf(eval.Told(told, 0, nil), threshold)}}
	for _, cut := range train.Cuts {
		rows = append(rows, leaningRow{fmt.Sprintf("first %d words", cut), eval.LeaningOf(eval.Told(told, cut, nil), threshold)})
	}
	news := func(t *train.LeaningText) bool { return t.News }
	rows = append(rows, leaningRow{"news only", eval.LeaningOf(eval.Told(told, 0, news), threshold)})
	old := func(t *train.LeaningText) bool { return t.Year > 0 && t.Year <= 2017 }
	late := func(t *train.LeaningText) bool { return t.Year >= 2019 && t.Year <= 2020 }
	early := train.LeaningOutOfFold(texts, cfg, leaningFolds, leaningSeeds[:1], old, late)
	rows = append(rows, leaningRow{"fitted to 2017, of 2019–20", eval.LeaningOf(eval.Told(early, 0, nil), threshold)})
	for _, r := range rows {
		if err := c.print(a, r, "%s\n", r); err != nil {
			return err
		}
	}
	return nil
}

type leaningRow struct {
	Scored string `json:"scored"`
	eval.Leaning
}

// MarshalJSON leaves out what could not be measured.
func (r leaningRow) MarshalJSON() ([]byte, error) {
	type plain leaningRow
	data, err := json.Marshal(plain(r))
	if err != nil || r.Texts > 0 && r.Ranked > 0 {
		return data, err
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	for name := range fields {
		if r.Texts == 0 && name != "scored" && name != "texts" || r.Ranked == 0 && strings.HasPrefix(name, "outlet_") {
			delete(fields, name)
		}
	}
	return json.Marshal(fields)
}

// String is the row as text.
func (r leaningRow) String() string {
	if r.Texts == 0 {
		return r.Scored + ": not measured, there are no such texts"
	}
	in := func(i eval.Interval) string { return fmt.Sprintf("(%.3f–%.3f)", i.Low, i.High) }
	outlets := "not measured, none has 20 texts"
	if r.Ranked > 0 {
		outlets = fmt.Sprintf("Spearman %.3f %s AUC %.3f %s of %d", r.Spearman, in(r.SpearmanIn), r.OutletAUC, in(r.OutletAUCIn), r.Ranked)
	}
	return fmt.Sprintf("%s: accuracy %.3f %s macro-F1 %.3f %s AUC %.3f %s ECE %.3f; confident (over %.3f) %.3f right, %.3f of texts; outlets: %s; %d texts of %d outlets",
		r.Scored, r.Accuracy, in(r.AccuracyIn), r.MacroF1, in(r.MacroF1In), r.AUC, in(r.AUCIn), r.ECE, r.Threshold, r.Confident, r.Coverage, outlets, r.Texts, r.Outlets)
}

func (c evalCmd) leaningEmbedded(a *app) error {
	an, articles, _, err := a.leaningTexts(c.Data, nil)
	if err != nil {
		return err
	}
	var told []eval.Verdict
	for i := range articles {
		g := &articles[i]
		l := an.Analyze(analyzer.Input{ID: g.ID, Title: g.Title, Text: g.Text}, analyzer.Options{Only: []string{analyzer.PartLeaning}}).Leaning
		side := slices.Index(lexicons.Sides[:], g.Leaning)
		if side < 0 || l.Probabilities == nil {
			continue
		}
		p := l.Probabilities
		told = append(told, eval.Verdict{Outlet: train.Outlet(g.Domain), Side: side, Chance: [3]float64{p.Left, p.Center, p.Right}})
	}
	r := leaningRow{"weights in use", eval.LeaningOf(told, an.Confident())}
	return c.print(a, r, "%s\n", r)
}

// triplets orders the articles of three outlets on one event with a model that
// was fitted without the outlets.
func (c evalCmd) triplets(a *app) error {
	if len(c.Train) == 0 || len(c.Order) == 0 {
		return fmt.Errorf("eval triplets needs --train and --order left<right: %w", errUsage)
	}
	var pairs [][2]string
	without := map[string]bool{}
	for _, o := range c.Order {
		left, right, ok := strings.Cut(o, "<")
		if !ok {
			return fmt.Errorf("--order %q: must be domain<domain: %w", o, errUsage)
		}
		pairs = append(pairs, [2]string{left, right})
		without[left], without[right] = true, true
	}
	same := map[string]string{}
	for _, s := range c.Same {
		from, to, ok := strings.Cut(s, "=")
		if !ok {
			return fmt.Errorf("--same %q: must be domain=domain: %w", s, errUsage)
		}
		same[from] = to
		without[from] = true
	}
	var names []string
	for o := range without {
		names = append(names, o)
	}
	an, _, texts, err := a.leaningTexts(c.Train, names)
	if err != nil {
		return err
	}
	w, err := a.fitLeaning(texts, train.DefaultLeaning(), 1)
	if err != nil {
		return err
	}
	w.Labels = make([]string, len(w.Keys))
	model := leaning.New(w)
	scores := map[string]map[string]float64{}
	for g, err := range gold.Articles(c.Data) {
		if err != nil {
			return err
		}
		wording := an.Wording(analyzer.Input{Title: g.Title, Text: g.Text})
		if wording == nil || g.Story == "" {
			continue
		}
		outlet := train.Outlet(g.Domain)
		if to, ok := same[outlet]; ok {
			outlet = to
		}
		if scores[g.Story] == nil {
			scores[g.Story] = map[string]float64{}
		}
		s := model.Score(nil, wording.Title, wording.Text)
		scores[g.Story][outlet] = s.Right - s.Left
	}
	r := eval.TripletsOf(scores, pairs)
	if r.Stories == 0 {
		return errors.New("the data hold no articles with a story")
	}
	var parts []string
	for _, p := range pairs {
		name := p[0] + "<" + p[1]
		parts = append(parts, fmt.Sprintf("%s %.3f (%.3f–%.3f)", name, r.Pairs[name], r.Interval[name].Low, r.Interval[name].High))
	}
	return c.print(a, r, "%s; %d stories\n", strings.Join(parts, "; "), r.Stories)
}
