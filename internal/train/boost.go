package train

import (
	"math"
	"slices"
	"sync"

	"parallax/analyzer/story"
)

// A BoostConfig says how trees are fitted.
type BoostConfig struct {
	Trees  int
	Leaves int     // of a tree, at most
	Rate   float64 // by which each tree is scaled
	Least  float64 // share of the examples' weight that a leaf must hold
	Hold   float64 // by which the values of leaves are held back
	Bins   int     // into which the values of a sign are dealt, at most 256
}

// A boost fits trees one after the other, each to what is left of the logistic
// loss (Friedman 2001), by histograms of the signs. Where a sign has a direction
// ([story.Grows]) the leaves keep to it.
type boost struct {
	cfg          BoostConfig
	examples     []storyExample
	weight       float64     // of all examples
	cuts         [][]float32 // by sign, the thresholds between bins
	bins         [][]uint8   // by sign and example
	grows        []int
	slope, curve []float64 // of the loss at each example
	odds         []float64 // told so far
}

// fitTrees fits the decision on examples.
func fitTrees(examples []storyExample, cfg BoostConfig) story.Merge {
	b := &boost{cfg: cfg, examples: examples}
	for _, g := range story.Grows() {
		b.grows = append(b.grows, g)
	}
	b.deal()
	same := 0.0
	for i := range examples {
		b.weight += examples[i].weight
		if examples[i].same {
			same += examples[i].weight
		}
	}
	m := story.Merge{Bias: math.Log(same / (b.weight - same))}
	n := len(examples)
	b.slope, b.curve, b.odds = make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range b.odds {
		b.odds[i] = m.Bias
	}
	for range cfg.Trees {
		for i := range examples {
			e := &examples[i]
			_, b.slope[i] = logLoss(b.odds[i], e.same, e.weight)
			p := 1 / (1 + math.Exp(-b.odds[i]))
			b.curve[i] = e.weight * p * (1 - p)
		}
		b.tree(&m)
	}
	return m
}

// deal deals the values of each sign into bins of like numbers of examples.
func (b *boost) deal() {
	values := make([]float32, len(b.examples))
	for f := range b.grows {
		for i := range b.examples {
			values[i] = b.examples[i].signs[f]
		}
		slices.Sort(values)
		var cuts []float32
		for k := 1; k < b.cfg.Bins; k++ {
			if v := values[k*(len(values)-1)/b.cfg.Bins]; (len(cuts) == 0 || v > cuts[len(cuts)-1]) && v < values[len(values)-1] {
				cuts = append(cuts, v)
			}
		}
		bins := make([]uint8, len(b.examples))
		for i := range b.examples {
			k, _ := slices.BinarySearch(cuts, b.examples[i].signs[f]) // the first cut that is not under the value
			bins[i] = uint8(k)
		}
		b.cuts, b.bins = append(b.cuts, cuts), append(b.bins, bins)
	}
}

// A branch is a leaf, and the best way to split it.
type branch struct {
	node         int32
	rows         []int32
	slope, curve float64
	least, most  float64 // between which its value must lie
	split
}

// A split is at most a cut of a sign, and over it.
type split struct {
	gain        float64
	sign, cut   int
	left, right float64 // values
}

// value is the value of a leaf that lessens the loss most, within bounds.
func (b *boost) value(at *branch, slope, curve float64) float64 {
	return min(at.most, max(at.least, -slope/(curve+b.cfg.Hold)))
}

// lessens is by how much a value lessens the loss.
func (b *boost) lessens(slope, curve, v float64) float64 {
	return -(slope*v + (curve+b.cfg.Hold)*v*v/2)
}

// tree adds a tree to m: the leaf is split that gains most, until there are
// enough.
func (b *boost) tree(m *story.Merge) {
	leaves := make([]branch, 0, b.cfg.Leaves)
	grow := func(l branch) branch {
		for _, i := range l.rows {
			l.slope += b.slope[i]
			l.curve += b.curve[i]
		}
		l.node = int32(len(m.Nodes))
		m.Nodes = append(m.Nodes, story.MergeNode{Sign: -1})
		l.split = b.best(&l)
		return l
	}
	all := branch{rows: make([]int32, len(b.examples)), least: math.Inf(-1), most: math.Inf(1)}
	for i := range all.rows {
		all.rows[i] = int32(i)
	}
	m.Roots = append(m.Roots, int32(len(m.Nodes)))
	leaves = append(leaves, grow(all))
	for len(leaves) < b.cfg.Leaves {
		k := 0
		for i := range leaves {
			if leaves[i].gain > leaves[k].gain {
				k = i
			}
		}
		at := leaves[k]
		if at.gain <= 0 {
			break
		}
		l, r := branch{least: at.least, most: at.most}, branch{least: at.least, most: at.most}
		for _, i := range at.rows {
			if int(b.bins[at.sign][i]) <= at.cut {
				l.rows = append(l.rows, i)
			} else {
				r.rows = append(r.rows, i)
			}
		}
		switch middle := (at.left + at.right) / 2; b.grows[at.sign] {
		case 1:
			l.most, r.least = min(l.most, middle), max(r.least, middle)
		case -1:
			l.least, r.most = max(l.least, middle), min(r.most, middle)
		}
		l, r = grow(l), grow(r)
		m.Nodes[at.node] = story.MergeNode{Sign: int8(at.sign), Most: b.cuts[at.sign][at.cut], Left: l.node, Right: r.node}
		leaves[k] = l
		leaves = append(leaves, r)
	}
	for i := range leaves {
		l := &leaves[i]
		v := b.cfg.Rate * b.value(l, l.slope, l.curve)
		m.Nodes[l.node].Value = float32(v)
		for _, k := range l.rows {
			b.odds[k] += v
		}
	}
}

// best is the best split of a leaf, without gain where there is none.
func (b *boost) best(at *branch) split {
	total := 0.0
	for _, i := range at.rows {
		total += b.examples[i].weight
	}
	found := make([]split, len(b.grows))
	var wait sync.WaitGroup
	for f := range b.grows {
		wait.Go(func() { found[f] = b.bestBy(f, at, total) })
	}
	wait.Wait()
	var out split
	for _, s := range found { // in their order, so that of equal ones the same is taken
		if s.gain > out.gain {
			out = s
		}
	}
	return out
}

// bestBy is the best split of a leaf by one sign.
func (b *boost) bestBy(f int, at *branch, total float64) (out split) {
	type bin struct{ slope, curve, weight float64 }
	bins := make([]bin, b.cfg.Bins)
	for _, i := range at.rows {
		k := &bins[b.bins[f][i]]
		k.slope += b.slope[i]
		k.curve += b.curve[i]
		k.weight += b.examples[i].weight
	}
	whole := b.lessens(at.slope, at.curve, b.value(at, at.slope, at.curve))
	var left bin
	for k := range b.cuts[f] {
		left.slope, left.curve, left.weight = left.slope+bins[k].slope, left.curve+bins[k].curve, left.weight+bins[k].weight
		if least := b.cfg.Least * b.weight; left.weight < least || total-left.weight < least {
			continue
		}
		slope, curve := at.slope-left.slope, at.curve-left.curve
		l, r := b.value(at, left.slope, left.curve), b.value(at, slope, curve)
		if g := b.grows[f]; g > 0 && l > r || g < 0 && l < r {
			continue
		}
		if gain := b.lessens(left.slope, left.curve, l) + b.lessens(slope, curve, r) - whole; gain > out.gain+1e-12 {
			out = split{gain, f, k, l, r}
		}
	}
	return out
}
