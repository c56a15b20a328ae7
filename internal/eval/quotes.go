package eval

import (
	"regexp"
	"slices"

	"parallax/analyzer"
	"parallax/analyzer/text"
	"parallax/internal/gold"
)

// Quotes is how well quotations and their speakers were found, by the measures
// of PolNeAR's scorer here: direct ones of four words and marks or more, the
// speaker by overlap, indirect ones by half of the longer content. Intervals
// resample articles.
type Quotes struct {
	Articles    int      `json:"articles"`
	Precision   float64  `json:"direct_precision"`
	PrecisionIn Interval `json:"direct_precision_interval"`
	Recall      float64  `json:"direct_recall"`
	RecallIn    Interval `json:"direct_recall_interval"`
	Speaker     float64  `json:"speaker_accuracy"` // of matched quotations whose source is labelled; none given is wrong
	SpeakerIn   Interval `json:"speaker_accuracy_interval"`
	Attempted   float64  `json:"speaker_when_attempted"`
	Matched     int      `json:"matched"`
	Indirect    Score    `json:"indirect"`
	IndirectIn  Interval `json:"indirect_f1_interval"`
}

// quoted finds what labels call direct: it pairs marks as they come, whatever
// paragraph they stand in.
var quoted = regexp.MustCompile(`(?s)“([^”]{2,1000}?[^”]{0,500}?)(?:”|$)|"([^"]{2,1000}?[^"]{0,500}?)(?:"|$)`)

// word is a word, number or mark, as the scorer counts them.
var word = regexp.MustCompile(`[A-Za-z]+(?:[-'’][A-Za-z]+)*|[0-9]+(?:[.,][0-9]+)*|[^\sA-Za-z0-9]`)

// fewestQuoted is how many words and marks a direct quotation must have to be scored.
const fewestQuoted = 4

// slack is how many bytes an indirect content may share with quotation marks.
const slack = 8

// A quoteCount is what one article adds up to.
type quoteCount struct {
	direct, found           Tally
	sources, attempted, hit int
	indirect                Tally
}

// QuotesOf scores an analyzer on texts with attributions.
func QuotesOf(a *analyzer.Analyzer, texts []gold.AttributedText) Quotes {
	counts := make([]quoteCount, len(texts))
	for i := range texts {
		got := a.Analyze(analyzer.Input{ID: texts[i].ID, Text: texts[i].Text}, analyzer.Options{Only: []string{analyzer.PartQuotes}})
		counts[i] = countQuotes(&texts[i], got.Quotes.Items)
	}
	sum := func(units []int) quoteCount {
		var s quoteCount
		for _, i := range units {
			c := &counts[i]
			s.direct.add(c.direct)
			s.found.add(c.found)
			s.indirect.add(c.indirect)
			s.sources, s.attempted, s.hit = s.sources+c.sources, s.attempted+c.attempted, s.hit+c.hit
		}
		return s
	}
	share := func(a, b int) float64 {
		if b == 0 {
			return 0
		}
		return float64(a) / float64(b)
	}
	all := make([]int, len(texts))
	for i := range all {
		all[i] = i
	}
	s := sum(all)
	r := Quotes{
		Articles: len(texts), Precision: share(s.direct.Right, s.direct.Found), Recall: share(s.found.Right, s.found.Labelled),
		Speaker: share(s.hit, s.sources), Attempted: share(s.hit, s.attempted), Matched: s.sources, Indirect: s.indirect.Score(),
	}
	over := func(stat func(quoteCount) float64) Interval {
		return bootstrap(len(texts), func(units []int) float64 { return stat(sum(units)) })
	}
	r.PrecisionIn = over(func(s quoteCount) float64 { return share(s.direct.Right, s.direct.Found) })
	r.RecallIn = over(func(s quoteCount) float64 { return share(s.found.Right, s.found.Labelled) })
	r.SpeakerIn = over(func(s quoteCount) float64 { return share(s.hit, s.sources) })
	r.IndirectIn = over(func(s quoteCount) float64 { return s.indirect.Score().F1 })
	return r
}

func shared(a, b text.Span) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

func covered(s text.Span, by []text.Span) int {
	n := 0
	for _, b := range by {
		n += shared(s, b)
	}
	return n
}

func length(pieces []text.Span) int {
	n := 0
	for _, p := range pieces {
		n += p.Len()
	}
	return n
}

func countQuotes(t *gold.AttributedText, quotes []analyzer.Quote) quoteCount {
	var c quoteCount
	var marks []text.Span
	for _, m := range quoted.FindAllStringSubmatchIndex(t.Text, -1) {
		k := 2
		if m[2] < 0 {
			k = 4
		}
		marks = append(marks, text.Span{Start: m[k], End: m[k+1]})
	}
	words := func(s text.Span) int { return len(word.FindAllString(t.Text[s.Start:s.End], -1)) }
	var direct []analyzer.Quote
	var indirect []text.Span
	for _, q := range quotes {
		s := q.Content.Span()
		switch {
		case q.Kind == "indirect":
			if covered(s, marks) <= slack {
				indirect = append(indirect, s)
			}
		case words(s) >= fewestQuoted:
			direct = append(direct, q)
		}
	}
	for _, q := range direct {
		c.direct.Found++
		c.speaker(t, q)
	}
	left := slices.Clone(t.Attributions)
	for _, a := range t.Attributions {
		for _, p := range a.Content {
			if !slices.ContainsFunc(marks, func(m text.Span) bool { return 10*shared(p, m) > 6*p.Len() }) || words(p) < fewestQuoted {
				continue
			}
			c.found.Labelled++
			if slices.ContainsFunc(direct, func(q analyzer.Quote) bool { return 2*shared(p, q.Content.Span()) > p.Len() }) {
				c.found.Right++
			}
		}
	}
	left = slices.DeleteFunc(left, func(a gold.Attribution) bool {
		n := 0
		for _, p := range a.Content {
			n += covered(p, marks)
		}
		return len(a.Content) == 0 || n > slack
	})
	c.indirect = Tally{Found: len(indirect), Labelled: len(left)}
	for _, s := range indirect {
		k := slices.IndexFunc(left, func(a gold.Attribution) bool { return 2*covered(s, a.Content) > max(s.Len(), length(a.Content)) })
		if k >= 0 {
			c.indirect.Right++
			left = slices.Delete(left, k, k+1)
		}
	}
	return c
}

// speaker counts whether a direct quotation lies in a labelled content, and
// whether its speaker is that one's source. Of several the best fitting counts.
func (c *quoteCount) speaker(t *gold.AttributedText, q analyzer.Quote) {
	s := q.Content.Span()
	best := 0.0
	var fit []gold.Attribution
	for _, a := range t.Attributions {
		n := covered(s, a.Content)
		if 2*n <= s.Len() {
			continue
		}
		share := float64(n) / float64(max(s.Len(), length(a.Content)))
		if share > best {
			best, fit = share, fit[:0]
		}
		if share == best {
			fit = append(fit, a)
		}
	}
	if best == 0 {
		return
	}
	c.direct.Right++
	fit = slices.DeleteFunc(fit, func(a gold.Attribution) bool { return len(a.Source) == 0 })
	if len(fit) == 0 {
		return
	}
	c.sources++
	if q.Speaker == nil {
		return
	}
	c.attempted++
	if slices.ContainsFunc(fit, func(a gold.Attribution) bool { return covered(q.Speaker.Span(), a.Source) > 0 }) {
		c.hit++
	}
}
