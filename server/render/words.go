package render

import (
	"fmt"
	"strconv"
	"strings"
)

// Count is a number with its noun: "1 source", "2 sources", "2 stories".
func Count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	case strings.HasSuffix(noun, "s"):
		noun += "es"
	default:
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// None stands where there is no number.
const None = "–"

// PerCent is a share as whole per cent, with a space that does not break.
func PerCent(share float64) string { return fmt.Sprintf("%.0f\u00a0%%", share*100) }

// Length is a length of a drawing, in per cent.
func Length(percent float64) string { return fmt.Sprintf("%.3f%%", percent) }

// Words are a name from code, such as "press_release", as a reader takes it.
func Words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// Letter stands for a leaning.
func Letter(leaning string) string { return strings.ToUpper(leaning[:1]) }

// Score is a place on a scale, with a minus sign that is one; zero has no sign.
func Score(x float64) string {
	words := fmt.Sprintf("%+.2f", x)
	if strings.Trim(words, "+-0.") == "" {
		return "0.00"
	}
	return strings.Replace(words, "-", "−", 1)
}
