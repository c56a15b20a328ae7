package corpus

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A querier runs statements in either database; both take $1 placeholders, ON
// CONFLICT and RETURNING.
type querier interface {
	Exec(ctx context.Context, query string, args ...any) error
	Query(ctx context.Context, query string, args ...any) (rows, error)
	QueryRow(ctx context.Context, query string, args ...any) row
}

type row interface{ Scan(dest ...any) error }

type rows interface {
	row
	Next() bool
	Err() error
	Close()
}

// A database is a querier that can open transactions. Begin takes the lock
// under which articles are written, so that one writer groups at a time.
type database interface {
	querier
	Begin(ctx context.Context) (transaction, error)
	Close() error
}

type transaction interface {
	querier
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) || errors.Is(err, pgx.ErrNoRows) }

// sqlQuerier is database/sql, for SQLite.
type sqlQuerier struct {
	on interface {
		ExecContext(context.Context, string, ...any) (sql.Result, error)
		QueryContext(context.Context, string, ...any) (*sql.Rows, error)
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}
}

func (q sqlQuerier) Exec(ctx context.Context, query string, args ...any) error {
	_, err := q.on.ExecContext(ctx, query, args...)
	return err
}

func (q sqlQuerier) Query(ctx context.Context, query string, args ...any) (rows, error) {
	r, err := q.on.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return sqlRows{r}, nil
}

func (q sqlQuerier) QueryRow(ctx context.Context, query string, args ...any) row {
	return q.on.QueryRowContext(ctx, query, args...)
}

type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { _ = r.Rows.Close() } // Err says what went wrong

type sqlite struct {
	sqlQuerier
	db *sql.DB
}

// Begin takes SQLite's write lock at once: the address says _txlock=immediate.
func (s sqlite) Begin(ctx context.Context) (transaction, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return sqliteTx{sqlQuerier{tx}, tx}, nil
}

func (s sqlite) Close() error { return s.db.Close() }

type sqliteTx struct {
	sqlQuerier
	tx *sql.Tx
}

func (t sqliteTx) Commit(context.Context) error   { return t.tx.Commit() }
func (t sqliteTx) Rollback(context.Context) error { return t.tx.Rollback() }

// pgQuerier is pgx, for PostgreSQL.
type pgQuerier struct {
	on interface {
		Exec(context.Context, string, ...any) (pgconn.CommandTag, error)
		Query(context.Context, string, ...any) (pgx.Rows, error)
		QueryRow(context.Context, string, ...any) pgx.Row
	}
}

func (q pgQuerier) Exec(ctx context.Context, query string, args ...any) error {
	_, err := q.on.Exec(ctx, query, args...)
	return err
}

func (q pgQuerier) Query(ctx context.Context, query string, args ...any) (rows, error) {
	return q.on.Query(ctx, query, args...)
}

func (q pgQuerier) QueryRow(ctx context.Context, query string, args ...any) row {
	return q.on.QueryRow(ctx, query, args...)
}

type postgres struct {
	pgQuerier
	pool *pgxpool.Pool
}

// writers is the advisory lock that a writer holds until it commits.
const writers = 0x70617261 // "para"

func (p postgres) Begin(ctx context.Context) (transaction, error) {
	tx, err := p.pool.Begin(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", writers); err != nil {
		_ = tx.Rollback(ctx) // the lock's error is the one that counts
		return nil, err
	}
	return pgTx{pgQuerier{tx}, tx}, nil
}

func (p postgres) Close() error {
	p.pool.Close()
	return nil
}

type pgTx struct {
	pgQuerier
	tx pgx.Tx
}

func (t pgTx) Commit(ctx context.Context) error   { return t.tx.Commit(ctx) }
func (t pgTx) Rollback(ctx context.Context) error { return t.tx.Rollback(ctx) }

// each calls f for every row of a query.
func each(ctx context.Context, q querier, query string, args []any, f func(row) error) error {
	r, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := f(r); err != nil {
			return err
		}
	}
	return r.Err()
}
