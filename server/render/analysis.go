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
	fmt.Fprintf(&b, "%s · %s · %s · language %s\n", a.Kind, a.Extent, Count(a.Words, "word"), a.Language)
	if a.Source != nil {
		fmt.Fprintf(&b, "Source: %s\n", SourceText(*a.Source))
	}
	for _, part := range []string{analyzer.PartSentences, analyzer.PartEntities, analyzer.PartCues, analyzer.PartQuotes, analyzer.PartFrames} {
		if why, ok := a.Measured[part]; ok {
			fmt.Fprintf(&b, "%s: not measured (%s)\n", part, why)
		}
	}
	if a.Leaning != nil {
		wording(&b, a)
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
	if a.Sentences.Measured {
		n := 0
		for _, s := range a.Sentences.Items {
			if s.Loaded >= LoadedFrom {
				n++
			}
		}
		fmt.Fprintf(&b, "\nLoaded sentences: %d of %d reach .50\n", n, len(a.Sentences.Items))
	}
	if a.Frames.Measured {
		framesText(&b, a.Frames.Items)
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
			fmt.Fprintf(&b, "  %s (%s, %s)\n", Plain(e.Name), e.Type, Count(len(e.Mentions), "mention"))
		}
		portrayals(&b, a.Entities.Items)
	}
	fmt.Fprintf(&b, "engine %s · lexicons %.19s · ratings %.19s\n", a.Engine, a.Lexicons, a.Ratings)
	_, err := w.Write(b.Bytes())
	return err
}

// LeaningText is what is told of the wording of an article, to follow "the
// wording".
func LeaningText(l *analyzer.Leaning) string {
	switch {
	case l.Label != lexicons.Unrated:
	case l.Reason == analyzer.ReasonShort:
		return fmt.Sprintf("is not told: under %d words", analyzer.LeastWords)
	case l.Reason == analyzer.ReasonLanguage:
		return "is not told: not in English"
	default:
		return "is not told: the lexicons in use hold no model of it"
	}
	p := l.Probabilities
	line := fmt.Sprintf("resembles that of %s-rated outlets: left %.0f %%, center %.0f %%, right %.0f %%", l.Label, 100*p.Left, 100*p.Center, 100*p.Right)
	if !l.Confident {
		line = "is not distinctive; it is nearest to that of " + strings.TrimPrefix(line, "resembles that of ")
	}
	return line
}

// wording writes the leaning of a text with its evidence.
func wording(b *bytes.Buffer, a *analyzer.Analysis) {
	fmt.Fprintf(b, "\nThe wording %s\n", LeaningText(a.Leaning))
	if a.Source != nil && Differ(a) {
		fmt.Fprintf(b, "  The outlet is rated %s; that is another question.\n", a.Source.Leaning)
	}
	for _, e := range a.Leaning.Evidence {
		side := "right"
		if e.Weight < 0 {
			side = "left"
		}
		fmt.Fprintf(b, "    %d–%d “%s” %+.4f to the %s, %s; %s\n", e.Start, e.End, Plain(e.Text), e.Weight, side, Count(e.Times, "time"), e.Rule)
	}
}

// Differ says whether the leaning of an outlet and that of a text are on
// opposite sides.
func Differ(a *analyzer.Analysis) bool {
	if a.Source == nil || a.Leaning == nil {
		return false
	}
	s, t := a.Source.Leaning, a.Leaning.Label
	return s == lexicons.Left && t == lexicons.Right || s == lexicons.Right && t == lexicons.Left
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
		strings.ReplaceAll(s.RaterKind, "_", " "), Count(s.Raters, "rater")+", "+passes(s.Passes), s.Rated, s.Basis)
}

func passes(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return fmt.Sprintf("%d passes", n)
}
