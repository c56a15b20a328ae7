package corpus

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
)

// A StoredArticle is an article with its analysis and place.
type StoredArticle struct {
	Article
	Seq       int64
	SourceKey string
	Story     string
	Kind      string // as found
	Extent    string
	Language  string
	Words     int
	Agency    string
	Revision  int
	FirstSeen time.Time
	Updated   time.Time
	Analysis  *analyzer.Analysis // spans in bytes; the source rated as of now
}

// articleRows selects articles with the stored analysis of an engine, $1, and
// of lexicons, $2, which may be missing.
const articleRows = `
	SELECT a.seq, a.id, a.address, a.domain, a.source, a.source_name, a.kind_given, a.kind, a.extent, a.language, a.words, a.agency,
		a.published, a.revision, a.first_seen, a.updated, a.story, a.content, a.url, n.analysis
	FROM articles a LEFT JOIN analyses n ON n.article = a.seq AND n.revision = a.revision AND n.engine = $1 AND n.lexicons = $2
	WHERE `

// scanArticle reads a row of articleRows. An analysis that is not stored is
// made anew; what follows from the ratings is as of now.
func (s *Store) scanArticle(r row) (*StoredArticle, error) {
	var a StoredArticle
	var published *int64
	var first, updated int64
	var words, analysis []byte
	err := r.Scan(&a.Seq, &a.ID, &a.URL, &a.Domain, &a.SourceKey, &a.Source, &a.Article.Kind, &a.Kind, &a.Extent, &a.Language,
		&a.Words, &a.Agency, &published, &a.Revision, &first, &updated, &a.Story, &words, &a.canonical, &analysis)
	if err != nil {
		return nil, err
	}
	a.Published, a.FirstSeen, a.Updated = fromUnix(published), time.UnixMilli(first).UTC(), time.UnixMilli(updated).UTC()
	var c content
	if err := unpack(words, &c); err != nil {
		return nil, fmt.Errorf("article %s: %w", a.ID, err)
	}
	a.Title, a.Text = c.Title, c.Text
	if analysis == nil {
		a.Analysis = s.analyzer.Analyze(a.Input(), analyzer.Options{})
	} else if err := unpack(analysis, &a.Analysis); err != nil {
		return nil, fmt.Errorf("analysis of %s: %w", a.ID, err)
	}
	src := s.rate(a.SourceKey)
	if src.Name == "" {
		src.Name = a.Source
	}
	a.Analysis.Source, a.Analysis.Ratings = &src, s.set.RatingsHash()
	return &a, nil
}

// Article is the article with that id, or [ErrNotFound].
func (s *Store) Article(ctx context.Context, id string) (*StoredArticle, error) {
	a, err := s.scanArticle(s.db.QueryRow(ctx, articleRows+"a.id = $3", s.analyzer.Engine(), s.set.Words(), id))
	if noRows(err) {
		return nil, fmt.Errorf("article %q: %w", id, ErrNotFound)
	}
	return a, err
}

// ArticleOf is the article with that canonical URL, or [ErrNotFound].
func (s *Store) ArticleOf(ctx context.Context, canonical string) (*StoredArticle, error) {
	var id string
	err := s.db.QueryRow(ctx, "SELECT id FROM articles WHERE url = $1", canonical).Scan(&id)
	if noRows(err) {
		return nil, fmt.Errorf("article at %s: %w", canonical, ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return s.Article(ctx, id)
}

func (s *Store) rate(key string) lexicons.Source { return s.set.Source(key) }

// StoryArticles are the articles of a story in order of arrival, with their
// analyses.
func (s *Store) StoryArticles(ctx context.Context, id string) ([]*StoredArticle, error) {
	var out []*StoredArticle
	args := []any{s.analyzer.Engine(), s.set.Words(), id}
	err := each(ctx, s.db, articleRows+"a.story = $3 ORDER BY a.seq", args, func(r row) error {
		a, err := s.scanArticle(r)
		out = append(out, a)
		return err
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("story %q: %w", id, ErrNotFound)
	}
	return out, err
}

// FindStory is the id of the story that name means: a story's id, a unique
// prefix of one of at least six characters, or an article's id. Errors are
// [ErrNotFound] and [ErrAmbiguous].
func (s *Store) FindStory(ctx context.Context, name string) (string, error) {
	var ids []string
	collect := func(r row) error {
		ids = append(ids, "")
		return r.Scan(&ids[len(ids)-1])
	}
	for _, q := range []struct {
		query string
		on    bool
	}{
		{"SELECT id FROM stories WHERE id = $1", true},
		{"SELECT story FROM articles WHERE id = $1", true},
		{"SELECT id FROM stories WHERE substr(id, 1, length($1)) = $1 ORDER BY id LIMIT 2", len(name) >= 6},
		{"SELECT id FROM stories WHERE substr(id, 3, length($1)) = $1 ORDER BY id LIMIT 2", len(name) >= 6},
	} {
		if !q.on {
			continue
		}
		if err := each(ctx, s.db, q.query, []any{name}, collect); err != nil {
			return "", err
		}
		switch len(ids) {
		case 1:
			return ids[0], nil
		case 2:
			return "", fmt.Errorf("story %q: %w: it begins %s and %s", name, ErrAmbiguous, ids[0], ids[1])
		}
	}
	return "", fmt.Errorf("story %q: %w", name, ErrNotFound)
}

// Report is the report of the story with that id.
func (s *Store) Report(ctx context.Context, id string) (*story.Report, error) {
	articles, err := s.StoryArticles(ctx, id)
	if err != nil {
		return nil, err
	}
	var pairs []story.Pair
	err = each(ctx, s.db, `
		SELECT x.id, y.id FROM copies c JOIN articles x ON x.seq = c.a JOIN articles y ON y.seq = c.b
		WHERE x.story = $1 AND y.story = $1 ORDER BY c.a, c.b`, []any{id}, func(r row) error {
		var p story.Pair
		err := r.Scan(&p.A, &p.B)
		pairs = append(pairs, p)
		return err
	})
	if err != nil {
		return nil, err
	}
	members := make([]story.Article, len(articles))
	var updated time.Time
	for i, a := range articles {
		members[i] = s.member(a)
		if a.Updated.After(updated) {
			updated = a.Updated
		}
	}
	return story.NewReport(s.meta(id, updated), members, pairs, s.rate), nil
}

func (s *Store) meta(id string, updated time.Time) story.Meta {
	return story.Meta{ID: id, Engine: s.analyzer.Engine(), Lexicons: s.set.Words(), Ratings: s.set.RatingsHash(), UpdatedAt: updated}
}

func (s *Store) member(a *StoredArticle) story.Article {
	return story.Article{
		ID: a.ID, Title: a.Title, URL: a.URL, Source: a.SourceKey, SourceName: a.Source, Kind: a.Kind, Extent: a.Extent,
		Agency: a.Agency, Published: a.Published, Analysis: a.Analysis, Terms: s.reader.Terms(a.Title, a.Text),
	}
}

// ReportOf is the report of articles that are taken as one story without a
// database. The articles must have been checked.
func ReportOf(a *analyzer.Analyzer, id string, articles []Article) *story.Report {
	set := a.Lexicons()
	reader := story.NewReader(set)
	members := make([]story.Article, len(articles))
	for i := range articles {
		in := &articles[i]
		analysis := a.Analyze(in.Input(), analyzer.Options{Only: []string{analyzer.PartEntities}})
		members[i] = story.Article{
			ID: in.ID, Title: in.Title, URL: in.URL, Source: analyzer.SourceOf(set, in.Input()).Domain, SourceName: in.Source,
			Kind: analysis.Kind, Extent: analysis.Extent, Agency: reader.Agency(in.Text), Published: in.Published,
			Shingles: story.NewShingles(set.Reader().Read(in.Text)), Analysis: analysis, Terms: reader.Terms(in.Title, in.Text),
		}
	}
	meta := story.Meta{ID: id, Engine: a.Engine(), Lexicons: set.Words(), Ratings: set.RatingsHash()}
	return story.NewReport(meta, members, story.Copies(members), set.Source)
}

// A Filter chooses stories. The zero Filter chooses all.
type Filter struct {
	Query      string    // words that the headline of one of its articles must have,
	Since      time.Time // which was published then or later
	Until      time.Time // and then or earlier
	Source     string    // key of a source that has an article in it
	Missing    string    // key of a source that has none
	Entity     string    // key of an entity named in it
	Kind       string    // of one of its articles
	Leaning    string    // of the balance: a side, "tied" or "unrated"
	MinSources int
	Largest    bool // most sources first, for a list of one page: cursors are of the usual order
}

// A StorySummary is a story as lists show it.
type StorySummary struct {
	ID             string        `json:"id"`
	Title          string        `json:"title"`
	UpdatedAt      time.Time     `json:"updated_at"`
	FirstPublished *time.Time    `json:"first_published"`
	Articles       int           `json:"articles"`
	Leaning        string        `json:"leaning"`
	Balance        story.Balance `json:"balance"`

	firstSeen int64
}

// A Page is a part of a list. Count is of all matches in the cursor's
// snapshot; Next is "" at the end.
type Page struct {
	Items []StorySummary
	Next  string
	Count int
}

// A cursor remembers what the list looked like when paging began: articles up
// to Seq, and the last story shown.
type cursor struct {
	Seq       int64  `json:"s"`
	FirstSeen int64  `json:"f"`
	ID        string `json:"i"`
}

func (c cursor) String() string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // two numbers and a string
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

func parseCursor(s string) (c cursor, err error) {
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err != nil || c.Seq <= 0 || c.ID == "" {
		return c, &FieldError{"cursor", "is none that this server gave"}
	}
	return c, nil
}

// snapshot is where a list goes on: after a cursor, or at the articles that
// there are now.
func (s *Store) snapshot(ctx context.Context, after string) (at cursor, err error) {
	if after != "" {
		return parseCursor(after)
	}
	return at, s.db.QueryRow(ctx, "SELECT COALESCE(MAX(seq), 0) FROM articles").Scan(&at.Seq)
}

// Stories lists stories, first seen newest first. A cursor goes on where the
// page before ended and sees no article that arrived since.
func (s *Store) Stories(ctx context.Context, f Filter, limit int, after string) (*Page, error) {
	at, err := s.snapshot(ctx, after)
	if err != nil {
		return nil, err
	}
	all, err := s.summaries(ctx, f, at.Seq)
	if err != nil {
		return nil, err
	}
	page := &Page{Count: len(all), Items: []StorySummary{}}
	from := 0
	if after != "" {
		for from < len(all) && order(all[from].firstSeen, all[from].ID, at.FirstSeen, at.ID) <= 0 {
			from++
		}
	}
	if f.Largest {
		slices.SortStableFunc(all, func(x, y StorySummary) int { return cmp.Compare(y.Balance.Sources, x.Balance.Sources) })
	}
	to := min(from+limit, len(all))
	page.Items = append(page.Items, all[from:to]...)
	if to < len(all) && to > from && !f.Largest {
		page.Next = cursor{at.Seq, all[to-1].firstSeen, all[to-1].ID}.String()
	}
	return page, nil
}

// order is that of lists: first seen, newest first, then id.
func order(seen int64, id string, otherSeen int64, otherID string) int {
	return cmp.Or(cmp.Compare(otherSeen, seen), cmp.Compare(id, otherID))
}

// summaries are the stories that a filter chooses, as of an article seq.
func (s *Store) summaries(ctx context.Context, f Filter, seq int64) ([]StorySummary, error) {
	where, args := f.where(seq)
	byStory := map[string][]story.Article{}
	meta := map[string]*StorySummary{}
	err := each(ctx, s.db, `
		SELECT a.story, t.first_seen, a.updated, a.id, a.source, a.source_name, a.title, a.kind, a.agency, a.published
		FROM articles a JOIN stories t ON t.id = a.story
		WHERE a.seq <= $1`+where+` ORDER BY a.seq`, args, func(r row) error {
		var a story.Article
		var id string
		var first, updated int64
		var published *int64
		if err := r.Scan(&id, &first, &updated, &a.ID, &a.Source, &a.SourceName, &a.Title, &a.Kind, &a.Agency, &published); err != nil {
			return err
		}
		a.Published = fromUnix(published)
		byStory[id] = append(byStory[id], a)
		m, ok := meta[id]
		if !ok {
			m = &StorySummary{ID: id, firstSeen: first}
			meta[id] = m
		}
		if at := time.UnixMilli(updated).UTC(); at.After(m.UpdatedAt) {
			m.UpdatedAt = at
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	pairs, err := s.pairs(ctx)
	if err != nil {
		return nil, err
	}
	out := []StorySummary{}
	for id, m := range meta {
		r := story.NewReport(story.Meta{ID: id}, byStory[id], pairs[id], s.rate)
		if f.Leaning != "" && r.Leaning != f.Leaning || r.Balance.Sources < f.MinSources {
			continue
		}
		m.Title, m.FirstPublished, m.Articles, m.Leaning, m.Balance = r.Title, r.FirstPublished, r.Articles, r.Leaning, r.Balance
		m.UpdatedAt = m.UpdatedAt.Truncate(time.Second)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(x, y StorySummary) int { return order(x.firstSeen, x.ID, y.firstSeen, y.ID) })
	return out, nil
}

// pairs are all copies, by story.
func (s *Store) pairs(ctx context.Context) (map[string][]story.Pair, error) {
	out := map[string][]story.Pair{}
	err := each(ctx, s.db, `
		SELECT x.story, x.id, y.id FROM copies c JOIN articles x ON x.seq = c.a JOIN articles y ON y.seq = c.b
		WHERE x.story = y.story ORDER BY c.a, c.b`, nil, func(r row) error {
		var id string
		var p story.Pair
		err := r.Scan(&id, &p.A, &p.B)
		out[id] = append(out[id], p)
		return err
	})
	return out, err
}

// where is the part of the filter that the database decides: for each
// condition the story must have an article that meets it.
func (f Filter) where(seq int64) (string, []any) {
	return f.each(seq, func(not, join, condition string) string {
		return fmt.Sprintf(" AND %s EXISTS (SELECT 1 FROM articles m%s WHERE m.story = a.story AND m.seq <= $1 AND %s)", not, join, condition)
	})
}

// conditions are the filter's on the article itself.
func (f Filter) conditions(seq int64, as string) (string, []any) {
	return f.each(seq, func(not, join, condition string) string {
		return fmt.Sprintf(" AND %s EXISTS (SELECT 1 FROM articles m%s WHERE m.seq = %s.seq AND %s)", not, join, as, condition)
	})
}

// each writes every condition of the filter on an article m with clause and
// gives the arguments, of which the first is seq.
func (f Filter) each(seq int64, clause func(not, join, condition string) string) (string, []any) {
	var b strings.Builder
	args := []any{seq}
	add := func(not, join, condition string, value any) {
		args = append(args, value)
		b.WriteString(clause(not, join, strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args)))))
	}
	// Words and time are of one article: a headline of that day with the words.
	var one []string
	for w := range strings.FieldsSeq(f.Query) {
		args = append(args, "%"+likeEscape.Replace(strings.ToLower(w))+"%")
		one = append(one, fmt.Sprintf(`m.title_folded LIKE $%d ESCAPE '\'`, len(args)))
	}
	if !f.Since.IsZero() {
		args = append(args, f.Since.Unix())
		one = append(one, fmt.Sprintf("m.published >= $%d", len(args)))
	}
	if !f.Until.IsZero() {
		args = append(args, f.Until.Unix())
		one = append(one, fmt.Sprintf("m.published <= $%d", len(args)))
	}
	if len(one) > 0 {
		b.WriteString(clause("", "", strings.Join(one, " AND ")))
	}
	if f.Source != "" {
		add("", "", "m.source = ?", f.Source)
	}
	if f.Missing != "" {
		add("NOT", "", "m.source = ?", f.Missing)
	}
	if f.Kind != "" {
		add("", "", "m.kind = ?", f.Kind)
	}
	if f.Entity != "" {
		add("", " JOIN article_entities e ON e.article = m.seq", "e.entity = ?", f.Entity)
	}
	return b.String(), args
}

var likeEscape = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// Count is how many articles and stories there are.
func (s *Store) Count(ctx context.Context) (articles, stories int, err error) {
	err = s.db.QueryRow(ctx, "SELECT (SELECT COUNT(*) FROM articles), (SELECT COUNT(*) FROM stories)").Scan(&articles, &stories)
	return articles, stories, err
}

// SourceArticles is how many articles each source has.
func (s *Store) SourceArticles(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := each(ctx, s.db, "SELECT source, COUNT(*) FROM articles GROUP BY source", nil, func(r row) error {
		var key string
		var n int
		err := r.Scan(&key, &n)
		out[key] = n
		return err
	})
	return out, err
}

// An ArticleSummary is an article as lists show it.
type ArticleSummary struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	URL       string     `json:"url,omitempty"`
	Source    string     `json:"source"`
	Leaning   string     `json:"leaning"`
	Kind      string     `json:"kind"`
	Extent    string     `json:"extent"`
	Language  string     `json:"language"`
	Words     int        `json:"words"`
	Published *time.Time `json:"published"`
	FirstSeen time.Time  `json:"first_seen"`
	Story     string     `json:"story"`

	seq, firstSeen int64
}

// An ArticlePage is a part of a list of articles.
type ArticlePage struct {
	Items []ArticleSummary
	Next  string
	Count int
}

// Articles lists articles, first seen newest first. Of the filter, Missing and
// MinSources are about stories and do not apply; Leaning is the source's.
func (s *Store) Articles(ctx context.Context, f Filter, limit int, after string) (*ArticlePage, error) {
	at, err := s.snapshot(ctx, after)
	if err != nil {
		return nil, err
	}
	f.Missing = ""
	where, args := f.conditions(at.Seq, "a")
	page := &ArticlePage{}
	err = each(ctx, s.db, `
		SELECT seq, id, title, address, source, kind, extent, language, words, published, first_seen, story
		FROM articles a WHERE a.seq <= $1`+where+" ORDER BY first_seen DESC, id", args, func(r row) error {
		var a ArticleSummary
		var published *int64
		if err := r.Scan(&a.seq, &a.ID, &a.Title, &a.URL, &a.Source, &a.Kind, &a.Extent, &a.Language, &a.Words, &published, &a.firstSeen, &a.Story); err != nil {
			return err
		}
		if a.Leaning = s.rate(a.Source).Leaning; f.Leaning != "" && f.Leaning != a.Leaning {
			return nil
		}
		page.Count++
		shown := after != "" && order(a.firstSeen, a.ID, at.FirstSeen, at.ID) <= 0
		switch {
		case shown:
		case len(page.Items) < limit:
			if t := fromUnix(published); !t.IsZero() {
				a.Published = &t
			}
			a.FirstSeen = time.UnixMilli(a.firstSeen).UTC().Truncate(time.Second)
			page.Items = append(page.Items, a)
		case page.Next == "":
			last := page.Items[len(page.Items)-1]
			page.Next = cursor{at.Seq, last.firstSeen, last.ID}.String()
		}
		return nil
	})
	return page, err
}
