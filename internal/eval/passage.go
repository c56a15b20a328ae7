package eval

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"parallax/analyzer"
	"parallax/analyzer/text"
)

// Passages are the sentences that flags stand in, by flag, with the flagged
// words in double brackets. They are for the coder's eyes; a sheet holds none.
func Passages(a *analyzer.Analyzer, flags []Flag, articles iter.Seq2[analyzer.Input, error]) (map[string]string, error) {
	of := map[string][]Flag{}
	for _, f := range flags {
		of[f.Article] = append(of[f.Article], f)
	}
	out := map[string]string{}
	for in, err := range articles {
		if err != nil {
			return nil, err
		}
		for _, f := range of[in.ID] {
			field := in.Text
			if f.Field == "title" {
				field = in.Title
			}
			out[f.ID()] = passage(a.Lexicons().Reader().Read(field), f)
		}
		if len(out) == len(flags) {
			break
		}
	}
	return out, nil
}

// passage is the sentence that a flag stands in, or the sentences.
func passage(doc *text.Document, f Flag) string {
	at := text.NewOffsets(doc.Text, text.Rune)
	from, to := 0, 0
	for _, s := range doc.Sentences {
		if span := at.Span(s.Span); span.Start < f.End && span.End > f.Start {
			if to == 0 {
				from = span.Start
			}
			to = span.End
		}
	}
	runes := []rune(doc.Text)
	marked := string(runes[from:f.Start]) + "[[" + string(runes[f.Start:f.End]) + "]]" + string(runes[f.End:to])
	return strings.Join(strings.Fields(marked), " ")
}

// WritePassages writes what a coder reads: what each family is said to find,
// and the passages in the order of the flags. It names neither outlet nor side,
// which are no ground to judge by.
func WritePassages(w io.Writer, flags []Flag, detectors []analyzer.Detector, passages map[string]string) error {
	families := map[string]bool{}
	for _, f := range flags {
		families[f.Family] = true
	}
	var b strings.Builder
	b.WriteString("Is what stands in [[…]] what its family is said to find? 1 yes, 0 no, ? can't tell.\n\n")
	for _, d := range detectors {
		if families[d.Name] {
			fmt.Fprintf(&b, "%s: %s\n", d.Name, d.Doc)
		}
	}
	for i, f := range flags {
		in := ""
		if f.Field == "title" {
			in = ", in the title"
		}
		fmt.Fprintf(&b, "\n%d  %s  %s%s\n%s\n", i+1, f.ID(), f.Family, in, passages[f.ID()])
	}
	_, err := io.WriteString(w, b.String())
	return err
}
