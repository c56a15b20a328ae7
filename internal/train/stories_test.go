package train_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"parallax/analyzer/analyzertest"
	"parallax/analyzer/story"
	"parallax/internal/eval"
	"parallax/internal/gold"
	"parallax/internal/train"
	"parallax/lexicons"
)

// inventedStories are forty stories of three articles each, which share half of
// their words with each other and few with those of other stories.
func inventedStories() []gold.StoryArticle {
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	var out []gold.StoryArticle
	for i := range 120 {
		k := i/6*2 + i%2 // two stories at a time
		word := func(n int) string {
			x := 97*k + n
			return string([]byte{"bdfgklmnprst"[x%12], "aeiou"[x/12%5], "bdfgklmnprst"[x/60%12], "aeiou"[x/720%5], "lnrst"[n%5]})
		}
		a := gold.StoryArticle{
			ID: fmt.Sprint("a", i), Story: fmt.Sprint("s", k), Leaning: []string{"left", "center", "right"}[i/2%3],
			Title: fmt.Sprintf("%s %s harbour council votes", word(0), word(1)), Published: day.Add(time.Duration(i) * 5 * time.Hour),
		}
		for n := range 30 {
			a.Text += word(n+i%6) + fmt.Sprintf(" town%d ", (i+n)%40)
		}
		out = append(out, a)
	}
	return out
}

func TestStories(t *testing.T) {
	r := story.NewReader(analyzertest.New(t).Lexicons())
	articles := inventedStories()
	cfg := train.DefaultStories()
	cfg.Boost.Trees = 40
	fit := func() (story.Merge, []byte) {
		m, err := train.Stories(r, []*train.StoryStream{train.NewStoryStream(r, articles)}, cfg, 1)
		if err != nil {
			t.Fatal(err)
		}
		data, err := m.Encode(lexicons.Weights{Version: "1", Data: []string{"invented"}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		return m, data
	}
	m, data := fit()
	if _, again := fit(); !bytes.Equal(data, again) {
		t.Error("fitted twice, the same data give other bytes")
	}
	if e := eval.StoriesOf(articles, train.NewStoryStream(r, articles).Group(&m)); e.Pairs.F1 < .95 {
		t.Errorf("of the stories that it was fitted on it tells %+v", e)
	}
	found, err := train.StoriesOutOfFold(r, [][]gold.StoryArticle{articles}, 3, cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	if e := eval.StoriesOf(articles, found[0]); e.Pairs.F1 < .9 || *e.Exact < .8 {
		t.Errorf("of stories that it was not fitted on it tells %+v, %.2f of their counts", e, *e.Exact)
	}
}

func TestTooFewStories(t *testing.T) {
	r := story.NewReader(analyzertest.New(t).Lexicons())
	if _, err := train.Stories(r, []*train.StoryStream{train.NewStoryStream(r, inventedStories()[:1])}, train.DefaultStories(), 1); err == nil {
		t.Error("a decision is fitted on one article")
	}
}
