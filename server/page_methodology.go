package server

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"parallax/analyzer/story"
	"parallax/lexicons"
	"parallax/server/render"
)

// A methodologyPage explains what the pages show and what it does not mean.
type methodologyPage struct {
	page
	Detectors                []methodDetector
	CopyShare                string
	NotBuilt                 string
	Engine, Lexicons, Rating string
	Lists                    []wordList
	Scales                   []lexicons.Scale
}

type methodDetector struct {
	Type, Name, Doc string
	Experimental    bool
}

// A wordList is a word list or file of ratings with its provenance.
type wordList struct {
	Name, Kind, Version, License, Citation string
	Entries                                int
}

func (s *Server) showMethodology(c echo.Context) error {
	return s.render(c, http.StatusOK, "methodology", s.newMethodologyPage())
}

func (s *Server) newMethodologyPage() methodologyPage {
	p := methodologyPage{
		page: s.page("Methodology", "/methodology"), CopyShare: fmt.Sprintf("%.0f\u00a0%%", story.CopyThreshold*100),
		Scales: s.set.Scales(), Engine: s.analyzer.Engine(), Lexicons: s.set.Words(), Rating: s.set.RatingsHash(),
		NotBuilt: notBuiltList(story.NotBuilt[:]),
	}
	for _, d := range s.analyzer.Detectors() {
		p.Detectors = append(p.Detectors, methodDetector{d.Name, render.Words(d.Name), d.Doc, d.Experimental})
	}
	for _, l := range s.set.All() {
		p.Lists = append(p.Lists, newWordList(l))
	}
	for _, w := range s.set.AllWeights() {
		p.Lists = append(p.Lists, newWordList(weightsList(w)))
	}
	return p
}

func newWordList(l *lexicons.Lexicon) wordList {
	return wordList{l.Name, render.Words(l.Kind), l.Version, l.License, l.Citation, len(l.Entries)}
}
