package lexicons

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The labels of a leaning. Unrated is what is not known; it is never center.
const (
	Left    = "left"
	Center  = "center"
	Right   = "right"
	Unrated = "unrated"
)

// Sides are the labels of rated sources, in the order they are shown.
var Sides = [...]string{Left, Center, Right}

// SideOf is the label of a score in [-1, 1].
func SideOf(score float64) string {
	switch {
	case score <= -0.2:
		return Left
	case score >= 0.2:
		return Right
	}
	return Center
}

// A Source is an outlet and what raters say of its leaning on its home scale.
// The zero Source is unrated.
type Source struct {
	Domain  string   `json:"domain"` // its key
	Aliases []string `json:"aliases,omitempty"`
	Name    string   `json:"name,omitempty"`
	Country string   `json:"country,omitempty"` // ISO 3166 alpha-2
	Kind    string   `json:"kind,omitempty"`
	Owner   string   `json:"owner,omitempty"`
	Funding string   `json:"funding,omitempty"` // state, public, party or nonprofit; empty is commercial or not known
	Scale   string   `json:"scale,omitempty"`
	Leaning string   `json:"leaning"`
	Since   string   `json:"-"` // the version of the ratings that added it, empty for the first
	*Rating
}

// A Rating is where a source stands on its scale, left negative. Low and High
// are the least and greatest of the passes, not a confidence interval.
type Rating struct {
	Score     float64 `json:"score"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Raters    int     `json:"raters"` // distinct persons or data sets
	Passes    int     `json:"passes"` // repeated ratings by one rater
	RaterKind string  `json:"rater_kind"`
	Rated     string  `json:"rated"` // year and month
	Basis     string  `json:"basis"`
}

// Contested says whether the least and greatest rating have different labels.
func (r *Rating) Contested() bool { return r != nil && SideOf(r.Low) != SideOf(r.High) }

// sourceKinds are what an outlet can be.
var sourceKinds = []string{
	"national", "local", "broadcaster", "wire", "magazine", "digital", "partisan",
	"think_tank", "state_media", "satire", "trade",
}

// fundings are who pays for an outlet, where it is not its readers and
// advertisers: a government that controls it, public money under a statute of
// independence, a party or movement, a foundation or gifts.
var fundings = []string{"state", "public", "party", "nonprofit"}

// A Ratings is one file of sources with its provenance.
type Ratings struct {
	Lexicon
	RaterKind string
	Raters    int
	Passes    int
	Sources   []Source
}

// columns of a ratings file that must be there; funding, low, high, passes and
// since may.
var columns = []string{"domain", "aliases", "name", "country", "kind", "owner", "scale", "score", "basis", "rated"}

// parseTSV reads a ratings file, one source a line.
func parseTSV(file string, data []byte) (*Ratings, error) {
	t, err := parseTable(file, data, columns...)
	if err != nil {
		return nil, err
	}
	r := &t.Ratings
	seen := map[string]int{}
	for _, row := range t.rows {
		s, fault := r.row(row)
		if fault != "" {
			return nil, &fileError{file, row.line, fault}
		}
		for _, d := range append([]string{s.Domain}, s.Aliases...) {
			if first, ok := seen[d]; ok {
				return nil, &fileError{file, row.line, fmt.Sprintf("%s stands on line %d already", d, first)}
			}
			seen[d] = row.line
		}
		r.Sources = append(r.Sources, s)
		r.Entries = append(r.Entries, Entry{Phrase: s.Domain, Forms: s.Aliases, Weight: 1, Value: s.Leaning, line: row.line})
	}
	if r.RaterKind == "" {
		return nil, &fileError{file, 1, "no rater_kind"}
	}
	return r, r.validate()
}

func (r *Ratings) header(line string) (fault string) {
	key, value, ok := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	if !ok {
		return "" // a remark
	}
	text := map[string]*string{
		"name": &r.Name, "kind": &r.Kind, "version": &r.Version, "language": &r.Language, "license": &r.License,
		"citation": &r.Citation, "description": &r.Description, "rater_kind": &r.RaterKind,
	}
	count := map[string]*int{"raters": &r.Raters, "passes": &r.Passes}
	if f, ok := text[key]; ok {
		*f = value
	} else if f, ok := count[key]; ok {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Sprintf("%s %q is no count", key, value)
		}
		*f = n
	}
	return ""
}

func (r *Ratings) row(c tableRow) (s Source, fault string) {
	s = Source{
		Domain: c.cell("domain"), Aliases: strings.Fields(c.cell("aliases")), Name: c.cell("name"), Country: c.cell("country"),
		Kind: c.cell("kind"), Owner: c.cell("owner"), Funding: c.cell("funding"), Scale: c.cell("scale"), Leaning: Unrated, Since: c.cell("since"),
	}
	switch {
	case s.Domain == "" || s.Name == "":
		return s, "no domain or no name"
	case s.Domain != strings.ToLower(s.Domain):
		return s, fmt.Sprintf("domain %q is not lower case", s.Domain)
	case !slices.Contains(sourceKinds, s.Kind):
		return s, fmt.Sprintf("kind %q: must be one of %s", s.Kind, strings.Join(sourceKinds, ", "))
	case s.Funding != "" && !slices.Contains(fundings, s.Funding):
		return s, fmt.Sprintf("funding %q: must be one of %s, or empty", s.Funding, strings.Join(fundings, ", "))
	}
	return s, r.rating(&s, c)
}

// rating reads the rating of a source, if it has one.
func (r *Ratings) rating(s *Source, c tableRow) (fault string) {
	switch {
	case c.cell("score") == "":
		return ""
	case s.Scale == "" || c.cell("basis") == "" || c.cell("rated") == "":
		return "a score needs scale, basis and rated"
	}
	return r.rate(s, c)
}

func (r *Ratings) rate(s *Source, c tableRow) (fault string) {
	rating := &Rating{Raters: r.Raters, Passes: r.Passes, RaterKind: r.RaterKind, Rated: c.cell("rated"), Basis: c.cell("basis")}
	for _, f := range []struct {
		column string
		to     *float64
	}{{"score", &rating.Score}, {"low", &rating.Low}, {"high", &rating.High}} {
		if c.cell(f.column) == "" {
			*f.to = rating.Score
			continue
		}
		v, err := strconv.ParseFloat(c.cell(f.column), 64)
		if err != nil || math.Abs(v) > 1 || math.IsNaN(v) {
			return fmt.Sprintf("%s %q is no number in [-1, 1]", f.column, c.cell(f.column))
		}
		*f.to = v
	}
	if rating.Low > rating.Score || rating.Score > rating.High {
		return fmt.Sprintf("score %g is not between low %g and high %g", rating.Score, rating.Low, rating.High)
	}
	if c.cell("passes") != "" {
		n, err := strconv.Atoi(c.cell("passes"))
		if err != nil || n < 1 {
			return fmt.Sprintf("passes %q is no count", c.cell("passes"))
		}
		rating.Passes = n
	}
	s.Rating = rating
	s.Leaning = SideOf(rating.Score)
	return ""
}
