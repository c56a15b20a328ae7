package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"parallax/corpus"
	"parallax/internal/eval"
	"parallax/internal/jsonline"
	"parallax/lexicons"
)

type sourcesCmd struct {
	Import   sourcesImport   `cmd:"" help:"Add somebody's ratings to a database, as a further rater that is shown apart."`
	Raters   sourcesRaters   `cmd:"" help:"List the raters of a database."`
	Remove   sourcesRemove   `cmd:"" help:"Forget a rater and its ratings."`
	Compare  sourcesCompare  `cmd:"" help:"Say how the ratings in use agree with those of a rater of a database."`
	Coverage sourcesCoverage `cmd:"" help:"Count the outlets of the ratings in use by country."`
}

// Help is shown by --help.
func (sourcesCmd) Help() string {
	return `Examples:
  parallax sources import --from csv --map domain=site,score=bias,least=-3,most=3 --rater mine ratings.csv
  parallax sources import --from mbfc --map label:left-center=-0.4 combined.json
  parallax sources compare mine`
}

type sourcesImport struct {
	dbFlag
	From   string            `help:"Format of the file: mbfc, audience or csv." enum:"mbfc,audience,csv" required:""`
	Map    map[string]string `help:"What columns and labels mean: domain=COLUMN, score=COLUMN, low, high, label, rated, basis; least=N and most=N are the ends of the scores; label:TEXT=SCORE." mapsep:"," placeholder:"KEY=VALUE"`
	Rater  string            `help:"Id of the rater; one of that id is replaced." placeholder:"ID"`
	Name   string            `help:"Name of the rater." placeholder:"NAME"`
	Kind   string            `name:"rater-kind" help:"data_set, person or model_assisted." placeholder:"KIND"`
	Scale  string            `help:"Scale that the scores are on." placeholder:"SCALE"`
	Rated  string            `help:"Date of the ratings." placeholder:"DATE"`
	Note   string            `help:"What the ratings measure, and whose they are." placeholder:"TEXT"`
	File   string            `arg:"" help:"File, or - for stdin."`
	Format string            `enum:"text,json" default:"text" help:"text or json."`
}

// maxRatings is the most bytes of a file of ratings.
const maxRatings = 256 << 20

// Run imports ratings. Records that can't be read are told and lose nothing else.
func (c sourcesImport) Run(a *app) error {
	r, err := a.open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(r, maxRatings+1))
	if err != nil {
		return err
	}
	if len(data) > maxRatings {
		return fmt.Errorf("%s: too_large: over %d bytes", c.File, maxRatings)
	}
	s, err := a.store(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // what counts was committed
	f, err := corpus.ReadRatings(s.Lexicons(), c.From, data, c.Map)
	if err != nil {
		return fmt.Errorf("%s: %w", inputName(c.File), err)
	}
	for value, to := range map[string]*string{c.Rater: &f.Rater.ID, c.Name: &f.Rater.Name, c.Kind: &f.Rater.Kind, c.Scale: &f.Rater.Scale, c.Rated: &f.Rater.Rated, c.Note: &f.Rater.Note} {
		if value != "" {
			*to = value
		}
	}
	if s.Lexicons().Scale(f.Rater.Scale) == nil {
		return fmt.Errorf("scale %q is not declared; add it to a list of kind scales: %w", f.Rater.Scale, errUsage)
	}
	for i := range f.Ratings {
		if f.Ratings[i].Rated == "" {
			f.Ratings[i].Rated = f.Rater.Rated
		}
	}
	if err := f.Rater.Check(); err != nil {
		return usage(err)
	}
	if len(f.Ratings) == 0 {
		return fmt.Errorf("%s: no record rates a source; %d could not be read", inputName(c.File), len(f.Faults))
	}
	if err := s.PutRater(a.ctx, f.Rater, f.Ratings); err != nil {
		return err
	}
	return c.tell(a, s.Lexicons(), f)
}

func (c sourcesImport) tell(a *app, set *lexicons.Set, f *corpus.RatingsFile) error {
	known := 0
	for _, x := range f.Ratings {
		if set.Source(x.Domain).Name != "" {
			known++
		}
	}
	if c.Format == "json" {
		return jsonline.Write(a.out, struct {
			Rater   string               `json:"rater"`
			Ratings int                  `json:"ratings"`
			Known   int                  `json:"known"`
			Skipped map[string]int       `json:"skipped"`
			Faults  []corpus.RatingFault `json:"faults"`
		}{f.Rater.ID, len(f.Ratings), known, f.Skipped, append([]corpus.RatingFault{}, f.Faults...)})
	}
	if _, err := fmt.Fprintf(a.out, "rater %s (%s): %d ratings on the scale %s, %d of them of listed outlets\n", f.Rater.ID, f.Rater.Name, len(f.Ratings), f.Rater.Scale, known); err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(f.Skipped)) {
		if _, err := fmt.Fprintf(a.out, "  left out, %s: %d\n", why, f.Skipped[why]); err != nil {
			return err
		}
	}
	for _, fault := range f.Faults {
		if _, err := fmt.Fprintf(a.err, "record %d: %s\n", fault.Record, fault.Error); err != nil {
			return err
		}
	}
	return nil
}

type sourcesRaters struct {
	dbFlag
	Format string `enum:"text,json" default:"text" help:"text or json (one a line)."`
}

// Run lists the raters.
func (c sourcesRaters) Run(a *app) error {
	s, err := a.existing(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // only read
	all, err := s.Raters(a.ctx)
	if err != nil {
		return err
	}
	for _, r := range all {
		if c.Format == "json" {
			err = jsonline.Write(a.out, r)
		} else {
			_, err = fmt.Fprintf(a.out, "%-14s %6d ratings  scale %s  %s  rated %s  imported %s  %s\n", r.ID, r.Sources, r.Scale, r.Kind, orDash(r.Rated), r.Imported.Format("2006-01-02"), r.Name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

type sourcesRemove struct {
	dbFlag
	Rater string `arg:"" help:"Id of the rater."`
}

// Run forgets a rater.
func (c sourcesRemove) Run(a *app) error {
	s, err := a.existing(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // what counts was committed
	return s.RemoveRater(a.ctx, c.Rater)
}

type sourcesCompare struct {
	dbFlag
	Rater  string `arg:"" help:"Id of the rater."`
	Differ int    `help:"How many of the outlets are shown on which the two differ most." default:"20"`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// A comparison is how two raters agree on the outlets that both rate.
type comparison struct {
	Rater    string     `json:"rater"`
	Scale    string     `json:"scale"` // "" for all
	Both     int        `json:"both"`
	Spearman float64    `json:"spearman"`
	Same     float64    `json:"same_label"` // share
	Differ   []disagree `json:"differ,omitempty"`
}

type disagree struct {
	Domain string  `json:"domain"`
	Ours   float64 `json:"ours"`
	Theirs float64 `json:"theirs"`
	Basis  string  `json:"basis"`
}

// Run compares, over all scales and on each with thirty outlets or more.
func (c sourcesCompare) Run(a *app) error {
	s, err := a.existing(c.dbFlag)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // only read
	r, ratings, err := s.RatingsBy(a.ctx, c.Rater)
	if err != nil {
		return err
	}
	rated, all := map[string][]disagree{}, []disagree{}
	for _, x := range ratings {
		if src := s.Lexicons().Source(x.Domain); src.Rating != nil {
			d := disagree{x.Domain, src.Score, x.Score, src.Basis}
			rated[src.Scale] = append(rated[src.Scale], d)
			all = append(all, d)
		}
	}
	if len(all) < 3 {
		return fmt.Errorf("%s and the ratings in use have %d outlets in common: too few to say", r.ID, len(all))
	}
	rows := []comparison{compare(r.ID, "", all, c.Differ)}
	for _, scale := range slices.Sorted(maps.Keys(rated)) {
		if len(rated[scale]) >= 30 {
			rows = append(rows, compare(r.ID, scale, rated[scale], 0))
		}
	}
	for _, row := range rows {
		if err := row.write(a, c.Format); err != nil {
			return err
		}
	}
	return nil
}

func compare(rater, scale string, all []disagree, differ int) comparison {
	ours, theirs := make([]float64, len(all)), make([]float64, len(all))
	same := 0
	for i, d := range all {
		ours[i], theirs[i] = d.Ours, d.Theirs
		if lexicons.SideOf(d.Ours) == lexicons.SideOf(d.Theirs) {
			same++
		}
	}
	slices.SortStableFunc(all, func(x, y disagree) int {
		gap := func(d disagree) float64 { return max(d.Ours-d.Theirs, d.Theirs-d.Ours) }
		switch {
		case gap(x) > gap(y):
			return -1
		case gap(x) < gap(y):
			return 1
		}
		return strings.Compare(x.Domain, y.Domain)
	})
	return comparison{rater, scale, len(all), eval.Spearman(ours, theirs), float64(same) / float64(len(all)), all[:min(differ, len(all))]}
}

func (r comparison) write(a *app, format string) error {
	if format == "json" {
		return jsonline.Write(a.out, r)
	}
	scale := "all scales"
	if r.Scale != "" {
		scale = "scale " + r.Scale
	}
	if _, err := fmt.Fprintf(a.out, "%s, %s: %d outlets rated by both, Spearman %.3f, same label %.3f\n", r.Rater, scale, r.Both, r.Spearman, r.Same); err != nil {
		return err
	}
	for _, d := range r.Differ {
		if _, err := fmt.Fprintf(a.out, "  %-28s ours %+.2f, theirs %+.2f; %s\n", d.Domain, d.Ours, d.Theirs, d.Basis); err != nil {
			return err
		}
	}
	return nil
}

type sourcesCoverage struct {
	Format string `enum:"text,json" default:"text" help:"text or json (one a line)."`
}

// Run counts outlets by country, most first.
func (c sourcesCoverage) Run(a *app) error {
	set, err := a.set()
	if err != nil {
		return err
	}
	type row struct {
		Country string `json:"country"`
		Sources int    `json:"sources"`
		Rated   int    `json:"rated"`
		Owner   int    `json:"owner"` // with an owner
		Local   int    `json:"local"`
	}
	rows := map[string]*row{"all": {Country: "all"}}
	for _, src := range set.Sources() {
		if rows[src.Country] == nil {
			rows[src.Country] = &row{Country: src.Country}
		}
		for _, r := range []*row{rows[src.Country], rows["all"]} {
			r.Sources++
			if src.Rating != nil {
				r.Rated++
			}
			if src.Owner != "" {
				r.Owner++
			}
			if src.Kind == "local" {
				r.Local++
			}
		}
	}
	for _, r := range slices.SortedFunc(maps.Values(rows), func(x, y *row) int {
		if x.Sources != y.Sources {
			return y.Sources - x.Sources
		}
		return strings.Compare(x.Country, y.Country)
	}) {
		if c.Format == "json" {
			err = jsonline.Write(a.out, r)
		} else {
			_, err = fmt.Fprintf(a.out, "%-4s %5d outlets %5d rated %5d with owner %5d local\n", r.Country, r.Sources, r.Rated, r.Owner, r.Local)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
