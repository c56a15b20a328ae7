package server

import (
	"net/url"
	"strings"
	"time"

	"parallax/server/render"
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

// percent is a share as whole per cent, with a space that does not break.
func percent(share *float64) string {
	if share == nil {
		return render.None
	}
	return render.PerCent(*share)
}

// headline is a title to show; an article may have none.
func headline(title string) string {
	if strings.TrimSpace(title) == "" {
		return "(no headline)"
	}
	return title
}
