package analyzer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parallax/analyzer"
)

func TestCuesSayWhy(t *testing.T) {
	type cue struct {
		Text, Rule, Stance, Note string
		InQuote                  bool
	}
	for _, c := range []struct {
		text string
		want []cue
	}{
		{"Two clerks were quickly charged with theft.", []cue{{"were quickly charged with", "agentless_passive/charge with", "", "", false}}},
		{"“We were evicted,” said Petra Holm.", []cue{{"were evicted", "agentless_passive/evict", "", "", true}}},
		{"The “reform” began in May.", []cue{{"“reform”", "scare_quote/word", "", "", false}}},
		{"The firm sold its “surplus homes.” Nobody bought them.", []cue{{"“surplus homes.”", "scare_quote/phrase", "", "", false}}},
		{"One aide said it was late.", []cue{{"One aide said", "anonymous_source/anonymous/aide", "", "", false}}},
		{"The sources said it was late.", []cue{{"The sources said", "anonymous_source/anonymous/source", "", "", false}}},
		{"Many believe it was late.", []cue{{"Many believe", "anonymous_source/crowd/many", "", "", false}}},
		{"“Critics say it was late,” Mr. Hale told the crowd.", []cue{{"Critics say", "anonymous_source/crowd/critic", "", "", true}}},
		{"The audit revealed that the chain had been cut; nobody knew why.", []cue{{"revealed that", "presupposition/reveal", "semifactive", "the chain had been cut", false}}},
		{"“You forget that the gates were open,” said Mr. Hale.", []cue{{"forget that", "presupposition/forget", "factive", "the gates were open", true}}},
	} {
		r := analyze(t, analyzer.Input{Text: c.text}, "cues")
		var got []cue
		for _, x := range r.Cues.Items {
			switch x.Type {
			case "agentless_passive", "scare_quote", "anonymous_source", "presupposition":
				got = append(got, cue{x.Text, x.Rule, x.Stance, x.Note, x.InQuote})
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.text, diff)
		}
	}
}

// A title is no sentence with a speaker, so that marks in it say nothing.
func TestHeadlinesHaveNoScareQuotes(t *testing.T) {
	r := analyze(t, analyzer.Input{Title: "Mayor's “reform” fails in the port", Text: "The vote was held on Monday."}, "cues")
	for _, c := range r.Cues.Items {
		if c.Type == "scare_quote" {
			t.Errorf("a headline has the scare quote %q", c.Text)
		}
	}
}
