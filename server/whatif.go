package server

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
)

// maxWithout is how many sources one request may leave out.
const maxWithout = 50

// whatIf reads what is asked for otherwise. Several raters or sources are
// parted by commas, or the parameter is given again.
func (s *Server) whatIf(c echo.Context) (corpus.WhatIf, error) {
	w := corpus.WhatIf{Ratings: c.QueryParam("ratings"), Raters: several(c, "raters")}
	for _, v := range several(c, "without") {
		w.Without = append(w.Without, s.sourceKey(v))
	}
	if len(w.Without) > maxWithout {
		return w, wrong("without", "names too many sources, at most 50")
	}
	return w, nil
}

func several(c echo.Context, name string) []string {
	var out []string
	for _, v := range c.QueryParams()[name] {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// view is the view that a request asks for; the answer's header names its
// ratings.
func (s *Server) view(c echo.Context) (*corpus.View, corpus.WhatIf, error) {
	w, err := s.whatIf(c)
	if err != nil {
		return nil, w, err
	}
	v, err := s.store.View(c.Request().Context(), w)
	switch {
	case errors.Is(err, lexicons.ErrVersion):
		return nil, w, wrong("ratings", err.Error())
	case errors.Is(err, corpus.ErrNotFound):
		return nil, w, wrong("raters", err.Error())
	case err != nil:
		return nil, w, err
	}
	c.Response().Header().Set("Parallax-Ratings", v.RatingsHash())
	return v, w, nil
}

// A whatIfForm asks for the report otherwise, and says how it was asked for.
type whatIfForm struct {
	Action  string // path of the story
	Asked   string // "" where the report is the ordinary one
	Sources []option
	Raters  []option // only where raters have been added
}

func (s *Server) newWhatIf(c echo.Context, id string, r *story.Report, w corpus.WhatIf) (whatIfForm, error) {
	f := whatIfForm{Action: storyPath(id), Asked: s.asked(w)}
	names := map[string]string{}
	for _, src := range r.Sources {
		names[src.Domain] = src.Name
	}
	for _, key := range w.Without {
		names[key] = cmp.Or(s.set.Source(key).Name, key)
	}
	for key, name := range names {
		f.Sources = append(f.Sources, option{key, name, len(w.Without) > 0 && w.Without[0] == key})
	}
	slices.SortFunc(f.Sources, func(a, b option) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Value, b.Value)) })
	added, err := s.store.Raters(c.Request().Context())
	if err != nil || len(added) == 0 {
		return f, err
	}
	f.Raters = append(f.Raters, option{corpus.Ours, "the ratings in use", len(w.Raters) == 0 || slices.Contains(w.Raters, corpus.Ours)})
	for _, r := range added {
		f.Raters = append(f.Raters, option{r.ID, r.Name, slices.Contains(w.Raters, r.ID)})
	}
	return f, nil
}

// asked says in words what a report was asked for.
func (s *Server) asked(w corpus.WhatIf) string {
	var parts []string
	if len(w.Without) > 0 {
		names := make([]string, len(w.Without))
		for i, key := range w.Without {
			names[i] = cmp.Or(s.set.Source(key).Name, key)
		}
		parts = append(parts, "without "+strings.Join(names, ", "))
	}
	if len(w.Raters) > 0 {
		parts = append(parts, "rated by "+strings.Join(w.Raters, ", "))
	}
	if w.Ratings != "" {
		parts = append(parts, "with the ratings of version "+w.Ratings)
	}
	return strings.Join(parts, "; ")
}

func withQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}
