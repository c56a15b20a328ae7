package lexicons

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The kinds of tables that go with the ratings.
const (
	kindScales  = "scales"
	kindChanges = "changes"
	kindReplies = "replies"
)

// ErrVersion is returned for a version of the ratings that never was.
var ErrVersion = errors.New("no such version of the ratings")

// A Scale is an axis that ratings belong to, and what its points mean. Scores
// on two scales are not the same thing.
type Scale struct {
	Scale  string `json:"scale"` // "us"
	Name   string `json:"name"`
	Left   string `json:"left"`
	Center string `json:"center"`
	Right  string `json:"right"`
}

// A Change is what stood in the ratings before a version, and why it was
// changed.
type Change struct {
	Domain  string  `json:"domain"`
	From    string  `json:"from"` // the last version in which it stood
	To      string  `json:"to"`   // the version that changed it
	Rating  *Rating `json:"rating"`
	Scale   string  `json:"scale,omitempty"`
	Leaning string  `json:"leaning"`
	Reason  string  `json:"reason"`
}

// A Reply is what an outlet answers to its rating, in its own words.
type Reply struct {
	Domain string `json:"domain"`
	Date   string `json:"date"`
	Text   string `json:"text"`
}

// maxReply is the most characters of a reply.
const maxReply = 600

// addTable reads a table of scales, changes or replies, and says whether it was
// one.
func (s *Set) addTable(kind, file string, data []byte) (bool, error) {
	var t *table
	var err error
	switch kind {
	case kindScales:
		t, err = s.addScales(file, data)
	case kindChanges:
		t, err = s.addChanges(file, data)
	case kindReplies:
		t, err = s.addReplies(file, data)
	default:
		return false, nil
	}
	if err == nil {
		s.tables = append(slices.DeleteFunc(s.tables, func(o *Lexicon) bool { return o.Name == t.Name }), &t.Lexicon)
		// A table may be empty: there is none to answer, or nothing has changed.
		if err = t.provenance(); len(t.rows) == 0 && t.headed() {
			err = nil
		}
	}
	return true, err
}

// headed says whether the head is whole.
func (l *Lexicon) headed() bool {
	return l.Name != "" && l.Kind != "" && l.Version != "" && l.Language != "" && l.License != "" && l.Citation != ""
}

func (s *Set) addScales(file string, data []byte) (*table, error) {
	t, err := parseTable(file, data, "scale", "name", "left", "center", "right")
	if err != nil {
		return nil, err
	}
	for _, r := range t.rows {
		sc := Scale{r.cell("scale"), r.cell("name"), r.cell("left"), r.cell("center"), r.cell("right")}
		if sc.Scale == "" || sc.Name == "" || sc.Left == "" || sc.Center == "" || sc.Right == "" {
			return nil, &fileError{file, r.line, "a scale needs scale, name, left, center and right"}
		}
		s.scales = append(slices.DeleteFunc(s.scales, func(o Scale) bool { return o.Scale == sc.Scale }), sc)
		t.Entries = append(t.Entries, Entry{Phrase: sc.Scale, Weight: 1, Value: sc.Name, Note: "left: " + sc.Left + "; center: " + sc.Center + "; right: " + sc.Right, line: r.line})
	}
	return t, t.unique(func(r tableRow) string { return r.cell("scale") })
}

func (s *Set) addChanges(file string, data []byte) (*table, error) {
	t, err := parseTable(file, data, "domain", "from", "to", "scale", "score", "low", "high", "basis", "rated", "reason")
	if err != nil {
		return nil, err
	}
	for _, r := range t.rows {
		c := Change{Domain: r.cell("domain"), From: r.cell("from"), To: r.cell("to"), Scale: r.cell("scale"), Leaning: Unrated, Reason: r.cell("reason")}
		if c.Domain == "" || c.Reason == "" || compareVersions(c.From, c.To) >= 0 {
			return nil, &fileError{file, r.line, "a change needs domain, from, a later to, and reason"}
		}
		src := Source{Scale: c.Scale}
		if fault := t.rating(&src, r); fault != "" {
			return nil, &fileError{file, r.line, fault}
		}
		c.Rating = src.Rating
		if c.Rating != nil {
			c.Leaning = src.Leaning
		}
		s.changes = append(s.changes, c)
		t.Entries = append(t.Entries, Entry{Phrase: c.Domain, Weight: 1, Value: c.From + " to " + c.To, Note: c.Reason, line: r.line})
	}
	return t, t.unique(func(r tableRow) string { return r.cell("domain") + " " + r.cell("to") })
}

func (s *Set) addReplies(file string, data []byte) (*table, error) {
	t, err := parseTable(file, data, "domain", "date", "text")
	if err != nil {
		return nil, err
	}
	for _, r := range t.rows {
		reply := Reply{r.cell("domain"), r.cell("date"), r.cell("text")}
		switch n := utf8.RuneCountInString(reply.Text); {
		case reply.Domain == "" || reply.Date == "" || reply.Text == "":
			return nil, &fileError{file, r.line, "a reply needs domain, date and text"}
		case n > maxReply:
			return nil, &fileError{file, r.line, fmt.Sprintf("the reply has %d characters, at most %d", n, maxReply)}
		}
		s.replies = append(slices.DeleteFunc(s.replies, func(o Reply) bool { return o.Domain == reply.Domain }), reply)
		t.Entries = append(t.Entries, Entry{Phrase: reply.Domain, Weight: 1, Value: reply.Date, Note: reply.Text, line: r.line})
	}
	return t, t.unique(func(r tableRow) string { return r.cell("domain") })
}

// checkScales refuses a rating on a scale that nobody has declared. Where no
// scales were read at all there is nothing to check against.
func (s *Set) checkScales() error {
	for _, r := range s.ratings {
		for i := range r.Sources {
			if src := &r.Sources[i]; src.Rating != nil && len(s.scales) > 0 && s.Scale(src.Scale) == nil {
				return &fileError{r.file, r.Entries[i].line, fmt.Sprintf("scale %q of %s is not declared in a list of kind scales", src.Scale, src.Domain)}
			}
		}
	}
	return nil
}

// Scales are the axes that ratings may belong to, as read.
func (s *Set) Scales() []Scale { return slices.Clone(s.scales) }

// Scale is the scale of that name, or nil.
func (s *Set) Scale(name string) *Scale {
	if i := slices.IndexFunc(s.scales, func(sc Scale) bool { return sc.Scale == name }); i >= 0 {
		return &s.scales[i]
	}
	return nil
}

// History is what stood in the ratings of a source before, the latest first.
func (s *Set) History(domain string) []Change {
	var out []Change
	for _, c := range s.changes {
		if c.Domain == domain {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return compareVersions(b.To, a.To) })
	return out
}

// Reply is what a source answers to its rating, or nil.
func (s *Set) Reply(domain string) *Reply {
	if i := slices.IndexFunc(s.replies, func(r Reply) bool { return r.Domain == domain }); i >= 0 {
		return &s.replies[i]
	}
	return nil
}

// RatingsVersions are the versions of the ratings that can be asked for with
// [Set.At], the oldest first; the last is the one in use.
func (s *Set) RatingsVersions() []string {
	var out []string
	for _, c := range s.changes {
		out = append(out, c.From, c.To)
	}
	for _, r := range s.ratings {
		out = append(out, r.Version)
		for i := range r.Sources {
			if since := r.Sources[i].Since; since != "" {
				out = append(out, since)
			}
		}
	}
	slices.SortFunc(out, compareVersions)
	return slices.Compact(out)
}

// At is the set with the ratings of an earlier version: what has changed since
// is as it stood, and sources that were added since are not in it. Facts such
// as names and owners are those of today. It fails with [ErrVersion].
func (s *Set) At(version string) (*Set, error) {
	versions := s.RatingsVersions()
	if !slices.Contains(versions, version) {
		return nil, fmt.Errorf("ratings %q: %w; there are %s", version, ErrVersion, strings.Join(versions, ", "))
	}
	before := map[string]Change{} // the oldest change after the version
	for _, c := range s.changes {
		if old, ok := before[c.Domain]; compareVersions(c.To, version) > 0 && (!ok || compareVersions(c.To, old.To) < 0) {
			before[c.Domain] = c
		}
	}
	var lists []*Ratings
	for _, r := range s.ratings {
		then := *r
		then.Sources, then.Entries = nil, nil
		for i := range r.Sources {
			src := r.Sources[i]
			if src.Since != "" && compareVersions(src.Since, version) > 0 {
				continue
			}
			if c, ok := before[src.Domain]; ok {
				src.Scale, src.Rating, src.Leaning = c.Scale, c.Rating, c.Leaning
			}
			then.Sources = append(then.Sources, src)
			then.Entries = append(then.Entries, r.Entries[i])
			then.Entries[len(then.Entries)-1].Value = src.Leaning
		}
		lists = append(lists, &then)
	}
	return s.withRatings(lists), nil
}

// withRatings is the set with other ratings and the same words.
func (s *Set) withRatings(lists []*Ratings) *Set {
	s.ready()
	other := &Set{
		lexicons: s.lexicons, weights: s.weights, tables: s.tables, scales: s.scales, changes: s.changes, replies: s.replies,
		vocabulary: s.vocabulary, reader: s.reader, matcher: s.matcher, function: s.function, ratings: lists, words: s.words,
	}
	other.once.Do(func() {})
	other.buildSources()
	_, other.rated = other.hashes()
	return other
}

// compareVersions orders dotted numbers; what is no number goes by its letters.
func compareVersions(a, b string) int {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		m, errM := strconv.Atoi(x[i])
		n, errN := strconv.Atoi(y[i])
		c := cmp.Compare(x[i], y[i])
		if errM == nil && errN == nil {
			c = cmp.Compare(m, n)
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}
