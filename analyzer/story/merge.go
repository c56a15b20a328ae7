package story

import (
	"math"
	"time"
)

// The signs by which it is told whether an article belongs to a story. Those of
// each channel stand together: cosine with the story's mean, mean cosine with its
// members, greatest cosine with a late member.
const (
	signMean    = int(channels) * iota // and the channel
	signMembers                        // and the channel
	signNear                           // and the channel
	signTight                          // mean cosine of the leads with the members, over that among the members; 1 with one member
	signMargin  = signTight + iota - 3 // how much more alike than the next story
	signRare                           // rarity of the names and title words that are shared, of all
	signRareOf                         // … of the late member that shares most
	signHours                          // from the story's nearest end
	signPassed                         // logarithm of the articles since it last grew
	signSize                           // … of its articles
	signSpan                           // hours from its first article to its last
	signAge                            // … to this one
	signWords                          // logarithm of the article's words
	signShared                         // … of the terms shared
	signs
)

// Signs are how an article and a story compare, see [Grouper.Add].
type Signs [signs]float32

// Grows says for each sign whether the chance may only grow with it (1), only
// fall (-1), or either (0).
func Grows() (g [signs]int) {
	for k := range signTight {
		g[k] = 1
	}
	g[signMargin], g[signRare], g[signRareOf], g[signShared] = 1, 1, 1, 1
	g[signHours], g[signPassed], g[signSize] = -1, -1, 1
	return g
}

// A Merge is the decision whether an article joins a story: trees on [Signs] that
// were fitted on labelled streams, whose leaves add up to log-odds (Friedman
// 2001).
type Merge struct {
	Bias  float64
	Nodes []MergeNode // of all trees
	Roots []int32     // where each tree begins in Nodes
	Point float64     // least log-odds for joining a story
	// Any is the least chance of belonging to one of the stories compared, at
	// which the likeliest is joined too: parts of one story that were not told
	// together each take some of the chance.
	Any float64
}

// A MergeNode asks whether a sign is at most a threshold, or is a leaf.
type MergeNode struct {
	Sign  int8 // −1 in a leaf
	Most  float32
	Left  int32 // node where it is, Right where it is not
	Right int32
	Value float32 // of a leaf
}

// LogOdds that an article belongs to a story.
func (m *Merge) LogOdds(s *Signs) float64 {
	z := m.Bias
	for _, n := range m.Roots {
		node := &m.Nodes[n]
		for node.Sign >= 0 {
			if s[node.Sign] <= node.Most {
				node = &m.Nodes[node.Left]
			} else {
				node = &m.Nodes[node.Right]
			}
		}
		z += float64(node.Value)
	}
	return z
}

func hours(d time.Duration) float32 { return float32(d.Hours()) }

func logCount(n int) float32 { return float32(math.Log1p(float64(n))) }
