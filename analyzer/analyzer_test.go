package analyzer_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
	"parallax/analyzer/text"
	"parallax/analyzer/text/prose"
	"parallax/lexicons"
)

func analyze(t testing.TB, in analyzer.Input, only ...string) *analyzer.Analysis {
	t.Helper()
	return analyzertest.New(t, analyzer.Detectors()...).Analyze(in, analyzer.Options{Only: only})
}

func TestEntitiesOfOneThingAreMerged(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{
			"Zelenskyy in Paris",
			"President Volodymyr Zelensky met Mr. Hale in Paris. Zelenskyy spoke for an hour. President Zelensky left at noon.",
			"person volodymyr-zelenskyy Zelenskyy|Volodymyr Zelensky|Zelenskyy|Zelensky; place paris Paris|Paris; person hale Hale",
		},
		{
			"The union votes",
			"The Norvale Dockers' Union voted on Monday. Tomas Rehn leads the union. Rehn spoke first, in Aldermere.",
			"person tomas-rehn Tomas Rehn|Rehn; organization norvale-dockers-union Norvale Dockers' Union; place aldermere Aldermere",
		},
		{
			"Talks on trade",
			"The EU and the United Nations met in Geneva. The European Union was cautious, and the U.N. was not.",
			"organization european-union EU|European Union; organization united-nations United Nations|U.N.; place geneva Geneva",
		},
		{
			"Minister Resigns Over Harbour Sale",
			"Transport Minister Helena Voss resigned on Tuesday in May. Ms. Voss said so at the Ministry of Transport.",
			"person helena-voss Helena Voss|Voss; organization transport-ministry Ministry of Transport",
		},
		{
			"Virus", "THORNBURY (MW) — The virus COVID-19 closed the school. The River Board met. The Board closed the gates.\n\nFuture Implications And Many Questions\n\nHelena Voss left.",
			"place thornbury THORNBURY; organization mw MW; other covid-19 COVID-19; organization river-board River Board; person helena-voss Helena Voss",
		},
	} {
		r := analyze(t, analyzer.Input{Title: c.title, Text: c.text}, "entities")
		var got []string
		for _, e := range r.Entities.Items {
			var words []string
			for _, m := range e.Mentions {
				words = append(words, m.Text)
			}
			got = append(got, e.Type+" "+e.Key+" "+strings.Join(words, "|"))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.title, diff)
		}
	}
}

func TestQuotedWordsAreTheSpeakers(t *testing.T) {
	r := analyze(t, analyzer.Input{Text: "“It is an utterly radical plan,” said Mr. Hale. The plan is utterly new."}, "cues")
	var got []string
	for _, c := range r.Cues.Items {
		if c.Type == "intensifier" || c.Type == "label" {
			got = append(got, fmt.Sprint(c.Text, " ", c.InQuote))
		}
	}
	if diff := cmp.Diff([]string{"utterly true", "radical true", "utterly false"}, got); diff != "" {
		t.Errorf("cues: (-want +got)\n%s", diff)
	}
}

func TestKindExtentLanguage(t *testing.T) {
	long := strings.Repeat("The council met on Monday and the members voted on the plan for the harbour, the mayor said. ", 12)
	views := strings.Repeat("The council must not sell the harbour, for it belongs to all of us and to our children. ", 12)
	for _, c := range []struct {
		in   analyzer.Input
		want string
	}{
		{analyzer.Input{Text: long, URL: "https://a.example/news/x"}, "news full en"},
		{analyzer.Input{Text: long, URL: "https://a.example/opinion/x"}, "opinion full en"},
		{analyzer.Input{Text: long, URL: "https://a.example/news/opinion-polls-shift"}, "news full en"},
		{analyzer.Input{Text: long, URL: "https://a.example/opinion/x", Kind: "news"}, "news full en"},
		{analyzer.Input{Title: "Opinion: sell it", Text: long}, "opinion full en"},
		{analyzer.Input{Title: "Live updates: the vote", Text: long}, "live full en"},
		{analyzer.Input{Text: long, URL: "https://theonion.com/x"}, "satire full en"},
		{analyzer.Input{Text: long}, "unknown full en"},
		{analyzer.Input{Text: views, URL: "https://a.example/2026/05/the-harbour"}, "unknown full en"},
		{analyzer.Input{Text: views, URL: "https://a.example/news/2026/editorial-keep-it"}, "editorial full en"},
		{analyzer.Input{Text: long, Kind: "blog", Domain: "a.example"}, "news full en"},
		{analyzer.Input{Title: "Council votes to sell the harbour"}, "unknown headline en"},
		{analyzer.Input{Text: "The council met on Monday."}, "unknown summary en"},
		{analyzer.Input{Text: long + "And then…"}, "unknown truncated en"},
		{analyzer.Input{Text: long + "Subscribe to continue reading."}, "unknown paywalled en"},
		{analyzer.Input{Text: strings.Repeat("Der Rat der Stadt hat am Montag über den Verkauf des Hafens abgestimmt. ", 12)}, "unknown full de"},
		{analyzer.Input{Text: strings.Repeat("Le conseil de la ville a voté lundi la vente du port. ", 12)}, "unknown full fr"},
		{analyzer.Input{Text: strings.Repeat("Le conseil de la ville a voté lundi la vente du port. ", 12), Domain: "a.example"}, "news full fr"},
		{analyzer.Input{Text: "1234 5678 — 90 %"}, "unknown summary und"},
		{analyzer.Input{Text: "Совет города в понедельник проголосовал за продажу порта."}, "unknown summary ru"},
	} {
		r := analyze(t, c.in, "source")
		if got := r.Kind + " " + r.Extent + " " + r.Language; got != c.want {
			t.Errorf("%+.60v: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestAnotherLanguageIsNotMeasured(t *testing.T) {
	r := analyze(t, analyzer.Input{Text: strings.Repeat("Der Rat der Stadt hat am Montag abgestimmt. ", 9)})
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"entities":null`, `"cues":null`, `"quotes":null`, `"measured":{"cues":"language","entities":"language","frames":"language","quotes":"language","sentences":"language"}`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s\nhas no %s", data, want)
		}
	}
}

// A part has the same bytes whether it is asked for alone or with others, and
// one that was not asked for is absent.
func TestOnlyKeepsPartsAsTheyAre(t *testing.T) {
	in := analyzer.Input{ID: "x", Title: "Voss may resign", URL: "https://bbc.co.uk/news/x", Text: "“We may sell,” said Helena Voss in Paris. Critics claimed it was utterly radical." + strings.Repeat(" The council met on Monday to vote on the price of the harbour.", 4)}
	a := analyzertest.New(t, analyzer.Detectors()...)
	parts := func(only ...string) map[string]json.RawMessage {
		data, err := json.Marshal(a.Analyze(in, analyzer.Options{Only: only}))
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]json.RawMessage{}
		if err := json.Unmarshal(data, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	all := parts(analyzer.Parts[:]...)
	for _, part := range analyzer.Parts {
		one := parts(part)
		if diff := cmp.Diff(string(all[part]), string(one[part])); diff != "" || len(all[part]) < 5 {
			t.Errorf("%s alone: (-all +alone)\n%s", part, diff)
		}
		for _, absent := range analyzer.Parts {
			if _, ok := one[absent]; ok && absent != part {
				t.Errorf("%s alone has %s", part, absent)
			}
		}
	}
}

func TestUnknownSourceIsUnrated(t *testing.T) {
	for _, c := range []struct {
		in   analyzer.Input
		want string
	}{
		{analyzer.Input{ID: "1", URL: "https://unknown.example/x"}, `{"domain":"unknown.example","leaning":"unrated"}`},
		{analyzer.Input{ID: "1", Source: " Example Times "}, `{"domain":"name:example times","name":"Example Times","leaning":"unrated"}`},
		{analyzer.Input{ID: "1"}, `{"domain":"article:1","leaning":"unrated"}`},
	} {
		set, err := lexicons.Load()
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(analyzer.SourceOf(set, c.in))
		if err != nil {
			t.Fatal(err)
		}
		if string(data) != c.want {
			t.Errorf("source of %+v is %s, want %s", c.in, data, c.want)
		}
	}
}

func TestNewRefusesDetectorsItCouldNotExplain(t *testing.T) {
	set, err := lexicons.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, ds := range [][]analyzer.Detector{
		{{Name: "x", Run: func(*analyzer.Field, func(analyzer.Cue)) {}}},
		{{Doc: "x", Run: func(*analyzer.Field, func(analyzer.Cue)) {}}},
		{analyzer.Hedge(), analyzer.Hedge()},
		{{Name: "x", Doc: "x", Kind: "no such lexicon", Run: func(*analyzer.Field, func(analyzer.Cue)) {}}},
	} {
		if _, err := analyzer.New(set, &prose.Tagger{}, ds...); err == nil {
			t.Errorf("New took %+v", ds)
		}
	}
}

// Experimental detectors run only where they are asked for, and say so.
func TestExperimentalCues(t *testing.T) {
	a := analyzertest.New(t, analyzer.Detectors()...)
	in := analyzer.Input{Text: "The front-runner was furious, and the vote may be unfair."}
	for _, c := range []struct {
		ask  bool
		want string
	}{
		{false, "hedge false "},
		{true, "horse_race true , emotion true anger, hedge false , moral true fairness"},
	} {
		var got []string
		for _, cue := range a.Analyze(in, analyzer.Options{Only: []string{analyzer.PartCues}, Experimental: c.ask}).Cues.Items {
			got = append(got, fmt.Sprint(cue.Type, " ", cue.Experimental, " ", cue.Note))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("experimental %v: (-want +got)\n%s", c.ask, diff)
		}
	}
}

// FuzzAnalyze holds that every span is its words, in each unit of offsets.
func FuzzAnalyze(f *testing.F) {
	f.Add("Voss “may” go", "“We 👩‍👩‍👧 may,” said Mr. Hale.\r\n\r\n“Or \xff not.")
	f.Add(", said", ", said Bob: “We will never give up the fight for this town.”")
	f.Add("", "said, “” said said: ‘a’ ’ ‘ \"said\" (MW) — The Board, the mayor, said.")
	f.Add("", "The mayor said on Monday that they met and said and said who said, who said ''a'' “x y z” said told him that he was told that saying Hale's claim")
	a := analyzertest.New(f, analyzer.Detectors()...)
	f.Fuzz(func(t *testing.T, title, body string) {
		if len(title)+len(body) > 4000 {
			t.Skip("long texts only slow the search down")
		}
		r := a.Analyze(analyzer.Input{Title: title, Text: body}, analyzer.Options{WithText: true, Experimental: true})
		fields := map[string]string{"": *r.Text, "title": *r.Title}
		wide, runes := marks(r.In(text.UTF16, *r.Title, *r.Text)), marks(r.In(text.Rune, *r.Title, *r.Text))
		for i, m := range marks(r) {
			if got := fields[m.Field][m.Start:m.End]; got != m.Text {
				t.Fatalf("%+v is %q", m, got)
			}
			u, w, p := utf16.Encode([]rune(fields[m.Field])), wide[i], runes[i]
			if got := string([]rune(fields[m.Field])[p.Start:p.End]); got != m.Text {
				t.Fatalf("%+v is %q in code points", p, got)
			}
			if got := string(utf16.Decode(u[w.Start:w.End])); got != m.Text {
				t.Fatalf("%+v is %q in UTF-16", w, got)
			}
		}
	})
}

func marks(r *analyzer.Analysis) []analyzer.Mark {
	var out []analyzer.Mark
	for _, e := range r.Entities.Items {
		out = append(append(out, e.Mentions...), e.Descriptions...)
		for _, p := range e.Portrayal {
			out = append(out, p.Mark)
		}
	}
	for _, c := range r.Cues.Items {
		out = append(out, c.Mark)
	}
	for _, q := range r.Quotes.Items {
		out = append(out, q.Content)
		if q.Verb != nil {
			out = append(out, *q.Verb)
		}
		if q.Speaker != nil {
			out = append(out, q.Speaker.Mark)
		}
	}
	return out
}
