package tagger

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

var shared = sync.OnceValues(func() (*Tagger, error) {
	set, err := lexicons.Load()
	if err != nil {
		return nil, err
	}
	return New(set)
})

func embedded(t testing.TB) *Tagger {
	t.Helper()
	tag, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return tag
}

// texts are invented.
var texts = []string{
	"Helena Voss met Tomas Rehn in Aldermere. “We may agree,” Voss said. The River Board will vote in May.",
	"PORT SABLE (MW) — The Norvale Dockers' Union struck for pay. Rehn, who leads the union, was cheered in Port Sable.",
	"The European Commission and France's finance ministry disagreed; Germany, Italy and the U.N. did not.",
	"Élodie Çelik's café—the “Blue Heron”—closed, said Ms. Çelik 👩‍👩‍👧 on Tuesday…",
	"COUNCIL BACKS SALE OF HARBOUR\n\nThe council of Norvale backed the sale. It went to Calder Holdings for $3.5 million.",
}

func readText(tag *Tagger, s string) (*text.Document, []lexicons.Hit) {
	doc := tag.set.Reader().Read(s)
	return doc, tag.set.Match(nil, doc)
}

// readingOf is all that a tagger says of a text.
func readingOf(tag *Tagger, s string) string {
	doc, hits := readText(tag, s)
	return sayingOf(doc, tag.Names(nil, doc, hits), func(tags []text.Tag, sent text.Sentence, i int) { tag.Tag(tags, doc, sent, i) })
}

func sayingOf(doc *text.Document, names []text.Name, tag func(tags []text.Tag, s text.Sentence, i int)) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s %s; ", n.Label, doc.Slice(doc.Span(n.First, n.Last)))
	}
	tags := make([]text.Tag, len(doc.Tokens))
	for _, s := range doc.Sentences {
		for i := s.First; i < s.Last; i++ {
			tag(tags, s, i)
		}
	}
	for i := range tags {
		fmt.Fprintf(&b, "%s/%s ", doc.Word(i), tags[i])
	}
	return b.String()
}

// What a reader keeps of earlier texts must not show, not even when it forgets
// all of it between two.
func TestAnAnswerDoesNotDependOnWhatWasReadBefore(t *testing.T) {
	tag := embedded(t)
	tag.ready()
	want := make([]string, len(texts))
	for i, s := range texts {
		fresh := &Tagger{set: tag.set}
		fresh.once.Do(func() { fresh.models = tag.models })
		want[i] = readingOf(fresh, s)
	}
	for _, most := range []int{1, 30, 60, maxTypes} {
		used := newNamer(tag.k, tag.names, tag.tags)
		used.types.most = most
		for round := range 3 {
			for i, s := range texts {
				doc, hits := readText(tag, s)
				got := sayingOf(doc, used.names(nil, doc, tag.set, hits), func(tags []text.Tag, sent text.Sentence, i int) { used.tagAt(tags, doc, sent, i) })
				if got != want[i] {
					t.Fatalf("keeping %d types, round %d:\n%s\nand fresh:\n%s", most, round, got, want[i])
				}
			}
		}
	}
}

// A tag is the same whichever words were asked for before.
func TestTagsDoNotDependOnTheOrderOfQuestions(t *testing.T) {
	tag := embedded(t)
	for _, s := range texts {
		doc, _ := readText(tag, s)
		ask := func(order []int) []text.Tag {
			tags := make([]text.Tag, len(doc.Tokens))
			for _, i := range order {
				if tags[i] == 0 {
					tag.Tag(tags, doc, doc.Sentences[doc.SentenceAt(i)], i)
				}
			}
			return tags
		}
		order := make([]int, len(doc.Tokens))
		for i := range order {
			order[i] = i
		}
		forward := ask(order)
		slices.Reverse(order)
		if backward := ask(order); !slices.Equal(forward, backward) {
			t.Errorf("tags of %q are %v forward and %v backward", s, forward, backward)
		}
	}
}

func TestReadersDoNotDisturbEachOther(t *testing.T) {
	tag := embedded(t)
	want := make([]string, len(texts))
	for i, s := range texts {
		want[i] = readingOf(tag, s)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, s := range texts {
				if got := readingOf(tag, s); got != want[i] {
					t.Errorf("%q read beside others: %s", s, got)
				}
			}
		})
	}
	wg.Wait()
}

// The sums of eight weights at once are those of one after the other.
func TestTableSumsAsOneByOne(t *testing.T) {
	const width = 17
	rows := Rows{}
	var keys []uint32
	for r := range 700 {
		key := of('k', fmt.Sprint(r)).Key()
		rows.Keys, rows.Shifts = append(rows.Keys, key), append(rows.Shifts, uint8(r%9))
		for tag := range width {
			rows.Weights = append(rows.Weights, int8((r*31+tag*57)%256-128))
		}
		keys = append(keys, key, of('m', fmt.Sprint(r)).Key()) // every other one is not there
	}
	table := newTable(rows, width)
	want := make([]int32, width)
	for r := range 700 {
		for tag := range width {
			want[tag] += int32(rows.Weights[r*width+tag]) << rows.Shifts[r]
		}
	}
	got := make([]int32, width)
	table.sum(new(lanes), got, keys)
	if !slices.Equal(got, want) {
		t.Errorf("sums are %v, want %v", got, want)
	}
}

func TestNamesFollowEachOtherWithinSentences(t *testing.T) {
	tag := embedded(t)
	for _, s := range append(slices.Clone(texts), strings.Repeat("Hale ", 3000), strings.Repeat("a", 100_000), "\u202eהלו\u202c World of\x00Things") {
		doc, hits := readText(tag, s)
		last := 0
		for _, n := range tag.Names(nil, doc, hits) {
			sent := doc.Sentences[doc.SentenceAt(n.First)]
			if n.First < last || n.Last <= n.First || n.Last > sent.Last || !slices.Contains(Labels[:], n.Label) {
				t.Fatalf("%.40q: name %+v after token %d in sentence %+v", s, n, last, sent)
			}
			last = n.Last
		}
	}
}

// One line of a million words is read in pieces: its names are those that it
// begins with, to the end, and none is as long as the line.
func TestALineWithoutEndHasThoseNamesThroughout(t *testing.T) {
	tag := embedded(t)
	doc, hits := readText(tag, "The council met. "+strings.Repeat("Ann Lee Said Bob Roy Met ", 40_000))
	names := tag.Names(nil, doc, hits)
	if len(names) < 1000 {
		t.Fatalf("%d names", len(names))
	}
	early, late := map[string]int{}, map[string]int{}
	for i, n := range names {
		if n.Last-n.First > longestName {
			t.Fatalf("a name of %d words", n.Last-n.First)
		}
		of := early
		if i > len(names)/2 {
			of = late
		}
		of[n.Label+" "+doc.Slice(doc.Span(n.First, n.Last))]++
	}
	for name, n := range early {
		if n > 1000 && late[name] < n*9/10 {
			t.Errorf("%s stands %d times in the first half and %d times in the second", name, n, late[name])
		}
	}
	doc, hits = readText(tag, strings.Repeat("Ann ", 300_000))
	for _, n := range tag.Names(nil, doc, hits) {
		if n.Last-n.First > longestName {
			t.Fatalf("a name of %d words", n.Last-n.First)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	tag := embedded(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 3000 {
			t.Skip("long texts only slow the search down")
		}
		if a, b := readingOf(tag, s), readingOf(tag, s); a != b {
			t.Fatalf("%q is read as\n%s\nand as\n%s", s, a, b)
		}
	})
}
