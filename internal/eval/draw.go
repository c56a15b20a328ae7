package eval

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/text"
)

// A Flag is a cue that was drawn to be judged. It holds no words of its
// article.
type Flag struct {
	Family     string // type of the cue
	Rule       string
	Article    string
	Field      string // "text" or "title"
	Start, End int    // in code points
	Kind       string // of the article
	Side       string // of the rating of the article's outlet
}

// ID names a flag by where it stands, so that sheets in any order can be
// put together. It begins with a letter, so that no spreadsheet takes it for a
// number.
func (f Flag) ID() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d\x00%d", f.Article, f.Family, f.Field, f.Start, f.End))
	return "f_" + hex.EncodeToString(sum[:8])
}

// perArticle is the most flags of a family that are drawn from one article.
const perArticle = 2

// A Draw says which flags are drawn for an audit. The same Draw of the same
// articles, in whatever order they come, gives the same flags.
type Draw struct {
	Families     []string
	PerFamily    int    // flags of each, fewer where there are not so many
	Seed         uint64 // of the draw
	Order        uint64 // seed of the order in which the flags are judged
	Quoted       bool   // a speaker's words too
	Experimental bool   // the families that are asked for may be experimental
}

// A candidate is a flag that may be drawn, with its lot.
type candidate struct {
	Flag
	outlet string
	lot    uint64
}

// lot is a number for a thing by a seed. Lots depend on nothing else, not on
// what there is besides.
func lot(seed uint64, parts ...string) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s", seed, strings.Join(parts, "\x00")))
	return binary.BigEndian.Uint64(sum[:])
}

func byLot(x, y candidate) int {
	if x.lot == y.lot {
		return cmp.Compare(x.ID(), y.ID())
	}
	return cmp.Compare(x.lot, y.lot)
}

// Flags analyses articles and draws: of each family, outlets take turns in an
// order by lot, each with the flag of the lowest lot that it has left. So all
// outlets count alike, however much they publish. One article gives at most two
// flags of a family and none of them by the same rule.
func (d Draw) Flags(a *analyzer.Analyzer, articles iter.Seq2[analyzer.Input, error]) ([]Flag, error) {
	candidates := map[string][]candidate{}
	for in, err := range articles {
		if err != nil {
			return nil, err
		}
		r := a.Analyze(in, analyzer.Options{Only: []string{analyzer.PartCues, analyzer.PartSource}, WithText: true, Experimental: d.Experimental})
		for family, some := range d.ofArticle(r.In(text.Rune, *r.Title, *r.Text)) {
			candidates[family] = append(candidates[family], some...)
		}
	}
	var out []Flag
	for _, family := range d.Families {
		out = append(out, d.takeTurns(family, candidates[family])...)
	}
	slices.SortFunc(out, func(x, y Flag) int {
		return cmp.Or(cmp.Compare(lot(d.Order, "order", x.ID()), lot(d.Order, "order", y.ID())), cmp.Compare(x.ID(), y.ID()))
	})
	return out, nil
}

// ofArticle are the flags of an article that may be drawn, by family.
func (d Draw) ofArticle(r *analyzer.Analysis) map[string][]candidate {
	all := map[string][]candidate{}
	for i := range r.Cues.Items {
		c := &r.Cues.Items[i]
		if !slices.Contains(d.Families, c.Type) || c.InQuote && !d.Quoted {
			continue
		}
		f := Flag{
			Family: c.Type, Rule: c.Rule, Article: r.ID, Field: cmp.Or(c.Field, "text"), Start: c.Start, End: c.End,
			Kind: r.Kind, Side: r.Source.Leaning,
		}
		all[c.Type] = append(all[c.Type], candidate{f, r.Source.Domain, lot(d.Seed, "flag", f.ID())})
	}
	for family, some := range all {
		slices.SortStableFunc(some, byLot)
		var kept []candidate
		for _, c := range some {
			if len(kept) < perArticle && !slices.ContainsFunc(kept, func(k candidate) bool { return k.Rule == c.Rule || k.ID() == c.ID() }) {
				kept = append(kept, c)
			}
		}
		all[family] = kept
	}
	return all
}

func (d Draw) takeTurns(family string, all []candidate) []Flag {
	slices.SortFunc(all, byLot)
	of := map[string][]candidate{}
	var outlets []string
	for _, c := range all {
		if of[c.outlet] == nil {
			outlets = append(outlets, c.outlet)
		}
		of[c.outlet] = append(of[c.outlet], c)
	}
	slices.SortFunc(outlets, func(x, y string) int {
		return cmp.Or(cmp.Compare(lot(d.Seed, "outlet", family, x), lot(d.Seed, "outlet", family, y)), cmp.Compare(x, y))
	})
	var out []Flag
	for turn := 0; len(out) < d.PerFamily && len(outlets) > 0; turn++ {
		outlets = slices.DeleteFunc(outlets, func(o string) bool { return len(of[o]) <= turn })
		for _, o := range outlets[:min(len(outlets), d.PerFamily-len(out))] {
			out = append(out, of[o][turn].Flag)
		}
	}
	return out
}
