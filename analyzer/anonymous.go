package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

const anonymousSource = "anonymous_source"

// AnonymousSource finds phrases that hand words to somebody who is not named,
// such as “one aide said” or “critics say” (Sheehy 2008; Ganter and Strube
// 2009).
func AnonymousSource() Detector {
	return Detector{
		Name: anonymousSource, Kind: anonymousSource,
		Doc: "Phrases that hand words or a belief to somebody who is not named: to persons, as in “one aide said” or “on condition of anonymity” (rules under anonymous), or to people at large, as in “critics say” or “many believe” (rules under crowd). After Sheehy (2008) on unnamed sources and Ganter and Strube (2009) on weasel words. A source may have good reason not to be named.",
		Run: func(f *Field, report func(Cue)) {
			s := unnamed{Field: f, report: report}
			for _, h := range f.Hits {
				switch l, e := f.Set.Entry(h); l.Kind {
				case anonymousSource:
					s.cue(h.First, h.Last, e)
				case "unnamed_speaker":
					s.speaker(h, e)
				}
			}
		},
	}
}

// unnamed reports the unnamed sources of a field; what lies before token free
// is taken.
type unnamed struct {
	*Field
	report func(Cue)
	free   int
}

func (s *unnamed) cue(first, last int, e *lexicons.Entry) {
	if first < s.free {
		return
	}
	s.free = last
	group := "anonymous"
	if e.Value == "crowd" || e.Value == "some" {
		group = "crowd"
	}
	span := s.Doc.Span(first, last)
	s.report(Cue{
		Type: anonymousSource, Mark: s.Mark(span), Weight: e.Weight,
		Rule: anonymousSource + "/" + group + "/" + e.Phrase, InQuote: s.InQuote(span),
	})
}

// speaker reports an unnamed speaker with the verb that hands words to them.
func (s *unnamed) speaker(h lexicons.Hit, e *lexicons.Entry) {
	sentence := s.Doc.Sentences[s.Doc.SentenceAt(h.First)]
	last := h.Last
	if e.Value == "some" {
		last = s.people(h.Last, sentence.Last)
	}
	end := s.verbAfter(last, sentence.Last, last-h.First > 1 && e.Value == "source", e.Value != "some")
	if end < 0 && (e.Value == "some" || !s.handedBefore(h, sentence)) {
		return
	}
	first := s.unknown(h, e, sentence.First)
	if first < 0 || s.withNamed(first, sentence.First) || s.counted(first, sentence.First) {
		return
	}
	if end > 0 {
		s.cue(first, end, e)
	} else if v := s.verbBefore(first, sentence.First); v >= 0 && !s.goesOn(h.Last, sentence.Last) {
		s.cue(v, h.Last, e)
	}
}

// handedBefore says whether a verb of saying stands shortly before h at all.
func (s *unnamed) handedBefore(h lexicons.Hit, sentence text.Sentence) bool {
	for _, v := range s.hitsIn(max(sentence.First, h.First-9), h.First) {
		if l, _ := s.Set.Entry(v); l.Kind == "saying_verb" || l.Kind == "attribution_verb" {
			return true
		}
	}
	return false
}

// people moves over the noun of people that goes with "some" or "many": "some
// senior members". What else follows stays.
func (s *unnamed) people(i, end int) int {
	j := i
	for j < min(end, i+3) && s.Doc.Tokens[j].Kind == text.Word {
		switch tag := s.Tag(j); {
		case tag == "NNS" || tag == "NNPS":
			return j + 1
		case tag != "NN" && tag != "NNP" && !strings.HasPrefix(tag, "JJ"):
			return i
		}
		j++
	}
	return i
}

// verbAfter is the token after the verb of saying whose subject ends before
// token i, or -1. Auxiliaries and adverbs may stand between; before them, where
// the subject can go on, words that go with its noun: "critics of the plan".
// open says that the subject ends with a preposition and has to go on.
func (s *unnamed) verbAfter(i, end int, open, goesOn bool) int {
	limit := min(end, i+4)
	if !open && goesOn && i < end && s.Tag(i) == "IN" && !s.isOf("definite", i) {
		open = true
	}
	if open {
		limit = min(end, i+12)
	}
	helped := false // by a modal or a form of have
	for j := i; j < limit; j++ {
		if s.Doc.Tokens[j].Kind == text.Punct {
			return -1
		}
		tag := s.Tag(j)
		if last := s.saying(j); last > 0 && s.finite(j, last, i, helped) {
			return last
		}
		switch {
		case tag == "MD" || s.form(j) == "have":
			helped, open = true, false
		case tag == "RB":
		case strings.HasPrefix(tag, "V") || strings.HasPrefix(tag, "W") || !open:
			return -1
		}
	}
	return -1
}

// finite says whether the verb of saying [j, last) is one where it stands, after
// a subject that ends before token i. Where "that" follows the tagger may take
// it for a noun: "some argue that".
func (s *unnamed) finite(j, last, i int, helped bool) bool {
	switch s.Tag(j) {
	case "VBD", "VBP", "VBZ":
		return true
	case "VB":
		return helped || j == i
	case "VBN":
		return helped
	case "NN":
		return j == i && last < len(s.Doc.Tokens) && text.Fold(s.Doc.Word(last)) == "that"
	}
	return false
}

// saying is the token after the verb of saying that begins at token i, or -1.
func (s *unnamed) saying(i int) int {
	for _, h := range s.hitsIn(i, i+1) {
		if l, e := s.Set.Entry(h); l.Kind == "saying_verb" && !(e.Phrase == "tell" && s.toldWithin(h.Last)) {
			return h.Last
		}
	}
	return -1
}

// toldWithin says whether somebody in the text is told, "told him", and not the
// reader or the writer.
func (s *unnamed) toldWithin(i int) bool {
	if i >= len(s.Doc.Tokens) || s.Tag(i) != "PRP" {
		return false
	}
	w := text.Fold(s.Doc.Word(i))
	return w != "me" && w != "us"
}

// unknown is the first token of the noun phrase that h ends, or -1 where the
// phrase means somebody spoken of before ("the official", "his aide").
func (s *unnamed) unknown(h lexicons.Hit, e *lexicons.Entry, from int) int {
	if e.Value == "some" {
		return h.First
	}
	one := s.Tag(h.First) == "NN"
	described := false // by an adjective, before which no noun stands
	owned := false     // what points back is the owner: "the president's critics"
	i := h.First
	for i > from && h.First-i < 6 && s.Doc.Tokens[i-1].Kind != text.Punct {
		switch tag := s.Tag(i - 1); {
		case tag == "DT" && !owned && s.isOf("definite", i-1) && e.Value != "source":
			return -1
		case tag == "DT", tag == "CD":
			return i - 1
		case tag == "PRP$", s.possessive(i - 1):
			if one && e.Value != "source" {
				return -1
			}
			if tag == "PRP$" {
				return i - 1
			}
			described, owned = false, true
		case strings.HasPrefix(tag, "JJ"), tag == "VBN":
			described = true
		case strings.HasPrefix(tag, "NN") && (!described || tag == "NNP"):
		default:
			return s.many(i, one)
		}
		i--
	}
	return s.many(i, one)
}

// many is i, or -1 for a single person without an article, who is named next
// to it or is no subject.
func (s *unnamed) many(i int, one bool) int {
	if one {
		return -1
	}
	return i
}

// withNamed says whether the phrase from token i on is joined to a name: "Hale
// and other critics".
func (s *unnamed) withNamed(i, from int) bool {
	return i-2 >= from && s.Tag(i-1) == "CC" && strings.HasPrefix(s.Tag(i-2), "NNP")
}

// counted says whether the phrase from token i on is a share of people that was
// counted: "60 percent of supporters".
func (s *unnamed) counted(i, from int) bool {
	if i-2 < from || s.Tag(i-1) != "IN" {
		return false
	}
	return s.Doc.Tokens[i-2].Kind != text.Word || s.isOf("no_agent", i-2) || s.Tag(i-2) == "CD"
}

// verbBefore is the verb that hands words to the speaker from token i on:
// "according to", or a verb of saying after a comma or a closing mark. It is -1
// where there is none.
func (s *unnamed) verbBefore(i, from int) int {
	for _, h := range s.hitsIn(max(from, i-2), i) {
		l, e := s.Set.Entry(h)
		switch {
		case h.Last != i || l.Kind != "attribution_verb":
		case e.Phrase == "according to":
			return h.First
		case h.First > from && s.Doc.Tokens[h.First-1].Kind == text.Punct && s.saying(h.First) > 0 && e.Phrase != "tell":
			return h.First
		}
	}
	return -1
}

// goesOn says whether what follows the noun that ends before token i, with or
// without a comma, is a name of it, or a verb whose subject it is: "says
// officials can".
func (s *unnamed) goesOn(i, end int) bool {
	if i < end && s.Doc.Word(i) == "," {
		i++
	}
	if i >= end || s.Doc.Tokens[i].Kind != text.Word {
		return false
	}
	switch s.Tag(i) {
	case "NNP", "NNPS", "MD", "VBD", "VBP", "VBZ":
		return true
	}
	return false
}
