package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"parallax/lexicons"
)

// The formats of ratings that can be read.
const (
	FromMBFC     = "mbfc"     // combined.json of Media Bias/Fact Check
	FromAudience = "audience" // bias_scores of Robertson et al. (2018)
	FromCSV      = "csv"      // any table with a line of column names
)

// RatingsFile is what a file of somebody's ratings holds.
type RatingsFile struct {
	Rater   Rater
	Ratings []RaterRating  // by domain
	Skipped map[string]int // records that are no rating, by reason
	Faults  []RatingFault  // records that could not be read
}

// A RatingFault is a record of a file that could not be read.
type RatingFault struct {
	Record int `json:"record"` // from 1; of a table, without its line of names
	Error  string
}

// ErrRatings is what every error about a file of ratings as a whole wraps.
var ErrRatings = errors.New("not a file of ratings")

// mbfcScores are the labels of Media Bias/Fact Check that name a side, where
// the user gives no others. The other labels name none.
var mbfcScores = map[string]float64{"left": -.8, "left-center": -.35, "center": 0, "right-center": .35, "right": .8}

// A ratingRecord is one record of a file before it is checked.
type ratingRecord struct {
	domain, score, low, high, label, rated, basis string
}

// ReadRatings reads a file of ratings. Mapping says what its columns and labels
// mean: domain, score, low, high, label, rated and basis name columns of a
// table; least and most are the ends of its scores, if they are not −1 and 1;
// "label:TEXT" is the score of a label. A record that can't be used is counted
// or told and loses nothing else.
func ReadRatings(set *lexicons.Set, from string, data []byte, mapping map[string]string) (*RatingsFile, error) {
	sum := sha256.Sum256(data)
	f := &RatingsFile{Rater: Rater{Scale: "us", Kind: "data_set", Hash: "sha256:" + hex.EncodeToString(sum[:])}, Skipped: map[string]int{}}
	var records []ratingRecord
	var err error
	labels := map[string]float64{}
	switch from {
	case FromMBFC:
		f.Rater.ID, f.Rater.Name, f.Rater.Note = "mbfc", "Media Bias/Fact Check", "ratings of Media Bias/Fact Check, to whom they belong; labels taken as scores"
		for label, score := range mbfcScores {
			labels[label] = score
		}
		records, err = f.readMBFC(data)
	case FromAudience:
		f.Rater.ID, f.Rater.Name, f.Rater.Rated = "audience", "Audience leaning (Robertson et al. 2018)", "2018"
		f.Rater.Note = "which side the people lean to who shared an outlet's pages; it measures its audience, not its texts"
		records, err = readTable(data, withDefaults(mapping, map[string]string{"domain": "domain", "score": "score"}))
	case FromCSV:
		f.Rater.ID, f.Rater.Name = "mine", "My ratings"
		records, err = readTable(data, withDefaults(mapping, map[string]string{"domain": "domain"}))
	default:
		return nil, fmt.Errorf("format %q: must be mbfc, audience or csv: %w", from, ErrRatings)
	}
	if err != nil {
		return nil, err
	}
	least, most, err := f.ends(mapping, labels)
	if err != nil {
		return nil, err
	}
	f.take(set, records, labels, least, most)
	return f, nil
}

func withDefaults(mapping, otherwise map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range otherwise {
		out[k] = v
	}
	for k, v := range mapping {
		out[k] = v
	}
	return out
}

// mappingKeys are what a mapping may say beside labels.
var mappingKeys = []string{"domain", "score", "low", "high", "label", "rated", "basis", "least", "most"}

// ends reads the labels and the ends of the scores from the mapping.
func (f *RatingsFile) ends(mapping map[string]string, labels map[string]float64) (least, most float64, err error) {
	least, most = -1, 1
	for key, value := range mapping {
		label, isLabel := strings.CutPrefix(key, "label:")
		if !isLabel && !slices.Contains(mappingKeys, key) {
			return 0, 0, fmt.Errorf("mapping %q: must be one of %s, or label:TEXT: %w", key, strings.Join(mappingKeys, ", "), ErrRatings)
		}
		if !isLabel && key != "least" && key != "most" {
			continue
		}
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || isLabel && math.Abs(x) > 1 {
			return 0, 0, fmt.Errorf("mapping %s=%s: no number in range: %w", key, value, ErrRatings)
		}
		switch {
		case isLabel:
			labels[strings.ToLower(label)] = x
		case key == "least":
			least = x
		default:
			most = x
		}
	}
	if least >= most {
		return 0, 0, fmt.Errorf("least %g is not under most %g: %w", least, most, ErrRatings)
	}
	return least, most, nil
}

func (f *RatingsFile) readMBFC(data []byte) ([]ratingRecord, error) {
	var in struct {
		Date    string
		Sources []struct{ Domain, Bias string }
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRatings, err)
	}
	if len(in.Sources) == 0 {
		return nil, fmt.Errorf("no sources: %w", ErrRatings)
	}
	f.Rater.Rated, _, _ = strings.Cut(in.Date, "T")
	out := make([]ratingRecord, len(in.Sources))
	for i, s := range in.Sources {
		out[i] = ratingRecord{domain: s.Domain, label: s.Bias, basis: "label “" + s.Bias + "”"}
	}
	return out, nil
}

// readTable reads a table that is parted by commas, or by tabs if its first line
// has any.
func readTable(data []byte, mapping map[string]string) ([]ratingRecord, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if first, _, _ := bytes.Cut(data, []byte("\n")); bytes.IndexByte(first, '\t') >= 0 {
		r.Comma = '\t'
	}
	names, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRatings, err)
	}
	at := map[string]int{}
	for _, key := range []string{"domain", "score", "low", "high", "label", "rated", "basis"} {
		at[key] = -1
		column, ok := mapping[key]
		if !ok {
			continue
		}
		at[key] = slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), column) })
		if at[key] < 0 {
			return nil, fmt.Errorf("no column %q for %s; there are %s: %w", column, key, strings.Join(names, ", "), ErrRatings)
		}
	}
	if at["score"] < 0 && at["label"] < 0 {
		return nil, fmt.Errorf("which column holds the score? map score=COLUMN or label=COLUMN; there are %s: %w", strings.Join(names, ", "), ErrRatings)
	}
	var out []ratingRecord
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrRatings, err)
		}
		cell := func(key string) string {
			if i := at[key]; i >= 0 && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		out = append(out, ratingRecord{cell("domain"), cell("score"), cell("low"), cell("high"), cell("label"), cell("rated"), cell("basis")})
	}
}

// Why a record is no rating of a source.
const (
	skipNoSide   = "no score, or a label without one"
	skipSection  = "a section of an outlet"
	skipPlatform = "a platform"
	skipDouble   = "the outlet stands there already"
)

// take keeps the records that rate a source, each source once: the record under
// the outlet's own domain before those under its other ones.
func (f *RatingsFile) take(set *lexicons.Set, records []ratingRecord, labels map[string]float64, least, most float64) {
	own := map[string]bool{}
	at := map[string]int{}
	for i, rec := range records {
		x, skip, err := rec.read(labels, least, most)
		var a lexicons.Address
		if err == nil && skip == "" {
			a, err = set.Resolve(rec.domain)
		}
		host, path, _ := strings.Cut(strings.TrimPrefix(a.URL, "https://"), "/")
		switch {
		case err != nil:
			f.Faults = append(f.Faults, RatingFault{i + 1, err.Error()})
			continue
		case skip == "" && path != "":
			skip = skipSection
		case skip == "" && set.Platform(a.Source):
			skip = skipPlatform
		}
		if k, ok := at[a.Source]; skip == "" && ok {
			f.Skipped[skipDouble]++
			if host == a.Source && !own[a.Source] {
				x.Domain = a.Source
				f.Ratings[k], own[a.Source] = x, true
			}
			continue
		}
		if skip != "" {
			f.Skipped[skip]++
			continue
		}
		x.Domain = a.Source
		at[a.Source], own[a.Source] = len(f.Ratings), host == a.Source
		f.Ratings = append(f.Ratings, x)
	}
	slices.SortFunc(f.Ratings, func(a, b RaterRating) int { return strings.Compare(a.Domain, b.Domain) })
}

func (rec *ratingRecord) read(labels map[string]float64, least, most float64) (x RaterRating, skip string, err error) {
	x = RaterRating{Rated: rec.rated, Basis: rec.basis}
	if rec.domain == "" {
		return x, "", errors.New("no domain")
	}
	if rec.score == "" {
		score, ok := labels[strings.ToLower(rec.label)]
		if !ok {
			return x, skipNoSide, nil
		}
		x.Score, x.Low, x.High = score, score, score
		return x, "", nil
	}
	for _, field := range []struct {
		name, value string
		to          *float64
	}{{"score", rec.score, &x.Score}, {"low", rec.low, &x.Low}, {"high", rec.high, &x.High}} {
		if field.value == "" {
			*field.to = x.Score
			continue
		}
		v, err := strconv.ParseFloat(field.value, 64)
		if err != nil || math.IsNaN(v) || v < least || v > most {
			return x, "", fmt.Errorf("%s %q is no number from %g to %g", field.name, field.value, least, most)
		}
		*field.to = math.Round(((v-least)/(most-least)*2-1)*1e4) / 1e4
	}
	if x.Low > x.Score || x.Score > x.High {
		return x, "", fmt.Errorf("score %g is not between low %g and high %g", x.Score, x.Low, x.High)
	}
	return x, "", nil
}
