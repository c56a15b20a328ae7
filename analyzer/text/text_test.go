package text_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer/text"
)

func reader() *text.Reader {
	v := new(text.Vocabulary)
	v.Add("minister")
	return text.NewReader(v, text.Rules{
		Abbreviations: []string{"Mr.", "Sen.", "vs."},
		Endings:       []string{"Inc.", "U.S."},
		Starters:      []string{"the", "he", "in"},
	})
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The minister may resign.", "The|minister|may|resign|."},
		{"“I don’t,” she said—again.", "“|I|do|n’t|,|”|she|said|—|again|."},
		{"Mr. O'Brien's U.S. visit cost $1,200.50!", "Mr.|O'Brien|'s|U.S.|visit|cost|$|1,200.50|!"},
		{"J. K. Rowling", "J.|K.|Rowling"},
		{"a far-left, well-known AT&T man", "a|far-left|,|well-known|AT&T|man"},
		{"See https://a.example/x?y=1. Or www.b.example, or me@c.example.", "See|https://a.example/x?y=1|.|Or|www.b.example|,|or|me@c.example|."},
		{"@potus says #MAGA at 10:30 a.m. today", "@potus|says|#MAGA|at|10:30|a.m.|today"},
		{"Wait... what?! No… “no”", "Wait|...|what|?|!|No|…|“|no|”"},
		{"world.No space", "world|.|No|space"},
		{"they're we've I'll he'd can't CAN'T", "they|'re|we|'ve|I|'ll|he|'d|ca|n't|CA|N'T"},
		{"workers' rights", "workers|'|rights"},
		{"a\u00a0b\r\nc\x00d\ufeffe", "a|b|c|d|e"},
		{"👩‍👩‍👧 ok ❤️", "👩‍|👩‍|👧|ok|❤️"},
		{"naïve Zoë’s café", "naïve|Zoë|’s|café"},
		{"U.N.-backed U.S.A. a.b Ph.D. x.y.z.", "U.N.-backed|U.S.A.|a.b|Ph|.|D.|x.y.z."},
		{"", ""},
	} {
		doc := reader().Read(c.in)
		var words []string
		for i := range doc.Tokens {
			words = append(words, doc.Word(i))
		}
		if diff := cmp.Diff(c.want, strings.Join(words, "|")); diff != "" {
			t.Errorf("tokens of %q: (-want +got)\n%s", c.in, diff)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Mr. Hale met Sen. Osei. They talked.", "Mr. Hale met Sen. Osei.|They talked."},
		{"“Go!” he said. “Now.” She left.", "“Go!” he said.|“Now.”|She left."},
		{"He lives in the U.S. The house is old.", "He lives in the U.S.|The house is old."},
		{"The U.S. Senate voted.", "The U.S. Senate voted."},
		{"It fell 3.5 percent to 1.2 million. Why?", "It fell 3.5 percent to 1.2 million.|Why?"},
		{"A heading\n\nThe text goes\non here.\nNext line", "A heading|The text goes\non here.|Next line"},
		{"One.Two three", "One.Two three"},
		{"It was the end of the world.No one cared.", "It was the end of the world.|No one cared."},
		{"He waited... and left. (She stayed.) Then", "He waited... and left.|(She stayed.)|Then"},
		{"John F. Kennedy spoke.\r\n\r\nThen he left.", "John F. Kennedy spoke.|Then he left."},
	} {
		doc := reader().Read(c.in)
		var got []string
		for _, s := range doc.Sentences {
			got = append(got, doc.Slice(s.Span))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("sentences of %q: (-want +got)\n%s", c.in, diff)
		}
	}
}

func TestTypesIgnoreCaseAndApostrophe(t *testing.T) {
	v := new(text.Vocabulary)
	id := v.Add("don't")
	for i := range 500 {
		v.Add(fmt.Sprint("w", i))
	}
	for _, w := range []string{"don't", "Don’t", "DON'T"} {
		if got := v.ID(w); got != id {
			t.Errorf("ID(%q) = %d, want %d", w, got, id)
		}
	}
	for _, w := range []string{"dont", "don't ", "", "do"} {
		if got := v.ID(w); got != 0 {
			t.Errorf("ID(%q) = %d, want 0", w, got)
		}
	}
}

func TestInvalidBytesBecomeOneReplacementEach(t *testing.T) {
	if got, want := text.Valid("a\xff\xfeb"), "a\ufffd\ufffdb"; got != want {
		t.Errorf("Valid = %q, want %q", got, want)
	}
}

func ExampleReader_Read() {
	doc := text.NewReader(nil, text.Rules{}).Read("“No,” she said.")
	for _, tok := range doc.Tokens {
		fmt.Printf("%d-%d %s\n", tok.Start, tok.End, doc.Slice(tok.Span))
	}
	// Output:
	// 0-3 “
	// 3-5 No
	// 5-6 ,
	// 6-9 ”
	// 10-13 she
	// 14-18 said
	// 18-19 .
}

// FuzzRead holds what every stage above relies on: spans lie inside the text,
// in order, on rune borders, and are the same words in every unit.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "The minister may resign.", "“I don’t,” she said—again.", "a\u00a0b\r\nc\x00\xff\ufeff",
		"مرحبا بالعالم. שלום", "👩‍👩‍👧 ❤️ e\u0301", "U.S. Mr. J. K. 1,200.5 a@b.c www.", "...''\"\"``", "http://x", "𝔘𝔫𝔦’s n't 's",
	} {
		f.Add(s)
	}
	r := reader()
	f.Fuzz(func(t *testing.T, s string) {
		doc := r.Read(s)
		if !utf8.ValidString(doc.Text) || utf8.RuneCountInString(doc.Text) != len([]rune(s)) {
			t.Fatalf("text of %q is %q", s, doc.Text)
		}
		checkSpans(t, doc)
		checkUnits(t, doc)
	})
}

func checkSpans(t *testing.T, doc *text.Document) {
	t.Helper()
	end := 0
	for i, tok := range doc.Tokens {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(doc.Text) {
			t.Fatalf("token %d is %v after %d of %d", i, tok.Span, end, len(doc.Text))
		}
		if !utf8.RuneStart(doc.Text[tok.Start]) || tok.End < len(doc.Text) && !utf8.RuneStart(doc.Text[tok.End]) {
			t.Fatalf("token %d %v is off a rune border", i, tok.Span)
		}
		end = tok.End
	}
	next := 0
	for i, s := range doc.Sentences {
		if s.First != next || s.Last <= s.First || s.Last > len(doc.Tokens) || s.Span != doc.Span(s.First, s.Last) {
			t.Fatalf("sentence %d is %+v after token %d", i, s, next)
		}
		next = s.Last
	}
	if next != len(doc.Tokens) {
		t.Fatalf("sentences end at token %d of %d", next, len(doc.Tokens))
	}
}

func checkUnits(t *testing.T, doc *text.Document) {
	t.Helper()
	runes, units := []rune(doc.Text), utf16.Encode([]rune(doc.Text))
	byRune, byUnit := text.NewOffsets(doc.Text, text.Rune), text.NewOffsets(doc.Text, text.UTF16)
	for _, tok := range doc.Tokens {
		want := doc.Slice(tok.Span)
		if s := byRune.Span(tok.Span); string(runes[s.Start:s.End]) != want {
			t.Fatalf("rune span %v is %q, want %q", s, string(runes[s.Start:s.End]), want)
		}
		if s := byUnit.Span(tok.Span); string(utf16.Decode(units[s.Start:s.End])) != want {
			t.Fatalf("utf16 span %v, want %q", s, want)
		}
	}
}
