package main

import (
	"parallax/internal/eval"
	"parallax/internal/gold"
)

// quotes scores quotations and their speakers.
func (c evalCmd) quotes(a *app) error {
	an, err := a.analyzer()
	if err != nil {
		return err
	}
	var texts []gold.AttributedText
	for _, path := range c.Data {
		more, err := gold.ReadAttributions(path, c.Split)
		if err != nil {
			return err
		}
		texts = append(texts, more...)
	}
	r := eval.QuotesOf(an, texts)
	return c.print(a, r, "direct P %.3f (%.3f–%.3f) R %.3f (%.3f–%.3f); speaker %.3f (%.3f–%.3f), %.3f when attempted, %d matched; indirect P %.3f R %.3f F1 %.3f (%.3f–%.3f); %d articles\n",
		r.Precision, r.PrecisionIn.Low, r.PrecisionIn.High, r.Recall, r.RecallIn.Low, r.RecallIn.High, r.Speaker, r.SpeakerIn.Low, r.SpeakerIn.High, r.Attempted, r.Matched,
		r.Indirect.Precision, r.Indirect.Recall, r.Indirect.F1, r.IndirectIn.Low, r.IndirectIn.High, r.Articles)
}
