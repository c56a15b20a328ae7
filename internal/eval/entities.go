package eval

import (
	"parallax/analyzer"
	"parallax/internal/gold"
)

// nameTypes are the types that count, by our types of entities.
var nameTypes = map[string]string{"person": gold.Person, "place": gold.Location, "organization": gold.Organization}

// Types are the types that names are scored by, in the order of answers.
var Types = [...]string{gold.Person, gold.Location, gold.Organization}

// Names is how well the names of documents were found.
type Names struct {
	Documents int              `json:"documents"`
	All       Score            `json:"all"`
	Interval  Interval         `json:"f1_interval"`
	Types     map[string]Score `json:"types"`
	// Misplaced are mentions whose words are not those of their span.
	Misplaced int `json:"misplaced"`
}

type spanKey struct {
	title      bool
	start, end int
}

// Entities analyses documents and scores the mentions. A name of another kind,
// and one that a corpus does not decide, counts for nothing, and so does a
// mention with the same span.
func Entities(a *analyzer.Analyzer, docs []gold.Document) Names {
	out := Names{Documents: len(docs), Types: map[string]Score{}}
	tallies := make([][len(Types)]Tally, len(docs))
	for i := range docs {
		tallies[i] = entitiesOf(a, &docs[i], &out.Misplaced)
	}
	for k, name := range Types {
		var t Tally
		for i := range tallies {
			t.add(tallies[i][k])
		}
		out.Types[name] = t.Score()
	}
	all := func(units []int) Score {
		var t Tally
		for _, i := range units {
			for k := range tallies[i] {
				t.add(tallies[i][k])
			}
		}
		return t.Score()
	}
	units := make([]int, len(docs))
	for i := range units {
		units[i] = i
	}
	out.All = all(units)
	out.Interval = bootstrap(len(docs), func(units []int) float64 { return all(units).F1 })
	return out
}

func entitiesOf(a *analyzer.Analyzer, d *gold.Document, misplaced *int) (t [len(Types)]Tally) {
	r := a.Analyze(analyzer.Input{ID: d.ID, Title: d.Title, Text: d.Text}, analyzer.Options{Only: []string{analyzer.PartEntities}})
	labelled := map[spanKey]string{}
	for _, n := range d.Names {
		labelled[spanKey{false, n.Start, n.End}] = n.Type
	}
	for _, n := range d.Heads {
		labelled[spanKey{true, n.Start, n.End}] = n.Type
	}
	index := map[string]int{}
	for k, name := range Types {
		index[name] = k
	}
	for _, e := range r.Entities.Items {
		for _, m := range e.Mentions {
			of := d.Text
			if m.Field != "" {
				of = d.Title
			}
			if m.End > len(of) || of[m.Start:m.End] != m.Text {
				*misplaced++
			}
			k, counts := index[nameTypes[e.Type]]
			gotten := labelled[spanKey{m.Field != "", m.Start, m.End}]
			if !counts || gotten == gold.Misc || gotten == gold.Unsure {
				continue
			}
			t[k].Found++
			if gotten == Types[k] {
				t[k].Right++
			}
		}
	}
	for _, kind := range labelled {
		if k, counts := index[kind]; counts {
			t[k].Labelled++
		}
	}
	return t
}
