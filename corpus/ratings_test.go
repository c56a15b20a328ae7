package corpus_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/corpus"
	"parallax/lexicons"
)

func TestRatingsOfOthers(t *testing.T) {
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, from, data string
		mapping          map[string]string
		want, skipped    string
		faults           []string
	}{
		{
			"labels, aliases, sections and platforms", "mbfc",
			`{"date":"2026-08-19T10:00:49Z","sources":[
				{"domain":"bbc.com","bias":"right"}, {"domain":"bbc.co.uk","bias":"center"},
				{"domain":"foxnews.com/opinion","bias":"right"}, {"domain":"www.foxnews.com","bias":"Right"},
				{"domain":"youtube.com","bias":"left"}, {"domain":"quarrel.example","bias":"conspiracy-pseudoscience"},
				{"domain":"no domain","bias":"left"}, {"domain":"","bias":"left"}]}`,
			nil,
			"bbc.co.uk 0, foxnews.com 0.8", "a platform 1, a section of an outlet 1, no score, or a label without one 1, the outlet stands there already 1",
			[]string{`7 "no domain"`, "8 no domain"},
		},
		{
			"labels of one's own", "mbfc", `{"sources":[{"domain":"quarrel.example","bias":"conspiracy-pseudoscience"},{"domain":"cnn.com","bias":"left"}]}`,
			map[string]string{"label:left": "-0.6", "label:conspiracy-pseudoscience": "1"},
			"cnn.com -0.6, quarrel.example 1", "", nil,
		},
		{
			"a table parted by something else", "csv", "\ufeffsite;x\nz",
			map[string]string{"score": "x"},
			"", "",
			[]string{`error: no column "domain" for domain; there are site;x`},
		},
		{
			"columns, ends and faults", "csv", "Site,Bias,Lo,Hi,Why\r\ncnn.com,-1.5,-3,0,\"says so, twice\"\nnope,7,,,\nfoxnews.com,3,,,\nbbc.co.uk,,,,\nbbc.co.uk,x,,,\nft.com,1,2,3,\nshort.example\n",
			map[string]string{"domain": "site", "score": "bias", "low": "Lo", "high": "hi", "basis": "why", "least": "-3", "most": "3"},
			"cnn.com -0.5, foxnews.com 1", "no score, or a label without one 2",
			[]string{`2 score "7" is no number from -3 to 3`, `5 score "x"`, "6 score 0.3333 is not between low 0.6667"},
		},
		{"tabs", "csv", "domain\tscore\ncnn.com\t-0.25\n", map[string]string{"score": "score"}, "cnn.com -0.25", "", nil},
		{"audience", "audience", "domain,score,fb_score\ncnn.com,-0.25,\nnews.example,0.5,1\n", nil, "cnn.com -0.25, news.example 0.5", "", nil},
		{"no score column", "csv", "domain,bias\ncnn.com,1\n", nil, "", "", []string{"error: which column holds the score?"}},
		{"unknown column", "csv", "domain,bias\ncnn.com,1\n", map[string]string{"score": "tilt"}, "", "", []string{`error: no column "tilt" for score; there are domain, bias`}},
		{"unknown key", "csv", "domain,bias\n", map[string]string{"scroe": "bias", "score": "bias"}, "", "", []string{`error: mapping "scroe"`}},
		{"label out of range", "mbfc", `{"sources":[{"domain":"cnn.com","bias":"left"}]}`, map[string]string{"label:left": "-2"}, "", "", []string{"error: mapping label:left=-2"}},
		{"no JSON", "mbfc", "domain,bias\n", nil, "", "", []string{"error: not a file of ratings"}},
		{"empty", "csv", "", map[string]string{"score": "x"}, "", "", []string{"error: not a file of ratings"}},
	} {
		f, err := corpus.ReadRatings(set, c.from, []byte(c.data), c.mapping)
		var faults []string
		if err != nil {
			if !errors.Is(err, corpus.ErrRatings) {
				t.Errorf("%s: %v is no ErrRatings", c.name, err)
			}
			faults = append(faults, "error: "+err.Error())
			f = &corpus.RatingsFile{}
		}
		var got, skipped []string
		for _, x := range f.Ratings {
			got = append(got, fmt.Sprintf("%s %g", x.Domain, x.Score))
		}
		for why, n := range f.Skipped {
			skipped = append(skipped, fmt.Sprintf("%s %d", why, n))
		}
		slices.Sort(skipped)
		for _, fault := range f.Faults {
			faults = append(faults, fmt.Sprintf("%d %s", fault.Record, fault.Error))
		}
		if diff := cmp.Diff([2]string{c.want, c.skipped}, [2]string{strings.Join(got, ", "), strings.Join(skipped, ", ")}); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
		if len(faults) != len(c.faults) {
			t.Errorf("%s: faults %q, want %q", c.name, faults, c.faults)
			continue
		}
		for i := range faults {
			if !strings.Contains(faults[i], c.faults[i]) {
				t.Errorf("%s: fault %q, want %q", c.name, faults[i], c.faults[i])
			}
		}
	}
}

// The two files of others' ratings that the importers were made for, where they
// are at hand.
func TestRatingsFilesAtHand(t *testing.T) {
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, file string
		least      int
	}{{"mbfc", "mbfc.json", 5500}, {"audience", "audience-bias.csv", 15000}} {
		data, err := os.ReadFile("../../shared/data/sources/" + c.file)
		if err != nil {
			t.Skipf("%s is not at hand", c.file)
		}
		f, err := corpus.ReadRatings(set, c.from, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Ratings) < c.least {
			t.Errorf("%s: %d ratings; left out: %v; faults: %v", c.file, len(f.Ratings), f.Skipped, f.Faults[:min(5, len(f.Faults))])
		}
	}
}

func FuzzReadRatings(f *testing.F) {
	set, err := lexicons.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("csv", "domain,score\ncnn.com,0.5\n")
	f.Add("csv", "domain\tscore\n\"cnn.com\t1e309\nNaN,NaN")
	f.Add("mbfc", `{"sources":[{"domain":"cnn.com","bias":"left"}]}`)
	f.Add("audience", "domain,score\r\n\x00,\xff\n")
	f.Fuzz(func(t *testing.T, from, data string) {
		r, err := corpus.ReadRatings(set, from, []byte(data), map[string]string{"score": "score"})
		if err != nil {
			if !errors.Is(err, corpus.ErrRatings) {
				t.Fatalf("%v is no ErrRatings", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, x := range r.Ratings {
			if seen[x.Domain] || x.Domain == "" || math.IsNaN(x.Score) || x.Low < -1 || x.Low > x.Score || x.Score > x.High || x.High > 1 {
				t.Fatalf("%+v", x)
			}
			seen[x.Domain] = true
		}
	})
}
