package server

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// outward is an address that may become a link, or "". Whatever is not plainly
// http or https stays text.
func outward(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return raw
}

// A moment is a time for people and for machines; the zero moment is unknown.
type moment struct{ ISO, Text string }

func at(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	t = t.UTC()
	layout := "2 Jan 2006, 15:04 UTC"
	if t.Equal(t.Truncate(24 * time.Hour)) { // only the date is known
		layout = "2 Jan 2006"
	}
	return moment{t.Format(time.RFC3339), t.Format(layout)}
}

func atOr(t *time.Time) moment {
	if t == nil {
		return moment{}
	}
	return at(*t)
}

// count is a number with its noun: "1 source", "2 sources", "2 stories".
func count(n int, noun string) string {
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

// none stands where there is no number.
const none = "–"

// percent is a share as whole per cent, with a space that does not break.
func percent(share *float64) string {
	if share == nil {
		return none
	}
	return fmt.Sprintf("%.0f\u00a0%%", *share*100)
}

// words are a name from code, such as "press_release", as a reader takes it.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

// headline is a title to show; an article may have none.
func headline(title string) string {
	if strings.TrimSpace(title) == "" {
		return "(no headline)"
	}
	return title
}
