package gold

import (
	"encoding/json"
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
	var out []StoryArticle
	err := eachLine(path, func(_ int, line string) error {
		var row struct {
			ID, Title, Text, Story, Leaning, Lean string
			Published                             string
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return err
		}
		if row.ID == "" || row.Story == "" {
			return errors.New("id and story are needed")
		}
		a := StoryArticle{ID: row.ID, Title: row.Title, Text: row.Text, Story: row.Story, Leaning: row.Leaning}
		if a.Leaning == "" {
			a.Leaning = row.Lean
		}
		if row.Published != "" {
			at, err := time.Parse(time.RFC3339, row.Published)
			if err != nil {
				at, err = time.Parse(time.DateOnly, row.Published)
			}
			if err != nil {
				return err
			}
			a.Published = at
		}
		out = append(out, a)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, errors.New(path + ": no articles with stories")
	}
	return out, nil
}
