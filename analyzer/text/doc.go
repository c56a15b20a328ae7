// Package text turns bytes into a Document of sentences and tokens, each a
// span of byte offsets into the text exactly as it was given.
//
// Nothing is trimmed or normalised: curly quotes, NBSP, CR LF, BOM and NUL
// stay where they are, and text[span.Start:span.End] is always the words that
// were read. The one repair is that of bytes that are no UTF-8, see [Valid].
//
// A [Reader] and a [Vocabulary] are safe for concurrent use once built; a
// [Document] must not be written to after it was read.
package text
