package corpus

import (
	"fmt"
	"strings"
	"time"
)

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
