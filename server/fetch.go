package server

import (
	"context"
	"errors"
	"net/http"

	"parallax/corpus"
	"parallax/corpus/fetch"
)

// errNoFetching is told where a server gets no pages. One that strangers can
// reach must not, or they would have it ask whatever they like.
var errNoFetching = fail(http.StatusNotImplemented, "this server fetches no addresses; paste the text")

// fetchArticle gets the article at an address. It is neither stored nor logged.
func (s *Server) fetchArticle(ctx context.Context, address string) (corpus.Article, error) {
	if s.web == nil {
		return corpus.Article{}, errNoFetching
	}
	if err := (&corpus.Article{Title: "-", URL: address}).Check(s.set); err != nil {
		return corpus.Article{}, err
	}
	data, err := s.web.Page(ctx, address)
	if errors.Is(err, fetch.ErrRefused) {
		return corpus.Article{}, wrong("url", err.Error())
	}
	if err != nil {
		return corpus.Article{}, fail(http.StatusBadGateway, "the address "+err.Error(), problemError{Field: "url", Detail: err.Error()})
	}
	a, err := corpus.DecodePage(s.set, data)
	if err != nil {
		return corpus.Article{}, fail(http.StatusUnprocessableEntity, "no article was found on the page; paste the text", problemError{Field: "url", Detail: "no article was found"})
	}
	a.URL = address // that of the page is what it claims
	return a, a.Check(s.set)
}
