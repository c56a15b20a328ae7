package analyzer

import (
	"errors"
	"fmt"
	"sync"

	"parallax/lexicons"
)

// A lazy model is one whose weights are read from a set when they are first
// needed. It is safe for concurrent use.
type lazy[M any] struct {
	name   string // of the weights
	set    *lexicons.Set
	read   func(*lexicons.Set) (*M, error)
	once   sync.Once
	model  *M
	failed error
}

func (l *lazy[M]) load() error {
	l.once.Do(func() { l.model, l.failed = l.read(l.set) })
	return l.failed
}

// given reads weights at once that are a user's own, so that what is wrong
// with them is known before the first article.
func (l *lazy[M]) given() error {
	if w, err := l.set.Weights(l.name); err == nil && !w.Embedded() {
		return l.load()
	}
	return nil
}

// ready is the model, nil where the set has no weights of it.
func (l *lazy[M]) ready() *M {
	if err := l.load(); err != nil && !errors.Is(err, lexicons.ErrNotFound) {
		panic(fmt.Sprintf("analyzer: embedded weights: %v", err)) // a test holds that they load
	}
	return l.model
}
