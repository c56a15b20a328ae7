package lexicons_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parallax/lexicons"
)

const tableHead = "# name: %s\n# kind: %s\n# version: 3\n# language: en\n# license: x\n# citation: y\n# rater_kind: model_assisted\n"

func table(name, kind string, lines ...string) *fstest.MapFile {
	head := strings.NewReplacer("%s\n# kind: %s", name+"\n# kind: "+kind).Replace(tableHead)
	return &fstest.MapFile{Data: []byte(head + strings.Join(lines, "\n") + "\n")}
}

// rated are three versions of the ratings of three outlets: north.example was
// moved twice, south.example was rated in version 2, east.example is new in 3.
func rated() fstest.MapFS {
	return fstest.MapFS{
		"a.tsv": table("a", "sources",
			"domain\taliases\tname\tcountry\tkind\towner\tfunding\tscale\tscore\tlow\thigh\tbasis\trated\tsince",
			"north.example\t\tNorth\tXX\tlocal\t\tnonprofit\txx\t0.5\t0.4\t0.6\tsays so\t2026-11\t",
			"south.example\t\tSouth\tXX\tlocal\t\t\txx\t-0.5\t\t\tsays so\t2026-10\t",
			"east.example\t\tEast\tXX\tlocal\t\t\txx\t0\t\t\tsays so\t2026-11\t3"),
		"b.tsv": table("b", "changes",
			"domain\tfrom\tto\tscale\tscore\tlow\thigh\tbasis\trated\treason",
			"north.example\t1\t2\txx\t-0.3\t-0.3\t-0.3\tfirst look\t2026-09\tit endorsed the other party",
			"north.example\t2\t3\txx\t0.1\t0\t0.2\tsecond look\t2026-10\tit did so again",
			"south.example\t1\t2\t\t\t\t\t\t\tsomebody found a basis"),
		"c.tsv": table("c", "scales", "scale\tname\tleft\tcenter\tright", "xx\tan invented land\tone end\tthe middle\tthe other end"),
		"d.tsv": table("d", "replies", "domain\tdate\ttext", "north.example\t2026-11-20\tWe <b>disagree</b>."),
	}
}

func TestOldRatingsStayCallable(t *testing.T) {
	set := load(t, rated())
	if diff := cmp.Diff([]string{"1", "2", "3"}, set.RatingsVersions()); diff != "" {
		t.Errorf("versions: (-want +got)\n%s", diff)
	}
	hashes := map[string]bool{}
	for _, c := range []struct{ version, north, south, east string }{
		{"1", "left -0.3", "unrated", "not listed"},
		{"2", "center 0.1", "left -0.5", "not listed"},
		{"3", "right 0.5", "left -0.5", "center 0"},
	} {
		then, err := set.At(c.version)
		if err != nil {
			t.Fatal(err)
		}
		said := func(domain string) string {
			src := then.Source(domain)
			switch {
			case src.Name == "":
				return "not listed"
			case src.Rating == nil:
				return src.Leaning
			}
			return src.Leaning + " " + strconv.FormatFloat(src.Score, 'g', -1, 64)
		}
		if got := [3]string{said("north.example"), said("south.example"), said("east.example")}; got != [3]string{c.north, c.south, c.east} {
			t.Errorf("version %s: %v, want %v", c.version, got, c)
		}
		hashes[then.RatingsHash()] = true
		if then.Words() != set.Words() {
			t.Errorf("version %s has other words", c.version)
		}
	}
	if now, _ := set.At("3"); len(hashes) != 3 || now.RatingsHash() != set.RatingsHash() {
		t.Error("each version should have a hash of its own, and the latest that of the set")
	}
	if _, err := set.At("4"); !errors.Is(err, lexicons.ErrVersion) {
		t.Errorf("version 4: %v", err)
	}
	var reasons []string
	for _, c := range set.History("north.example") {
		reasons = append(reasons, c.To+" "+c.Reason)
	}
	if diff := cmp.Diff([]string{"3 it did so again", "2 it endorsed the other party"}, reasons); diff != "" {
		t.Errorf("history: (-want +got)\n%s", diff)
	}
	if r := set.Reply("north.example"); r == nil || r.Text != "We <b>disagree</b>." || set.Reply("south.example") != nil {
		t.Errorf("reply: %+v", r)
	}
	if set.Source("north.example").Funding != "nonprofit" || set.Scale("xx").Right != "the other end" {
		t.Error("funding or scale is lost")
	}
}

func TestTablesOfRatingsAreChecked(t *testing.T) {
	for _, c := range []struct {
		file string
		with *fstest.MapFile
		want string
	}{
		{"c.tsv", table("c", "scales", "scale\tname\tleft\tcenter\tright", "yy\ta\tb\tc\td"), `a.tsv:9: scale "xx" of north.example is not declared`},
		{"c.tsv", table("c", "scales", "scale\tname\tleft\tcenter\tright", "xx\ta\tb\t\td"), "c.tsv:9: a scale needs"},
		{"c.tsv", table("c", "scales", "scale\tname\tleft\tcenter\tright", "xx\ta\tb\tc\td", "xx\ta\tb\tc\td"), "c.tsv:10: xx stands on line 9 already"},
		{"b.tsv", table("b", "changes", "domain\tfrom\tto\tscale\tscore\tlow\thigh\tbasis\trated\treason", "north.example\t2\t1\t\t\t\t\t\t\twhy"), "b.tsv:9: a change needs"},
		{"b.tsv", table("b", "changes", "domain\tfrom\tto\tscale\tscore\tlow\thigh\tbasis\trated\treason", "north.example\t1\t2\txx\t0.3\t\t\t\t\twhy"), "b.tsv:9: a score needs"},
		{"d.tsv", table("d", "replies", "domain\tdate\ttext", "north.example\t2026-11-20\t"+strings.Repeat("ä", 601)), "d.tsv:9: the reply has 601 characters, at most 600"},
		{"a.tsv", table("a", "sources", "domain\taliases\tname\tcountry\tkind\towner\tfunding\tscale\tscore\tbasis\trated", "north.example\t\tNorth\tXX\tlocal\t\tlottery\t\t\t\t"), `a.tsv:9: funding "lottery"`},
	} {
		files := rated()
		files[c.file] = c.with
		_, err := lexicons.LoadOnly(files)
		if !errors.Is(err, lexicons.ErrInvalid) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("error is %v, want %s…", err, c.want)
		}
	}
}

func TestPairsMakePartisanTerms(t *testing.T) {
	columns := strings.Join(lexicons.PairColumns, "\t")
	set := load(t, fstest.MapFS{"p.tsv": table("p", "pairs", columns,
		"tolls\troad fee|road fees\troad tax|road taxes\t2\t1.4\t3\t12\t5\t20\t8\t9\t300",
		"tolls\troad fee\tbandit toll\t1.1\t1.05\t1.2\t4\t2\t8\t8\t9\t90", // road fee divides more above
		"boats\tferry\tbarge\t1.2\t1.1\t1.3\t1.2\t0.9\t1.4\t8\t9\t90")})
	l, err := set.Lexicon("p")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range l.Entries {
		got = append(got, e.Side+": "+strings.Join(e.All(), ", "))
	}
	if diff := cmp.Diff([]string{"left: road fee, road fees", "right: road tax, road taxes", "right: bandit toll"}, got); diff != "" {
		t.Errorf("terms: (-want +got)\n%s", diff)
	}
	want := "used 12 times as often by right-rated as by left-rated outlets, where they use it or “road fee” (95 % interval 5.0 to 20; 8 left-rated and 9 right-rated outlets)"
	if l.Entries[1].Counts != want || l.Entries[1].Weight != 1 || l.Kind != lexicons.KindPartisanTerm {
		t.Errorf("road tax: %q, weight %v, kind %s", l.Entries[1].Counts, l.Entries[1].Weight, l.Kind)
	}
	_, err = lexicons.LoadOnly(fstest.MapFS{"p.tsv": table("p", "pairs", columns, "tolls\troad fee\t\t2\t1\t3\t2\t1\t3\t8\t9\t300")})
	if err == nil || !strings.HasPrefix(err.Error(), "p.tsv:9: a pair needs a left and a right term") {
		t.Errorf("half a pair: %v", err)
	}
}

// Sixty pairs whose direction counts bear out are promised.
func TestEmbeddedPairs(t *testing.T) {
	l, err := load(t).Lexicon("pairs")
	if err != nil {
		t.Fatal(err)
	}
	left, right := 0, 0
	for _, e := range l.Entries {
		switch e.Side {
		case lexicons.Left:
			left++
		case lexicons.Right:
			right++
		}
		if !strings.Contains(e.Counts, "times as often") {
			t.Errorf("%s has no count", e.Phrase)
		}
	}
	if left < 30 || right < 30 {
		t.Errorf("%d terms of the left, %d of the right", left, right)
	}
}
