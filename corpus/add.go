package corpus

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"parallax/analyzer"
	"parallax/analyzer/story"
)

// What became of an article that was handed in.
const (
	Accepted  = "accepted"
	Duplicate = "duplicate"
	Revised   = "revised"
	Rejected  = "rejected"
)

// A Result says what became of an article. It is given once the article is on
// disk.
type Result struct {
	ID     string // under which the article is stored
	Status string // Accepted, Duplicate, Revised or Rejected
	Story  string // "" when rejected
	Err    error  // why it was rejected; wraps ErrInvalid
}

// prepared is an article with all that is computed from it before a
// transaction is opened.
type prepared struct {
	article  *Article
	analysis *analyzer.Analysis
	features story.Features
	shingles story.Shingles
	agency   string
	content  []byte
	blob     []byte
	fault    error // why it can't be stored; the rest is empty then
}

// prepare analyses an article. What can't be analysed by a fault of ours will be
// rejected and loses no other.
func (s *Store) prepare(a *Article) (*prepared, error) {
	p := &prepared{}
	err := Safely(func() (err error) {
		p, err = s.analyse(a)
		return err
	})
	if errors.Is(err, ErrInternal) {
		s.log.Error("analysis failed", "article", a.ID, "error", err)
		return &prepared{article: a, fault: err}, nil
	}
	return p, err
}

func (s *Store) analyse(a *Article) (*prepared, error) {
	p := &prepared{article: a, analysis: s.analyzer.Analyze(a.Input(), analyzer.Options{})}
	p.features = s.reader.Read(a.ID, a.Published, a.Title, a.Text)
	p.shingles = story.NewShingles(s.set.Reader().Read(a.Text))
	p.agency = s.reader.Agency(a.Text)
	var err error
	if p.content, err = pack(content{a.Title, a.Text}); err != nil {
		return nil, err
	}
	stored := *p.analysis
	stored.Source, stored.Ratings = nil, "" // joined when it is read
	p.blob, err = pack(&stored)
	return p, err
}

// Add takes articles in, which must have been checked, in one transaction and
// in their order. When it returns without error, what the results say is on
// disk; with an error nothing was taken in.
func (s *Store) Add(ctx context.Context, articles []Article) ([]Result, error) {
	ready, err := s.prepareNew(ctx, articles)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// From here on a caller who goes away changes nothing: half a batch would
	// cost the grouper's memory, which takes long to read again.
	ctx = context.WithoutCancel(ctx)
	// Catching up with the articles of before may take long and is done before
	// the lock of the database is taken; what comes meanwhile is caught up under it.
	if err := s.catchUp(ctx, s.db); err != nil {
		return nil, fmt.Errorf("read the stored articles: %w", err)
	}
	results, err := s.addAll(ctx, articles, ready)
	if err != nil {
		s.grouper = nil // it may know articles that were not stored
		return nil, fmt.Errorf("add %d articles: %w", len(articles), err)
	}
	return results, nil
}

// prepareNew analyses those articles that are not yet known, on all cores.
func (s *Store) prepareNew(ctx context.Context, articles []Article) ([]*prepared, error) {
	ready := make([]*prepared, len(articles))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range articles {
		g.Go(func() error {
			known, err := s.find(ctx, s.db, &articles[i])
			if err != nil || known != nil && (known.conflict || known.same(&articles[i])) {
				return err
			}
			ready[i], err = s.prepare(&articles[i])
			return err
		})
	}
	return ready, g.Wait()
}

func (s *Store) addAll(ctx context.Context, articles []Article, ready []*prepared) ([]Result, error) {
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // after Commit it does nothing
	if err := s.catchUp(ctx, tx); err != nil {
		return nil, err
	}
	now := s.now()
	results := make([]Result, len(articles))
	for i := range articles {
		if results[i], err = s.addOne(ctx, tx, &articles[i], ready[i], now); err != nil {
			return nil, err
		}
	}
	return results, tx.Commit(ctx)
}

// stored is what is known of an article with the same address or id.
type stored struct {
	seq        int64
	id         string
	story      string
	hash       string
	revision   int64
	firstSeen  int64
	conflict   bool // same id, other address
	conflictOf string
}

// same says whether a was seen before with the same words. An id made from a
// text stands for that text, whatever the title.
func (k *stored) same(a *Article) bool {
	return k.hash == a.hash() || a.canonical == "" && a.Text != "" && a.ID == defaultID("", a.Text, "")
}

// find looks an article up by its address, or by its id when it has none.
func (s *Store) find(ctx context.Context, q querier, a *Article) (*stored, error) {
	var k stored
	var url string
	scan := func(r row) error { return r.Scan(&k.seq, &k.id, &k.story, &k.hash, &k.revision, &url, &k.firstSeen) }
	const columns = "SELECT seq, id, story, hash, revision, url, first_seen FROM articles WHERE "
	if a.canonical != "" {
		err := scan(q.QueryRow(ctx, columns+"url = $1", a.canonical))
		if err == nil {
			return &k, nil
		}
		if !noRows(err) {
			return nil, err
		}
	}
	err := scan(q.QueryRow(ctx, columns+"id = $1", a.ID))
	if noRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if a.canonical != "" { // the id is taken by another address, or by none
		k.conflict, k.conflictOf = true, url
	}
	return &k, nil
}

func (s *Store) addOne(ctx context.Context, tx transaction, a *Article, p *prepared, now time.Time) (Result, error) {
	known, err := s.find(ctx, tx, a)
	switch {
	case err != nil:
		return Result{}, err
	case known != nil && known.conflict:
		of := known.conflictOf
		if of == "" {
			of = "no address"
		}
		return Result{ID: a.ID, Status: Rejected, Err: &FieldError{"id", fmt.Sprintf("id_conflict: %q is stored with another address (%s)", a.ID, of)}}, nil
	case known != nil && known.same(a):
		return Result{ID: known.id, Status: Duplicate, Story: known.story}, nil
	}
	if p == nil { // it changed between the look and the transaction
		if p, err = s.prepare(a); err != nil {
			return Result{}, err
		}
	}
	if p.fault != nil {
		return Result{ID: a.ID, Status: Rejected, Err: p.fault}, nil
	}
	if known != nil {
		return Result{ID: known.id, Status: Revised, Story: known.story}, s.revise(ctx, tx, known, p, now)
	}
	id, err := s.insert(ctx, tx, p, now)
	return Result{ID: a.ID, Status: Accepted, Story: id}, err
}

// insert stores a new article and puts it into a story.
func (s *Store) insert(ctx context.Context, tx transaction, p *prepared, now time.Time) (string, error) {
	a := p.article
	id := s.grouper.Add(p.features)
	var seq int64
	err := tx.QueryRow(ctx, `
		INSERT INTO articles (id, url, address, domain, source, source_name, title, kind_given, kind, extent, language, words,
			agency, published, hash, revision, first_seen, updated, story, content, title_folded)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16, $16, $17, $18, $19) RETURNING seq`,
		a.ID, a.canonical, clean(a.URL), clean(a.Domain), clean(s.sourceOf(a)), clean(a.Source), clean(a.Title), clean(a.Kind),
		p.analysis.Kind, p.analysis.Extent, p.analysis.Language, p.analysis.Words, p.agency, unix(a.Published), a.hash(),
		now.UnixMilli(), id, p.content, fold(a.Title)).Scan(&seq)
	if err != nil {
		return "", err
	}
	s.seen = seq
	if err := tx.Exec(ctx, `
		INSERT INTO stories (id, first_seen, first_seq, updated) VALUES ($1, $2, $3, $2)
		ON CONFLICT (id) DO UPDATE SET updated = excluded.updated`, id, now.UnixMilli(), seq); err != nil {
		return "", err
	}
	return id, s.derive(ctx, tx, seq, 1, id, p)
}

// revise replaces the words of a stored article and keeps the old ones.
func (s *Store) revise(ctx context.Context, tx transaction, k *stored, p *prepared, now time.Time) error {
	a := p.article
	if err := tx.Exec(ctx, `
		INSERT INTO revisions (article, revision, hash, at, content)
		SELECT seq, revision, hash, $2, content FROM articles WHERE seq = $1`, k.seq, now.UnixMilli()); err != nil {
		return err
	}
	if err := tx.Exec(ctx, `
		UPDATE articles SET title = $2, kind = $3, extent = $4, language = $5, words = $6, agency = $7, hash = $8,
			revision = revision + 1, updated = $9, content = $10, published = COALESCE($11, published),
			kind_given = $12, title_folded = $13 WHERE seq = $1`,
		k.seq, clean(a.Title), p.analysis.Kind, p.analysis.Extent, p.analysis.Language, p.analysis.Words, p.agency, a.hash(),
		now.UnixMilli(), p.content, unix(a.Published), clean(a.Kind), fold(a.Title)); err != nil {
		return err
	}
	loose, err := s.unlink(ctx, tx, k.seq)
	if err != nil {
		return err
	}
	if err := tx.Exec(ctx, "DELETE FROM article_entities WHERE article = $1", k.seq); err != nil {
		return err
	}
	if err := tx.Exec(ctx, "UPDATE stories SET updated = $2 WHERE id = $1", k.story, now.UnixMilli()); err != nil {
		return err
	}
	if err := s.derive(ctx, tx, k.seq, k.revision+1, k.story, p); err != nil {
		return err
	}
	for _, other := range loose {
		sh, err := s.shinglesOf(ctx, tx, other)
		if err != nil {
			return err
		}
		if err := s.findCopies(ctx, tx, other, k.story, sh); err != nil {
			return err
		}
	}
	return nil
}

// wordingOf is the score of an article's wording, nil where it was not told.
func wordingOf(a *analyzer.Analysis) *float64 {
	if a.Leaning == nil {
		return nil
	}
	return a.Leaning.Score
}

// derive stores what was computed from the words of an article.
func (s *Store) derive(ctx context.Context, tx transaction, seq, revision int64, id string, p *prepared) error {
	if err := tx.Exec(ctx, `
		INSERT INTO analyses (article, revision, engine, lexicons, analysis, wording) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (article, revision, engine, lexicons) DO UPDATE SET analysis = excluded.analysis, wording = excluded.wording`,
		seq, revision, p.analysis.Engine, p.analysis.Lexicons, p.blob, wordingOf(p.analysis)); err != nil {
		return err
	}
	for _, e := range p.analysis.Entities.Items {
		if err := tx.Exec(ctx, "INSERT INTO article_entities (article, entity) VALUES ($1, $2) ON CONFLICT DO NOTHING", seq, e.Key); err != nil {
			return err
		}
	}
	return s.findCopies(ctx, tx, seq, id, p.shingles)
}

// findCopies compares a text with those of its story. Of each set of copies
// that it belongs to one pair is stored: the set follows from a chain of pairs,
// and a text that a thousand outlets run costs a thousand rows, not a million.
func (s *Store) findCopies(ctx context.Context, tx transaction, seq int64, id string, own story.Shingles) error {
	var others []int64
	err := each(ctx, tx, "SELECT seq FROM articles WHERE story = $1 AND seq <> $2 ORDER BY seq", []any{id, seq}, func(r row) error {
		var k int64
		err := r.Scan(&k)
		others = append(others, k)
		return err
	})
	if err != nil {
		return err
	}
	var edges [][2]int64
	err = each(ctx, tx, "SELECT a, b FROM copies WHERE a IN (SELECT seq FROM articles WHERE story = $1)", []any{id}, func(r row) error {
		var e [2]int64
		err := r.Scan(&e[0], &e[1])
		edges = append(edges, e)
		return err
	})
	if err != nil {
		return err
	}
	s.keepShingles(seq, own)
	sets, linked := story.Components(edges), map[int64]bool{}
	if set, ok := sets[seq]; ok {
		linked[set] = true
	}
	for _, k := range others {
		set, ok := sets[k]
		if ok && linked[set] {
			continue
		}
		sh, err := s.shinglesOf(ctx, tx, k)
		if err != nil {
			return err
		}
		c := story.Containment(own, sh)
		if c < story.CopyThreshold {
			continue
		}
		linked[set] = ok
		if err := tx.Exec(ctx, "INSERT INTO copies (a, b, containment) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", min(seq, k), max(seq, k), c); err != nil {
			return err
		}
	}
	return nil
}

// unlink forgets what an article copies and gives the articles that were
// linked by it, whose sets may have fallen apart.
func (s *Store) unlink(ctx context.Context, tx transaction, seq int64) ([]int64, error) {
	var others []int64
	err := each(ctx, tx, "SELECT a + b - $1 FROM copies WHERE a = $1 OR b = $1 ORDER BY 1", []any{seq}, func(r row) error {
		var k int64
		err := r.Scan(&k)
		others = append(others, k)
		return err
	})
	if err != nil {
		return nil, err
	}
	return others, tx.Exec(ctx, "DELETE FROM copies WHERE a = $1 OR b = $1", seq)
}

// shinglesKept is how many articles' shingles are held in memory.
const shinglesKept = 4096

func (s *Store) keepShingles(seq int64, sh story.Shingles) {
	if len(s.shingles) >= shinglesKept {
		keys := make([]int64, 0, len(s.shingles))
		for k := range s.shingles {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys[:len(keys)/2] {
			delete(s.shingles, k)
		}
	}
	s.shingles[seq] = sh
}

func (s *Store) shinglesOf(ctx context.Context, q querier, seq int64) (story.Shingles, error) {
	if sh, ok := s.shingles[seq]; ok {
		return sh, nil
	}
	var blob []byte
	var c content
	if err := q.QueryRow(ctx, "SELECT content FROM articles WHERE seq = $1", seq).Scan(&blob); err != nil {
		return nil, err
	}
	if err := unpack(blob, &c); err != nil {
		return nil, fmt.Errorf("article %d: %w", seq, err)
	}
	sh := story.NewShingles(s.set.Reader().Read(c.Text))
	s.keepShingles(seq, sh)
	return sh, nil
}

// catchUp tells the grouper of articles that it doesn't know: all of them when
// the process has just begun, those of other processes later.
func (s *Store) catchUp(ctx context.Context, q querier) error {
	if s.grouper == nil {
		s.grouper, s.seen = story.NewGrouper(story.DefaultConfig(), s.merge), 0
	}
	return each(ctx, q, "SELECT seq, id, story, published, content FROM articles WHERE seq > $1 ORDER BY seq", []any{s.seen}, func(r row) error {
		var seq int64
		var id, in string
		var published *int64
		var blob []byte
		if err := r.Scan(&seq, &id, &in, &published, &blob); err != nil {
			return err
		}
		var c content
		if err := unpack(blob, &c); err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
		s.grouper.Restore(s.reader.Read(id, fromUnix(published), c.Title, c.Text), in)
		s.seen = seq
		return nil
	})
}

func (s *Store) sourceOf(a *Article) string { return analyzer.SourceOf(s.set, a.Input()).Domain }

// IsRejection says whether an error is about one article and not about the
// database.
func IsRejection(err error) bool { return errors.Is(err, ErrInvalid) }
