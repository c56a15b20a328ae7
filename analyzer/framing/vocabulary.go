// Package framing is the model of policy frames: from which angles an article
// speaks of its matter (Boydstun et al. 2014). It is a sum over words, so that
// every score opens to the words and sentences that made it.
package framing

import (
	"maps"
	"slices"
	"strings"

	"parallax/analyzer/text"
)

// A Vocabulary numbers the words and phrases that a model knows, in the order
// of its list. It never changes and is safe for concurrent use.
type Vocabulary struct {
	index *text.Index
	known []known
}

// known is what is known of a word, or of the begin of a phrase.
type known struct {
	word    int32 // −1 where it is the begin of a phrase only
	longest uint8 // words of the longest phrase that begins with it
}

// NewVocabulary numbers words and phrases in the form that [Form] gives; a
// second one of a form is never found.
func NewVocabulary(phrases []string) *Vocabulary {
	at := make(map[uint64]known, len(phrases))
	for i, phrase := range phrases {
		words := strings.Fields(phrase)
		if len(words) == 0 {
			continue
		}
		first := text.Hash(words[0])
		k, ok := at[first]
		if !ok {
			k.word = -1
		}
		k.longest = max(k.longest, uint8(min(len(words), 8)))
		if len(words) == 1 && k.word < 0 {
			k.word = int32(i)
		}
		at[first] = k
		if len(words) > 1 {
			key := first
			for _, w := range words[1:] {
				key = chain(key, text.Hash(w))
			}
			if _, ok := at[key]; !ok {
				at[key] = known{word: int32(i), longest: 1}
			}
		}
	}
	v := &Vocabulary{}
	keys := slices.Sorted(maps.Keys(at))
	for _, key := range keys {
		v.known = append(v.known, at[key])
	}
	v.index = text.NewIndex(keys)
	return v
}

func (v *Vocabulary) of(key uint64) (known, bool) {
	i, ok := v.index.Of(key)
	if !ok {
		return known{}, false
	}
	return v.known[i], true
}

// Word is the number of a word or phrase in the form that [Form] gives.
func (v *Vocabulary) Word(form string) (int32, bool) {
	words := strings.Fields(form)
	if len(words) == 0 {
		return 0, false
	}
	key := text.Hash(words[0])
	for _, w := range words[1:] {
		key = chain(key, text.Hash(w))
	}
	k, ok := v.of(key)
	return k.word, ok && k.word >= 0
}

// chain is the key of a phrase that goes on with a word.
func chain(key, word uint64) uint64 {
	key = key*0x9E3779B97F4A7C15 + word
	return key ^ key>>29
}

// Form is a word or phrase as a vocabulary has it: folded, without possessive
// endings.
func Form(phrase string) string {
	words := strings.Fields(phrase)
	for i, w := range words {
		words[i] = text.Fold(bare(w))
	}
	return strings.Join(words, " ")
}

// bare is a word without its possessive ending.
func bare(word string) string {
	if n := len(word); n > 2 && (word[n-1] == 's' || word[n-1] == 'S') {
		if s := word[:n-1]; strings.HasSuffix(s, "'") || strings.HasSuffix(s, "’") {
			return strings.TrimSuffix(strings.TrimSuffix(s, "'"), "’")
		}
	}
	return word
}

// A Unit is a word or phrase of the vocabulary where it stands.
type Unit struct {
	Word        int32
	First, Last int // tokens of the document, [First, Last)
}

// Units appends those of a document to dst, in order of their first token. What
// lies aside is left out; aside is in order.
func (v *Vocabulary) Units(dst []Unit, doc *text.Document, aside []text.Span) []Unit {
	a := 0
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			if doc.Tokens[i].Kind != text.Word {
				continue
			}
			for a < len(aside) && aside[a].End <= doc.Tokens[i].Start {
				a++
			}
			if a < len(aside) && aside[a].Start <= doc.Tokens[i].Start {
				continue
			}
			key := text.Hash(bare(doc.Word(i)))
			k, ok := v.of(key)
			if !ok {
				continue
			}
			if k.word >= 0 {
				dst = append(dst, Unit{k.word, i, i + 1})
			}
			for j := i + 1; j < min(s.Last, i+int(k.longest)) && doc.Tokens[j].Kind == text.Word; j++ {
				key = chain(key, text.Hash(bare(doc.Word(j))))
				if p, ok := v.of(key); ok {
					dst = append(dst, Unit{p.word, i, j + 1})
				}
			}
		}
	}
	return dst
}
