package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A scanner cuts a text into tokens from left to right, never looking back.
type scanner struct {
	reader *Reader
	text   string
	mails  bool // there is an "@", so that there may be a mail address
	tokens []Token
}

func (s *scanner) scan() {
	for i := 0; i < len(s.text); {
		r, n := s.rune(i)
		switch {
		case space(r):
			i += n
		case wordRune(r):
			i = s.word(i)
		case (r == '@' || r == '#') && s.wordAt(i+n):
			i = s.handle(i)
		default:
			i = s.punct(i, r, n)
		}
	}
}

func (s *scanner) rune(i int) (rune, int) {
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}

// wordAt says whether a letter or digit begins at byte i.
func (s *scanner) wordAt(i int) bool {
	if i >= len(s.text) {
		return false
	}
	r, _ := s.rune(i)
	return wordRune(r)
}

func (s *scanner) emit(start, end int, kind Kind) {
	t := Token{Span: Span{start, end}, Kind: kind}
	if v := s.reader.vocabulary; v != nil {
		t.Type = v.ID(s.text[start:end])
	}
	s.tokens = append(s.tokens, t)
}

// punct scans one mark, or a run of the same one, with the joiners and
// variation selectors that belong to it.
func (s *scanner) punct(i int, r rune, n int) int {
	end := i + n
	for end < len(s.text) {
		q, m := s.rune(end)
		if unicode.Is(unicode.M, q) || q == '\u200d' || q == r && runs(r) {
			end += m
			continue
		}
		break
	}
	s.emit(i, end, Punct)
	return end
}

// runs says whether a mark is one token when repeated. Quotes and brackets
// are not: each of them opens or closes something; but two single marks side
// by side are one double mark.
func runs(r rune) bool {
	switch r {
	case '.', '!', '?', '-', '*', '_', '=', '~', '…', '—', '–', '`', '\'', '‘', '’':
		return true
	}
	return false
}

// handle scans "@name" and "#tag".
func (s *scanner) handle(i int) int {
	end := i + 1
	for end < len(s.text) {
		r, n := s.rune(end)
		if !wordRune(r) {
			break
		}
		end += n
	}
	s.emit(i, end, Link)
	return end
}

// word scans a word, number or address and splits contractions off.
func (s *scanner) word(i int) int {
	if end := s.link(i); end > i {
		s.emit(i, end, Link)
		return end
	}
	first, _ := s.rune(i)
	kind := Word
	if unicode.IsDigit(first) {
		kind = Number
	}
	end := s.wordEnd(i)
	if end < len(s.text) && s.text[end] == '.' && s.abbreviation(i, end) {
		end++
		if end+1 < len(s.text) && s.text[end] == '-' && s.wordAt(end+1) {
			end = s.wordEnd(end + 1) // "U.S.-led" is one word as "Anglo-led" is
		}
		s.emit(i, end, kind)
		return end
	}
	if cut := contraction(s.text[i:end]); cut > 0 {
		s.emit(i, i+cut, kind)
		i, kind = i+cut, Word
	}
	s.emit(i, end, kind)
	return end
}

// wordEnd is where the word that begins at i ends, before any contraction is
// split off and without a closing period.
func (s *scanner) wordEnd(i int) int {
	end := i
	var prev rune
	turns := true // letters and periods by turns so far: "U.S"
	for k := 0; end < len(s.text); k++ {
		r, n := s.rune(end)
		if !wordRune(r) && !(end > i && end+n < len(s.text) && s.joins(end, n, prev, r, turns)) || r == '-' && s.party(i, end) {
			break
		}
		turns = turns && (k%2 == 0 && unicode.IsLetter(r) || k%2 == 1 && r == '.')
		prev = r
		end += n
	}
	return end
}

// joins says whether the mark r of n bytes at byte at, inside a word and after
// the rune prev, belongs to the word. turns is true when the word so far is
// letters and periods by turns.
func (s *scanner) joins(at, n int, prev, r rune, turns bool) bool {
	next, _ := s.rune(at + n)
	switch r {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(prev) && unicode.IsLetter(next)
	case '-', '‐', '‑':
		return wordRune(prev) && wordRune(next)
	case '&':
		return unicode.IsUpper(prev) && unicode.IsUpper(next)
	case ',':
		return unicode.IsDigit(prev) && s.digits(at+1) == 3
	case ':':
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	case '.':
		if unicode.IsDigit(prev) {
			return unicode.IsDigit(next)
		}
		return turns && unicode.IsLetter(prev) && unicode.IsLetter(next) && !s.wordAt(at+n+runeLen(next))
	}
	return false
}

// party says whether the word [i, at) before a hyphen is the letter of a US
// party, as in "(R-Utah)" and "Hale, D-N.Y.,", where the state is a word of its
// own.
func (s *scanner) party(i, at int) bool {
	if at != i+1 || at+1 >= len(s.text) || !strings.Contains("RDI", s.text[i:at]) || s.text[at+1] < 'A' || s.text[at+1] > 'Z' {
		return false
	}
	k := len(s.tokens) - 1
	if k < 0 {
		return false
	}
	mark := s.text[s.tokens[k].Start:s.tokens[k].End]
	return mark == "(" || mark == ","
}

func runeLen(r rune) int { return max(1, utf8.RuneLen(r)) }

// digits counts the ASCII digits from byte i on, up to four.
func (s *scanner) digits(i int) int {
	n := 0
	for n < 4 && i+n < len(s.text) && '0' <= s.text[i+n] && s.text[i+n] <= '9' {
		n++
	}
	return n
}

// abbreviation says whether the word [i, end) with the period after it is an
// abbreviation: one of the list, an initial or a dotted one.
func (s *scanner) abbreviation(i, end int) bool {
	if end+1 < len(s.text) && s.text[end+1] == '.' {
		return false // an ellipsis
	}
	w := s.text[i:end]
	if len(w) == 1 && 'A' <= w[0] && w[0] <= 'Z' && w[0] != 'I' {
		return true
	}
	return len(w) > 1 && dotted(w) || s.reader.short.ID(s.text[i:end+1]) != 0
}

// dotted says whether w is letters with a period between each two, such as
// "U.S" or "J" alone.
func dotted(w string) bool {
	letter := true
	for _, r := range w {
		if letter && !unicode.IsLetter(r) || !letter && r != '.' {
			return false
		}
		letter = !letter
	}
	return !letter
}

// link is the end of the web or mail address that begins at i, or i.
func (s *scanner) link(i int) int {
	rest := s.text[i:]
	if c := rest[0] | 0x20; c != 'h' && c != 'w' {
		return s.mail(i)
	}
	if !hasFold(rest, "http://") && !hasFold(rest, "https://") && !hasFold(rest, "www.") {
		return s.mail(i)
	}
	n := strings.IndexFunc(rest, func(r rune) bool {
		return space(r) || strings.ContainsRune("<>\"“”‘’«»", r)
	})
	if n < 0 {
		n = len(rest)
	}
	n = len(strings.TrimRight(rest[:n], ".,;:!?)]}'…"))
	if n <= len("www.") {
		return i
	}
	return i + n
}

// maxMail is the most bytes of what stands before the "@" of a mail address.
const maxMail = 64

// mail is the end of the mail address that begins at i, or i.
func (s *scanner) mail(i int) int {
	if !s.mails {
		return i
	}
	at, far := i, min(len(s.text), i+maxMail)
	for at < far && mailByte(s.text[at]) {
		at++
	}
	if at == i || at >= len(s.text) || s.text[at] != '@' {
		return i
	}
	end, dot := at+1, false
	for end < len(s.text) && mailByte(s.text[end]) {
		dot = dot || s.text[end] == '.'
		end++
	}
	for end > at && s.text[end-1] == '.' {
		end--
	}
	if !dot || end == at+1 {
		return i
	}
	return end
}

func mailByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '-' || c == '+'
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// apostrophe is the byte at which the last apostrophe of w begins, or -1.
func apostrophe(w string) int {
	for i := len(w) - 1; i >= 0; i-- {
		switch w[i] {
		case '\'', 0xE2, 0xCA: // the first bytes of ’ and ʼ
			return strings.LastIndexAny(w, "'’ʼ")
		}
	}
	return -1
}

// contraction is where a contraction begins in a word, as the Penn Treebank
// cuts them ("do|n't", "it|'s"), or 0.
func contraction(w string) int {
	at := apostrophe(w)
	if at <= 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(w[at:])
	switch tail := w[at+n:]; {
	case len(tail) == 1 && (tail == "t" || tail == "T") && at > 1 && (w[at-1] == 'n' || w[at-1] == 'N'):
		return at - 1
	case len(tail) == 1 && strings.Contains("sSdDmM", tail),
		len(tail) == 2 && (strings.EqualFold(tail, "re") || strings.EqualFold(tail, "ve") || strings.EqualFold(tail, "ll")):
		return at
	}
	return 0
}

// space says whether r only parts tokens. Controls, BOM and zero-width space
// do too: they are kept in the text but are nothing to read.
func space(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == '\u00ad'
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
