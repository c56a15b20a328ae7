package lexicons

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"parallax/analyzer/text"
)

// ErrInvalid is what every error about the content of a lexicon file wraps.
var ErrInvalid = errors.New("invalid lexicon")

// fileError says what is wrong at which line of which file.
type fileError struct {
	file string
	line int
	what string
}

func (e *fileError) Error() string { return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.what) }
func (e *fileError) Unwrap() error { return ErrInvalid }

// contentHash names the bytes of a file.
func contentHash(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// parseYAML reads a word list. Unknown keys, double phrases and missing
// provenance are errors: a list that is not understood is not used.
func parseYAML(file string, data []byte) (*Lexicon, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, &fileError{file, yamlLine(err), strings.TrimPrefix(err.Error(), "yaml: ")}
	}
	if len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
		return nil, &fileError{file, 1, "not a mapping with name, kind, version, language, license, citation and entries"}
	}
	l := &Lexicon{Hash: contentHash(data), file: file}
	top := root.Content[0]
	for i := 0; i < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if err := l.setTop(key, value); err != nil {
			return nil, err
		}
	}
	return l, l.validate()
}

func yamlLine(err error) int {
	var line int
	if _, scan := fmt.Sscanf(err.Error(), "yaml: line %d:", &line); scan != nil {
		return 1
	}
	return line
}

func (l *Lexicon) setTop(key, value *yaml.Node) error {
	fields := map[string]*string{
		"name": &l.Name, "kind": &l.Kind, "version": &l.Version, "language": &l.Language,
		"license": &l.License, "citation": &l.Citation, "description": &l.Description,
	}
	if f, ok := fields[key.Value]; ok {
		*f = value.Value
		return nil
	}
	if key.Value != "entries" || value.Kind != yaml.SequenceNode {
		return &fileError{l.file, key.Line, fmt.Sprintf("unknown key %q", key.Value)}
	}
	for _, node := range value.Content {
		e, err := l.parseEntry(node)
		if err != nil {
			return err
		}
		l.Entries = append(l.Entries, e)
	}
	return nil
}

func (l *Lexicon) parseEntry(node *yaml.Node) (Entry, error) {
	e := Entry{Weight: 1, line: node.Line}
	if node.Kind != yaml.MappingNode {
		return e, &fileError{l.file, node.Line, "an entry must be {phrase: …}"}
	}
	fields := map[string]any{
		"phrase": &e.Phrase, "forms": &e.Forms, "weight": &e.Weight, "tag": &e.Tag, "case": &e.Case,
		"before": &e.Before, "stance": &e.Stance, "value": &e.Value, "where": &e.Where,
		"prefixes": &e.Prefixes, "note": &e.Note, "plain": &e.Plain,
	}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		f, ok := fields[key.Value]
		if !ok {
			return e, &fileError{l.file, key.Line, fmt.Sprintf("unknown key %q", key.Value)}
		}
		if err := value.Decode(f); err != nil {
			return e, &fileError{l.file, value.Line, fmt.Sprintf("%s: %q is of the wrong type", key.Value, value.Value)}
		}
	}
	return e, nil
}

// provenance refuses a list that does not say what it is and whose.
func (l *Lexicon) provenance() error {
	for _, f := range []struct{ key, value string }{
		{"name", l.Name},
		{"kind", l.Kind},
		{"version", l.Version},
		{"language", l.Language},
		{"license", l.License},
		{"citation", l.Citation},
	} {
		if strings.TrimSpace(f.value) == "" {
			return &fileError{l.file, 1, "no " + f.key}
		}
	}
	if len(l.Entries) == 0 {
		return &fileError{l.file, 1, "no entries"}
	}
	return nil
}

// validate holds what the matcher and the detectors rely on.
func (l *Lexicon) validate() error {
	if err := l.provenance(); err != nil {
		return err
	}
	seen := map[string]int{}
	for i := range l.Entries {
		e := &l.Entries[i]
		if what := e.fault(); what != "" {
			return &fileError{l.file, e.line, what}
		}
		for _, f := range e.All() {
			key := e.Where + " " + text.Fold(f)
			if e.Case == "exact" {
				key = e.Where + " " + f
			}
			if first, ok := seen[key]; ok {
				return &fileError{l.file, e.line, fmt.Sprintf("%q stands on line %d already", f, first)}
			}
			seen[key] = e.line
		}
	}
	return nil
}

func (e *Entry) fault() string {
	switch {
	case slices.ContainsFunc(e.All(), func(f string) bool { return strings.TrimSpace(f) == "" }):
		return "empty phrase"
	case e.Weight > 1:
		return fmt.Sprintf("weight %g is over 1", e.Weight)
	case !(e.Weight > 0):
		return fmt.Sprintf("weight %g is not over 0", e.Weight)
	case e.Case != "" && e.Case != "exact":
		return fmt.Sprintf("case %q: must be exact", e.Case)
	case !slices.Contains([]string{"", "number", "clause", "quote"}, e.Before) && strings.Trim(e.Before, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$|") != "":
		return fmt.Sprintf("before %q: must be number, clause, quote or tags", e.Before)
	}
	return ""
}
