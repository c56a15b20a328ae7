package eval

import (
	"parallax/analyzer"
	"parallax/internal/gold"
)

// Ranking is how well salience ranks the entities that a corpus calls salient
// before the others that the program found too.
type Ranking struct {
	Documents int      `json:"documents"`
	Salient   int      `json:"salient"`
	Others    int      `json:"others"`
	AUC       float64  `json:"auc"` // chance that a salient one has the greater figure, over pairs of one document
	Interval  Interval `json:"interval"`
	// Count and First are the same for two simple figures: how often an entity
	// is mentioned, and how early first.
	Count float64 `json:"auc_count"`
	First float64 `json:"auc_first"`
}

// Salience analyses documents and compares the salience of entities with the
// corpus's.
func Salience(a *analyzer.Analyzer, docs []gold.Document) Ranking {
	type pairs struct{ wins, all float64 }
	var out Ranking
	var figures [3][]pairs
	for i := range docs {
		d := &docs[i]
		at := map[[2]int]*gold.Entity{}
		for k := range d.Entities {
			for _, m := range d.Entities[k].Mentions {
				at[[2]int{m.Start, m.End}] = &d.Entities[k]
			}
		}
		for _, n := range d.Names { // a name within a longer mention is that mention's entity
			if at[[2]int{n.Start, n.End}] == nil {
				at[[2]int{n.Start, n.End}] = holder(d, n)
			}
		}
		r := a.Analyze(analyzer.Input{ID: d.ID, Text: d.Text}, analyzer.Options{Only: []string{analyzer.PartEntities}})
		var yes, no [][3]float64
		for _, e := range r.Entities.Items {
			var is *gold.Entity
			for _, m := range e.Mentions {
				if is = at[[2]int{m.Start, m.End}]; is != nil {
					break
				}
			}
			if is == nil {
				continue
			}
			f := [3]float64{e.Salience, float64(len(e.Mentions)), -float64(e.Mentions[0].Start)}
			if is.Salience > 0 {
				yes = append(yes, f)
			} else {
				no = append(no, f)
			}
		}
		if len(yes) == 0 || len(no) == 0 {
			continue
		}
		out.Documents++
		out.Salient += len(yes)
		out.Others += len(no)
		for k := range figures {
			var p pairs
			for _, y := range yes {
				for _, n := range no {
					p.all++
					switch {
					case y[k] > n[k]:
						p.wins++
					case y[k] == n[k]:
						p.wins += .5
					}
				}
			}
			figures[k] = append(figures[k], p)
		}
	}
	// Every document weighs the same, however many pairs it has.
	mean := func(k int, units []int) float64 {
		sum := 0.0
		for _, i := range units {
			sum += figures[k][i].wins / figures[k][i].all
		}
		return sum / float64(max(1, len(units)))
	}
	units := make([]int, out.Documents)
	for i := range units {
		units[i] = i
	}
	out.AUC, out.Count, out.First = mean(0, units), mean(1, units), mean(2, units)
	if out.Documents > 0 {
		out.Interval = bootstrap(out.Documents, func(units []int) float64 { return mean(0, units) })
	}
	return out
}

// holder is the entity of the shortest mention of the name's type that holds a
// name.
func holder(d *gold.Document, n gold.Name) *gold.Entity {
	var best *gold.Entity
	size := 0
	for k := range d.Entities {
		e := &d.Entities[k]
		for _, m := range e.Mentions {
			if m.Contains(n.Span) && m.Type == n.Type && (best == nil || m.Len() < size) {
				best, size = e, m.Len()
			}
		}
	}
	return best
}
