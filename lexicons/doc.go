// Package lexicons holds what Parallax knows about words and outlets as data:
// word lists with licence and citation, the reading lists of the tokenizer,
// ratings of sources, and the matcher that finds every list's phrases in one
// walk over a text.
//
// A [Set] is loaded once with [Load] and never changes; it is safe for
// concurrent use. Everything in it is under a content hash, words and ratings
// apart, so that an answer can say what it was made with and a changed rating
// spoils no stored analysis.
package lexicons
