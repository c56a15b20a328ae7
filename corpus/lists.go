package corpus

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"parallax/analyzer/story"
)

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
