package train

import (
	"cmp"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"parallax/analyzer/story"
	"parallax/internal/gold"
)

// A StoryStream is labelled articles in the order in which they arrive.
type StoryStream struct {
	Articles []gold.StoryArticle
	features []story.Features
	weight   float64 // in a fit
}

// NewStoryStream reads articles as the grouper does.
func NewStoryStream(r *story.Reader, articles []gold.StoryArticle) *StoryStream {
	s := &StoryStream{Articles: articles, weight: 1}
	for i := range articles {
		a := &articles[i]
		s.features = append(s.features, r.Read(a.ID, a.Published, a.Title, a.Text))
	}
	return s
}

// Group is the story of each article of the stream.
func (s *StoryStream) Group(m *story.Merge) []string {
	g := story.NewGrouper(story.DefaultConfig(), m)
	out := make([]string, len(s.features))
	for i, f := range s.features {
		out[i] = g.Add(f)
	}
	return out
}

// A storyExample is an article beside a story.
type storyExample struct {
	signs  story.Signs
	same   bool // most of the story's articles have the article's label
	weight float64
}

// Examples of stories that are hardly like an article are many; one of fewHardly
// of those beyond the first closeExamples stands for them.
const (
	closeExamples = 4
	fewHardly     = 4
)

// examples are those of a stream: beside the labelled stories where m is nil,
// else beside those that m makes.
func (s *StoryStream) examples(m *story.Merge) []storyExample {
	var out []storyExample
	members := map[string]map[string]int{} // of a story, how many of each label
	now, last, rank := 0, -1, 0
	g := story.NewGrouper(story.DefaultConfig(), cmp.Or(m, new(story.Merge)))
	g.Trace = func(_, id string, x *story.Signs) {
		if now != last {
			last, rank = now, 0
		}
		rank++
		e := storyExample{signs: *x, same: mostCommon(members[id]) == s.Articles[now].Story, weight: 1}
		if rank > closeExamples && !e.same {
			if (now+rank)%fewHardly != 0 {
				return
			}
			e.weight = fewHardly
		}
		out = append(out, e)
	}
	for i, f := range s.features {
		now = i
		label := s.Articles[i].Story
		id := label
		if m == nil {
			g.Teach(f, id)
		} else {
			id = g.Add(f)
		}
		if members[id] == nil {
			members[id] = map[string]int{}
		}
		members[id][label]++
	}
	return out
}

func mostCommon(count map[string]int) string {
	most, label := 0, ""
	for l, n := range count {
		if n > most || n == most && l < label {
			most, label = n, l
		}
	}
	return label
}

// A StoriesConfig says how the decision is fitted.
type StoriesConfig struct {
	Boost  BoostConfig
	Rounds int     // of fitting anew beside the stories that the last fit makes
	Point  float64 // as in [story.Merge], and Any
	Any    float64
}

// DefaultStories is what the shipped decision is fitted with; the choices are
// those of cross-validation over stories.
func DefaultStories() StoriesConfig {
	return StoriesConfig{Boost: BoostConfig{Trees: 300, Leaves: 16, Rate: .05, Least: .0005, Hold: 2e-4, Bins: 64}, Rounds: 2, Point: .25, Any: .7}
}

// Stories fits the decision on streams and their variants: first beside the
// labelled stories, then also beside those that the last fit makes, so that it
// knows what to do with mistakes (Ross, Gordon and Bagnell 2011). Streams of
// which nothing can be learned are an error.
func Stories(r *story.Reader, streams []*StoryStream, cfg StoriesConfig, seed uint64) (story.Merge, error) {
	var all []*StoryStream
	for _, s := range streams {
		all = append(append(all, s), s.variants(r, seed)...)
	}
	examples := make([][]storyExample, len(all))
	same, other := false, false
	for k, s := range all {
		examples[k] = s.examples(nil)
		for i := range examples[k] {
			same, other = same || examples[k][i].same, other || !examples[k][i].same
		}
	}
	if !same || !other {
		return story.Merge{}, errors.New("the articles must meet stories of their own and others: more of them are needed")
	}
	m := fitTrees(weighed(all, examples), cfg.Boost)
	for range cfg.Rounds {
		m.Point, m.Any = cfg.Point, cfg.Any
		for k, s := range all {
			examples[k] = append(examples[k], s.examples(&m)...)
		}
		m = fitTrees(weighed(all, examples), cfg.Boost)
	}
	m.Point, m.Any = cfg.Point, cfg.Any
	return m, nil
}

// weighed are the examples of all streams, those of each adding up to its
// weight.
func weighed(streams []*StoryStream, examples [][]storyExample) []storyExample {
	var out []storyExample
	for k, some := range examples {
		sum := 0.0
		for i := range some {
			sum += some[i].weight
		}
		for _, e := range some {
			e.weight *= streams[k].weight / sum
			out = append(out, e)
		}
	}
	return out
}

// How streams are varied.
const (
	variantWeight = .05 // beside 1 of the stream itself
	fewestVaried  = 20  // articles of a variant, at least
	longText      = 400 // bytes
	manyMembers   = 8   // articles of a story on average, from which on a variant has fewer
)

// variants are what is made of a stream so that a fit knows streams of other
// kinds: the beginnings of its texts, or its titles alone; few of its stories,
// told over a longer time; all in a shorter time; few of the articles of each.
func (s *StoryStream) variants(r *story.Reader, seed uint64) []*StoryStream {
	rng := rand.New(rand.NewPCG(seed, 9))
	var out []*StoryStream
	vary := func(change func(*gold.StoryArticle) bool) {
		var kept []gold.StoryArticle
		for _, a := range s.Articles {
			if change(&a) {
				kept = append(kept, a)
			}
		}
		slices.SortStableFunc(kept, func(x, y gold.StoryArticle) int { return x.Published.Compare(y.Published) })
		if len(kept) >= fewestVaried {
			v := NewStoryStream(r, kept)
			v.weight = variantWeight
			out = append(out, v)
		}
	}
	long, first := 0, map[string]time.Time{}
	for _, a := range s.Articles {
		if len(a.Text) > longText {
			long++
		}
		if at, ok := first[a.Story]; !ok || a.Published.Before(at) {
			first[a.Story] = a.Published
		}
	}
	if 2*long > len(s.Articles) {
		for _, words := range []int{60, 0} {
			vary(func(a *gold.StoryArticle) bool {
				a.Text = firstWords(a.Text, words)
				return true
			})
		}
	}
	if len(s.Articles) > manyMembers*len(first) {
		for _, k := range []int{4, 12} {
			vary(func(a *gold.StoryArticle) bool {
				at := first[a.Story]
				a.Published = at.Add(a.Published.Sub(at) * time.Duration(k))
				return rng.IntN(k) == 0
			})
		}
	}
	stretch, few := map[string]float64{}, map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(first)) {
		stretch[name] = math.Exp(rng.Float64() * 4) // up to fifty times as long
		few[name] = rng.IntN(8) == 0
	}
	begin := s.Articles[0].Published
	within := func(d time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(d))) }
	for _, words := range []int{math.MaxInt, 40} {
		vary(func(a *gold.StoryArticle) bool {
			a.Text = firstWords(a.Text, words)
			at := first[a.Story]
			a.Published = at.Add(time.Duration(float64(a.Published.Sub(at)+within(24*time.Hour)) * stretch[a.Story]))
			return few[a.Story]
		})
		vary(func(a *gold.StoryArticle) bool {
			a.Text = firstWords(a.Text, words)
			at := first[a.Story]
			a.Published = begin.Add(at.Sub(begin)/100 + a.Published.Sub(at)/6 + within(6*time.Hour))
			return true
		})
	}
	return out
}

// firstWords are the first n words of a text.
func firstWords(s string, n int) string {
	if n == 0 {
		return ""
	}
	for i, r := range s {
		if r == ' ' || r == '\n' {
			if n--; n == 0 {
				return s[:i]
			}
		}
	}
	return s
}

// StoriesOutOfFold are the stories of articles as fits find them that have seen
// none of their stories. Of each stream the stories are cut by their beginning into
// so many blocks, and each block is a stream of its own for a fit on the other
// blocks of all streams.
func StoriesOutOfFold(r *story.Reader, streams [][]gold.StoryArticle, folds int, cfg StoriesConfig, seed uint64) ([][]string, error) {
	out := make([][]string, len(streams))
	block := make([][]int, len(streams)) // of each article
	for k, articles := range streams {
		out[k] = make([]string, len(articles))
		block[k] = storyBlocks(articles, folds)
	}
	for fold := range folds {
		var rest []*StoryStream
		for k, articles := range streams {
			var some []gold.StoryArticle
			for i, a := range articles {
				if block[k][i] != fold {
					some = append(some, a)
				}
			}
			if len(some) > 0 {
				rest = append(rest, NewStoryStream(r, some))
			}
		}
		m, err := Stories(r, rest, cfg, seed)
		if err != nil {
			return nil, err
		}
		for k, articles := range streams {
			var here []gold.StoryArticle
			var at []int
			for i, a := range articles {
				if block[k][i] == fold {
					here, at = append(here, a), append(at, i)
				}
			}
			for i, id := range NewStoryStream(r, here).Group(&m) {
				out[k][at[i]] = strconv.Itoa(fold) + " " + id
			}
		}
	}
	return out, nil
}

// storyBlocks is the block of each article: that of its story, by when that
// began.
func storyBlocks(articles []gold.StoryArticle, folds int) []int {
	number := map[string]int{}
	for _, a := range articles {
		if _, ok := number[a.Story]; !ok {
			number[a.Story] = len(number)
		}
	}
	out := make([]int, len(articles))
	for i, a := range articles {
		out[i] = number[a.Story] * folds / len(number)
	}
	return out
}
