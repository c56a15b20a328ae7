package train

import (
	"math/rand/v2"
	"strings"

	"parallax/analyzer/tagger"
	"parallax/analyzer/text"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// NamesConfig says how the name model is fitted.
type NamesConfig struct {
	Seed   uint64
	Rounds int     // over all data
	Models int     // that are fitted and averaged
	Least  int32   // how often a feature must occur
	Drop   float64 // share of the words' own features that are left out of an update
}

// DefaultNames is what the shipped model is fitted with.
func DefaultNames() NamesConfig {
	return NamesConfig{Seed: 1, Rounds: 8, Models: 5, Least: 2, Drop: .3}
}

// A sample is a segment with what its tags may be.
type sample struct {
	rows    [][]int32
	allowed []uint32 // a bit per tag
	keys    [][]uint32
}

// A Corpus is labelled documents, and whether what it leaves unlabelled may
// yet be a name of type MISC.
type Corpus struct {
	Docs   []gold.Document
	NoMisc bool
	Headed bool // titles are labelled too
}

// Names fits a name model.
func Names(set *lexicons.Set, k *tagger.Knowledge, corpora []Corpus, cfg NamesConfig) *tagger.NameWeights {
	joins := joiners(set, corpora)
	sampler := tagger.NewSampler(set, k, joins)
	var samples []sample
	for _, c := range corpora {
		for i := range c.Docs {
			samples = sampleDoc(samples, sampler, set, &c.Docs[i], c)
		}
	}
	counts := map[uint32]int32{}
	for _, s := range samples {
		for _, keys := range s.keys {
			for _, key := range keys {
				counts[key]++
			}
		}
	}
	ix := newIndex(counts, cfg.Least)
	for i := range samples {
		for _, keys := range samples[i].keys {
			samples[i].rows = append(samples[i].rows, ix.rows(keys))
		}
		samples[i].keys = nil
	}
	return fitNames(ix, samples, sampler.Own(), joins, cfg)
}

// leastJoins is how often a word in lower case must stand within names.
const leastJoins = 3

// joiners are words in lower case, and marks, that stand within names.
func joiners(set *lexicons.Set, corpora []Corpus) map[string]bool {
	count := map[string]int{}
	for _, c := range corpora {
		for _, d := range c.Docs {
			doc := set.Reader().Read(d.Text)
			for _, n := range d.Names {
				if n.Type == gold.Unsure || n.Type == gold.Misc { // titles of works hold any word
					continue
				}
				for i := doc.TokenAt(n.Start) + 1; i < len(doc.Tokens) && doc.Tokens[i].End < n.End; i++ {
					if w := doc.Word(i); strings.ToLower(w) == w && joinable(doc.Tokens[i].Kind, w) {
						count[text.Fold(w)]++
					}
				}
			}
		}
	}
	joins := map[string]bool{}
	for w, n := range count {
		if n >= leastJoins {
			joins[w] = true
		}
	}
	return joins
}

// joinable says whether a token in lower case may be within a name. Brackets,
// quotation marks and commas part names from what is beside them.
func joinable(kind text.Kind, word string) bool {
	return kind == text.Word || kind == text.Punct && strings.Contains("&'’-–/", word)
}

func sampleDoc(out []sample, s *tagger.Sampler, set *lexicons.Set, d *gold.Document, c Corpus) []sample {
	out = sampleText(out, s, set, d.Text, d.Names, c)
	if c.Headed && d.Title != "" {
		out = sampleText(out, s, set, d.Title, d.Heads, c)
	}
	if !c.NoMisc { // tweets are in capitals often enough as they are
		title, heads := head(d)
		if upper := strings.ToUpper(title); len(upper) == len(title) {
			out = sampleText(out, s, set, upper, heads, c)
		}
	}
	return out
}

// head is what is read in capitals too, as headlines may be written: the title,
// or the first line of a text without one.
func head(d *gold.Document) (string, []gold.Name) {
	if d.Title != "" {
		return d.Title, d.Heads
	}
	line, _, _ := strings.Cut(d.Text, "\n")
	n := 0
	for n < len(d.Names) && d.Names[n].End <= len(line) {
		n++
	}
	return line, d.Names[:n]
}

const anyTag = 1<<tagger.NameTags - 1

func sampleText(out []sample, s *tagger.Sampler, set *lexicons.Set, body string, names []gold.Name, c Corpus) []sample {
	doc := set.Reader().Read(body)
	if len(doc.Text) != len(body) {
		return out // it was repaired: spans don't hold
	}
	allowed := make([]uint32, len(doc.Tokens))
	for i := range allowed {
		allowed[i] = 1 << tagger.Outside
		if c.NoMisc {
			allowed[i] |= tagger.TagsOf(tagger.Misc)
		}
	}
	for _, n := range names {
		first, last := doc.TokenAt(n.Start), doc.TokenAt(n.End-1)+1
		kind, ok := tagger.TypeOf(n.Type)
		exact := last <= len(doc.Tokens) && first < last && doc.Tokens[first].Start == n.Start && doc.Tokens[last-1].End == n.End
		for i := first; i < min(last, len(doc.Tokens)); i++ {
			switch {
			case !ok || !exact:
				allowed[i] = anyTag
			default:
				allowed[i] = 1 << tagger.TagAt(kind, i-first, last-first)
			}
		}
	}
	hits := set.Match(nil, doc)
	for _, seg := range s.Names(doc, hits) {
		x := sample{keys: seg.Keys, allowed: allowed[seg.First : seg.First+len(seg.Keys)]}
		out = append(out, x)
	}
	return out
}

// fitNames runs the structured perceptron. Where the data leave a tag open,
// the best of those allowed counts as right (a latent perceptron, Sun et al.
// 2009).
func fitNames(ix *index, samples []sample, ownKeys map[uint32]bool, joins map[string]bool, cfg NamesConfig) *tagger.NameWeights {
	const n = tagger.NameTags
	own := make([]bool, len(ix.keys))
	for r, k := range ix.keys {
		own[r] = ownKeys[k]
	}
	rows, steps := make([]float32, len(ix.keys)*n), make([]float32, (n+1)*n)
	for i := range cfg.Models {
		one, between := fitOnce(len(ix.keys), samples, own, cfg, uint64(i))
		for k, x := range one {
			rows[k] += x / float32(cfg.Models)
		}
		for k, x := range between {
			steps[k] += x / float32(cfg.Models)
		}
	}
	w := &tagger.NameWeights{Joins: sortedKeys(joins)}
	var scale float64
	w.Rows, scale = quantize(ix.keys, rows, n)
	for _, x := range steps {
		w.Steps = append(w.Steps, int32(float64(x)*scale))
	}
	return w
}

// fitOnce fits one of the models that are averaged: each sees the samples in
// another order and other words left out.
func fitOnce(keys int, samples []sample, own []bool, cfg NamesConfig, turn uint64) (rows, between []float32) {
	const n = tagger.NameTags
	p, steps := newPerceptron(keys, n), newPerceptron(n+1, n)
	rng := rand.New(rand.NewPCG(cfg.Seed, turn))
	var dec decoder
	for range cfg.Rounds {
		for _, k := range rng.Perm(len(samples)) {
			s := &samples[k]
			if cfg.Drop > 0 {
				s = s.without(own, cfg.Drop, rng)
			}
			p.step++
			steps.step++
			scores := dec.score(p, s.rows)
			got := append([]uint8(nil), dec.decode(scores, steps.w, nil)...)
			if fits(got, s.allowed) {
				continue
			}
			want := dec.decode(scores, steps.w, s.allowed)
			if want == nil {
				continue // a name that the segment cuts
			}
			update(p, steps, s, got, want)
		}
	}
	p.average()
	steps.average()
	return p.w, steps.w
}

// update moves the weights towards the tags wanted.
func update(p, steps *perceptron, s *sample, got, want []uint8) {
	pw, pg := uint8(tagger.NameTags), uint8(tagger.NameTags)
	for i := range got {
		if want[i] != got[i] {
			for _, r := range s.rows[i] {
				p.add(r, want[i], 1)
				p.add(r, got[i], -1)
			}
		}
		if want[i] != got[i] || pw != pg {
			steps.add(int32(pw), want[i], 1)
			steps.add(int32(pg), got[i], -1)
		}
		pw, pg = want[i], got[i]
	}
}

// without is a copy of s in which each word, with chance share, does not show
// what it is but only what it looks like and where it stands.
func (s *sample) without(own []bool, share float64, rng *rand.Rand) *sample {
	out := &sample{allowed: s.allowed, rows: make([][]int32, len(s.rows))}
	for i, rows := range s.rows {
		out.rows[i] = rows
		if rng.Float64() >= share {
			continue
		}
		kept := make([]int32, 0, len(rows))
		for _, r := range rows {
			if !own[r] {
				kept = append(kept, r)
			}
		}
		out.rows[i] = kept
	}
	return out
}

func fits(tags []uint8, allowed []uint32) bool {
	for i, t := range tags {
		if allowed[i]&(1<<t) == 0 {
			return false
		}
	}
	return true
}

// A decoder finds the best tags with the weights as they are while fitting.
type decoder struct {
	scores [][tagger.NameTags]float32
	back   [][tagger.NameTags]uint8
	tags   []uint8
}

func (d *decoder) score(p *perceptron, rows [][]int32) [][tagger.NameTags]float32 {
	if cap(d.scores) < len(rows) {
		d.scores, d.back, d.tags = make([][tagger.NameTags]float32, 2*len(rows)), make([][tagger.NameTags]uint8, 2*len(rows)), make([]uint8, 2*len(rows))
	}
	scores := d.scores[:len(rows)]
	for i, rs := range rows {
		var sum [tagger.NameTags]float32
		for _, r := range rs {
			w := p.w[int(r)*tagger.NameTags:][:tagger.NameTags]
			for t := range sum {
				sum[t] += w[t]
			}
		}
		scores[i] = sum
	}
	return scores
}

const never = -1e30

// decode is the best path through the tags allowed; nil allows all. It is nil
// where there is no such path.
func (d *decoder) decode(scores [][tagger.NameTags]float32, steps []float32, allowed []uint32) []uint8 {
	const n = tagger.NameTags
	var prev, cur [n]float32
	open := func(i, t int) bool { return allowed == nil || allowed[i]&(1<<t) != 0 }
	for t := range n {
		prev[t] = never
		if tagger.May(tagger.Outside, uint8(t)) && open(0, t) {
			prev[t] = steps[n*n+t] + scores[0][t]
		}
	}
	for i := 1; i < len(scores); i++ {
		for t := range n {
			best, from := float32(2*never), uint8(0)
			if open(i, t) {
				for a := range n {
					if tagger.May(uint8(a), uint8(t)) {
						if v := prev[a] + steps[a*n+t]; v > best {
							best, from = v, uint8(a)
						}
					}
				}
				best += scores[i][t]
			}
			cur[t], d.back[i][t] = best, from
		}
		prev = cur
	}
	best, tag := float32(never/2), -1
	for t := range n {
		if tagger.MayEnd(uint8(t)) && prev[t] > best {
			best, tag = prev[t], t
		}
	}
	if tag < 0 {
		return nil
	}
	tags := d.tags[:len(scores)]
	at := uint8(tag)
	for i := len(scores) - 1; i >= 0; i-- {
		tags[i] = at
		at = d.back[i][at]
	}
	return tags
}
