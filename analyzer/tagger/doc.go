// Package tagger finds names and gives words their part of speech: two linear
// models over interned word types, read with integers only, so that the same
// text gives the same answer on every machine.
//
// Names are a chain of begin-inside-end-single tags per type, decoded with the
// Viterbi algorithm by an averaged structured perceptron (Collins 2002); the
// features follow Ratinov and Roth (2009): words, affixes, shapes, clusters of
// word vectors, gazetteers, and what stands beside the same name elsewhere in
// the document. Parts of speech are a greedy averaged perceptron.
//
// What depends on a word type alone is summed once per type and kept, so that
// a warm reader adds five short vectors per token and looks up some twenty
// pairs. A lower-case word that no name holds is never scored for names.
package tagger
