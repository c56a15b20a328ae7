package lexicons

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/analyzer/text"
)

// kindPairs is the kind of a table of named pairs; its terms are found as
// [KindPartisanTerm].
const kindPairs = "pairs"

// KindPartisanTerm is the kind of list that the terms of named pairs make.
const KindPartisanTerm = "partisan_term"

// A Pair is two competing terms for one thing, with how often outlets choose
// each. Times says how many times as often the outlets of its side choose a term
// as those of the other, where they use either; Low and High bound its 95 %
// interval over outlets.
type Pair struct {
	Topic        string
	Left, Right  PairTerm
	LeftOutlets  int // that used either term often enough to be counted
	RightOutlets int
	Uses         int // of both terms
}

// A PairTerm is one term of a pair: its forms, the first of which names it.
type PairTerm struct {
	Forms            []string
	Times, Low, High float64
}

// PairColumns are the columns of a table of named pairs.
var PairColumns = []string{
	"topic", "left", "right", "left_times", "left_low", "left_high", "right_times", "right_low", "right_high", "left_outlets", "right_outlets", "uses",
}

// addPairs reads a table of named pairs and makes of it the list of their terms.
// A form that stands in several pairs belongs to the one that divides outlets
// most.
func (s *Set) addPairs(file string, data []byte) error {
	t, err := parseTable(file, data, PairColumns...)
	if err != nil {
		return err
	}
	type placed struct {
		Pair
		line int
	}
	var pairs []placed
	for _, r := range t.rows {
		p, fault := readPair(r)
		if fault != "" {
			return &fileError{file, r.line, fault}
		}
		pairs = append(pairs, placed{p, r.line})
	}
	slices.SortStableFunc(pairs, func(a, b placed) int {
		return cmp.Compare(b.Left.Times*b.Right.Times, a.Left.Times*a.Right.Times)
	})
	l := t.Lexicon
	l.Kind = KindPartisanTerm
	taken := map[string]bool{}
	for i := range pairs {
		p := &pairs[i]
		for _, side := range []struct {
			of    string
			term  *PairTerm
			other string
		}{{Left, &p.Left, p.Right.Forms[0]}, {Right, &p.Right, p.Left.Forms[0]}} {
			e := Entry{Side: side.of, Counts: side.term.counted(&p.Pair, side.of, side.other), Weight: side.term.weight(), line: p.line}
			for _, f := range side.term.Forms {
				if key := text.Fold(f); !taken[key] {
					taken[key] = true
					e.Forms = append(e.Forms, f)
				}
			}
			if len(e.Forms) == 0 || side.term.Low <= 1 || side.term.Times < leastTimes {
				continue // it stands with another pair, or is no one's word
			}
			e.Phrase, e.Forms = e.Forms[0], e.Forms[1:]
			l.Entries = append(l.Entries, e)
		}
	}
	s.replace(&l)
	return l.provenance()
}

// leastTimes is from how many times as often on a term is reported: what one
// side says only a little more often is nobody's word.
const leastTimes = 1.5

// weight is how strongly a term divides outlets, in (0, 1]: 1 from ten times on.
func (t *PairTerm) weight() float64 {
	return max(.05, min(1, math.Round(math.Log10(t.Times)*100)/100))
}

func (t *PairTerm) counted(p *Pair, side, other string) string {
	against := Left
	if side == Left {
		against = Right
	}
	return fmt.Sprintf("used %s times as often by %s-rated as by %s-rated outlets, where they use it or “%s” (95 %% interval %s to %s; %d left-rated and %d right-rated outlets)",
		times(t.Times), side, against, other, times(t.Low), times(t.High), p.LeftOutlets, p.RightOutlets)
}

func times(x float64) string {
	if x >= 10 {
		return strconv.Itoa(int(math.Round(x)))
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

func readPair(r tableRow) (p Pair, fault string) {
	p.Topic, p.Left.Forms, p.Right.Forms = r.cell("topic"), splitForms(r.cell("left")), splitForms(r.cell("right"))
	if len(p.Left.Forms) == 0 || len(p.Right.Forms) == 0 {
		return p, "a pair needs a left and a right term"
	}
	for column, to := range map[string]*float64{
		"left_times": &p.Left.Times, "left_low": &p.Left.Low, "left_high": &p.Left.High,
		"right_times": &p.Right.Times, "right_low": &p.Right.Low, "right_high": &p.Right.High,
	} {
		v, err := strconv.ParseFloat(r.cell(column), 64)
		if err != nil || !(v > 0) || math.IsInf(v, 0) {
			return p, fmt.Sprintf("%s %q is no number over 0", column, r.cell(column))
		}
		*to = v
	}
	for column, to := range map[string]*int{"left_outlets": &p.LeftOutlets, "right_outlets": &p.RightOutlets, "uses": &p.Uses} {
		n, err := strconv.Atoi(r.cell(column))
		if err != nil || n < 1 {
			return p, fmt.Sprintf("%s %q is no count", column, r.cell(column))
		}
		*to = n
	}
	return p, ""
}

func splitForms(cell string) []string {
	var out []string
	for f := range strings.SplitSeq(cell, "|") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// ReadPairCandidates reads a table of topic, left and right terms that are still
// to be counted.
func ReadPairCandidates(file string, data []byte) ([]Pair, error) {
	t, err := parseTable(file, data, "topic", "left", "right")
	if err != nil {
		return nil, err
	}
	var out []Pair
	for _, r := range t.rows {
		p := Pair{Topic: r.cell("topic")}
		p.Left.Forms, p.Right.Forms = splitForms(r.cell("left")), splitForms(r.cell("right"))
		if len(p.Left.Forms) == 0 || len(p.Right.Forms) == 0 {
			return nil, &fileError{file, r.line, "a pair needs a left and a right term"}
		}
		out = append(out, p)
	}
	return out, nil
}
