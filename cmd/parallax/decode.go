package main

import (
	"encoding/json"

	"parallax/corpus"
	"parallax/lexicons"
)

// decodeMember reads an article of a story line. One without an id gets the
// one given.
func decodeMember(set *lexicons.Set, raw json.RawMessage, id string) (corpus.Article, error) {
	a, err := corpus.DecodeArticle(set, raw)
	if err != nil {
		return a, err
	}
	var given struct{ ID any }
	if json.Unmarshal(raw, &given) == nil && (given.ID == nil || given.ID == "") {
		a.ID = id
	}
	return a, nil
}
