package analyzer

import (
	"cmp"
	"math"
	"slices"

	"parallax/analyzer/framing"
	"parallax/analyzer/text"
)

// FrameNames are the categories of the Policy Frames Codebook (Boydstun et al.
// 2014; Card et al. 2015), in the order in which they are given.
var FrameNames = [...]string{
	"economic", "capacity_and_resources", "morality", "fairness_and_equality",
	"legality_constitutionality_and_jurisprudence", "policy_prescription_and_evaluation", "crime_and_punishment",
	"security_and_defense", "health_and_safety", "quality_of_life", "cultural_identity", "public_opinion", "political",
	"external_regulation_and_reputation",
}

// A Frame is an angle from which an article may speak of its matter. Words in
// quotation marks count: a frame is what an article takes up, whoever says it.
type Frame struct {
	Name  string  `json:"name"`
	Score float64 `json:"score"` // in [0, 1]; from .5 on the article takes the frame up
	// Bias is the log-odds before a word is read, to which all Terms add up. Both
	// are whole only where all evidence is asked for.
	Bias *float64 `json:"bias,omitempty"`
	// Evidence are the sentences that add most, in the order of the article; none
	// where the score is under .5.
	Evidence []FrameSentence `json:"evidence"`
	// Terms are the words and phrases that add most, the first the most.
	Terms []FrameTerm `json:"terms,omitempty"`
}

// A FrameSentence is a sentence and what its words add to the log-odds.
type FrameSentence struct {
	Mark
	Weight float64 `json:"weight"`
}

// A FrameTerm is a word or phrase, as the model has it, and what it adds to the
// log-odds in all places together.
type FrameTerm struct {
	Term   string  `json:"term"`
	Times  int     `json:"times"`
	Weight float64 `json:"weight"`
}

// How much is shown of a frame that is taken up.
const (
	frameSentences = 3
	frameTerms     = 6
)

// frames reads from which angles an article in English speaks. One of too few
// words is not measured.
func (a *Analyzer) frames(out *Analysis, title, body *Field, all bool) {
	model := a.framing.ready()
	out.Frames.Asked = true
	switch {
	case model == nil:
		out.Measured = map[string]string{PartFrames: ReasonWeights}
		return
	case out.Words < LeastWords:
		out.Measured = map[string]string{PartFrames: ReasonShort}
		return
	}
	fields := [...]*Field{title, body}
	var units [len(fields)][]framing.Unit
	for k, f := range fields {
		units[k] = model.Units(make([]framing.Unit, 0, len(f.Doc.Tokens)/2), f.Doc, f.foreignSpans())
	}
	r := model.Read(out.Words, units[:]...)
	words := wordShares(units[:], r.Share)
	frames := make([]Frame, len(model.Frames))
	for i, name := range model.Frames {
		frames[i] = Frame{Name: name, Score: math.Round(1e4*framing.Chance(r.LogOdds[i])) / 1e4, Evidence: []FrameSentence{}}
		if frames[i].Score >= .5 {
			for k, f := range fields {
				frames[i].Evidence = append(frames[i].Evidence, sentencesFor(model, f, units[k], r.Share[k], i)...)
			}
			frames[i].Evidence = heaviestSentences(frames[i].Evidence)
		}
		if all || frames[i].Score >= .5 {
			frames[i].Terms = termsFor(model, words, i, all)
		}
		if all {
			frames[i].Bias = rounded(r.Bias[i])
		}
	}
	out.Frames = measured(frames)
}

// foreignSpans are the paragraphs of a field that are in another language.
func (f *Field) foreignSpans() []text.Span {
	var out []text.Span
	for _, p := range f.Foreign {
		out = append(out, text.Span{Start: p.Start, End: p.End})
	}
	return out
}

// sentencesFor are the sentences of a field that speak for a frame.
func sentencesFor(m *framing.Model, f *Field, units []framing.Unit, share []float64, frame int) []FrameSentence {
	var out []FrameSentence
	i := 0
	for _, s := range f.Doc.Sentences {
		sum := 0.0
		for ; i < len(units) && units[i].First < s.Last; i++ {
			sum += float64(share[i] * m.Weight(units[i].Word, frame))
		}
		if sum > 0 {
			out = append(out, FrameSentence{Mark: f.Mark(s.Span), Weight: *rounded(sum)})
		}
	}
	return out
}

// heaviestSentences are those that add most, in order of place.
func heaviestSentences(all []FrameSentence) []FrameSentence {
	if len(all) <= frameSentences {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(all[y].Weight, all[x].Weight) })
	order = order[:frameSentences]
	slices.Sort(order)
	out := make([]FrameSentence, len(order))
	for n, i := range order {
		out[n] = all[i]
	}
	return out
}

// A wordShare is a word of an article and what all its places count together.
type wordShare struct {
	word  int32
	times int
	share float64
}

// wordShares are the different words of an article.
func wordShares(units [][]framing.Unit, share [][]float64) []wordShare {
	n := 0
	for k := range units {
		n += len(units[k])
	}
	all := make([]wordShare, 0, n)
	for k := range units {
		for i, u := range units[k] {
			all = append(all, wordShare{u.Word, 1, share[k][i]})
		}
	}
	slices.SortFunc(all, func(x, y wordShare) int { return cmp.Compare(x.word, y.word) })
	out := all[:0]
	for _, w := range all {
		if last := len(out) - 1; last >= 0 && out[last].word == w.word {
			out[last].times++
			out[last].share += w.share
			continue
		}
		out = append(out, w)
	}
	return out
}

// termsFor are the words that speak most for a frame, or with all also those
// against it.
func termsFor(m *framing.Model, words []wordShare, frame int, all bool) []FrameTerm {
	heavier := func(x, y FrameTerm) int { return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.Term, y.Term)) }
	var terms []FrameTerm
	for _, w := range words {
		t := FrameTerm{Term: m.Words[w.word], Times: w.times, Weight: nine(w.share * m.Weight(w.word, frame))}
		switch {
		case all:
			terms = append(terms, t)
			continue
		case t.Weight <= 0 || len(terms) == frameTerms && heavier(terms[frameTerms-1], t) <= 0:
			continue
		}
		i, _ := slices.BinarySearchFunc(terms, t, heavier)
		terms = slices.Insert(terms, i, t)
		terms = terms[:min(len(terms), frameTerms)]
	}
	if all {
		slices.SortFunc(terms, heavier)
	}
	return terms
}
