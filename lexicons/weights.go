package lexicons

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// weightsMagic begins a file of weights.
const weightsMagic = "parallax-weights 1\n"

// Weights are a fitted model as data, with its provenance. The file is the
// magic line, a line of JSON, and the sections one after the other.
type Weights struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"` // "weights"
	Version     string    `json:"version"`
	Language    string    `json:"language"`
	License     string    `json:"license"`
	Citation    string    `json:"citation"`
	Description string    `json:"description"`
	Data        []string  `json:"data"` // what the weights were fitted on
	Seed        uint64    `json:"seed"`
	Payload     string    `json:"payload"` // "sha256:" and hex, of the sections
	Sections    []Section `json:"sections"`
	Hash        string    `json:"-"` // content hash of the two first lines, which hold that of the rest

	from fs.FS
	file string
	skip int64 // bytes before the sections
}

// A Section is a named part of a file of weights.
type Section struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// EncodeWeights is a file of weights. The head's Payload and Sections are set
// here; parts are written in the order of names.
func EncodeWeights(head Weights, names []string, parts map[string][]byte) ([]byte, error) {
	sum := sha256.New()
	head.Kind, head.Sections = "weights", nil
	for _, name := range names {
		sum.Write(parts[name])
		head.Sections = append(head.Sections, Section{name, len(parts[name])})
	}
	head.Payload = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	line, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(weightsMagic)
	b.Write(line)
	b.WriteByte('\n')
	for _, name := range names {
		b.Write(parts[name])
	}
	return b.Bytes(), nil
}

// maxHead is the most bytes of the lines before the sections.
const maxHead = 1 << 16

// openWeights reads the head of a file of weights; the rest is read when it is
// needed, so that what needs no model pays for none.
func openWeights(from fs.FS, file string) (*Weights, error) {
	f, err := from.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	head, err := io.ReadAll(io.LimitReader(f, maxHead))
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(head, []byte(weightsMagic))
	line, _, whole := bytes.Cut(rest, []byte("\n"))
	if !ok || !whole {
		return nil, &fileError{file, 1, "no file of weights of this version"}
	}
	w := &Weights{from: from, file: file, skip: int64(len(weightsMagic) + len(line) + 1)}
	if err := json.Unmarshal(line, w); err != nil {
		return nil, &fileError{file, 2, err.Error()}
	}
	if w.Kind != "weights" {
		return nil, &fileError{file, 2, fmt.Sprintf("kind %q: must be weights", w.Kind)}
	}
	w.Hash = contentHash(head[:w.skip])
	for _, field := range []string{w.Name, w.Version, w.License, w.Citation, w.Payload} {
		if strings.TrimSpace(field) == "" {
			return nil, &fileError{file, 2, "name, version, license, citation and payload must be there"}
		}
	}
	return w, nil
}

// Read reads the sections and holds them to the hash of the head.
func (w *Weights) Read() (map[string][]byte, error) {
	data, err := fs.ReadFile(w.from, w.file)
	if err != nil {
		return nil, err
	}
	data = data[min(int64(len(data)), w.skip):]
	if contentHash(data) != w.Payload {
		return nil, &fileError{w.file, 3, "the weights are not those of the head: " + w.Payload}
	}
	parts := map[string][]byte{}
	for _, s := range w.Sections {
		if s.Size < 0 || s.Size > len(data) {
			return nil, &fileError{w.file, 2, fmt.Sprintf("section %s has %d bytes, %d are left", s.Name, s.Size, len(data))}
		}
		parts[s.Name], data = data[:s.Size:s.Size], data[s.Size:]
	}
	return parts, nil
}

// Size is the number of bytes of the sections.
func (w *Weights) Size() int {
	n := 0
	for _, s := range w.Sections {
		n += s.Size
	}
	return n
}

// Embedded says whether the weights came with the program.
func (w *Weights) Embedded() bool { return w.from == embeddedData }

// Weights are the fitted weights of that name, or [ErrNotFound].
func (s *Set) Weights(name string) (*Weights, error) {
	for _, w := range s.weights {
		if w.Name == name {
			return w, nil
		}
	}
	return nil, fmt.Errorf("weights %q: %w", name, ErrNotFound)
}

// AllWeights are the fitted weights, by name.
func (s *Set) AllWeights() []*Weights { return s.weights }

// ReadWeights gives the sections of the fitted weights of a name, or
// [ErrNotFound], to what decodes them.
func ReadWeights[T any](s *Set, name string, decode func(map[string][]byte) (T, error)) (T, error) {
	var none T
	file, err := s.Weights(name)
	if err != nil {
		return none, err
	}
	parts, err := file.Read()
	if err != nil {
		return none, err
	}
	w, err := decode(parts)
	if err != nil {
		return none, fmt.Errorf("weights %s: %w", name, err)
	}
	return w, nil
}
