package lexicons

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parallax/analyzer/text"
)

//go:embed data
var embedded embed.FS

var embeddedData = must(fs.Sub(embedded, "data"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// ErrNotFound is returned for a lexicon that is not in the set.
var ErrNotFound = errors.New("not found")

// A Set is every lexicon and rating in use. It never changes and is safe for
// concurrent use.
type Set struct {
	lexicons   []*Lexicon // word and reading lists, by name
	ratings    []*Ratings // by name
	weights    []*Weights // by name
	tables     []*Lexicon // scales, changes and replies
	scales     []Scale
	changes    []Change
	replies    []Reply
	vocabulary *text.Vocabulary
	reader     *text.Reader
	matcher    *matcher
	function   []bool       // per word type, whether it is a function word
	tokens     []text.Token // of the phrase that is being added
	once       sync.Once    // for the five above
	failed     error
	sources    map[string]*Source // by domain and alias
	platforms  map[string]*Entry  // by domain
	tracking   []string           // query parameters, "utm_*" for a prefix
	words      string
	rated      string
}

// Load reads the embedded lexicons and then each overlay: a list there with
// the name of one already read replaces it, a source there replaces what was
// known of that source, anything else is added.
func Load(overlays ...fs.FS) (*Set, error) {
	return LoadOnly(append([]fs.FS{embeddedData}, overlays...)...)
}

// LoadOnly is [Load] without the embedded lexicons.
func LoadOnly(from ...fs.FS) (*Set, error) {
	s := &Set{}
	for _, f := range from {
		if err := s.readAll(f); err != nil {
			return nil, err
		}
	}
	if len(s.lexicons) > maxLexicons {
		return nil, fmt.Errorf("%d word lists, at most %d: %w", len(s.lexicons), maxLexicons, ErrInvalid)
	}
	slices.SortFunc(s.lexicons, func(a, b *Lexicon) int { return cmp.Compare(a.Name, b.Name) })
	slices.SortFunc(s.weights, func(a, b *Weights) int { return cmp.Compare(a.Name, b.Name) })
	s.buildSources()
	s.words, s.rated = s.hashes()
	if err := s.checkScales(); err != nil {
		return nil, err
	}
	for _, f := range from {
		if f == embeddedData {
			continue
		}
		s.once.Do(func() { s.failed = s.buildMatcher() })
		return s, s.failed
	}
	return s, nil
}

func (s *Set) readAll(from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch path.Ext(name) {
		case ".yaml", ".yml", ".tsv":
			data, err := fs.ReadFile(from, name)
			if err != nil {
				return err
			}
			return s.add(name, data)
		case ".weights":
			w, err := openWeights(from, name)
			if err == nil {
				s.weights = append(slices.DeleteFunc(s.weights, func(o *Weights) bool { return o.Name == w.Name }), w)
			}
			return err
		}
		return nil
	})
}

func (s *Set) add(name string, data []byte) error {
	kind := kindOf(data)
	if path.Ext(name) == ".tsv" && kind == kindPairs {
		return s.addPairs(name, data)
	}
	if path.Ext(name) == ".tsv" {
		if ok, err := s.addTable(kind, name, data); ok {
			return err
		}
	}
	if path.Ext(name) == ".tsv" && slices.Contains(gazetteers, kind) {
		l, err := parseGazetteer(name, data)
		if err == nil {
			s.replace(l)
		}
		return err
	}
	if path.Ext(name) == ".tsv" {
		r, err := parseTSV(name, data)
		if err == nil {
			// Later files win source by source, so order is kept.
			s.ratings = append(slices.DeleteFunc(s.ratings, func(o *Ratings) bool { return o.Name == r.Name }), r)
		}
		return err
	}
	l, err := parseYAML(name, data)
	if err == nil {
		s.replace(l)
	}
	return err
}

// replace adds a list in place of the one of its name.
func (s *Set) replace(l *Lexicon) {
	s.lexicons = append(slices.DeleteFunc(s.lexicons, func(o *Lexicon) bool { return o.Name == l.Name }), l)
}

// kindOf is the kind that the head of a TSV file names.
func kindOf(data []byte) string {
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		rest, ok := bytes.CutPrefix(line, []byte("#"))
		if !ok && len(line) > 0 {
			break
		}
		if kind, ok := bytes.CutPrefix(bytes.TrimSpace(rest), []byte("kind:")); ok {
			return string(bytes.TrimSpace(kind))
		}
	}
	return ""
}

// hashes names what the set holds, words and ratings apart: the ratings by what
// they say of each source, so that an older version asked for again has the
// hash it had. What decides which source an address belongs to goes with them.
func (s *Set) hashes() (words, ratings string) {
	w, r := sha256.New(), sha256.New()
	for _, l := range s.lexicons {
		h := w
		if l.Kind == "platform" || l.Kind == "tracking" {
			h = r
		}
		fmt.Fprintln(h, l.Name, l.Hash)
	}
	for _, f := range s.weights {
		fmt.Fprintln(w, f.Name, f.Hash)
	}
	s.writeSources(r)
	return "sha256:" + hex.EncodeToString(w.Sum(nil)), "sha256:" + hex.EncodeToString(r.Sum(nil))
}

// writeSources writes what the ratings say of each source, in order of domains.
func (s *Set) writeSources(w io.Writer) {
	var keys []string
	for key, src := range s.sources {
		if key == src.Domain {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var line []byte
	for _, key := range keys {
		src := s.sources[key]
		line = line[:0]
		for _, field := range []string{src.Domain, src.Name, src.Country, src.Kind, src.Owner, src.Funding, src.Scale} {
			line = append(append(line, field...), '\t')
		}
		for _, alias := range src.Aliases {
			line = append(append(line, alias...), ' ')
		}
		if r := src.Rating; r != nil {
			for _, x := range []float64{r.Score, r.Low, r.High, float64(r.Raters), float64(r.Passes)} {
				line = strconv.AppendFloat(append(line, '\t'), x, 'g', -1, 64)
			}
			for _, field := range []string{r.RaterKind, r.Rated, r.Basis} {
				line = append(append(line, '\t'), field...)
			}
		}
		_, _ = w.Write(append(line, '\n')) // a hash takes everything
	}
}

func (s *Set) buildSources() {
	s.sources, s.platforms = map[string]*Source{}, map[string]*Entry{}
	for _, r := range s.ratings {
		for i := range r.Sources {
			src := &r.Sources[i]
			for _, d := range append([]string{src.Domain}, src.Aliases...) {
				s.sources[d] = src
			}
		}
	}
	for _, l := range s.lexicons {
		for i := range l.Entries {
			switch l.Kind {
			case "platform":
				for _, d := range l.Entries[i].All() {
					s.platforms[d] = &l.Entries[i]
				}
			case "tracking":
				s.tracking = append(s.tracking, l.Entries[i].All()...)
			}
		}
	}
}

// ready builds what reading and matching need, for sets whose lists are known
// to be sound; what only looks up sources never needs it.
func (s *Set) ready() {
	s.once.Do(func() { s.failed = s.buildMatcher() })
	if s.failed != nil {
		panic(s.failed) // a test holds that the embedded lists are sound
	}
}

func (s *Set) buildMatcher() error {
	s.vocabulary, s.matcher = new(text.Vocabulary), newMatcher()
	s.reader = text.NewReader(s.vocabulary, s.rules())
	var types, dotted []uint32
	for li, l := range s.lexicons {
		if !l.matched() {
			continue
		}
		names := slices.Contains(gazetteers, l.Kind)
		for ei := range l.Entries {
			e := &l.Entries[ei]
			for _, form := range e.All() {
				out := output{lexicon: int32(li), entry: int32(ei), weak: e.Hinted(form), capital: names && startsUpper(form)}
				if e.Case == "exact" {
					out.exact = form
				}
				if types = s.types(types[:0], form); len(types) == 0 {
					return &fileError{l.file, e.line, fmt.Sprintf("%q has no words", form)}
				}
				s.matcher.add(types, out)
				// "Sen" in a list is also the "Sen." of a text.
				if out.exact != "" || !s.reader.Abbreviates(form[strings.LastIndexByte(form, ' ')+1:]+".") {
					continue
				}
				if dotted = s.types(dotted[:0], form+"."); len(dotted) == len(types) {
					s.matcher.add(dotted, out)
				}
			}
		}
	}
	for _, l := range s.OfKind("stopword") {
		for i := range l.Entries {
			for _, form := range l.Entries[i].All() {
				s.vocabulary.Add(form)
			}
		}
	}
	s.function = make([]bool, s.vocabulary.Len()+1)
	for _, l := range s.OfKind("stopword") {
		for i := range l.Entries {
			for _, form := range l.Entries[i].All() {
				s.function[s.vocabulary.ID(form)] = true
			}
		}
	}
	return nil
}

// types appends the word types of a phrase, read as any text is.
func (s *Set) types(dst []uint32, phrase string) []uint32 {
	phrase = text.Valid(phrase)
	s.tokens = s.reader.Tokens(s.tokens[:0], phrase)
	for _, t := range s.tokens {
		if t.Type == 0 {
			t.Type = s.vocabulary.Add(phrase[t.Start:t.End])
		}
		dst = append(dst, t.Type)
	}
	return dst
}

// rules are the reading lists that the tokenizer needs.
func (s *Set) rules() text.Rules {
	var r text.Rules
	for _, l := range s.lexicons {
		for i := range l.Entries {
			e := &l.Entries[i]
			switch {
			case l.Kind == "abbreviation" && e.Weight == 1:
				r.Abbreviations = append(r.Abbreviations, e.All()...)
			case l.Kind == "abbreviation":
				r.Endings = append(r.Endings, e.All()...)
			case l.Kind == "stopword":
				r.Starters = append(r.Starters, e.All()...)
			}
		}
	}
	return r
}

// Reader reads texts with the set's abbreviations and vocabulary.
func (s *Set) Reader() *text.Reader {
	s.ready()
	return s.reader
}

// Function says whether a word type, as a token of the set's Reader has it, is
// a function word.
func (s *Set) Function(t uint32) bool {
	s.ready()
	return s.function[t]
}

// Words is the content hash of every list that an analysis depends on.
func (s *Set) Words() string { return s.words }

// RatingsHash is the content hash of the source ratings.
func (s *Set) RatingsHash() string { return s.rated }

// Lexicons are the word and reading lists, by name; a [Hit] points into them.
func (s *Set) Lexicons() []*Lexicon { return s.lexicons }

// Ratings are the files of source ratings in the order in which they were
// read; of two that name one source the later counts.
func (s *Set) Ratings() []*Ratings { return s.ratings }

// Lexicon is the list or ratings file of that name, or [ErrNotFound].
func (s *Set) Lexicon(name string) (*Lexicon, error) {
	for _, l := range s.All() {
		if l.Name == name {
			return l, nil
		}
	}
	return nil, fmt.Errorf("lexicon %q: %w; there are %s", name, ErrNotFound, strings.Join(s.names(), ", "))
}

// All are the word lists, the ratings files and the tables that go with them,
// by name.
func (s *Set) All() []*Lexicon {
	all := append(slices.Clone(s.lexicons), s.tables...)
	for _, r := range s.ratings {
		all = append(all, &r.Lexicon)
	}
	slices.SortFunc(all, func(a, b *Lexicon) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func (s *Set) names() []string {
	var names []string
	for _, l := range s.All() {
		names = append(names, l.Name)
	}
	return names
}

// OfKind are the lists of one kind, by name.
func (s *Set) OfKind(kind string) []*Lexicon {
	var out []*Lexicon
	for _, l := range s.lexicons {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// Match appends to dst the phrases of every list that stand in doc, which must
// have been read by the set's Reader. It allocates only to grow dst.
func (s *Set) Match(dst []Hit, doc *text.Document) []Hit {
	s.ready()
	return s.matcher.match(dst, doc)
}

// Entry is what a hit found.
func (s *Set) Entry(h Hit) (*Lexicon, *Entry) {
	l := s.lexicons[h.Lexicon]
	return l, &l.Entries[h.Entry]
}
