package train

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"

	"parallax/analyzer"
	"parallax/analyzer/leaning"
	"parallax/internal/gold"
	"parallax/lexicons"
)

// Outlet is the registrable domain of an address or host.
func Outlet(domain string) string {
	host := strings.ToLower(domain)
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// sideIndex is the place of a label among [lexicons.Sides], −1 for any other.
func sideIndex(label string) int {
	for i, s := range lexicons.Sides {
		if s == label {
			return i
		}
	}
	return -1
}

// LeaningTexts reads articles as the model of text leaning sees them. The side
// of a text is that of most texts of its outlet; minority are the texts whose
// own label is another, which are left out. Texts without a label have side −1.
func LeaningTexts(a *analyzer.Analyzer, articles []gold.Article) (texts, minority []*LeaningText) {
	votes := map[string]*[3]int{}
	for _, g := range articles {
		if s := sideIndex(g.Leaning); s >= 0 {
			o := Outlet(g.Domain)
			if votes[o] == nil {
				votes[o] = new([3]int)
			}
			votes[o][s]++
		}
	}
	all := make([]*LeaningText, len(articles))
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				all[i] = leaningText(a, &articles[i])
			}
		})
	}
	for i := range articles {
		next <- i
	}
	close(next)
	wait.Wait()
	for i, t := range all {
		if t == nil {
			continue // not in English
		}
		t.Side = -1
		if v := votes[t.Outlet]; v != nil {
			t.Side = majority(v)
		}
		if s := sideIndex(articles[i].Leaning); s >= 0 && s != t.Side {
			minority = append(minority, t)
		} else {
			texts = append(texts, t)
		}
	}
	dropRare(texts)
	return texts, minority
}

// dropRare leaves phrases out that stand in too few outlets to be fitted on,
// whichever of the outlets are left out: most of them are.
func dropRare(texts []*LeaningText) {
	type spread struct{ outlets, last int32 }
	number := map[string]int32{}
	seen := map[uint64]spread{}
	for _, t := range bySource(texts) {
		if number[t.Outlet] == 0 {
			number[t.Outlet] = int32(len(number) + 1)
		}
		for _, p := range t.Phrases {
			if s := seen[p.Key]; s.last != number[t.Outlet] {
				seen[p.Key] = spread{s.outlets + 1, number[t.Outlet]}
			}
		}
	}
	for _, t := range texts {
		kept := slices.DeleteFunc(t.Phrases, func(p PlacedPhrase) bool { return seen[p.Key].outlets < fewestOutlets })
		t.Phrases = slices.Clone(kept) // so that the rest is given back
	}
}

// bySource are the texts in order of their outlets.
func bySource(texts []*LeaningText) []*LeaningText {
	order := slices.Clone(texts)
	slices.SortStableFunc(order, func(a, b *LeaningText) int { return strings.Compare(a.Outlet, b.Outlet) })
	return order
}

func majority(votes *[3]int) int {
	best := 0
	for s, n := range votes {
		if n > votes[best] {
			best = s
		}
	}
	return best
}

func leaningText(a *analyzer.Analyzer, g *gold.Article) *LeaningText {
	w := a.Wording(analyzer.Input{ID: g.ID, Title: g.Title, Text: g.Text, URL: g.URL, Domain: g.Domain, Source: g.Source})
	if w == nil {
		return nil
	}
	t := &LeaningText{ID: g.ID, Outlet: Outlet(g.Domain), News: w.Kind == "news" || w.Kind == "unknown"}
	if len(g.Published) >= 4 {
		for _, c := range g.Published[:4] {
			t.Year = 10*t.Year + int(c-'0')
		}
	}
	if n := len(w.Words); n > 0 {
		t.Words = w.Words[n-1]
	}
	t.Phrases = make(Phrases, 0, len(w.Title)+len(w.Text))
	for _, p := range w.Title {
		t.Phrases = append(t.Phrases, PlacedPhrase{p.Key, p.Sign, 0})
	}
	for _, p := range w.Text {
		t.Phrases = append(t.Phrases, PlacedPhrase{p.Key, p.Sign, int32(w.Words[p.Last-1])})
	}
	return t
}

// Labels fills in the labels of the model's phrases from the texts.
func Labels(a *analyzer.Analyzer, w *leaning.Weights, articles []gold.Article) {
	missing := make(map[uint64]int, len(w.Keys))
	for i, k := range w.Keys {
		missing[k] = i
	}
	w.Labels = make([]string, len(w.Keys))
	for i := range articles {
		if len(missing) == 0 {
			return
		}
		g := &articles[i]
		wording := a.Wording(analyzer.Input{Title: g.Title, Text: g.Text})
		if wording == nil {
			continue
		}
		for _, p := range wording.Text {
			if at, ok := missing[p.Key]; ok {
				w.Labels[at] = wording.Label(p)
				delete(missing, p.Key)
			}
		}
	}
}
