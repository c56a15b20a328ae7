package main

import (
	"fmt"
	"strings"

	"parallax/internal/eval"
)

// auditText is an audit for reading.
func auditText(a *eval.Audit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d flags, engine %s, lexicons %.19s, ratings %.19s\n", a.Flags, a.Engine, a.Lexicons, a.Ratings)
	switch {
	case len(a.Passes) > 0:
		fmt.Fprintf(&b, "passes of one coder: %s\n", strings.Join(a.Passes, ", "))
	case len(a.Coders) == 1:
		fmt.Fprintf(&b, "one coder: %s\n", a.Coders[0])
	default:
		fmt.Fprintf(&b, "%d coders: %s; a flag is right where more of them say so than say it is wrong\n", len(a.Coders), strings.Join(a.Coders, ", "))
	}
	for i := range a.Families {
		auditFamily(&b, &a.Families[i])
	}
	if len(a.Families) > 1 {
		auditFamily(&b, &a.All)
	}
	return b.String()
}

func auditFamily(b *strings.Builder, f *eval.AuditFamily) {
	fmt.Fprintf(b, "\n%s: %d flags\n", f.Name, f.Flags)
	fmt.Fprintf(b, "  precision %s\n", precisions(f.Precision))
	if f.Agreement != nil {
		fmt.Fprintf(b, "  agreement between coders: %s\n", agreement(f.Agreement))
	}
	if f.SelfAgreement != nil {
		fmt.Fprintf(b, "  self-agreement: %s\n", agreement(f.SelfAgreement))
	}
	for i, p := range f.Precision {
		if p.Marks+p.Divided+p.Unmarked > 0 {
			fmt.Fprintf(b, "  %sleft out: %d divided, %d nobody could tell, %d not marked; marks “?”: %d\n", pass(f.Precision, i), p.Divided, p.Untold, p.Unmarked, p.Marks)
		}
	}
	for _, part := range []struct {
		name   string
		groups []eval.AuditGroup
	}{{"by side of outlet", f.Sides}, {"by kind of article", f.Kinds}, {"worst rules", f.Worst}} {
		if len(part.groups) > 0 {
			fmt.Fprintf(b, "  %s\n", part.name)
		}
		for _, g := range part.groups {
			fmt.Fprintf(b, "    %-24s %s\n", g.Name, precisions(g.Precision))
		}
	}
}

// precisions is one precision, or that of each pass.
func precisions(all []eval.Precision) string {
	var out []string
	for i, p := range all {
		s := fmt.Sprintf("%d of %d right", p.Right, p.N)
		if p.Value != nil {
			s = fmt.Sprintf("%.3f (%.3f–%.3f), %s", *p.Value, *p.Low, *p.High, s)
		} else {
			s = "too few to say, " + s
		}
		out = append(out, pass(all, i)+s)
	}
	return strings.Join(out, "; ")
}

// pass names the i-th of several passes.
func pass(all []eval.Precision, i int) string {
	if len(all) == 1 {
		return ""
	}
	return fmt.Sprintf("pass %d: ", i+1)
}

func agreement(g *eval.Agreement) string {
	switch {
	case g.Units < eval.FewFlags:
		return fmt.Sprintf("too few to say, %d flags judged more than once", g.Units)
	case g.Alpha == nil:
		return fmt.Sprintf("α not defined, every mark is the same; %d flags", g.Units)
	}
	return fmt.Sprintf("α %.3f, %.3f of pairs of marks alike; %d flags", *g.Alpha, *g.Alike, g.Units)
}
