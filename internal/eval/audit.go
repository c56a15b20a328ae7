package eval

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"parallax/analyzer/story"
)

// FewFlags is the number of flags under which a share is too few to say.
const FewFlags = 10

// leastRule is how many flags of a rule must have been judged for it to be
// listed.
const leastRule = 3

// An Audit is what coders say of flags.
type Audit struct {
	Engine   string        `json:"engine"`
	Lexicons string        `json:"lexicons"`
	Ratings  string        `json:"ratings"`
	Flags    int           `json:"flags"`
	Coders   []string      `json:"coders,omitempty"`
	Passes   []string      `json:"passes,omitempty"` // of one coder, instead of coders
	Families []AuditFamily `json:"families"`
	// All are the flags of all families together. Families count for as many
	// flags as were drawn of them, not for as many as there are: that shows
	// whether sides and kinds differ, and is no precision of the program.
	All AuditFamily `json:"all"`
}

// An AuditFamily is what coders say of the flags of one family. Its precisions,
// and those of its parts, are one, by the majority of the coders, or one for
// each pass.
type AuditFamily struct {
	AuditGroup
	Agreement     *Agreement   `json:"agreement,omitempty"`      // between coders, where there are several
	SelfAgreement *Agreement   `json:"self_agreement,omitempty"` // between passes of one coder
	Sides         []AuditGroup `json:"sides"`                    // of outlets
	Kinds         []AuditGroup `json:"kinds"`                    // of articles
	// Worst are the rules of which at least three flags were judged and one was
	// wrong, the worst first.
	Worst []AuditGroup `json:"worst_rules"`
}

// An AuditGroup are flags that have something in common.
type AuditGroup struct {
	Name      string      `json:"name"`
	Flags     int         `json:"flags"`
	Precision []Precision `json:"precision"`
}

// A Precision is the share of flags that are right among those judged right or
// wrong, with its 95 % Wilson interval.
type Precision struct {
	Right int `json:"right"`
	N     int `json:"n"`
	// Value, Low and High are nil where there is nothing to divide by; outside
	// of rules also where N is under [FewFlags].
	Value *float64 `json:"precision,omitempty"`
	Low   *float64 `json:"low,omitempty"`
	High  *float64 `json:"high,omitempty"`
	// What is not in N: flags that as many coders call right as wrong, flags that
	// no coder marked, and those that none could tell of. Marks are all marks
	// "?", those next to a coder who could tell included.
	Divided  int `json:"divided"`
	Unmarked int `json:"unmarked"`
	Untold   int `json:"untold"`
	Marks    int `json:"marks_cant_tell"`
}

// A judged flag has a mark of each coder, "" for none.
type judged struct {
	Flag
	marks []string
}

// AuditOf puts the marks of sheets together by flag. With passes, the columns of
// marks are passes of one coder, each of which is scored by itself. The first
// sheet says which flags there are.
func AuditOf(sheets []*Sheet, passes bool) (*Audit, error) {
	flags, names, err := join(sheets)
	if err != nil {
		return nil, err
	}
	first := sheets[0]
	out := &Audit{
		Engine: first.Property(HeadEngine), Lexicons: first.Property(HeadLexicons), Ratings: first.Property(HeadRatings),
		Flags: len(flags),
	}
	if passes {
		out.Passes = names
	} else {
		out.Coders = names
	}
	for _, g := range groups(flags, func(f Flag) string { return f.Family }) {
		out.Families = append(out.Families, family(g, len(names), passes))
	}
	out.All = family(group{"all families", flags}, len(names), passes)
	return out, nil
}

// join gives the flags of sheets with the marks of all columns in which there
// is a mark, and the names of those.
func join(sheets []*Sheet) ([]judged, []string, error) {
	if len(sheets) == 0 {
		return nil, nil, errors.New("no sheets")
	}
	var flags []judged
	place := map[string]int{}
	for i, f := range sheets[0].Flags {
		flags, place[f.ID()] = append(flags, judged{Flag: f}), i
	}
	var names []string
	for _, s := range sheets {
		if err := alike(sheets[0], s); err != nil {
			return nil, nil, err
		}
		for _, f := range s.Flags {
			i, ok := place[f.ID()]
			if !ok {
				return nil, nil, fmt.Errorf("%s: unknown flag %s: it is not in %s", s.Name, f.ID(), sheets[0].Name)
			}
			if f != flags[i].Flag {
				return nil, nil, fmt.Errorf("%s: flag %s is not what it is in %s", s.Name, f.ID(), sheets[0].Name)
			}
		}
		for c, coder := range s.Coders {
			if !slices.ContainsFunc(s.Marks, func(m []string) bool { return m[c] != "" }) {
				continue
			}
			if len(sheets) > 1 {
				coder = filepath.Base(s.Name) + ":" + coder
			}
			names = append(names, coder)
			for i := range flags {
				flags[i].marks = append(flags[i].marks, "")
			}
			for i, f := range s.Flags {
				m := flags[place[f.ID()]].marks
				m[len(m)-1] = s.Marks[i][c]
			}
		}
	}
	if len(names) == 0 {
		return nil, nil, fmt.Errorf("%s: no flag is marked", sheets[0].Name)
	}
	return flags, names, nil
}

// alike refuses sheets that different programs or word lists have flagged.
func alike(x, y *Sheet) error {
	for _, p := range []string{HeadEngine, HeadLexicons, HeadRatings} {
		if a, b := x.Property(p), y.Property(p); a != b {
			return fmt.Errorf("%s was drawn with %s %q, %s with %q", y.Name, p, b, x.Name, a)
		}
	}
	return nil
}

// A group is what flags have in common.
type group struct {
	name  string
	flags []judged
}

func groups(flags []judged, by func(Flag) string) []group {
	of := map[string][]judged{}
	for _, f := range flags {
		of[by(f.Flag)] = append(of[by(f.Flag)], f)
	}
	var out []group
	for name, some := range of {
		out = append(out, group{name, some})
	}
	slices.SortFunc(out, func(x, y group) int { return cmp.Compare(x.name, y.name) })
	return out
}

func family(g group, columns int, passes bool) AuditFamily {
	out := AuditFamily{AuditGroup: g.score(columns, passes, FewFlags), Worst: []AuditGroup{}}
	if columns > 1 {
		var marks [][]string
		for _, f := range g.flags {
			decided := slices.Clone(f.marks)
			for c, m := range decided {
				if m == CantTell {
					decided[c] = ""
				}
			}
			marks = append(marks, decided)
		}
		agreement := Krippendorff(marks)
		if agreement.Units < FewFlags {
			agreement = Agreement{Units: agreement.Units}
		}
		if passes {
			out.SelfAgreement = &agreement
		} else {
			out.Agreement = &agreement
		}
	}
	for _, s := range groups(g.flags, func(f Flag) string { return f.Side }) {
		out.Sides = append(out.Sides, s.score(columns, passes, FewFlags))
	}
	for _, k := range groups(g.flags, func(f Flag) string { return f.Kind }) {
		out.Kinds = append(out.Kinds, k.score(columns, passes, FewFlags))
	}
	for _, r := range groups(g.flags, func(f Flag) string { return f.Rule }) {
		if s := r.score(columns, passes, 1); s.least() >= leastRule && s.share() < 1 {
			out.Worst = append(out.Worst, s)
		}
	}
	slices.SortStableFunc(out.Worst, func(x, y AuditGroup) int { return cmp.Compare(x.share(), y.share()) })
	return out
}

// share is the precision over all passes together; it orders rules only.
func (g *AuditGroup) share() float64 {
	right, n := 0, 0
	for _, p := range g.Precision {
		right, n = right+p.Right, n+p.N
	}
	return float64(right) / float64(max(1, n))
}

// least is how many flags were judged in the pass that judged fewest.
func (g *AuditGroup) least() int {
	n := g.Precision[0].N
	for _, p := range g.Precision {
		n = min(n, p.N)
	}
	return n
}

// score is the precision of a group: of each pass, or of the majority. Under
// few flags only counts are given.
func (g group) score(columns int, passes bool, few int) AuditGroup {
	out := AuditGroup{Name: g.name, Flags: len(g.flags)}
	if !passes {
		out.Precision = []Precision{g.precision(0, columns, few)}
		return out
	}
	for c := range columns {
		out.Precision = append(out.Precision, g.precision(c, c+1, few))
	}
	return out
}

// precision is that of the majority of the coders [from, to).
func (g group) precision(from, to, few int) Precision {
	var p Precision
	for _, f := range g.flags {
		right, wrong, cant := 0, 0, 0
		for _, m := range f.marks[from:to] {
			switch m {
			case Right:
				right++
			case Wrong:
				wrong++
			case CantTell:
				cant++
			}
		}
		p.Marks += cant
		switch {
		case right > wrong:
			p.Right++
			p.N++
		case wrong > right:
			p.N++
		case right > 0:
			p.Divided++
		case cant > 0:
			p.Untold++
		default:
			p.Unmarked++
		}
	}
	if p.N >= max(1, few) {
		value := float64(p.Right) / float64(p.N)
		low, high := story.Wilson(p.Right, p.N, .95)
		p.Value, p.Low, p.High = &value, &low, &high
	}
	return p
}
