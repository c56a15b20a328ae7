package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"parallax/analyzer"
	"parallax/lexicons"
)

// ID is the id of the story that an article begins.
func ID(firstArticle string) string {
	sum := sha256.Sum256([]byte(firstArticle))
	return "s_" + hex.EncodeToString(sum[:8])
}

// NotBuilt are the parts of a report that are yet to come.
var NotBuilt = [...]string{
	"virality", "balance.field", "balance.blindspot", "overview", "sides", "faq", "key_points", "disagreements", "versions",
}

// A Report is a story's balance and what it is about.
type Report struct {
	ID             string        `json:"id"`
	Title          string        `json:"title"` // a headline, verbatim
	TitleFrom      *Origin       `json:"title_from"`
	UpdatedAt      *time.Time    `json:"updated_at"`
	FirstPublished *time.Time    `json:"first_published"`
	Articles       int           `json:"articles"`
	Leaning        string        `json:"leaning"`
	Engine         string        `json:"engine"`
	Lexicons       string        `json:"lexicons"`
	Ratings        string        `json:"ratings"`
	Balance        Balance       `json:"balance"`
	Keywords       Keywords      `json:"keywords"`
	Sources        []SourceEntry `json:"sources"`
	Headlines      []Headline    `json:"headlines"`
	NotBuilt       []string      `json:"not_built"`
}

// An Origin names where words come from.
type Origin struct {
	Article string `json:"article"`
	Source  string `json:"source"`
}

// A SourceEntry is a source that is counted in the balance.
type SourceEntry struct {
	Domain   string   `json:"domain"`
	Name     string   `json:"name"`
	Leaning  string   `json:"leaning"`
	Articles []string `json:"articles"`
	CopyOf   *string  `json:"copy_of"` // agency or "syndicated", when all its articles are copies
}

// A Headline is an article of the story as its outlet announced it.
type Headline struct {
	Article   string     `json:"article"`
	Title     string     `json:"title"`
	URL       string     `json:"url,omitempty"`
	Source    string     `json:"source"`
	Name      string     `json:"name"`
	Leaning   string     `json:"leaning"`
	Kind      string     `json:"kind"`
	Extent    string     `json:"extent"`
	Published *time.Time `json:"published"`
	CopyOf    *string    `json:"copy_of"`
}

// Keywords are whom, where and what the articles name most.
type Keywords struct {
	People        []Keyword `json:"people"`
	Places        []Keyword `json:"places"`
	Organizations []Keyword `json:"organizations"`
	Terms         []Keyword `json:"terms"`
}

// A Keyword is a name or word and how many of the story's articles have it.
type Keyword struct {
	Key      string `json:"key,omitempty"` // of the entity
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// Meta is what a report says about its own making.
type Meta struct {
	ID, Engine, Lexicons, Ratings string
	UpdatedAt                     time.Time // zero when it is not known
}

// NewReport makes the report of a story. Articles may come in any order.
func NewReport(meta Meta, articles []Article, copies []Pair, rate Rate) *Report {
	articles = slices.Clone(articles)
	slices.SortFunc(articles, byTime)
	b := NewBalance(articles, copies, rate)
	r := &Report{
		ID: meta.ID, Articles: len(articles), Leaning: b.Leaning, Balance: b,
		Engine: meta.Engine, Lexicons: meta.Lexicons, Ratings: meta.Ratings,
		UpdatedAt: moment(meta.UpdatedAt), Keywords: newKeywords(articles), NotBuilt: NotBuilt[:],
	}
	for _, a := range articles {
		if !a.Published.IsZero() {
			r.FirstPublished = moment(a.Published)
			break
		}
	}
	r.setTitle(articles, rate)
	r.Sources, r.Headlines = entries(articles, copies, rate)
	return r
}

// byTime orders articles by publication, unknown last, then by id.
func byTime(x, y Article) int {
	if x.Published.IsZero() != y.Published.IsZero() {
		if x.Published.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(x.Published.Compare(y.Published), cmp.Compare(x.ID, y.ID))
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Second)
	return &t
}

// setTitle takes the first headline of a center-rated news article, else the
// first of news, else the first there is.
func (r *Report) setTitle(articles []Article, rate Rate) {
	best, cost := -1, 9
	for i, a := range articles {
		c := 0
		if rate(a.Source).Leaning != lexicons.Center {
			c++
		}
		if a.Kind != "news" {
			c += 2
		}
		if analyzer.SetAside(a.Kind) {
			c += 2
		}
		if strings.TrimSpace(a.Title) != "" && c < cost {
			best, cost = i, c
		}
	}
	if best < 0 {
		return
	}
	r.Title = strings.Join(strings.Fields(articles[best].Title), " ")
	r.TitleFrom = &Origin{articles[best].ID, articles[best].Source}
}

// entries lists the counted sources by side and name, and every headline by
// side and time.
func entries(articles []Article, copies []Pair, rate Rate) ([]SourceEntry, []Headline) {
	var counted []Article
	for _, a := range articles {
		if !analyzer.SetAside(a.Kind) {
			counted = append(counted, a)
		}
	}
	origin, _ := origins(counted, copies, rate)
	sources, at, headlines := []SourceEntry{}, map[string]int{}, []Headline{}
	for _, a := range articles {
		src := rate(a.Source)
		copyOf := copied(a, origin)
		name := cmp.Or(src.Name, a.SourceName, a.Source)
		headlines = append(headlines, Headline{
			Article: a.ID, Title: a.Title, URL: a.URL, Source: a.Source, Name: name, Leaning: src.Leaning,
			Kind: a.Kind, Extent: a.Extent, Published: moment(a.Published), CopyOf: copyOf,
		})
		if analyzer.SetAside(a.Kind) {
			continue
		}
		i, ok := at[a.Source]
		if !ok {
			i = len(sources)
			at[a.Source] = i
			sources = append(sources, SourceEntry{Domain: a.Source, Name: name, Leaning: src.Leaning, CopyOf: copyOf})
		}
		sources[i].Articles = append(sources[i].Articles, a.ID)
		if copyOf == nil {
			sources[i].CopyOf = nil
		}
	}
	slices.SortStableFunc(sources, func(x, y SourceEntry) int {
		return cmp.Or(cmp.Compare(sideOrder(x.Leaning), sideOrder(y.Leaning)), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Domain, y.Domain))
	})
	slices.SortStableFunc(headlines, func(x, y Headline) int {
		return cmp.Compare(sideOrder(x.Leaning), sideOrder(y.Leaning))
	})
	return sources, headlines
}

// copied is where an article's text comes from, nil when it is its own. The
// agency's own article is the original.
func copied(a Article, origin map[string]string) *string {
	from := origin[a.ID]
	if from == "" || from == a.Source {
		return nil
	}
	return &from
}

func sideOrder(leaning string) int {
	if i := slices.Index(lexicons.Sides[:], leaning); i >= 0 {
		return i
	}
	return len(lexicons.Sides)
}

// how many keywords of a sort are shown.
const keywordsShown = 12

// newKeywords counts in how many articles each entity and word stands; those
// of one article alone are left out where there are several articles.
func newKeywords(articles []Article) Keywords {
	types := map[string]map[string]int{}              // key to type to articles
	label := map[string]map[string]int{}              // key to name to articles
	terms, uses := map[string]int{}, map[string]int{} // articles that have a word, its occurrences
	inName := map[string]bool{}
	for _, a := range articles {
		if a.Analysis != nil {
			for _, e := range a.Analysis.Entities.Items {
				add(types, e.Key, e.Type)
				add(label, e.Key, e.Name)
				for w := range strings.FieldsSeq(strings.ToLower(e.Name)) {
					inName[w] = true
				}
			}
		}
		seen := map[string]bool{}
		for _, t := range a.Terms {
			uses[t]++
			if !seen[t] {
				seen[t] = true
				terms[t]++
			}
		}
	}
	for t := range terms {
		if inName[t] {
			delete(terms, t)
		}
	}
	least := min(2, len(articles))
	named := byType(types)
	return Keywords{
		Terms: top(terms, least, nil, uses), People: top(named["person"], least, label, nil),
		Places: top(named["place"], least, label, nil), Organizations: top(named["organization"], least, label, nil),
	}
}

// byType gives each entity the type that most of the articles give it, and
// counts all of them there.
func byType(types map[string]map[string]int) map[string]map[string]int {
	out := map[string]map[string]int{}
	for key, counts := range types {
		best, n := "", 0
		for _, t := range []string{"person", "organization", "place", "other"} {
			n += counts[t]
			if best == "" || counts[t] > counts[best] {
				best = t
			}
		}
		if out[best] == nil {
			out[best] = map[string]int{}
		}
		out[best][key] = n
	}
	return out
}

func add(m map[string]map[string]int, outer, inner string) {
	if m[outer] == nil {
		m[outer] = map[string]int{}
	}
	m[outer][inner]++
}

// top are the keys with the highest counts; among equals those with more uses,
// and then by key. With labels, a key is an entity's and its most frequent name
// is shown.
func top(counts map[string]int, least int, labels map[string]map[string]int, uses map[string]int) []Keyword {
	out := []Keyword{}
	for key, n := range counts {
		if n < least {
			continue
		}
		w := Keyword{Name: key, Articles: n}
		if labels != nil {
			w.Key, w.Name = key, ""
			most := 0
			for name, m := range labels[key] {
				if m > most || m == most && (len(name) > len(w.Name) || len(name) == len(w.Name) && name < w.Name) {
					w.Name, most = name, m
				}
			}
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(x, y Keyword) int {
		return cmp.Or(cmp.Compare(y.Articles, x.Articles), cmp.Compare(uses[y.Name], uses[x.Name]), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Name, y.Name))
	})
	return out[:min(len(out), keywordsShown)]
}
