package server

import (
	"strconv"
	"strings"

	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// labels of leanings in the order they are shown, the unrated last.
var labels = [...]string{lexicons.Left, lexicons.Center, lexicons.Right, lexicons.Unrated}

// A bar shows a balance as lengths, letters and patterns, and in words. Widths
// are attributes of SVG, since the pages allow no inline style.
type bar struct {
	Label  string // of the balance
	Counts string // "Left 6 · Center 7 · Right 4 · Unrated 2"
	Parts  []barPart
}

type barPart struct {
	Side, Text       string
	X, Width, Middle string // per cent of the bar
}

func newBar(b *story.Balance) bar {
	out := bar{Label: b.Label}
	var counts []string
	x := 0.
	for _, label := range labels {
		n := sourcesOf(b, label)
		counts = append(counts, story.Title(label)+" "+strconv.Itoa(n))
		if n == 0 {
			continue
		}
		width := 100 * float64(n) / float64(b.Sources)
		out.Parts = append(out.Parts, barPart{
			Side: label, Text: partText(label, n, width), X: render.Length(x), Width: render.Length(width), Middle: render.Length(x + width/2),
		})
		x += width
	}
	out.Counts = strings.Join(counts, " · ")
	return out
}

// partText is what fits into a part of a bar that is 260 pixels wide at least.
func partText(label string, n int, width float64) string {
	letter := render.Letter(label)
	switch {
	case width >= 10:
		return letter + "\u00a0" + strconv.Itoa(n)
	case width >= 6:
		return letter
	}
	return ""
}

func sourcesOf(b *story.Balance, label string) int {
	if side := b.Side(label); side != nil {
		return side.Sources
	}
	return b.Unrated.Sources
}
