package story

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"parallax/analyzer"
	"parallax/lexicons"
)

// An Article is what a story needs to know of one of its articles.
type Article struct {
	ID         string
	Title      string
	URL        string
	Source     string // key
	SourceName string // as the article gave it
	Kind       string
	Extent     string
	Agency     string // key of the agency that byline or dateline names, or ""
	Published  time.Time
	Shingles   Shingles
	Analysis   *analyzer.Analysis // entities; may be nil
	Terms      []string           // content words as often as they occur, for keywords
}

// Rate says what is known of a source.
type Rate func(key string) lexicons.Source

// A Balance is how the sources of a story divide by leaning.
//
// Sources counts each outlet once. Independent counts outlets by texts that are
// not copies: an outlet with a text of its own counts, a copied text counts
// once, for its agency when one is known and else unrated.
type Balance struct {
	Label       string     `json:"label"`
	Sources     int        `json:"sources"`
	Independent int        `json:"independent"`
	Separated   bool       `json:"separated"` // the largest side is the largest by independent texts too, and its interval clears the others'
	Contested   int        `json:"contested"` // sources whose ratings carry different labels
	Left        Side       `json:"left"`
	Center      Side       `json:"center"`
	Right       Side       `json:"right"`
	Unrated     Unrated    `json:"unrated"`
	SetAside    []SetAside `json:"set_aside"`

	Leaning string `json:"-"` // the largest side, "tied" or "unrated"
}

// A Side is the part of one leaning. Share is of rated sources, IndependentShare
// of independent rated ones with its 95 % Wilson bounds; nil where there are none.
type Side struct {
	Sources          int      `json:"sources"`
	Share            *float64 `json:"share"`
	Independent      int      `json:"independent"`
	IndependentShare *float64 `json:"independent_share"`
	Low              *float64 `json:"low"`
	High             *float64 `json:"high"`
}

// Unrated counts the sources that no one has rated.
type Unrated struct {
	Sources     int `json:"sources"`
	Independent int `json:"independent"`
}

// A SetAside is a source with articles that are no coverage.
type SetAside struct {
	Domain string `json:"domain"`
	Reason string `json:"reason"` // the kind: "satire", "sponsored" or "press_release"
}

// Side is the part of a label, or nil for one that is no side.
func (b *Balance) Side(label string) *Side {
	switch label {
	case lexicons.Left:
		return &b.Left
	case lexicons.Center:
		return &b.Center
	case lexicons.Right:
		return &b.Right
	}
	return nil
}

// NewBalance counts the sources of a story. The order of articles and pairs
// does not matter.
func NewBalance(articles []Article, copies []Pair, rate Rate) Balance {
	b := Balance{SetAside: []SetAside{}}
	var counted []Article
	for _, a := range articles {
		if analyzer.SetAside(a.Kind) {
			b.SetAside = append(b.SetAside, SetAside{a.Source, a.Kind})
		} else {
			counted = append(counted, a)
		}
	}
	slices.SortFunc(b.SetAside, func(x, y SetAside) int {
		return cmp.Or(cmp.Compare(x.Domain, y.Domain), cmp.Compare(x.Reason, y.Reason))
	})
	b.SetAside = slices.Compact(b.SetAside)
	seen := map[string]bool{}
	for _, a := range counted {
		if seen[a.Source] {
			continue
		}
		seen[a.Source] = true
		src := rate(a.Source)
		b.Sources++
		if src.Contested() {
			b.Contested++
		}
		if side := b.Side(src.Leaning); side != nil {
			side.Sources++
		} else {
			b.Unrated.Sources++
		}
	}
	for _, unit := range independent(counted, copies, rate) {
		b.Independent++
		if side := b.Side(unit); side != nil {
			side.Independent++
		} else {
			b.Unrated.Independent++
		}
	}
	b.name()
	b.shares()
	return b
}

// Syndicated is what a copied text without a known agency counts as.
const Syndicated = "syndicated"

// origins names for each article with words of others the agency that its text
// counts for, or [Syndicated].
func origins(articles []Article, copies []Pair, rate Rate) (origin, set map[string]string) {
	set = lineages(articles, copies)
	source := map[string]string{} // of a set all of whose articles are of one source
	for _, a := range articles {
		root, ok := set[a.ID]
		if !ok {
			continue
		}
		if one, seen := source[root]; seen && one != a.Source {
			source[root] = ""
		} else if !seen {
			source[root] = a.Source
		}
	}
	wires, named := map[string][]string{}, map[string][]string{}
	for _, a := range articles {
		root, ok := set[a.ID]
		if !ok {
			continue
		}
		if rate(a.Source).Kind == "wire" {
			wires[root] = append(wires[root], a.Source)
		}
		if a.Agency != "" {
			named[root] = append(named[root], a.Agency)
		}
	}
	origin = map[string]string{}
	for id, root := range set {
		switch {
		case len(wires[root]) > 0:
			origin[id] = slices.Min(wires[root])
		case len(named[root]) > 0:
			origin[id] = mostFrequent(named[root])
		case source[root] != "":
			// An outlet's two versions of one text are its own.
		default:
			origin[id] = Syndicated
		}
	}
	for _, a := range articles { // an agency's text is the agency's, whoever else runs it
		if _, ok := set[a.ID]; !ok && a.Agency != "" && a.Agency != a.Source {
			origin[a.ID] = a.Agency
		}
	}
	return origin, set
}

func mostFrequent(keys []string) string {
	slices.Sort(keys)
	best, n := "", 0
	for i := 0; i < len(keys); {
		j := i
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		if j-i > n {
			best, n = keys[i], j-i
		}
		i = j
	}
	return best
}

// independent gives the leaning of each independent outlet, by unit: an outlet
// with a text of its own, an agency, or a copied text of unknown origin.
func independent(articles []Article, copies []Pair, rate Rate) map[string]string {
	origin, set := origins(articles, copies, rate)
	units := map[string]string{}
	for _, a := range articles {
		switch from := origin[a.ID]; from {
		case "":
			units[a.Source] = rate(a.Source).Leaning
		case Syndicated:
			units["copy of "+set[a.ID]] = lexicons.Unrated
		default:
			units[from] = rate(from).Leaning
		}
	}
	return units
}

// shares fills in the shares and their intervals.
func (b *Balance) shares() {
	rated := b.Left.Sources + b.Center.Sources + b.Right.Sources
	indep := b.Left.Independent + b.Center.Independent + b.Right.Independent
	for _, label := range lexicons.Sides {
		s := b.Side(label)
		if rated > 0 {
			s.Share = digits(float64(s.Sources) / float64(rated))
		}
		if indep > 0 {
			s.IndependentShare = digits(float64(s.Independent) / float64(indep))
			low, high := Wilson(s.Independent, indep, .95)
			s.Low, s.High = digits(low), digits(high)
		}
	}
	b.Separated = b.separated(indep)
}

// separated compares the side that the label names with the others, by
// intervals that hold for all three at once (Bonferroni).
func (b *Balance) separated(n int) bool {
	largest := b.Side(b.Leaning)
	if largest == nil || n == 0 {
		return false
	}
	low, _ := Wilson(largest.Independent, n, 1-.05/3)
	for _, label := range lexicons.Sides {
		if other := b.Side(label); other != largest {
			if _, high := Wilson(other.Independent, n, 1-.05/3); low <= high {
				return false
			}
		}
	}
	return true
}

// Wilson is the score interval of a share of k in n at the given level
// (Wilson 1927). It lies in [0, 1] and holds k/n; n must be over 0.
func Wilson(k, n int, level float64) (low, high float64) {
	z := distuv.UnitNormal.Quantile(1 - (1-level)/2)
	p, m := float64(k)/float64(n), float64(n)
	center := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return math.Max(0, math.Min(p, center-half)), math.Min(1, math.Max(p, center+half))
}

// digits rounds to three decimals.
func digits(x float64) *float64 {
	x = math.Round(x*1000) / 1000
	return &x
}

// name sets label and leaning.
func (b *Balance) name() {
	most, names := 0, []string(nil)
	for _, label := range lexicons.Sides {
		n := b.Side(label).Sources
		if n > most {
			most, names = n, nil
		}
		if n == most && n > 0 {
			names = append(names, label)
		}
	}
	switch len(names) {
	case 0:
		b.Leaning = lexicons.Unrated
		names, most = []string{lexicons.Unrated}, b.Unrated.Sources
	case 1:
		b.Leaning = names[0]
	default:
		b.Leaning = "tied"
	}
	for i, label := range names {
		names[i] = fmt.Sprintf("%s (%d)", Title(label), most)
	}
	b.Label = fmt.Sprintf("%s of %d sources", strings.Join(names, ", "), b.Sources)
}

// Title is a label as a page prints it.
func Title(label string) string { return strings.ToUpper(label[:1]) + label[1:] }
