package story

import (
	"cmp"
	"slices"

	"parallax/analyzer/text"
)

// CopyThreshold is the containment from which on one of two texts is taken for
// a copy of the other. It was set on labelled pairs of which rewrites go down
// to .35 and 3 of 400 independent articles of one story lie above it; see
// docs/evaluation.md.
const CopyThreshold = 0.34

// shingleWords is how many words make a shingle (Broder 1997).
const shingleWords = 3

// minShingles is how much text it takes to tell a copy from a coincidence.
const minShingles = 12

// Shingles are the hashes of a text's runs of three words, sorted, each once.
// Case, punctuation and the form of apostrophes do not count.
type Shingles []uint64

// NewShingles hashes the runs of words of a text.
func NewShingles(doc *text.Document) Shingles {
	var words []uint64
	for i := range doc.Tokens {
		if doc.Tokens[i].Kind == text.Word || doc.Tokens[i].Kind == text.Number {
			words = append(words, text.Hash(doc.Word(i)))
		}
	}
	if len(words) < shingleWords {
		return nil
	}
	out := make(Shingles, 0, len(words))
	for i := range len(words) - shingleWords + 1 {
		h := uint64(14695981039346656037)
		for _, w := range words[i : i+shingleWords] {
			h = (h ^ w) * 0x9E3779B97F4A7C15
			h ^= h >> 31
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Containment is the share of the smaller set's shingles that are in the
// other, in [0, 1]; 0 when either text is too short to say.
func Containment(a, b Shingles) float64 {
	small := min(len(a), len(b))
	if small < minShingles {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(small)
}

// IsCopy says whether two texts are copies of one another.
func IsCopy(a, b Shingles) bool { return Containment(a, b) >= CopyThreshold }

// A Pair names two articles of which one copies the other.
type Pair struct{ A, B string }

// Copies are the pairs of articles that copy one another, by the articles' own
// shingles.
func Copies(articles []Article) []Pair {
	var out []Pair
	for i := range articles {
		for j := range i {
			if articles[i].Shingles != nil && IsCopy(articles[i].Shingles, articles[j].Shingles) {
				out = append(out, Pair{articles[j].ID, articles[i].ID})
			}
		}
	}
	return out
}

// lineages groups articles into sets of copies: two articles are in one set
// when a chain of pairs leads from one to the other. The result does not
// depend on any order; an article that is no copy is in no set.
func lineages(articles []Article, pairs []Pair) map[string]string {
	here := map[string]bool{}
	for _, a := range articles {
		here[a.ID] = true
	}
	var edges [][2]string
	for _, p := range pairs {
		if here[p.A] && here[p.B] && p.A != p.B {
			edges = append(edges, [2]string{p.A, p.B})
		}
	}
	return Components(edges)
}

// Components names for every end of an edge the least of the ends that a chain
// of edges leads to, which is the same for all of them.
func Components[K cmp.Ordered](edges [][2]K) map[K]K {
	parent := map[K]K{}
	root := func(k K) K {
		for parent[k] != k {
			parent[k] = parent[parent[k]]
			k = parent[k]
		}
		return k
	}
	for _, e := range edges {
		for _, k := range e {
			if _, ok := parent[k]; !ok {
				parent[k] = k
			}
		}
		if a, b := root(e[0]), root(e[1]); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	out := make(map[K]K, len(parent))
	for k := range parent {
		out[k] = root(k)
	}
	return out
}
