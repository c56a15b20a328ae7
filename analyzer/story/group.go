package story

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// A Config bounds the work of a Grouper.
type Config struct {
	Terms   int // of a story's mean, and of an article, that are kept: the heaviest
	Posted  int // of those by which a story is found
	Query   int // of those by which an article looks for stories
	Scan    int // stories looked at for each of them, the last grown first
	Closely int // stories that an article is compared with in full
	Members int // late members of a story that an article is compared with one by one
	Active  int // stories that are known at once; of more, those are forgotten that have not grown for longest
}

// DefaultConfig is used for every kind of stream.
func DefaultConfig() Config {
	return Config{Terms: 160, Posted: 48, Query: 24, Scan: 1024, Closely: 12, Members: 6, Active: 250_000}
}

// mix is how much the channels count where stories are looked for.
var mix = [channels]float32{lead: .4, full: .2, title: .2, names: .2}

// A Grouper assigns articles to stories as they arrive, without looking ahead.
// A few stories are found by the rarest terms they share with an article; with
// each the article is compared by TF-IDF similarity (Salton and Buckley 1988) and
// time, and a [Merge] tells the chance that it belongs. The same stream gives the
// same stories. It is not safe for concurrent use.
type Grouper struct {
	config   Config
	merge    *Merge
	n        int // articles seen, the N of idf
	terms    map[uint64]int32
	df       []int32
	postings []postings // of each term
	stories  []*group
	index    map[string]int32 // story id to its place
	latest   time.Time        // newest time seen, for articles without one
	found    []float32        // per story, how alike the article is by what found it
	touched  []int32
	grown    []growth // in order of time; the first may be stale
	active   int

	// Trace is called for each story that an article was compared with, for those
	// who fit a [Merge]; nil calls nobody.
	Trace func(article, story string, s *Signs)
}

// A weighted is a term of an article or a story with its weight in each
// channel.
type weighted struct {
	term   int32
	weight [channels]float32
}

func (w *weighted) mixed() float32 {
	sum := float32(0)
	for c, x := range w.weight {
		sum += mix[c] * x
	}
	return sum
}

// A group is a story as the grouper knows it.
type group struct {
	id          string
	n           int
	first, last time.Time
	grown       int        // how many articles had been seen when it last grew
	sums        []weighted // of the members' unit vectors, by term
	norm2       [channels]float64
	late        [][]weighted // the last members' heaviest terms
	posted      []place      // by term
}

// A posting is a story and how heavy a term is in it; story −1 stands for one
// that was moved.
type posting struct {
	story int32
	heavy float32
}

// Postings are the stories that a term is heavy in, the last grown at the end or
// not far from it. So many were dropped before the first.
type postings struct {
	dropped int32
	list    []posting
}

// at is the posting at a place, nil where it was dropped.
func (p *postings) at(place int32) *posting {
	if place < p.dropped {
		return nil
	}
	return &p.list[place-p.dropped]
}

// add adds a posting and says where. What lies too far back to be looked at is
// dropped.
func (p *postings) add(x posting, scan int) int32 {
	if len(p.list) >= 4*scan {
		n := len(p.list) - scan
		p.list = append(make([]posting, 0, 2*scan), p.list[n:]...)
		p.dropped += int32(n)
	}
	p.list = append(p.list, x)
	return p.dropped + int32(len(p.list)-1)
}

// A place is where a story stands among the postings of a term.
type place struct{ term, at int32 }

// A growth is when a story grew, by the number of articles seen.
type growth struct {
	story int32
	n     int
}

// NewGrouper makes a Grouper that has seen nothing.
func NewGrouper(config Config, merge *Merge) *Grouper {
	return &Grouper{config: config, merge: merge, terms: map[uint64]int32{}, index: map[string]int32{}}
}

// A profile is an article as it is compared.
type profile struct {
	terms []weighted // by term
	heavy []int32    // places in terms, the heaviest first
	at    time.Time
	words int
}

// Add assigns an article to a story and returns the story's id, which is that
// of a new story when the article joins none.
func (g *Grouper) Add(f Features) string {
	p := g.profile(f)
	id := g.choose(f.ID, &p)
	if id == "" {
		id = ID(f.ID)
	}
	g.join(id, &p)
	return id
}

// Teach compares an article as Add does and puts it into the story given.
func (g *Grouper) Teach(f Features, story string) {
	p := g.profile(f)
	g.choose(f.ID, &p)
	g.join(story, &p)
}

// choose is the story that an article belongs to, or "".
func (g *Grouper) choose(id string, p *profile) string {
	near, alike := g.candidates(p)
	best, most := int32(-1), math.Inf(-1)
	none := 1. // chance that it belongs to none of them, if they were told apart
	for i, k := range near {
		next := float32(0)
		if i == 0 && len(alike) > 1 {
			next = alike[1]
		} else if i > 0 {
			next = alike[0]
		}
		s := g.signs(p, g.stories[k], alike[i]-next)
		if g.Trace != nil {
			g.Trace(id, g.stories[k].id, &s)
		}
		z := g.merge.LogOdds(&s)
		none /= 1 + math.Exp(z)
		if z > most {
			best, most = k, z
		}
	}
	if best < 0 || most < g.merge.Point && 1-none < g.merge.Any {
		return ""
	}
	return g.stories[best].id
}

// Restore puts an article into the story it was assigned to before, so that a
// grouper made from stored assignments goes on as if it had never stopped.
func (g *Grouper) Restore(f Features, story string) {
	p := g.profile(f)
	g.join(story, &p)
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

// profile weighs an article's terms by what was seen up to and with it.
func (g *Grouper) profile(f Features) profile {
	g.n++
	p := profile{at: g.time(f)}
	place := map[int32]int{}
	for c := range f.Channels {
		for i, h := range f.Channels[c].Terms {
			t, ok := g.terms[h]
			if !ok {
				t = int32(len(g.df))
				g.terms[h] = t
				g.df, g.postings = append(g.df, 0), append(g.postings, postings{})
			}
			k, ok := place[t]
			if !ok {
				k = len(p.terms)
				place[t] = k
				p.terms = append(p.terms, weighted{term: t})
				g.df[t]++
			}
			p.terms[k].weight[c] = float32(f.Channels[c].N[i])
			if c == full {
				p.words += int(f.Channels[c].N[i])
			}
		}
	}
	// tf-idf of unit length: (1 + ln tf) · (ln((1+N)/(1+df)) + 1).
	var norm [channels]float64
	for i := range p.terms {
		w := &p.terms[i]
		idf := g.idf(w.term)
		for c, n := range w.weight {
			if n > 0 {
				x := (1 + math.Log(float64(n))) * idf
				w.weight[c] = float32(x)
				norm[c] += float64(x * x)
			}
		}
	}
	for i := range p.terms {
		for c := range norm {
			if norm[c] > 0 {
				p.terms[i].weight[c] /= float32(math.Sqrt(norm[c]))
			}
		}
	}
	p.terms = some(p.terms, heaviestOf(p.terms, g.config.Terms))
	p.heavy = heaviestOf(p.terms, g.config.Posted)
	return p
}

func (g *Grouper) idf(term int32) float64 {
	return math.Log(float64(1+g.n)/float64(1+g.df[term])) + 1
}

// heaviestOf are the places of the n heaviest terms, the heaviest first.
func heaviestOf(terms []weighted, n int) []int32 {
	out, mixed := make([]int32, len(terms)), make([]float32, len(terms))
	for i := range terms {
		out[i], mixed[i] = int32(i), terms[i].mixed()
	}
	slices.SortFunc(out, func(a, b int32) int {
		return cmp.Or(cmp.Compare(mixed[b], mixed[a]), cmp.Compare(terms[a].term, terms[b].term))
	})
	return out[:min(n, len(out))]
}

// some are the terms at places, in order of term.
func some(terms []weighted, places []int32) []weighted {
	out := make([]weighted, len(places))
	for i, k := range places {
		out[i] = terms[k]
	}
	slices.SortFunc(out, func(a, b weighted) int { return cmp.Compare(a.term, b.term) })
	return out
}

// candidates are the stories most alike by the article's heaviest terms, the
// most alike first.
func (g *Grouper) candidates(p *profile) (near []int32, alike []float32) {
	if len(g.found) < len(g.stories) {
		g.found = append(g.found, make([]float32, len(g.stories)-len(g.found)+len(g.stories)/2)...)
	}
	g.touched = g.touched[:0]
	for _, i := range p.heavy[:min(len(p.heavy), g.config.Query)] {
		w := p.terms[i].mixed()
		list := g.postings[p.terms[i].term].list
		for _, x := range list[max(0, len(list)-g.config.Scan):] {
			if x.story < 0 {
				continue
			}
			if g.found[x.story] == 0 {
				g.touched = append(g.touched, x.story)
			}
			g.found[x.story] += w * x.heavy
		}
	}
	for _, k := range g.touched {
		x := g.found[k]
		g.found[k] = 0
		n := len(near)
		if n == g.config.Closely && x <= alike[n-1] {
			continue
		}
		// Of those equally alike the one that began first stays.
		i, _ := slices.BinarySearchFunc(alike, x, func(a, b float32) int { return cmp.Compare(b, a) })
		for i < n && alike[i] == x && near[i] < k {
			i++
		}
		near, alike = slices.Insert(near, i, k), slices.Insert(alike, i, x)
		near, alike = near[:min(len(near), g.config.Closely)], alike[:min(len(alike), g.config.Closely)]
	}
	return near, alike
}

// dots are the products of two lists of terms, by channel.
func dots(a, b []weighted) (d [channels]float64) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := &a[i], &b[j]; {
		case x.term < y.term:
			i++
		case x.term > y.term:
			j++
		default:
			for c := range d {
				d[c] += float64(x.weight[c] * y.weight[c])
			}
			i++
			j++
		}
	}
	return d
}

// signs compares an article with a story.
func (g *Grouper) signs(p *profile, s *group, margin float32) Signs {
	var x Signs
	d := dots(p.terms, s.sums)
	n := float64(s.n)
	for c := range d {
		if s.norm2[c] > 0 {
			x[signMean+c] = float32(d[c] / math.Sqrt(s.norm2[c]))
		}
		x[signMembers+c] = float32(d[c] / n)
	}
	for _, m := range s.late {
		for c, v := range dots(p.terms, m) {
			x[signNear+c] = max(x[signNear+c], float32(v))
		}
		rare, _ := g.rare(p, m)
		x[signRareOf] = max(x[signRareOf], rare)
	}
	x[signTight] = 1
	if s.n > 1 {
		x[signTight] = float32(d[lead] / n / max(.05, (s.norm2[lead]-n)/(n*(n-1))))
	}
	x[signMargin] = margin
	rare, shared := g.rare(p, s.sums)
	x[signRare], x[signShared] = rare, logCount(shared)
	away := time.Duration(0)
	switch {
	case p.at.Before(s.first):
		away = s.first.Sub(p.at)
	case p.at.After(s.last):
		away = p.at.Sub(s.last)
	}
	x[signHours] = hours(away)
	x[signPassed] = logCount(g.n - 1 - s.grown)
	x[signSize] = logCount(s.n)
	x[signSpan] = hours(s.last.Sub(s.first))
	x[signAge] = hours(max(0, p.at.Sub(s.first)))
	x[signWords] = logCount(p.words)
	return x
}

// rare is the share of the rarity of an article's names and title words that
// others share, and how many terms they share.
func (g *Grouper) rare(p *profile, with []weighted) (share float32, shared int) {
	all, both := 0.0, 0.0
	j := 0
	for i := range p.terms {
		w := &p.terms[i]
		for j < len(with) && with[j].term < w.term {
			j++
		}
		same := j < len(with) && with[j].term == w.term
		if same {
			shared++
		}
		if w.weight[title] == 0 && w.weight[names] == 0 {
			continue
		}
		r := g.idf(w.term)
		all += r * r
		if same {
			both += r * r
		}
	}
	return float32(both / max(all, 1e-9)), shared
}

// join adds an article to a story, making it if it is new.
func (g *Grouper) join(id string, p *profile) {
	k, ok := g.index[id]
	if !ok {
		k = int32(len(g.stories))
		g.active++
		g.stories, g.index[id] = append(g.stories, &group{id: id, first: p.at, last: p.at}), k
	}
	s := g.stories[k]
	s.n++
	s.grown = g.n
	if p.at.Before(s.first) {
		s.first = p.at
	}
	if p.at.After(s.last) {
		s.last = p.at
	}
	s.add(p.terms, g.config.Terms)
	if s.late = append(s.late, some(p.terms, p.heavy)); len(s.late) > g.config.Members {
		s.late = slices.Delete(s.late, 0, 1)
	}
	g.post(k, s)
	g.grown = append(g.grown, growth{k, g.n})
	g.forget()
}

// add sums a member up.
func (s *group) add(terms []weighted, most int) {
	sum := make([]weighted, 0, len(s.sums)+len(terms))
	i, j := 0, 0
	for i < len(s.sums) || j < len(terms) {
		switch {
		case j == len(terms) || i < len(s.sums) && s.sums[i].term < terms[j].term:
			sum = append(sum, s.sums[i])
			i++
		case i == len(s.sums) || terms[j].term < s.sums[i].term:
			sum = append(sum, terms[j])
			j++
		default:
			w := s.sums[i]
			for c := range w.weight {
				w.weight[c] += terms[j].weight[c]
			}
			sum = append(sum, w)
			i++
			j++
		}
	}
	if len(sum) > most {
		sum = some(sum, heaviestOf(sum, most))
	}
	s.sums = slices.Clip(sum)
	s.norm2 = dots(s.sums, s.sums)
}

// post makes a story found by its heaviest terms, among the stories that grew
// last.
func (g *Grouper) post(k int32, s *group) {
	moved := int32(g.config.Scan / 2) // so far from the end a story moves to it
	for _, i := range heaviestOf(s.sums, g.config.Posted) {
		w := &s.sums[i]
		x := posting{k, s.heavy(w)}
		all := &g.postings[w.term]
		at, ok := slices.BinarySearchFunc(s.posted, w.term, func(p place, t int32) int { return cmp.Compare(p.term, t) })
		if !ok {
			s.posted = slices.Insert(s.posted, at, place{w.term, all.add(x, g.config.Scan)})
			continue
		}
		have := all.at(s.posted[at].at)
		if end := all.dropped + int32(len(all.list)); have != nil && end-s.posted[at].at <= moved {
			*have = x
			continue
		}
		if have != nil {
			have.story = -1
		}
		s.posted[at].at = all.add(x, g.config.Scan)
	}
}

// heavy is how heavy a term is in a story, over the channels.
func (s *group) heavy(w *weighted) float32 {
	sum := float32(0)
	for c, x := range w.weight {
		if s.norm2[c] > 0 {
			sum += mix[c] * x / float32(math.Sqrt(s.norm2[c]))
		}
	}
	return sum
}

// forget drops the stories that have not grown for longest, so that no more are
// known than may be.
func (g *Grouper) forget() {
	for g.active > g.config.Active {
		old := g.grown[0]
		g.grown = g.grown[1:]
		s := g.stories[old.story]
		if s == nil || s.grown != old.n {
			continue // it grew since
		}
		for _, p := range s.posted {
			if x := g.postings[p.term].at(p.at); x != nil {
				x.story = -1
			}
		}
		delete(g.index, s.id)
		g.stories[old.story] = nil
		g.active--
	}
}
