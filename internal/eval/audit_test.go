package eval_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/internal/eval"
)

// sheet is one whose lines are "rule side kind marks…", the marks of a coder
// each, with "." for none. Flags are numbered from one.
func sheet(name, lines string) *eval.Sheet {
	s := &eval.Sheet{Name: name}
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		family, _, _ := strings.Cut(f[0], "/")
		n := len(s.Flags) + 1
		s.Flags = append(s.Flags, eval.Flag{
			Family: family, Rule: f[0], Article: fmt.Sprint("a", n), Field: "text", Start: 10, End: 14, Side: f[1], Kind: f[2],
		})
		var marks []string
		for _, m := range f[3:] {
			marks = append(marks, strings.Trim(m, "."))
		}
		s.Marks = append(s.Marks, marks)
	}
	for c := range s.Marks[0] {
		s.Coders = append(s.Coders, fmt.Sprint("coder", c+1))
	}
	return s
}

func audit(t *testing.T, passes bool, sheets ...*eval.Sheet) *eval.Audit {
	t.Helper()
	a, err := eval.AuditOf(sheets, passes)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// counts is a precision in short: "9 of 10 .900 (.596–.982)", then what is left
// out.
func counts(p eval.Precision) string {
	s := fmt.Sprintf("%d of %d", p.Right, p.N)
	if p.Value != nil {
		s += fmt.Sprintf(" %.3f (%.3f–%.3f)", *p.Value, *p.Low, *p.High)
	}
	for _, left := range []struct {
		what string
		n    int
	}{{"divided", p.Divided}, {"untold", p.Untold}, {"unmarked", p.Unmarked}, {"?", p.Marks}} {
		if left.n > 0 {
			s += fmt.Sprintf(", %s %d", left.what, left.n)
		}
	}
	return s
}

// shown are groups in short.
func shown(groups ...eval.AuditGroup) []string {
	var out []string
	for _, g := range groups {
		s := g.Name + ":"
		for _, p := range g.Precision {
			s += " " + counts(p) + ";"
		}
		out = append(out, strings.TrimSuffix(s, ";"))
	}
	return out
}

const oneCoder = `
	hedge/may    left   news    1
	hedge/may    left   news    1
	hedge/may    right  news    0
	hedge/may    right  opinion 0
	hedge/could  left   news    1
	hedge/could  right  news    1
	hedge/could  center news    0
	hedge/likely left   news    1
	hedge/likely left   news    1
	hedge/likely left   news    1
	hedge/seem   right  news    0
	hedge/seem   right  news    0
	hedge/about  left   news    ?
	hedge/about  left   news    .
	label/thug   left   news    1
	label/thug   left   news    0
`

func TestAuditByOneCoder(t *testing.T) {
	a := audit(t, false, sheet("a.tsv", oneCoder))
	if len(a.Families) != 2 || a.Flags != 16 || len(a.Coders) != 1 || a.Passes != nil {
		t.Fatalf("%+v", a)
	}
	hedge, label := a.Families[0], a.Families[1]
	for _, c := range []struct {
		is        string
		got, want []string
	}{
		// 7 of 12 by Wilson's formula, z 1.96: (.5833 + .1600 ± 1.96·√(.2431/12 + .006670))/1.3201
		{"hedges", shown(hedge.AuditGroup), []string{"hedge: 7 of 12 0.583 (0.320–0.807), untold 1, unmarked 1, ? 1"}},
		{"labels are too few", shown(label.AuditGroup), []string{"label: 1 of 2"}},
		{"sides", shown(hedge.Sides...), []string{"center: 0 of 1", "left: 6 of 6, untold 1, unmarked 1, ? 1", "right: 1 of 5"}},
		{"kinds", shown(hedge.Kinds...), []string{"news: 7 of 11 0.636 (0.354–0.848), untold 1, unmarked 1, ? 1", "opinion: 0 of 1"}},
		// Two are no rule to judge, and one that is always right is none of the worst.
		{"the worst rules", shown(hedge.Worst...), []string{"hedge/may: 2 of 4 0.500 (0.150–0.850)", "hedge/could: 2 of 3 0.667 (0.208–0.939)"}},
		{"all", shown(a.All.AuditGroup), []string{"all families: 8 of 14 0.571 (0.326–0.786), untold 1, unmarked 1, ? 1"}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.is, diff)
		}
	}
	if hedge.Agreement != nil || hedge.SelfAgreement != nil {
		t.Error("one coder agrees with nobody")
	}
}

const threeCoders = `
	hedge/may left news 1 1 1
	hedge/may left news 1 1 0
	hedge/may left news 1 0 0
	hedge/may left news 0 0 0
	hedge/may left news 1 1 ?
	hedge/may left news 1 0 ?
	hedge/may left news 1 . .
	hedge/may left news ? ? ?
	hedge/may left news . . .
	hedge/may left news 1 1 1
	hedge/may left news 1 1 1
	hedge/may left news 1 1 1
`

func TestAuditByTheMajority(t *testing.T) {
	h := audit(t, false, sheet("a.tsv", threeCoders)).Families[0]
	if got, want := counts(h.Precision[0]), "7 of 9"; got != want+", divided 1, untold 1, unmarked 1, ? 5" {
		t.Errorf("the majority: %s, want %s", got, want)
	}
	if h.SelfAgreement != nil || h.Agreement == nil || h.Agreement.Alpha != nil || h.Agreement.Units != 9 {
		t.Errorf("nine flags with two marks are too few for α: %+v", h.Agreement)
	}
	h = audit(t, false, sheet("a.tsv", threeCoders+"hedge/may left news 0 0 0")).Families[0]
	// By hand: marks in flags with two or more are n 28, of them 1: 18, 0: 10;
	// pairs alike 12 + 2/2 + 2/2 + 3 + 2 + 0 + 3 = 22.
	if n, same, chance := 28., 22., 18.*17+10*9; !near(h.Agreement.Alpha, ((n-1)*same-chance)/(n*(n-1)-chance)) || !near(h.Agreement.Alike, same/n) || h.Agreement.Units != 10 {
		t.Errorf("α %s, alike %s of %d", told(h.Agreement.Alpha), told(h.Agreement.Alike), h.Agreement.Units)
	}
}

func TestAuditByPasses(t *testing.T) {
	first := sheet("first.tsv", strings.Repeat("hedge/may left news 1\n", 8)+strings.Repeat("hedge/could left news 0\n", 4))
	second := sheet("lists/second.tsv", strings.Repeat("hedge/may left news 1\n", 7)+"hedge/may left news 0\n"+strings.Repeat("hedge/could left news 0\n", 4))
	// The second pass came in another order.
	slices.Reverse(second.Flags)
	slices.Reverse(second.Marks)
	a := audit(t, true, first, second)
	if diff := cmp.Diff([]string{"first.tsv:coder1", "second.tsv:coder1"}, a.Passes); diff != "" || a.Coders != nil {
		t.Errorf("passes: %s", diff)
	}
	h := a.Families[0]
	if diff := cmp.Diff([]string{"hedge: 8 of 12 0.667 (0.391–0.862); 7 of 12 0.583 (0.320–0.807)"}, shown(h.AuditGroup)); diff != "" {
		t.Errorf("each pass has a precision: (-want +got)\n%s", diff)
	}
	if h.Agreement != nil || h.SelfAgreement == nil {
		t.Fatal("two passes of one coder agree with themselves")
	}
	// By hand: n 24, of them 1: 15, 0: 9, alike 22.
	if !near(h.SelfAgreement.Alpha, (23*22.-15*14-9*8)/(24*23-15*14-9*8)) || !near(h.SelfAgreement.Alike, 11./12) {
		t.Errorf("α %s, alike %s", told(h.SelfAgreement.Alpha), told(h.SelfAgreement.Alike))
	}
	if diff := cmp.Diff([]string{"hedge/could: 0 of 4 0.000 (0.000–0.490); 0 of 4 0.000 (0.000–0.490)", "hedge/may: 8 of 8 1.000 (0.676–1.000); 7 of 8 0.875 (0.529–0.978)"}, shown(h.Worst...)); diff != "" {
		t.Errorf("the worst rules: (-want +got)\n%s", diff)
	}
}

// Two sheets of two coders are the same as one sheet of both.
func TestAuditJoinsSheets(t *testing.T) {
	one := sheet("a.tsv", threeCoders)
	apart := []*eval.Sheet{sheet("a.tsv", threeCoders), sheet("b.tsv", threeCoders)}
	for i := range one.Marks {
		apart[0].Marks[i], apart[1].Marks[i] = one.Marks[i][:1], one.Marks[i][1:]
	}
	apart[0].Coders, apart[1].Coders = one.Coders[:1], []string{"ann", "ben"}
	a, b := audit(t, false, one), audit(t, false, apart...)
	if diff := cmp.Diff(a.Families, b.Families); diff != "" {
		t.Errorf("(-one +apart)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a.tsv:coder1", "b.tsv:ann", "b.tsv:ben"}, b.Coders); diff != "" {
		t.Error(diff)
	}
	// A column that nobody filled in is no coder.
	for i := range one.Marks {
		one.Marks[i][2] = ""
	}
	if got := audit(t, false, one).Coders; len(got) != 2 {
		t.Errorf("coders are %v", got)
	}
}

func TestAuditRefusesSheets(t *testing.T) {
	of := func(name, engine string, lines string) *eval.Sheet {
		s := sheet(name, lines)
		s.Head = []eval.Property{{Name: eval.HeadEngine, Value: engine}}
		return s
	}
	const two, three = "hedge/may left news 1\nhedge/may left news 1\n", "hedge/may left news 1\nhedge/may left news 1\nhedge/may left news 1\n"
	for _, c := range []struct {
		is, want string
		sheets   []*eval.Sheet
	}{
		{"none", "no sheets", nil},
		{"nobody marked it", "a.tsv: no flag is marked", []*eval.Sheet{of("a.tsv", "1", "hedge/may left news .")}},
		{"a flag that the first does not have", "b.tsv: unknown flag f_", []*eval.Sheet{of("a.tsv", "1", two), of("b.tsv", "1", three)}},
		{"a flag of another rule", "is not what it is in a.tsv", []*eval.Sheet{of("a.tsv", "1", two), of("b.tsv", "1", "hedge/might left news 1")}},
		{"of another version", `b.tsv was drawn with engine "2", a.tsv with "1"`, []*eval.Sheet{of("a.tsv", "1", two), of("b.tsv", "2", two)}},
	} {
		if _, err := eval.AuditOf(c.sheets, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.is, err, c.want)
		}
	}
	if _, err := eval.AuditOf([]*eval.Sheet{of("a.tsv", "1", three), of("b.tsv", "1", two)}, false); err != nil {
		t.Errorf("a coder who did not get to the end: %v", err)
	}
}

func TestReadSheet(t *testing.T) {
	var b bytes.Buffer
	if err := sheet("a.tsv", "hedge/may left news 1 ?\nhedge/\"so-called\" right news 0 .").Write(&b); err != nil {
		t.Fatal(err)
	}
	plain := "# engine: 1\n" + b.String()
	want, err := eval.ReadSheet("a.tsv", strings.NewReader(plain))
	if err != nil || want.Flags[1].Rule != `hedge/"so-called"` || want.Property("engine") != "1" {
		t.Fatalf("%+v, %v", want, err)
	}
	for is, changed := range map[string]string{
		"as it is":                 plain,
		"with CR LF":               strings.ReplaceAll(plain, "\n", "\r\n"),
		"with a BOM":               "\ufeff" + plain,
		"with quotation marks":     strings.ReplaceAll(plain, "\ta1\ttext\t", "\t\"a1\"\t\"text\"\t"),
		"with empty lines":         plain + "\n\t\t\t\t\t\t\t\t\n",
		"without trailing tabs":    strings.ReplaceAll(plain, "\t0\t\n", "\t0\n"),
		"with more columns":        strings.ReplaceAll(plain, "\t0\t\n", "\t0\t\t\t\n"),
		"with spaces round a mark": strings.ReplaceAll(plain, "\t1\t?\n", "\t 1\t? \n"),
	} {
		got, err := eval.ReadSheet("a.tsv", strings.NewReader(changed))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got)\n%s", is, err, diff)
		}
	}
	for _, c := range []struct{ is, sheet, want string }{
		{"a wrong mark", strings.Replace(plain, "\t1\t?", "\t1\tyes", 1), `a.tsv:3: coder2: mark "yes": must be 1 (right), 0 (wrong), ? (can't tell) or empty`},
		{"a mark beyond the last coder", strings.Replace(plain, "\t1\t?", "\t1\t?\t1", 1), `a.tsv:3: mark "1" stands under no coder`},
		{"an article changed", strings.Replace(plain, "\ta2\t", "\t2\t", 1), `a.tsv:4: unknown flag "f_`},
		{"an offset changed", strings.Replace(plain, "\t14\t", "\t15\t", 1), `a.tsv:3: unknown flag "f_`},
		{"an offset that is none", strings.Replace(plain, "\t14\t", "\t1.4e1\t", 1), `a.tsv:3: end "1.4e1": must be a number`},
		{"a flag twice", plain + plain[strings.LastIndex(plain, "\nf_")+1:], "a.tsv:5: flag f_"},
		{"a row cut off", plain + "f_0\thedge\n", "a.tsv:5: 2 columns, at least 9"},
		{"other columns", "article\tkind\n", "a.tsv:1: no sheet of an audit: its columns must be flag, family, rule, "},
		{"two coders of one name", strings.Replace(plain, "coder2", "coder1", 1), "a.tsv:2: column 11: each coder must have a name of their own"},
		{"nothing", "", "a.tsv: no sheet of an audit"},
	} {
		if _, err := eval.ReadSheet("a.tsv", strings.NewReader(c.sheet)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.is, err, c.want)
		}
	}
}

func TestSheetsOfOneCategoryHaveNoAlpha(t *testing.T) {
	h := audit(t, false, sheet("a.tsv", strings.Repeat("hedge/may left news 1 1\n", 12))).Families[0]
	if !near(h.Agreement.Alpha, math.NaN()) || !near(h.Agreement.Alike, 1) || h.Agreement.Units != 12 {
		t.Errorf("α %s, alike %s of %d", told(h.Agreement.Alpha), told(h.Agreement.Alike), h.Agreement.Units)
	}
}
