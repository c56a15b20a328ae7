package gold

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"parallax/analyzer/text"
)

// A row is a token of CoNLL-U with what is read of it.
type row struct {
	text.Span
	word, tag, misc string
	head            int
	spaceAfter      bool
}

// readCoNLLU reads tags, and where there are "Entity=" marks as in GUM
// (Zeldes 2017) the named entities and how salient they are.
func readCoNLLU(r io.Reader, base string, titles Titles) ([]Document, error) {
	var docs []Document
	var doc *Document
	var b strings.Builder
	var rows []row
	g := newMentions(titles)
	paragraph := false
	flushSentence := func() {
		if len(rows) == 0 {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if paragraph {
				b.WriteByte('\n')
			}
		}
		paragraph = false
		for i := range rows {
			rows[i].Start = b.Len()
			b.WriteString(rows[i].word)
			rows[i].End = b.Len()
			if rows[i].spaceAfter && i+1 < len(rows) {
				b.WriteByte(' ')
			}
			doc.Words = append(doc.Words, Word{Span: rows[i].Span, Tag: rows[i].tag, First: i == 0})
		}
		g.sentence(doc, rows)
		rows = rows[:0]
	}
	flush := func() {
		flushSentence()
		if doc != nil {
			doc.Text = b.String()
			g.finish(doc)
			docs = append(docs, *doc)
		}
		b.Reset()
		doc, g = nil, newMentions(titles)
	}
	sc := lines(r)
	through := 0   // the last word of a multi-word token
	glued := false // and whether no space follows it
	for sc.Scan() {
		l := sc.Text()
		if l == "" {
			flushSentence()
			continue
		}
		if id, ok := strings.CutPrefix(l, "# newdoc id = "); ok {
			flush()
			doc = &Document{ID: id}
			continue
		}
		if genre, ok := strings.CutPrefix(l, "# meta::genre = "); ok && doc != nil {
			doc.Genre = genre
		}
		if list, ok := strings.CutPrefix(l, "# meta::salientEntities = "); ok {
			g.salient(list)
		}
		if strings.HasPrefix(l, "# newpar") {
			paragraph = true
		}
		if l[0] == '#' {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) < 10 {
			return nil, fmt.Errorf("%q has %d columns, not 10", l, len(f))
		}
		if doc == nil {
			doc = &Document{ID: fmt.Sprintf("%s-%d", base, len(docs))}
		}
		if _, to, ok := strings.Cut(f[0], "-"); ok { // "don't" as one, its words follow
			through, _ = strconv.Atoi(to)
			glued = strings.Contains(f[9], "SpaceAfter=No")
			continue
		}
		n, err := strconv.Atoi(f[0])
		if err != nil { // an empty node
			continue
		}
		head, _ := strconv.Atoi(f[6])
		after := !strings.Contains(f[9], "SpaceAfter=No") && n >= through
		rows = append(rows, row{word: f[1], tag: f[4], misc: f[9], head: head, spaceAfter: after})
		if n == through {
			rows[len(rows)-1].spaceAfter = after && !glued
			through = 0
		}
	}
	flush()
	return docs, sc.Err()
}

// mentions collects the entities of a document from GUM's marks.
type mentions struct {
	stack    []mention
	byID     map[string]*Entity
	order    []string
	saliency map[string]float64
	lower    map[string]bool // words that stand in lower case somewhere
	spans    []candidate
	titles   Titles
}

type mention struct {
	id, kind string
	linked   bool
	from     int // token of the sentence
}

// A candidate is a mention whose head is a name.
type candidate struct {
	Name
	id     string
	linked bool
	one    bool
	word   string
}

func newMentions(titles Titles) *mentions {
	return &mentions{titles: titles, byID: map[string]*Entity{}, saliency: map[string]float64{}, lower: map[string]bool{}}
}

// salient reads "4 (5*), 5 (3), …": how many of five summaries name it.
func (g *mentions) salient(list string) {
	for part := range strings.SplitSeq(list, ",") {
		id, n, _ := strings.Cut(strings.TrimSpace(part), " ")
		k, err := strconv.Atoi(strings.Trim(n, "(*)"))
		if err == nil {
			g.saliency[id] = float64(k) / 5
		}
	}
}

var entityMark = regexp.MustCompile(`\([^()]*\)?|[^()]+\)`)

// kinds of GUM by the type that is fitted.
var gumTypes = map[string]string{
	"person": Person, "place": Location, "organization": Organization, "event": Misc, "object": Misc, "abstract": Misc,
}

// sentence takes the mentions of one sentence.
func (g *mentions) sentence(doc *Document, rows []row) {
	for _, r := range rows {
		if first, _ := utf8.DecodeRuneInString(r.word); unicode.IsLower(first) {
			g.lower[strings.ToLower(r.word)] = true
		}
	}
	g.stack = g.stack[:0]
	for i, r := range rows {
		_, marks, ok := strings.Cut("|"+r.misc, "|Entity=")
		if !ok {
			continue
		}
		marks, _, _ = strings.Cut(marks, "|")
		for _, m := range entityMark.FindAllString(marks, -1) {
			if m[0] != '(' {
				id := strings.TrimSuffix(m, ")")
				for k := len(g.stack) - 1; k >= 0; k-- {
					if g.stack[k].id == id {
						g.take(doc, rows, g.stack[k], i+1)
						g.stack = slices.Delete(g.stack, k, k+1)
						break
					}
				}
				continue
			}
			f := strings.Split(strings.Trim(m, "()"), "-")
			o := mention{id: f[0], from: i}
			if len(f) > 1 {
				o.kind = f[1]
			}
			o.linked = len(f) > 7 && f[7] != "" // etype-infstat-salience-centering-minspan-link-identity
			if strings.HasSuffix(m, ")") {
				g.take(doc, rows, o, i+1)
			} else {
				g.stack = append(g.stack, o)
			}
		}
	}
}

func isName(r row) bool { return r.tag == "NNP" || r.tag == "NNPS" }

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// take keeps the mention [o.from, end) of a sentence if its head is a name,
// cut down to the name itself.
func (g *mentions) take(doc *Document, rows []row, o mention, end int) {
	span := text.Span{Start: rows[o.from].Start, End: rows[end-1].End}
	e, ok := g.byID[o.id]
	if !ok {
		e = &Entity{Type: gumTypes[o.kind], Salience: g.saliency[o.id]}
		g.byID[o.id] = e
		g.order = append(g.order, o.id)
	}
	e.Mentions = append(e.Mentions, Name{span, gumTypes[o.kind]})
	head := o.from
	for i := o.from; i < end; i++ {
		if h := rows[i].head; h == 0 || h-1 < o.from || h-1 >= end {
			head = i
			break
		}
	}
	noun := strings.HasPrefix(rows[head].tag, "N") || strings.HasPrefix(rows[head].tag, "J") // a linked "she" is no name
	if !isName(rows[head]) && !(o.linked && head > 0 && noun && capital(rows[head].word)) {
		return
	}
	first, last := g.nameWithin(rows, o, head, end)
	if first >= last {
		return
	}
	g.spans = append(g.spans, candidate{
		Name: Name{text.Span{Start: rows[first].Start, End: rows[last-1].End}, gumTypes[o.kind]},
		id:   o.id, linked: o.linked, one: last-first == 1, word: rows[first].word,
	})
}

// joiners are words within names.
var joiners = []string{"of", "for", "&", "-", "'s", "de", "al", "and"}

// nameWithin grows a name from its head within a mention.
func (g *mentions) nameWithin(rows []row, o mention, head, end int) (first, last int) {
	ok := func(i int) bool {
		switch rows[i].tag {
		case "NNP", "NNPS":
			return true
		case "JJ", "NN", "NNS", "VBG", "VBN":
			return capital(rows[i].word) && i > 0
		case "CD":
			return i > o.from
		}
		return false
	}
	joins := func(i int) bool {
		return slices.Contains(joiners, rows[i].word) && (rows[i].word != "and" || o.kind == "organization")
	}
	first, last = head, head+1
	for {
		switch {
		case first-1 >= o.from && ok(first-1) && rows[first-1].tag != "CD":
			first--
			continue
		case first-2 >= o.from && joins(first-1) && isName(rows[first-2]):
			first -= 2
			continue
		}
		break
	}
	for {
		switch {
		case last < end && ok(last):
			last++
			continue
		case last+1 < end && joins(last) && isName(rows[last+1]):
			last += 2
			continue
		case last+2 < end && rows[last].word == "of" && rows[last+1].word == "the" && isName(rows[last+2]):
			last += 3
			continue
		}
		break
	}
	if o.kind == "person" {
		for k := last - 2; k >= first; k-- {
			if _, ok := g.titles[strings.ToLower(strings.TrimSuffix(rows[k].word, "."))]; ok {
				first = k + 1
				break
			}
		}
		for k := first; k < last; k++ {
			if w := rows[k].word; w == "of" || w == "for" || w == "and" {
				last = k
				break
			}
		}
	}
	for first < last-1 && !capital(rows[first].word) {
		first++
	}
	return first, last
}

// finish chooses among overlapping names, the longest first, and puts the
// entities in order.
func (g *mentions) finish(doc *Document) {
	sort.SliceStable(g.spans, func(i, j int) bool { return g.spans[i].Len() > g.spans[j].Len() })
	var kept []Name
	for _, c := range g.spans {
		if slices.ContainsFunc(kept, func(n Name) bool { return n.Start < c.End && c.Start < n.End }) {
			continue
		}
		switch {
		case c.Type == Misc && !c.linked, c.Type == "", c.one && !c.linked && g.lower[strings.ToLower(c.word)]:
			c.Type = Unsure
		}
		kept = append(kept, c.Name)
	}
	slices.SortFunc(kept, func(a, b Name) int { return a.Start - b.Start })
	doc.Names = kept
	for _, id := range g.order {
		doc.Entities = append(doc.Entities, *g.byID[id])
	}
}
