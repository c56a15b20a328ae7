package gold

import (
	"cmp"
	"errors"
	"time"
)

// A StoryArticle is an article of which it is known what story it belongs to.
type StoryArticle struct {
	ID, Title, Text string
	Published       time.Time // zero where it is not known
	Story           string
	Leaning         string // of its outlet, "" where the data have none
}

// ReadStories reads JSON lines with id, title, text, published, story and leaning,
// in the order in which they arrive.
func ReadStories(path string) ([]StoryArticle, error) {
	type row struct {
		ID, Title, Text, Story, Leaning, Lean string
		Published                             string
	}
	return jsonRows(path, "articles with stories", func(r row) (StoryArticle, bool, error) {
		if r.ID == "" || r.Story == "" {
			return StoryArticle{}, false, errors.New("id and story are needed")
		}
		a := StoryArticle{ID: r.ID, Title: r.Title, Text: r.Text, Story: r.Story, Leaning: cmp.Or(r.Leaning, r.Lean)}
		if r.Published == "" {
			return a, true, nil
		}
		var err error
		if a.Published, err = time.Parse(time.RFC3339, r.Published); err != nil {
			a.Published, err = time.Parse(time.DateOnly, r.Published)
		}
		return a, true, err
	})
}
