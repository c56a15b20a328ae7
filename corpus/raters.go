package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"parallax/lexicons"
)

// A Rater is someone whose ratings of sources the user has added to a database.
// It is shown apart from the embedded ratings and never mixed with them unasked.
type Rater struct {
	ID       string    `json:"id"` // lower-case letters, digits and "-"
	Name     string    `json:"name"`
	Kind     string    `json:"rater_kind"` // data_set, person or model_assisted
	Scale    string    `json:"scale"`
	Rated    string    `json:"rated"` // "" when it is not known
	Note     string    `json:"note,omitempty"`
	Hash     string    `json:"hash"`
	Imported time.Time `json:"imported"`
	Sources  int       `json:"sources"`
}

// Ours is the id under which a what-if balance names the ratings in use.
const Ours = "parallax"

// A RaterRating is what one rater says of a source.
type RaterRating struct {
	Domain string  `json:"-"`
	Score  float64 `json:"score"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Rated  string  `json:"rated"`
	Basis  string  `json:"basis,omitempty"`
}

// RatedBy is a rating with who gave it.
type RatedBy struct {
	Rater     string `json:"rater"`
	Name      string `json:"name"`
	RaterKind string `json:"rater_kind"`
	Scale     string `json:"scale"`
	Leaning   string `json:"leaning"`
	RaterRating
}

var raterID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// raterKinds are who can be a rater.
var raterKinds = []string{"data_set", "person", "model_assisted"}

// Check says what is wrong with a rater's description.
func (r *Rater) Check() error {
	switch {
	case !raterID.MatchString(r.ID):
		return fmt.Errorf("rater %q: must be 1 to 40 lower-case letters, digits and hyphens", r.ID)
	case r.ID == Ours:
		return fmt.Errorf("rater %q: is the name of the embedded ratings", r.ID)
	case !slices.Contains(raterKinds, r.Kind):
		return fmt.Errorf("rater kind %q: must be one of %s", r.Kind, strings.Join(raterKinds, ", "))
	case strings.TrimSpace(r.Name) == "" || r.Scale == "":
		return fmt.Errorf("rater %q needs a name and a scale", r.ID)
	}
	return nil
}

// PutRater stores a rater with its ratings in place of what it said before. The
// ratings' domains must be keys of sources, each once.
func (s *Store) PutRater(ctx context.Context, r Rater, ratings []RaterRating) (err error) {
	if err := r.Check(); err != nil {
		return err
	}
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback(ctx) // the first error counts
		}
	}()
	if err := removeRater(ctx, tx, r.ID); err != nil {
		return err
	}
	err = tx.Exec(ctx, "INSERT INTO raters (id, name, kind, scale, rated, note, hash, imported) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		r.ID, r.Name, r.Kind, r.Scale, r.Rated, r.Note, r.Hash, s.now().UnixMilli())
	if err != nil {
		return err
	}
	for _, x := range ratings {
		err := tx.Exec(ctx, "INSERT INTO rater_ratings (rater, domain, score, low, high, rated, basis) VALUES ($1, $2, $3, $4, $5, $6, $7)",
			r.ID, x.Domain, x.Score, x.Low, x.High, x.Rated, x.Basis)
		if err != nil {
			return fmt.Errorf("rating of %s: %w", x.Domain, err)
		}
	}
	return tx.Commit(ctx)
}

// RemoveRater forgets a rater and its ratings, or fails with [ErrNotFound].
func (s *Store) RemoveRater(ctx context.Context, id string) error {
	if _, err := s.rater(ctx, id); err != nil {
		return err
	}
	tx, err := s.db.Begin(ctx)
	if err != nil {
		return err
	}
	if err := removeRater(ctx, tx, id); err != nil {
		_ = tx.Rollback(ctx) // the first error counts
		return err
	}
	return tx.Commit(ctx)
}

func removeRater(ctx context.Context, q querier, id string) error {
	if err := q.Exec(ctx, "DELETE FROM rater_ratings WHERE rater = $1", id); err != nil {
		return err
	}
	return q.Exec(ctx, "DELETE FROM raters WHERE id = $1", id)
}

// Raters are those whose ratings have been added, by id.
func (s *Store) Raters(ctx context.Context) ([]Rater, error) {
	var out []Rater
	err := each(ctx, s.db, `
		SELECT r.id, r.name, r.kind, r.scale, r.rated, r.note, r.hash, r.imported, (SELECT COUNT(*) FROM rater_ratings x WHERE x.rater = r.id)
		FROM raters r ORDER BY r.id`, nil, func(row row) error {
		var r Rater
		var at int64
		err := row.Scan(&r.ID, &r.Name, &r.Kind, &r.Scale, &r.Rated, &r.Note, &r.Hash, &at, &r.Sources)
		r.Imported = time.UnixMilli(at).UTC()
		out = append(out, r)
		return err
	})
	return out, err
}

func (s *Store) rater(ctx context.Context, id string) (Rater, error) {
	all, err := s.Raters(ctx)
	if err != nil {
		return Rater{}, err
	}
	ids := []string{Ours}
	for _, r := range all {
		if r.ID == id {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	return Rater{}, fmt.Errorf("rater %q: %w; there are %s", id, ErrNotFound, strings.Join(ids, ", "))
}

// RatingsOf is what the added raters say of a source, by rater.
func (s *Store) RatingsOf(ctx context.Context, source string) ([]RatedBy, error) {
	var out []RatedBy
	err := each(ctx, s.db, `
		SELECT r.id, r.name, r.kind, r.scale, x.score, x.low, x.high, x.rated, x.basis
		FROM rater_ratings x JOIN raters r ON r.id = x.rater WHERE x.domain = $1 ORDER BY r.id`, []any{source}, func(row row) error {
		by := RatedBy{RaterRating: RaterRating{Domain: source}}
		err := row.Scan(&by.Rater, &by.Name, &by.RaterKind, &by.Scale, &by.Score, &by.Low, &by.High, &by.Rated, &by.Basis)
		by.Leaning = lexicons.SideOf(by.Score)
		out = append(out, by)
		return err
	})
	return out, err
}

// RatingsBy are the ratings of an added rater, by domain.
func (s *Store) RatingsBy(ctx context.Context, id string) (Rater, []RaterRating, error) {
	r, err := s.rater(ctx, id)
	if err != nil {
		return r, nil, err
	}
	var out []RaterRating
	err = each(ctx, s.db, "SELECT domain, score, low, high, rated, basis FROM rater_ratings WHERE rater = $1 ORDER BY domain", []any{id}, func(row row) error {
		var x RaterRating
		err := row.Scan(&x.Domain, &x.Score, &x.Low, &x.High, &x.Rated, &x.Basis)
		out = append(out, x)
		return err
	})
	return r, out, err
}

// WhatIf is how a report may be asked for otherwise than with the ratings in
// use and every source. The zero WhatIf is no other.
type WhatIf struct {
	Ratings string   // version of the embedded ratings
	Raters  []string // whose ratings count: [Ours] and ids of added raters
	Without []string // keys of sources that are left out
}

// Zero says whether it asks for nothing else.
func (w WhatIf) Zero() bool { return w.Ratings == "" && len(w.Raters) == 0 && len(w.Without) == 0 }

// A View is a [WhatIf] that can be answered.
type View struct {
	rate    func(key string) lexicons.Source
	hash    string
	without []string
}

// RatingsHash names the ratings of the view.
func (v *View) RatingsHash() string { return v.hash }

// Source is what the view's raters say of a source.
func (v *View) Source(key string) lexicons.Source { return v.rate(key) }

// View makes a what-if ready. It fails with [ErrNotFound] for a rater nobody
// has added and with [lexicons.ErrVersion] for a version that never was.
func (s *Store) View(ctx context.Context, w WhatIf) (*View, error) {
	set := s.set
	if w.Ratings != "" {
		var err error
		if set, err = s.set.At(w.Ratings); err != nil {
			return nil, err
		}
	}
	v := &View{set.Source, set.RatingsHash(), slices.Clone(w.Without)}
	if len(w.Raters) == 0 {
		return v, nil
	}
	var voters []voter
	hash := sha256.New()
	for i, id := range w.Raters {
		if slices.Contains(w.Raters[:i], id) {
			continue
		}
		fmt.Fprintln(hash, id)
		if id == Ours {
			fmt.Fprintln(hash, set.RatingsHash())
			voters = append(voters, voter{id: id, rate: func(key string) (string, *lexicons.Rating) {
				src := set.Source(key)
				return src.Scale, src.Rating
			}})
			continue
		}
		r, ratings, err := s.RatingsBy(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := json.NewEncoder(hash).Encode(struct {
			Rater   string
			Ratings []RaterRating
		}{r.Hash, ratings}); err != nil {
			return nil, err
		}
		voters = append(voters, addedVoter(r, ratings))
	}
	v.hash = "sha256:" + hex.EncodeToString(hash.Sum(nil))
	v.rate = func(key string) lexicons.Source { return poll(set.Source(key), voters) }
	return v, nil
}

// A voter is a rater in a what-if.
type voter struct {
	id   string
	rate func(key string) (scale string, r *lexicons.Rating)
}

func addedVoter(r Rater, ratings []RaterRating) voter {
	by := make(map[string]*lexicons.Rating, len(ratings))
	for _, x := range ratings {
		by[x.Domain] = &lexicons.Rating{
			Score: x.Score, Low: x.Low, High: x.High, Raters: 1, Passes: 1, RaterKind: r.Kind, Rated: x.Rated, Basis: x.Basis,
		}
	}
	return voter{r.ID, func(key string) (string, *lexicons.Rating) { return r.Scale, by[key] }}
}

// poll rates a source by the median of the voters. Scores on two scales are not
// the same thing: the scale of the first voter that rates the source counts, and
// who rates it on another is left out.
func poll(src lexicons.Source, voters []voter) lexicons.Source {
	src.Rating, src.Leaning, src.Scale = nil, lexicons.Unrated, ""
	var scores []float64
	var kinds, said []string
	out := &lexicons.Rating{Low: math.Inf(1), High: math.Inf(-1)}
	for _, v := range voters {
		scale, r := v.rate(src.Domain)
		if r == nil || src.Scale != "" && scale != src.Scale {
			continue
		}
		src.Scale = scale
		scores = append(scores, r.Score)
		out.Low, out.High = min(out.Low, r.Low), max(out.High, r.High)
		out.Raters += r.Raters
		out.Passes = max(out.Passes, r.Passes)
		out.Rated = max(out.Rated, r.Rated)
		if !slices.Contains(kinds, r.RaterKind) {
			kinds = append(kinds, r.RaterKind)
		}
		said = append(said, fmt.Sprintf("%s %.2f", v.id, r.Score))
		if len(scores) == 1 {
			out.Basis = r.Basis
		}
	}
	if len(scores) == 0 {
		return src
	}
	if len(scores) > 1 {
		out.Basis = "median of " + strings.Join(said, ", ")
	}
	slices.Sort(scores)
	n := len(scores)
	out.Score = math.Round((scores[(n-1)/2]+scores[n/2])*5000) / 10000
	out.Low, out.High = min(out.Low, out.Score), max(out.High, out.Score)
	out.RaterKind = strings.Join(kinds, ", ")
	src.Rating, src.Leaning = out, lexicons.SideOf(out.Score)
	return src
}
