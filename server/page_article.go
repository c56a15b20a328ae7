package server

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
	"parallax/server/render"
)

// An articlePage is a stored article with its highlights.
type articlePage struct {
	page
	Article   *corpus.StoredArticle
	Outlet    outlet
	Out       string // address at the outlet, "" when it may not be a link
	Story     string
	JSON      string
	Kind      string
	Published moment
	FirstSeen moment
	View      *render.View
}

// An outlet is a source with its rating in words.
type outlet struct {
	Name, Path, Leaning, Side string
	Rating                    string // "" where there is none
	Contested                 bool
}

func (s *Server) showArticle(c echo.Context) error {
	id, err := rest(c)
	if err != nil {
		return err
	}
	a, err := s.store.Article(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "article", s.newArticlePage(a))
}

func (s *Server) newArticlePage(a *corpus.StoredArticle) articlePage {
	return articlePage{
		page: s.page(headline(a.Title), "/"), Article: a, Outlet: newOutlet(a.Analysis.Source),
		Out: outward(a.URL), Story: storyPath(a.Story), JSON: "/v1" + articlePath(a.ID), Kind: render.Words(a.Kind),
		Published: at(a.Published), FirstSeen: at(a.FirstSeen),
		View: render.NewView(s.analyzer, a.Analysis, a.Title, a.Text, entityStories),
	}
}

func newOutlet(src *lexicons.Source) outlet {
	o := outlet{Name: src.Name, Path: sourcePath(src.Domain), Side: src.Leaning, Leaning: story.Title(src.Leaning), Contested: src.Contested()}
	if o.Name == "" {
		o.Name = src.Domain
	}
	if src.Rating != nil {
		o.Rating = fmt.Sprintf("score %s on the scale “%s”; basis: %s; rated by %s in %s",
			render.Score(src.Score), src.Scale, src.Basis, raters(src.Rating), src.Rated)
	}
	return o
}

// raters says who rated: "1 rater (model assisted, 3 passes)".
func raters(r *lexicons.Rating) string {
	return fmt.Sprintf("%s (%s, %s)", render.Count(r.Raters, "rater"), render.Words(r.RaterKind), render.Count(r.Passes, "pass"))
}
