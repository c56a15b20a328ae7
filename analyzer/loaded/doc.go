// Package loaded scores how loaded the words of a sentence are: whether a plain
// word would have said the same without judging (after Recasens et al. 2013 and
// Spinde et al. 2021).
//
// The score of a word is a sum of numbers that a table holds for words: what the
// word itself adds, what the two words on each side add, what all content words
// of the sentence add on average, and what it adds to stand in a list of seed
// words. A sentence is judged by its highest word and the average. Tables are
// fitted by parallax train loaded.
package loaded
