package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"parallax/analyzer"
	"parallax/lexicons"
)

// AnalysisText writes an analysis for a terminal.
func AnalysisText(w io.Writer, title string, a *analyzer.Analysis) error {
	var b bytes.Buffer
	if title != "" {
		fmt.Fprintln(&b, Plain(title))
	}
	fmt.Fprintf(&b, "%s · %s · %s · language %s\n", a.Kind, a.Extent, count(a.Words, "word"), a.Language)
	if a.Source != nil {
		fmt.Fprintf(&b, "Source: %s\n", SourceText(*a.Source))
	}
	for _, part := range []string{analyzer.PartEntities, analyzer.PartCues, analyzer.PartQuotes} {
		if why, ok := a.Measured[part]; ok {
			fmt.Fprintf(&b, "%s: not measured (%s)\n", part, why)
		}
	}
	if a.Cues.Measured {
		fmt.Fprintln(&b, "\nCues")
		for _, row := range Counts(a) {
			fmt.Fprintf(&b, "  %s: %s\n", row[0], row[1])
		}
		for _, c := range a.Cues.Items {
			where := ""
			if c.InQuote {
				where = " (in a quotation)"
			}
			fmt.Fprintf(&b, "    %d–%d “%s” %s%s\n", c.Start, c.End, Plain(c.Text), c.Rule, where)
		}
	}
	if a.Quotes.Measured {
		fmt.Fprintln(&b, "\nQuotations")
		for _, q := range a.Quotes.Items {
			fmt.Fprintf(&b, "  %d. “%s”%s\n", q.ID, Plain(q.Content.Text), speaker(q.Speaker))
		}
	}
	if a.Entities.Measured {
		fmt.Fprintln(&b, "\nEntities")
		for _, e := range a.Entities.Items {
			fmt.Fprintf(&b, "  %s (%s, %s)\n", Plain(e.Name), e.Type, count(len(e.Mentions), "mention"))
		}
	}
	if len(a.NotBuilt) > 0 {
		fmt.Fprintf(&b, "\nNot built yet: %s\n", strings.Join(a.NotBuilt, ", "))
	}
	fmt.Fprintf(&b, "engine %s · lexicons %.19s · ratings %.19s\n", a.Engine, a.Lexicons, a.Ratings)
	_, err := w.Write(b.Bytes())
	return err
}

func speaker(s *analyzer.Speaker) string {
	if s == nil {
		return ""
	}
	name := s.Name
	if name == "" {
		name = s.Text
	}
	return " — " + Plain(name) + " (" + s.Kind + ")"
}

// SourceText is what is known of a source, in a line.
func SourceText(s lexicons.Source) string {
	name := s.Domain
	if s.Name != "" && s.Name != s.Domain {
		name = s.Name + " (" + s.Domain + ")"
	}
	if s.Rating == nil {
		return Plain(name) + ": unrated"
	}
	spread := ""
	if s.Low != s.High {
		spread = fmt.Sprintf(", ratings from %+.2f to %+.2f", s.Low, s.High)
	}
	return fmt.Sprintf("%s: %s %+.2f on the scale %s%s; %s, %s, %s; %s", Plain(name), s.Leaning, s.Score, s.Scale, spread,
		strings.ReplaceAll(s.RaterKind, "_", " "), count(s.Raters, "rater")+", "+passes(s.Passes), s.Rated, s.Basis)
}

func passes(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}
