package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/lexicons"
)

// newLayoutOf reads a text as the analyzer does.
func newLayoutOf(t *testing.T, body string) *layout {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	return newLayout(set.Reader().Read(body))
}

// said is a mark of the first place where words stand in a text.
func said(body, words string) analyzer.Mark {
	at := strings.Index(body, words)
	return analyzer.Mark{Start: at, End: at + len(words), Text: words}
}

const council = "The council met on Monday in Port Annick.\n\n" +
	"“We may lose it,” said Odile Karsk, a deckhand. “It is utterly unfair.”\n\n" +
	"Critics claimed that the vote was a sham. Mayor Ines Vale called it “overdue” and said the bridge would pay."

func councilQuotes() []analyzer.Quote {
	verb := func(words string) *analyzer.Mark { m := said(council, words); return &m }
	speaker := func(words, name, kind string) *analyzer.Speaker {
		return &analyzer.Speaker{Mark: said(council, words), Name: name, Kind: kind}
	}
	karsk := speaker("Odile Karsk", "Odile Karsk", "person")
	return []analyzer.Quote{
		{ID: 1, Kind: "direct", Content: said(council, "We may lose it,"), Verb: verb("said"), Speaker: karsk},
		{ID: 1, Kind: "direct", Content: said(council, "It is utterly unfair."), Verb: verb("said"), Speaker: karsk},
		{ID: 2, Kind: "indirect", Content: said(council, "that the vote was a sham"), Verb: verb("claimed"), Speaker: speaker("Critics", "", "crowd")},
		{ID: 3, Kind: "mixed", Content: said(council, "overdue"), Verb: verb("called"), Speaker: speaker("Mayor Ines Vale", "Ines Vale", "official")},
		{ID: 4, Kind: "indirect", Content: said(council, "the bridge would pay"), Speaker: speaker("Mayor Ines Vale", "Ines Vale", "official")},
	}
}

// Of 41 words 9 stand in quotations; indirect ones count none.
func TestSpeech(t *testing.T) {
	s := newSpeech(councilQuotes(), newLayoutOf(t, council))
	var got []string
	for _, q := range s.Quotations {
		got = append(got, fmt.Sprintf("%d %s %s/%s %q %d words %s at %s ¶ %d", q.ID, q.Kind, q.By(), q.Role, q.Verb, q.Words, q.Share, q.At, q.Paragraph))
	}
	want := []string{
		`1 direct Odile Karsk/person "said" 8 words 89 % at 20 % ¶ 2`,
		`2 indirect Critics/crowd "claimed" 0 words 0 % at 56 % ¶ 3`,
		`3 mixed Ines Vale/official "called" 1 words 11 % at 83 % ¶ 3`,
		`4 indirect Ines Vale/official "" 0 words 0 % at 90 % ¶ 3`,
	}
	if diff := cmp.Diff(want, plainSpaces(got)); diff != "" {
		t.Errorf("quotations (-want +got)\n%s", diff)
	}
	got = nil
	for _, r := range s.Speakers {
		got = append(got, fmt.Sprintf("%s/%s %d and %d indirect, %d words %s first at %s", r.Name, r.Role, r.Marked, r.Indirect, r.Words, r.Share, r.At))
	}
	want = []string{
		"Odile Karsk/person 1 and 0 indirect, 8 words 89 % first at 20 %",
		"Ines Vale/official 1 and 1 indirect, 1 words 11 % first at 83 %",
		"Critics/crowd 0 and 1 indirect, 0 words 0 % first at 56 %",
	}
	if diff := cmp.Diff(want, plainSpaces(got)); diff != "" {
		t.Errorf("speakers (-want +got)\n%s", diff)
	}
	if got, want := plainSpaces([]string{s.Count, s.Share, s.Roles}), []string{"2 quotations between marks, 2 indirect", "22 %", "person 89 %, official 11 %"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func plainSpaces(in []string) []string {
	for i := range in {
		in[i] = strings.ReplaceAll(in[i], "\u00a0", " ")
	}
	return in
}

// Where nobody is quoted, and where no speaker is found, nothing is made up.
func TestSpeechOfNobody(t *testing.T) {
	l := newLayoutOf(t, council)
	if s := newSpeech(nil, l); s.Count != "0 quotations between marks, 0 indirect" || len(s.Speakers) > 0 || s.Roles != "" {
		t.Errorf("%+v", s)
	}
	s := newSpeech([]analyzer.Quote{
		{ID: 1, Kind: "mixed", Content: said(council, "overdue")},
		{ID: 2, Kind: "indirect", Content: said(council, "that the vote was a sham"), Speaker: &analyzer.Speaker{Mark: said(council, "Critics"), Kind: "crowd"}},
	}, l)
	if last := s.Speakers[len(s.Speakers)-1]; last.Name != "" || last.Words != 1 || s.Quotations[0].By() != "a speaker that was not found" {
		t.Errorf("%+v", s.Speakers)
	}
	if s.Roles != "speaker not found 100\u00a0%" {
		t.Errorf("roles: %s", s.Roles)
	}
}

// One person is one row, and has the office that one place of the text names;
// two groups without a name are two.
func TestSpeakersAreMerged(t *testing.T) {
	quote := func(id int, words, speaker, name, kind string) analyzer.Quote {
		return analyzer.Quote{ID: id, Kind: "direct", Content: said(council, words), Speaker: &analyzer.Speaker{Mark: said(council, speaker), Name: name, Kind: kind}}
	}
	s := newSpeech([]analyzer.Quote{
		quote(1, "We may lose it", "Ines Vale", "Ines Vale", "person"),
		quote(2, "utterly", "Mayor Ines Vale", "Ines Vale", "official"),
		quote(3, "unfair", "Critics", "", "crowd"),
		quote(4, "overdue", "Critics", "", "anonymous"),
	}, newLayoutOf(t, council))
	var got []string
	for _, r := range s.Speakers {
		got = append(got, fmt.Sprintf("%s/%s %d words", r.Name, r.Role, r.Words))
	}
	if diff := cmp.Diff([]string{"Ines Vale/official 5 words", "Critics/crowd 1 words", "Critics/anonymous 1 words"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A card tells a cue whole: where it stands, what is beside it, whose words they
// are and why it is marked.
func TestCards(t *testing.T) {
	title := "Vote may be a sham"
	cue := func(kind, words, rule string, quoted bool) analyzer.Cue {
		return analyzer.Cue{Type: kind, Mark: said(council, words), Rule: kind + "/" + rule, Weight: .5, InQuote: quoted}
	}
	hedge := analyzer.Cue{Type: "hedge", Mark: said(title, "may"), Rule: "hedge/may", Weight: 1}
	hedge.Field = "title"
	verb := cue("attribution_verb", "claimed", "claim", false)
	verb.Stance = "distancing"
	term := cue("partisan_term", "sham", "sham vote", false)
	term.Side, term.Note = "left", "3 times as often"
	a := &analyzer.Analysis{}
	a.Cues.Items = []analyzer.Cue{term, verb, cue("intensifier", "utterly", "utterly", true), hedge, cue("unheard_of", "met", "met", false)}
	a.Quotes.Items = councilQuotes()
	c, marks := newCues(analyzer.Detectors(), a, title, newLayoutOf(t, council))
	var got []string
	for _, k := range c.Cards {
		got = append(got, fmt.Sprintf("%d/%d %s %s: %s[%s]%s | %s | %s | %s%s%s%s", k.N, k.Of, k.Code, k.Where, k.Before, k.Text, k.After, k.Rule, k.Weight, k.Stance, k.Side, k.Note, k.Speaker))
		if k.Doc == "" {
			t.Errorf("%s does not say why", k.Text)
		}
	}
	want := []string{
		"1/4 he title: Vote [may] be a sham | may | 1.00 | ",
		"2/4 in paragraph 2: …may lose it,” said Odile Karsk, a deckhand. “It is [utterly] unfair.” | utterly | 0.50 | Odile Karsk",
		"3/4 av paragraph 3: Critics [claimed] that the vote was a sham. Mayor Ines Vale called it… | claim | 0.50 | distancing",
		"4/4 pt paragraph 3: Critics claimed that the vote was a [sham]. Mayor Ines Vale called it “overdue” and said the… | sham vote | 0.50 | left3 times as often",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cards (-want +got)\n%s", diff)
	}
	if c.Own != "3 cues" || c.Quoted != "1 cue" || len(c.InTitle()) != 1 || len(marks) != 4 {
		t.Errorf("%s own, %s quoted, %d in the title, %d marks", c.Own, c.Quoted, len(c.InTitle()), len(marks))
	}
	shown := 0
	for _, d := range analyzer.Detectors() {
		if !d.Experimental { // these are shown where they were asked for
			shown++
		}
	}
	if len(c.Found()) != 4 || len(c.Found())+len(c.Absent()) != shown {
		t.Errorf("%d families found, %d absent", len(c.Found()), len(c.Absent()))
	}
}

// Words in scripts of several bytes are cut between letters.
func TestBeside(t *testing.T) {
	long := strings.Repeat("о", 80)
	before, after := beside(long, long)
	if strings.Contains(before+after, "\ufffd") || !strings.HasPrefix(before, "…о") || !strings.HasSuffix(after, "о…") {
		t.Errorf("%q %q", before, after)
	}
}

// Every type of cue of the contract has letters of its own.
func TestCodesDiffer(t *testing.T) {
	types := []string{
		"loaded", "label", "intensifier", "certainty", "hedge", "presupposition", "attribution_verb", "partisan_term",
		"agentless_passive", "scare_quote", "anonymous_source", "moral", "emotion", "horse_race",
	}
	for _, d := range analyzer.Detectors() {
		types = append(types, d.Name)
	}
	seen := map[string]string{}
	for _, name := range types {
		code := codeOf(name)
		if other, ok := seen[code]; ok && other != name {
			t.Errorf("%s and %s are both %q", name, other, code)
		}
		seen[code] = name
	}
}

func TestDirection(t *testing.T) {
	for language, want := range map[string]string{"en": "ltr", "ar": "rtl", "he": "rtl", "": "auto"} {
		if got := direction(language); got != want {
			t.Errorf("direction(%q) = %q, want %q", language, got, want)
		}
	}
}

// A file that stands alone names nothing outside it, and its policy allows its
// own style and script and no other, whatever the article holds.
func TestAnalysisStandsAlone(t *testing.T) {
	an := newAnalyzerOf(t)
	title := `</title><script>alert(1)</script> may be "quoted"`
	body := "<script src=//evil.example/x.js></script> The council claimed it may vote. </style><img src=x onerror=alert(2)>\n\n“It is utterly unfair,” said Odile Karsk."
	a := an.Analyze(analyzer.Input{Title: title, Text: body}, analyzer.Options{})
	var b strings.Builder
	if err := AnalysisHTML(&b, an, title, body, a); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("[src], [href], [action], [style], object, iframe, embed, base, img").Each(func(_ int, e *goquery.Selection) {
		if href := e.AttrOr("href", ""); !strings.HasPrefix(href, "#") && href != "data:," {
			html, _ := goquery.OuterHtml(e)
			t.Errorf("it reaches outside: %.80s", html)
		}
	})
	policy := doc.Find("meta[http-equiv='Content-Security-Policy']").AttrOr("content", "")
	for _, name := range []string{"style", "script"} {
		e := doc.Find(name)
		if e.Length() != 1 || !strings.Contains(policy, name+"-src "+hashOf(e.Text())) {
			t.Errorf("%d %s elements, which the policy %q must name", e.Length(), name, policy)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy: %s", policy)
	}
	if got := doc.Find("h1").Text(); got != title {
		t.Errorf("title: %q", got)
	}
	if got := doc.Find("#p-1").Text(); !strings.Contains(got, "</style><img src=x onerror=alert(2)>") {
		t.Errorf("text: %q", got)
	}
	if n := doc.Find(".body button.code").Length(); n != len(a.Cues.Items)-doc.Find(".in-title button.code").Length() {
		t.Errorf("%d highlights in the text, %d cues", n, len(a.Cues.Items))
	}
}

// Parts that were not asked for are left out, and are not shown as empty.
func TestAnalysisOfSomeParts(t *testing.T) {
	an := newAnalyzerOf(t)
	body := "The council may vote, said Odile Karsk."
	var b strings.Builder
	if err := AnalysisHTML(&b, an, "", body, an.Analyze(analyzer.Input{Text: body}, analyzer.Options{Only: []string{analyzer.PartCues}})); err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]bool{"h-cues": true, "h-list": true, "h-quotes": false, "h-names": false, "h-wording": false} {
		if got := strings.Contains(b.String(), `id="`+part+`"`); got != want {
			t.Errorf("%s is there: %v, want %v", part, got, want)
		}
	}
}

func newAnalyzerOf(t *testing.T) *analyzer.Analyzer {
	t.Helper()
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	tag, err := tagger.New(set)
	if err != nil {
		t.Fatal(err)
	}
	an, err := analyzer.New(set, tag, analyzer.Detectors()...)
	if err != nil {
		t.Fatal(err)
	}
	return an
}
