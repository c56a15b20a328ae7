package server

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// sourcesShown is how many sources stand on one page.
const sourcesShown = 100

// A sourcesPage lists the sources of the lexicon and those that have articles.
type sourcesPage struct {
	page
	Query      string
	Leanings   []option
	Countries  []option
	Found      string // how many in all
	From, To   int    // of them on this page, from 1
	Rows       []sourceRow
	Next, Back string
}

type sourceRow struct {
	Name, Path, Domain, Country, Kind, Scale string
	Side, Leaning, Letter                    string
	Score                                    string
	Contested                                bool
	Articles                                 int
}

// A sourceFilter chooses sources; a zero one chooses all.
type sourceFilter struct {
	query, leaning, country string
}

func (s *Server) showSources(c echo.Context) error {
	f := sourceFilter{c.QueryParam("q"), c.QueryParam("leaning"), strings.ToUpper(c.QueryParam("country"))}
	if f.leaning != "" && !slices.Contains(labels[:], f.leaning) {
		return wrong("leaning", "must be left, center, right or unrated")
	}
	page, err := number(c, "page", 1)
	if err != nil {
		return err
	}
	articles, err := s.store.SourceArticles(c.Request().Context())
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "sources", s.newSourcesPage(f, min(max(page, 1), 1<<20), articles))
}

// knownSources are those of the lexicon, and those that have articles and are
// not in it, which are unrated.
func (s *Server) knownSources(articles map[string]int) []lexicons.Source {
	all := s.set.Sources()
	listed := map[string]bool{}
	for i := range all {
		listed[all[i].Domain] = true
	}
	for key := range articles {
		if !listed[key] {
			all = append(all, s.set.Source(key))
		}
	}
	slices.SortFunc(all, func(x, y lexicons.Source) int { return cmp.Compare(x.Domain, y.Domain) })
	return all
}

func (s *Server) newSourcesPage(f sourceFilter, page int, articles map[string]int) sourcesPage {
	p := sourcesPage{page: s.page("Sources", "/sources"), Query: f.query, Leanings: options("any", labels[:], f.leaning)}
	all := s.knownSources(articles)
	p.Countries = countries(all, f.country)
	all = slices.DeleteFunc(all, func(src lexicons.Source) bool { return !f.keeps(&src) })
	p.Found = render.Count(len(all), "source")
	from := min((page-1)*sourcesShown, len(all))
	to := min(from+sourcesShown, len(all))
	p.From, p.To = from+1, to
	for i := range all[from:to] {
		src := &all[from+i]
		p.Rows = append(p.Rows, newSourceRow(src, articles[src.Domain]))
	}
	if to < len(all) {
		p.Next = f.path(page + 1)
	}
	if page > 1 {
		p.Back = f.path(page - 1)
	}
	return p
}

func (f sourceFilter) keeps(src *lexicons.Source) bool {
	if f.leaning != "" && src.Leaning != f.leaning || f.country != "" && src.Country != f.country {
		return false
	}
	text := strings.ToLower(strings.Join(append([]string{src.Domain, src.Name, src.Owner}, src.Aliases...), " "))
	for w := range strings.FieldsSeq(strings.ToLower(f.query)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (f sourceFilter) path(page int) string {
	q := url.Values{"page": {strconv.Itoa(page)}}
	for key, value := range map[string]string{"q": f.query, "leaning": f.leaning, "country": f.country} {
		if value != "" {
			q.Set(key, value)
		}
	}
	return "/sources?" + q.Encode()
}

func countries(all []lexicons.Source, chosen string) []option {
	var codes []string
	for i := range all {
		if all[i].Country != "" {
			codes = append(codes, all[i].Country)
		}
	}
	slices.Sort(codes)
	out := []option{{"", "any", chosen == ""}}
	for _, code := range slices.Compact(codes) {
		out = append(out, option{code, code, code == chosen})
	}
	return out
}

func newSourceRow(src *lexicons.Source, articles int) sourceRow {
	row := sourceRow{
		Name: cmp.Or(src.Name, src.Domain), Path: sourcePath(src.Domain), Domain: src.Domain, Country: cmp.Or(src.Country, render.None),
		Kind: cmp.Or(render.Words(src.Kind), render.None), Scale: cmp.Or(src.Scale, render.None),
		Side: src.Leaning, Leaning: story.Title(src.Leaning), Letter: render.Letter(src.Leaning), Score: render.None,
		Contested: src.Contested(), Articles: articles,
	}
	if src.Rating != nil {
		row.Score = render.Score(src.Score)
	}
	return row
}
