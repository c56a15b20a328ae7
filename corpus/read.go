package corpus

import (
	"context"
	"fmt"
	"slices"
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
	v, err := s.View(ctx, WhatIf{})
	if err != nil {
		return nil, err
	}
	return s.ReportIn(ctx, id, v)
}

// ReportIn is the report of a story in a view. Where the view leaves out the
// source that the story began with, its id is that of the first article left;
// where it leaves out all of them there is no such story. Which articles belong
// together is as they were grouped with every source.
func (s *Store) ReportIn(ctx context.Context, id string, v *View) (*story.Report, error) {
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
	if len(v.without) > 0 {
		first := articles[0].ID
		if articles, pairs = v.kept(articles, pairs); len(articles) == 0 {
			return nil, fmt.Errorf("story %q has no other source: %w", id, ErrNotFound)
		}
		if articles[0].ID != first {
			id = story.ID(articles[0].ID)
		}
	}
	members := make([]story.Article, len(articles))
	var updated time.Time
	for i, a := range articles {
		members[i] = s.member(a)
		if a.Updated.After(updated) {
			updated = a.Updated
		}
	}
	meta := story.Meta{ID: id, Engine: s.analyzer.Engine(), Lexicons: s.set.Words(), Ratings: v.hash, UpdatedAt: updated}
	return story.NewReport(meta, members, pairs, v.rate), nil
}

// kept are the articles that are not of a source which is left out, and their
// pairs.
func (v *View) kept(articles []*StoredArticle, pairs []story.Pair) ([]*StoredArticle, []story.Pair) {
	gone := map[string]bool{}
	articles = slices.DeleteFunc(articles, func(a *StoredArticle) bool {
		gone[a.ID] = slices.Contains(v.without, a.SourceKey)
		return gone[a.ID]
	})
	pairs = slices.DeleteFunc(pairs, func(p story.Pair) bool { return gone[p.A] || gone[p.B] })
	return articles, pairs
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
