package story

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// A Config sets how articles are grouped. The zero Config is not useful; see
// [DefaultConfig].
type Config struct {
	Weights   [channels]float64 // of the channels' similarities, summing to 1
	Threshold float64           // least similarity for joining a story
	Sigma     time.Duration     // of the Gaussian decay with the distance in time
	Window    time.Duration     // greatest distance in time
	Query     int               // how many of an article's heaviest terms find candidates
}

// DefaultConfig is used for every kind of stream.
func DefaultConfig() Config {
	return Config{
		Weights:   [channels]float64{lead: .4, full: .2, title: .2, names: .2},
		Threshold: .17, Sigma: 48 * time.Hour, Window: 5 * 24 * time.Hour, Query: 24,
	}
}

// A Grouper assigns articles to stories as they arrive, without looking ahead:
// by TF-IDF similarity (Salton & Buckley 1988) to the centroid of each story
// near in time. The same stream gives the same stories. It is not
// safe for concurrent use.
type Grouper struct {
	config   Config
	n        int // articles seen, the N of idf
	df       map[uint64]int32
	postings map[uint64][]int32 // term to stories that have it, in order
	stories  []*group
	index    map[string]int32 // story id to its place
	latest   time.Time        // newest time seen, for articles without one
}

// A group is a story as the grouper knows it.
type group struct {
	id          string
	n           int
	first, last time.Time
	sums        [channels]map[uint64]float32 // of the members' unit vectors
	norm2       [channels]float64            // squared lengths of sums
}

// NewGrouper makes a Grouper that has seen nothing.
func NewGrouper(config Config) *Grouper {
	return &Grouper{config: config, df: map[uint64]int32{}, postings: map[uint64][]int32{}, index: map[string]int32{}}
}

// A vector is a channel's terms with weights, of unit length.
type vector struct {
	terms   []uint64
	weights []float32
}

// Add assigns an article to a story and returns the story's id, which is that
// of a new story when the article joins none.
func (g *Grouper) Add(f Features) string {
	v := g.vectors(f)
	at := g.time(f)
	best, score := int32(-1), g.config.Threshold
	for _, k := range g.candidates(v) {
		if s := g.similarity(v, at, g.stories[k]); s > score || s == score && best < 0 {
			best, score = k, s
		}
	}
	id := ID(f.ID)
	if best >= 0 {
		id = g.stories[best].id
	}
	g.join(id, v, at)
	return id
}

// Restore puts an article into the story it was assigned to before, so that a
// grouper made from stored assignments goes on as if it had never stopped.
func (g *Grouper) Restore(f Features, story string) {
	g.join(story, g.vectors(f), g.time(f))
}

// time is when the article was published; one without a date counts as new.
func (g *Grouper) time(f Features) time.Time {
	at := f.Time
	if at.IsZero() {
		at = g.latest
	}
	if at.After(g.latest) {
		g.latest = at
	}
	return at
}

// vectors weighs an article's terms by what was seen up to and with it.
func (g *Grouper) vectors(f Features) [channels]vector {
	g.n++
	seen := map[uint64]bool{}
	for c := range f.Channels {
		for _, t := range f.Channels[c].Terms {
			if !seen[t] {
				seen[t] = true
				g.df[t]++
			}
		}
	}
	var v [channels]vector
	for c := range f.Channels {
		v[c] = g.weigh(f.Channels[c])
	}
	return v
}

// weigh gives tf-idf weights of unit length: (1 + ln tf) · (ln((1+N)/(1+df)) + 1).
func (g *Grouper) weigh(c Counts) vector {
	v := vector{c.Terms, make([]float32, len(c.Terms))}
	norm := 0.0
	for i, t := range c.Terms {
		w := (1 + math.Log(float64(c.N[i]))) * (math.Log(float64(1+g.n)/float64(1+g.df[t])) + 1)
		v.weights[i] = float32(w)
		norm += w * w
	}
	norm = math.Sqrt(norm)
	for i := range v.weights {
		v.weights[i] = float32(float64(v.weights[i]) / norm)
	}
	return v
}

// candidates are the stories that share one of the article's heaviest terms,
// in order of age.
func (g *Grouper) candidates(v [channels]vector) []int32 {
	type weighted struct {
		term   uint64
		weight float64
	}
	var query []weighted
	at := map[uint64]int{}
	for c := range v {
		for i, t := range v[c].terms {
			k, ok := at[t]
			if !ok {
				k = len(query)
				at[t] = k
				query = append(query, weighted{term: t})
			}
			query[k].weight += g.config.Weights[c] * float64(v[c].weights[i])
		}
	}
	slices.SortFunc(query, func(x, y weighted) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.term, y.term))
	})
	var out []int32
	seen := map[int32]bool{}
	for _, q := range query[:min(len(query), g.config.Query)] {
		for _, k := range g.postings[q.term] {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	slices.Sort(out)
	return out
}

// similarity is the weighted mean of the channels' cosines with a story's
// centroids, lessened with the distance in time; 0 outside the window.
func (g *Grouper) similarity(v [channels]vector, at time.Time, s *group) float64 {
	var away time.Duration
	switch {
	case at.Before(s.first):
		away = s.first.Sub(at)
	case at.After(s.last):
		away = at.Sub(s.last)
	}
	if away > g.config.Window {
		return 0
	}
	sum := 0.0
	for c := range v {
		dot := 0.0
		for i, t := range v[c].terms {
			dot += float64(v[c].weights[i]) * float64(s.sums[c][t])
		}
		if s.norm2[c] > 0 {
			sum += g.config.Weights[c] * dot / math.Sqrt(s.norm2[c])
		}
	}
	d := float64(away) / float64(g.config.Sigma)
	return sum * math.Exp(-d*d/2)
}

// join adds an article to a story, making it if it is new.
func (g *Grouper) join(id string, v [channels]vector, at time.Time) {
	k, ok := g.index[id]
	if !ok {
		k = int32(len(g.stories))
		s := &group{id: id, first: at, last: at}
		for c := range s.sums {
			s.sums[c] = map[uint64]float32{}
		}
		g.stories, g.index[id] = append(g.stories, s), k
	}
	s := g.stories[k]
	s.n++
	if at.Before(s.first) {
		s.first = at
	}
	if at.After(s.last) {
		s.last = at
	}
	for c := range v {
		for i, t := range v[c].terms {
			if p := g.postings[t]; !s.has(t) && (len(p) == 0 || p[len(p)-1] != k) {
				g.postings[t] = append(p, k)
			}
			was := float64(s.sums[c][t])
			now := was + float64(v[c].weights[i])
			s.norm2[c] += now*now - was*was
			s.sums[c][t] = float32(now)
		}
	}
}

func (s *group) has(t uint64) bool {
	for c := range s.sums {
		if _, ok := s.sums[c][t]; ok {
			return true
		}
	}
	return false
}
