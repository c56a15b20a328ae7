package server

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/corpus"
	"parallax/lexicons"
	"parallax/server/render"
)

// A sourcePage is one outlet: facts, rating and the stories it is part of.
type sourcePage struct {
	page
	Name, Domain  string
	Side, Leaning string
	Facts         []fact
	Rating        []fact // empty where nobody has rated the source
	Scale         *scale
	Contested     bool
	File          *lexicons.Ratings // where the entry stands, nil when it is in none
	OnScale       *lexicons.Scale
	Others        []otherRating // of raters that were added to the database
	History       []pastRating
	Basis         string
	Reply         *lexicons.Reply
	Wording       *sourceWording // nil where no article of it is stored
	Articles      string
	Found         string
	Cards         []card
	Next, First   string
}

// A fact is a name and its value.
type fact struct{ Name, Value string }

// A scale draws a score with its least and greatest rating, in per cent from
// the left end.
type scale struct {
	At, Low, Width string
	Words          string
}

func newScale(r *lexicons.Rating) *scale {
	place := func(x float64) float64 { return 50 + 48*x } // room for the dot at both ends
	return &scale{
		render.Length(place(r.Score)), render.Length(place(r.Low)), render.Length(place(r.High) - place(r.Low)),
		fmt.Sprintf("Score %s between −1 (left) and +1 (right); ratings from %s to %s", render.Score(r.Score), render.Score(r.Low), render.Score(r.High)),
	}
}

func (s *Server) showSource(c echo.Context) error {
	key, err := rest(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	articles, err := s.store.SourceArticles(ctx)
	if err != nil {
		return err
	}
	file := s.ratingsOf(key)
	if file == nil && articles[key] == 0 {
		return s.otherName(c, key, articles)
	}
	cursor := c.QueryParam("cursor")
	found, err := s.store.Stories(ctx, corpus.Filter{Source: key}, storiesShown, cursor)
	if err != nil {
		return err
	}
	p := s.newSourcePage(key, file, found)
	p.Articles = render.Count(articles[key], "article")
	if err := s.moreOfSource(ctx, &p, articles[key]); err != nil {
		return err
	}
	if cursor != "" {
		p.First = sourcePath(key)
	}
	return s.render(c, http.StatusOK, "source", p)
}

// A pastRating is what the rating was until it was changed, and why.
type pastRating struct{ From, To, Said, Reason string }

// An otherRating is what an added rater says.
type otherRating struct {
	Name, Kind, Scale, Leaning, Side, Letter, Score, Rated, Basis string
}

// A sourceWording is how the wording of a source's articles leans.
type sourceWording struct {
	Articles, Least string
	Mean            string // "" where there are too few
	Interval        string
}

// moreOfSource adds what is known beside the rating in use.
func (s *Server) moreOfSource(ctx context.Context, p *sourcePage, articles int) error {
	key := p.Domain
	p.Reply = s.set.Reply(key)
	for _, c := range s.set.History(key) {
		past := pastRating{From: c.From, To: c.To, Reason: c.Reason, Said: "not rated"}
		if c.Rating != nil {
			past.Said = fmt.Sprintf("%s, %s on the scale “%s” (%s; rated %s)", c.Leaning, render.Score(c.Rating.Score), c.Scale, c.Rating.Basis, c.Rating.Rated)
		}
		p.History = append(p.History, past)
	}
	others, err := s.store.RatingsOf(ctx, key)
	if err != nil {
		return err
	}
	for i := range others {
		o := &others[i]
		p.Others = append(p.Others, otherRating{
			Name: o.Name, Kind: render.Words(o.RaterKind), Scale: o.Scale, Leaning: story.Title(o.Leaning), Side: o.Leaning, Letter: render.Letter(o.Leaning),
			Score: render.Score(o.Score), Rated: cmp.Or(o.Rated, "not known"), Basis: cmp.Or(o.Basis, render.None),
		})
	}
	if articles == 0 {
		return nil
	}
	w, err := s.store.SourceWording(ctx, key)
	p.Wording = &sourceWording{Articles: render.Count(w.Articles, "full article"), Least: strconv.Itoa(corpus.LeastWordings)}
	if w.Mean != nil {
		p.Wording.Mean, p.Wording.Interval = render.Score(*w.Mean), render.Score(*w.Low)+" to "+render.Score(*w.High)
	}
	return err
}

// otherName leads from an alias or address of a source to its page.
func (s *Server) otherName(c echo.Context, name string, articles map[string]int) error {
	a, err := s.set.Resolve(name)
	if err == nil && a.Source != name && (s.ratingsOf(a.Source) != nil || articles[a.Source] > 0) {
		return c.Redirect(http.StatusPermanentRedirect, sourcePath(a.Source))
	}
	return fmt.Errorf("source %q: %w; it is in no list of sources and has no article here", name, lexicons.ErrNotFound)
}

// ratingsOf is the file whose entry of a source counts, the last one.
func (s *Server) ratingsOf(key string) *lexicons.Ratings {
	for _, r := range slices.Backward(s.set.Ratings()) {
		if slices.ContainsFunc(r.Sources, func(src lexicons.Source) bool { return src.Domain == key }) {
			return r
		}
	}
	return nil
}

func (s *Server) newSourcePage(key string, file *lexicons.Ratings, found *corpus.Page) sourcePage {
	src := s.set.Source(key)
	name := cmp.Or(src.Name, src.Domain)
	p := sourcePage{
		page: s.page(name, "/sources"), Name: name, Domain: src.Domain, Side: src.Leaning, Leaning: story.Title(src.Leaning),
		Facts: facts(&src), Contested: src.Contested(), File: file, Found: render.Count(found.Count, "story"),
	}
	if src.Rating != nil {
		p.Basis = src.Basis
		p.Rating, p.Scale, p.OnScale = ratingFacts(&src), newScale(src.Rating), s.set.Scale(src.Scale)
	}
	for i := range found.Items {
		p.Cards = append(p.Cards, newCard(&found.Items[i]))
	}
	if found.Next != "" {
		p.Next = sourcePath(key) + "?cursor=" + found.Next
	}
	return p
}

// fundingWords say who pays.
var fundingWords = map[string]string{
	"state": "a government, which controls it", "public": "public money, under a statute of independence",
	"party": "a party or movement", "nonprofit": "a foundation or gifts",
}

// facts are those that are known.
func facts(src *lexicons.Source) []fact {
	return slices.DeleteFunc([]fact{
		{"Domain", src.Domain},
		{"Also at", strings.Join(src.Aliases, ", ")},
		{"Country", src.Country},
		{"Kind of outlet", render.Words(src.Kind)},
		{"Owner", src.Owner},
		{"Funding", fundingWords[src.Funding]},
	}, func(f fact) bool { return f.Value == "" })
}

func ratingFacts(src *lexicons.Source) []fact {
	return []fact{
		{"Leaning of the outlet", story.Title(src.Leaning)},
		{"Scale", src.Scale},
		{"Score", render.Score(src.Score)},
		{"Least and greatest rating", render.Score(src.Low) + " to " + render.Score(src.High)},
		{"Raters", fmt.Sprint(src.Raters)},
		{"Passes", fmt.Sprint(src.Passes)},
		{"Kind of rater", render.Words(src.RaterKind)},
		{"Rated", src.Rated},
	}
}
