package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib" // goose migrates through database/sql
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite"

	"parallax/analyzer"
	"parallax/analyzer/story"
	"parallax/lexicons"
)

//go:embed migrations
var migrations embed.FS

// Errors that callers decide by.
var (
	ErrNotFound  = errors.New("not found")
	ErrAmbiguous = errors.New("ambiguous")
)

// Options are what a Store works with.
type Options struct {
	Analyzer *analyzer.Analyzer
	Now      func() time.Time // nil is time.Now
	Log      *slog.Logger     // nil is silent
}

// A Store is a database of articles and stories. It is safe for concurrent
// use, also by several processes on one database.
type Store struct {
	db       database
	analyzer *analyzer.Analyzer
	set      *lexicons.Set
	reader   *story.Reader
	merge    *story.Merge
	now      func() time.Time
	log      *slog.Logger

	mu       sync.Mutex // held while writing; guards what follows
	grouper  *story.Grouper
	seen     int64                    // the grouper knows articles up to this seq
	shingles map[int64]story.Shingles // of recent articles, see keepShingles
}

// Open opens or makes a database: a file for SQLite, or a postgres:// address.
// The schema is brought up to date.
func Open(ctx context.Context, address string, opt Options) (*Store, error) {
	s := &Store{
		analyzer: opt.Analyzer, set: opt.Analyzer.Lexicons(), reader: story.NewReader(opt.Analyzer.Lexicons()),
		now: opt.Now, log: opt.Log, shingles: map[int64]story.Shingles{},
	}
	var err error
	if s.merge, err = story.LoadMerge(s.set); err != nil {
		return nil, err
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		s.db, err = openPostgres(ctx, address)
	} else {
		s.db, err = openSQLite(ctx, address)
	}
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", redact(address), err)
	}
	return s, nil
}

// redact leaves the password of a database address out.
func redact(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return u.Redacted()
	}
	return address
}

func openSQLite(ctx context.Context, file string) (database, error) {
	// WAL lets pages be read while articles come in; FULL keeps a commit
	// through a power cut, since a result is given once it is committed.
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)",
	}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	if file == ":memory:" {
		db.SetMaxOpenConns(1) // each connection would have a database of its own
	}
	if err := migrate(ctx, db, goose.DialectSQLite3, "migrations/sqlite"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return sqlite{sqlQuerier{db}, db}, nil
}

func openPostgres(ctx context.Context, address string) (database, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db, goose.DialectPostgres, "migrations/postgres"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	pool, err := pgxpool.New(ctx, address)
	if err != nil {
		return nil, err
	}
	return postgres{pgQuerier{pool}, pool}, nil
}

func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, dir string) error {
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, db, files, goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.db.QueryRow(ctx, "SELECT 1").Scan(&one)
}

// Lexicons is the set that the store's articles are read and rated with.
func (s *Store) Lexicons() *lexicons.Set { return s.set }

// Analyzer is the analyzer that the store's articles go through.
func (s *Store) Analyzer() *analyzer.Analyzer { return s.analyzer }
