package tagger

import (
	"fmt"
	"sync"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

// A Tagger reads documents with fitted models, which it loads when they are
// first needed. It is safe for concurrent use: every reading borrows a reader
// of its own.
type Tagger struct {
	set    *lexicons.Set
	once   sync.Once
	failed error
	models

	mu   sync.Mutex
	free []*namer
}

// models are what a Tagger reads with.
type models struct {
	k     *Knowledge
	names *nameModel
	tags  *tagModel
}

// New is a Tagger with the weights of a set. Weights that are missing, and
// weights from an overlay that do not fit, are an error. The embedded ones
// were tested with the program; they are read when they are needed.
func New(set *lexicons.Set) (*Tagger, error) {
	t := &Tagger{set: set}
	eager := false
	for _, name := range []string{WordsName, EntitiesName, TagsName} {
		w, err := set.Weights(name)
		if err != nil {
			return nil, err
		}
		eager = eager || !w.Embedded()
	}
	if !eager {
		return t, nil
	}
	m, err := load(set)
	if err != nil {
		return nil, err
	}
	t.once.Do(func() { t.models = m })
	return t, nil
}

// FromWeights is a Tagger with weights that were just fitted; tags may be nil.
func FromWeights(set *lexicons.Set, k *Knowledge, names *NameWeights, tags *TagWeights) *Tagger {
	t := &Tagger{set: set}
	t.once.Do(func() {
		t.models = models{k: k, names: names.model()}
		if tags != nil {
			t.models.tags = tags.model()
		}
	})
	return t
}

// NamesOnly is a Tagger with the name model of a set and no tags, for fitting.
func NamesOnly(set *lexicons.Set) (*Tagger, error) {
	k, err := ReadKnowledge(set)
	if err != nil {
		return nil, err
	}
	names, err := lexicons.ReadWeights(set, EntitiesName, decodeNames)
	if err != nil {
		return nil, err
	}
	return FromWeights(set, k, names, nil), nil
}

// ReadKnowledge reads what a set knows of words.
func ReadKnowledge(set *lexicons.Set) (*Knowledge, error) {
	facts, err := lexicons.ReadWeights(set, WordsName, decodeFacts)
	if err != nil {
		return nil, err
	}
	return NewKnowledge(set, facts), nil
}

func load(set *lexicons.Set) (m models, err error) {
	if m.k, err = ReadKnowledge(set); err != nil {
		return m, err
	}
	names, err := lexicons.ReadWeights(set, EntitiesName, decodeNames)
	if err != nil {
		return m, err
	}
	tags, err := lexicons.ReadWeights(set, TagsName, decodeTags)
	if err != nil {
		return m, err
	}
	m.names, m.tags = names.model(), tags.model()
	return m, nil
}

// Name is "": the engine string names other taggers only.
func (t *Tagger) Name() string { return "" }

// Lexicons is the set that the tagger reads with.
func (t *Tagger) Lexicons() *lexicons.Set { return t.set }

// Tag sets the tag of token i, which is of sentence s, in tags: those of all
// tokens of doc as far as they are known. Marks have none, and no word has one
// in a Tagger of names only.
func (t *Tagger) Tag(tags []text.Tag, doc *text.Document, s text.Sentence, i int) {
	n := t.take()
	if t.tags == nil {
		tags[i] = text.NoTag
	} else {
		n.tagAt(tags, doc, s, i)
	}
	t.give(n) // not after a panic: what it holds may be half done
}

// Names appends the names of a document, in order, to dst. The hits must be
// those of the tagger's set in doc.
func (t *Tagger) Names(dst []text.Name, doc *text.Document, hits []lexicons.Hit) []text.Name {
	n := t.take()
	dst = n.names(dst, doc, t.set, hits)
	t.give(n)
	return dst
}

// ready loads the models.
func (t *Tagger) ready() {
	t.once.Do(func() { t.models, t.failed = load(t.set) })
	if t.failed != nil {
		panic(fmt.Sprintf("tagger: embedded weights: %v", t.failed)) // a test holds that they load
	}
}

// mostTokens is how long a text may have been whose reader is kept.
const mostTokens = 200_000

func (t *Tagger) take() *namer {
	t.ready()
	t.mu.Lock()
	defer t.mu.Unlock()
	if k := len(t.free); k > 0 {
		n := t.free[k-1]
		t.free = t.free[:k-1]
		return n
	}
	return newNamer(t.k, t.names, t.tags)
}

// give takes a reader back. One that a huge text has blown up is left to the
// garbage collector.
func (t *Tagger) give(n *namer) {
	if cap(n.id) > mostTokens || cap(n.scores) > mostTokens || len(n.types.all) > 2*n.types.most {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.free = append(t.free, n)
}
