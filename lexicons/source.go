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
	Scale   string   `json:"scale,omitempty"`
	Leaning string   `json:"leaning"`
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

// A Ratings is one file of sources with its provenance.
type Ratings struct {
	Lexicon
	RaterKind string
	Raters    int
	Passes    int
	Sources   []Source
}

// columns of a ratings file that must be there; low, high and passes may.
var columns = []string{"domain", "aliases", "name", "country", "kind", "owner", "scale", "score", "basis", "rated"}

// parseTSV reads a ratings file: "# key: value" lines, a line of column names,
// and one source a line.
func parseTSV(file string, data []byte) (*Ratings, error) {
	r := &Ratings{Lexicon: Lexicon{Hash: contentHash(data), file: file}, Raters: 1, Passes: 1}
	var names []string
	seen := map[string]int{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "#") && names == nil:
			if err := r.header(strings.TrimSpace(line[1:])); err != "" {
				return nil, &fileError{file, n, err}
			}
		case names == nil:
			names = strings.Split(line, "\t")
			for _, c := range columns {
				if !slices.Contains(names, c) {
					return nil, &fileError{file, n, fmt.Sprintf("no column %q", c)}
				}
			}
		default:
			s, fault := r.row(names, strings.Split(line, "\t"))
			if fault != "" {
				return nil, &fileError{file, n, fault}
			}
			for _, d := range append([]string{s.Domain}, s.Aliases...) {
				if first, ok := seen[d]; ok {
					return nil, &fileError{file, n, fmt.Sprintf("%s stands on line %d already", d, first)}
				}
				seen[d] = n
			}
			r.Sources = append(r.Sources, s)
			r.Entries = append(r.Entries, Entry{Phrase: s.Domain, Forms: s.Aliases, Weight: 1, Value: s.Leaning, line: n})
		}
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

func (r *Ratings) row(names, cells []string) (s Source, fault string) {
	if len(cells) != len(names) {
		return s, fmt.Sprintf("%d columns, want %d", len(cells), len(names))
	}
	cell := map[string]string{}
	for i, name := range names {
		cell[name] = strings.TrimSpace(cells[i])
	}
	s = Source{
		Domain: cell["domain"], Aliases: strings.Fields(cell["aliases"]), Name: cell["name"], Country: cell["country"],
		Kind: cell["kind"], Owner: cell["owner"], Scale: cell["scale"], Leaning: Unrated,
	}
	switch {
	case s.Domain == "" || s.Name == "":
		return s, "no domain or no name"
	case s.Domain != strings.ToLower(s.Domain):
		return s, fmt.Sprintf("domain %q is not lower case", s.Domain)
	case !slices.Contains(sourceKinds, s.Kind):
		return s, fmt.Sprintf("kind %q: must be one of %s", s.Kind, strings.Join(sourceKinds, ", "))
	case cell["score"] == "":
		return s, ""
	case s.Scale == "" || cell["basis"] == "" || cell["rated"] == "":
		return s, "a score needs scale, basis and rated"
	}
	return s, r.rate(&s, cell)
}

func (r *Ratings) rate(s *Source, cell map[string]string) (fault string) {
	rating := &Rating{Raters: r.Raters, Passes: r.Passes, RaterKind: r.RaterKind, Rated: cell["rated"], Basis: cell["basis"]}
	for _, f := range []struct {
		column string
		to     *float64
	}{{"score", &rating.Score}, {"low", &rating.Low}, {"high", &rating.High}} {
		if cell[f.column] == "" {
			*f.to = rating.Score
			continue
		}
		v, err := strconv.ParseFloat(cell[f.column], 64)
		if err != nil || math.Abs(v) > 1 || math.IsNaN(v) {
			return fmt.Sprintf("%s %q is no number in [-1, 1]", f.column, cell[f.column])
		}
		*f.to = v
	}
	if rating.Low > rating.Score || rating.Score > rating.High {
		return fmt.Sprintf("score %g is not between low %g and high %g", rating.Score, rating.Low, rating.High)
	}
	if cell["passes"] != "" {
		n, err := strconv.Atoi(cell["passes"])
		if err != nil || n < 1 {
			return fmt.Sprintf("passes %q is no count", cell["passes"])
		}
		rating.Passes = n
	}
	s.Rating = rating
	s.Leaning = SideOf(rating.Score)
	return ""
}
