package analyzer

import (
	"strings"

	"parallax/analyzer/text"
	"parallax/lexicons"
)

const agentlessPassive = "agentless_passive"

// AgentlessPassive finds passives of verbs of harm and of power that name
// nobody who did it, such as “was evicted” (Trew 1979; Henley, Miller and
// Beazley 1995).
func AgentlessPassive() Detector {
	return Detector{
		Name: agentlessPassive, Kind: agentlessPassive,
		Doc: "Passives of verbs of harm and of power in whose clause nobody is named with “by” as the one who did it, such as “was evicted” or “mistakes were made” (Trew 1979; Henley, Miller and Beazley 1995; Toolan 2001). Left out are harm by accident, fire or storm; rules, states, demands and conditions, such as “is banned” or “should be fined”; and sentences that tell in other words who did it, such as “when soldiers opened fire”. The one who did it may be unknown, or named in another sentence.",
		Run: func(f *Field, report func(Cue)) {
			for _, h := range f.Hits {
				l, e := f.Set.Entry(h)
				if l.Kind != agentlessPassive || e.Value == "adjective" {
					continue
				}
				first := h.First
				if e.Value != "clause" {
					first = f.passive(h.First)
					if first < 0 || !f.happened(first, h.First) || f.toldDoer(first, h, e) {
						continue
					}
				}
				if f.agent(h.Last) || f.mishap(h.Last) || f.task(h, e) {
					continue
				}
				span := f.Doc.Span(first, h.Last)
				report(Cue{
					Type: agentlessPassive, Mark: f.Mark(span), Weight: e.Weight,
					Rule: agentlessPassive + "/" + e.Phrase, InQuote: f.InQuote(span),
				})
			}
		},
	}
}

// passive is the form of be or get, with nothing but adverbs between, that
// makes a passive of the participle at token v; -1 where there is none.
func (f *Field) passive(v int) int {
	from := f.Doc.Sentences[f.Doc.SentenceAt(v)].First
	for i := v - 1; i >= max(from, v-4); i-- {
		if f.isOf("passive_auxiliary", i) {
			if tag := f.Tag(v); tag != "VBN" && tag != "VBD" {
				return -1
			}
			return i
		}
		if f.Doc.Tokens[i].Kind != text.Word || f.Tag(i) != "RB" {
			return -1
		}
	}
	return -1
}

// task says whether a duty follows "charged with": no crime is meant.
func (f *Field) task(h lexicons.Hit, e *lexicons.Entry) bool {
	return e.Value == "task" && h.Last < len(f.Doc.Tokens) && f.isOf("task_doing", h.Last)
}

// agent says whether the clause that goes on at token i names with "by" who
// did it. A "by" that belongs to another participle names nobody here, unless
// the two are joined: "was beaten and robbed by".
func (f *Field) agent(i int) bool {
	end := f.clauseEnd(i)
	joined := true
	for j := i; j < end; j++ {
		switch word := text.Fold(f.Doc.Word(j)); {
		case word == "by":
			if joined && f.somebody(j+1, end) {
				return true
			}
		case word == "at" && j+3 < end && text.Fold(f.Doc.Slice(f.Doc.Span(j, j+4))) == "at the hands of":
			return true
		case f.Doc.Tokens[j].Kind == text.Word && j > i:
			if tag := f.Tag(j); tag == "VBN" || tag == "VBD" {
				joined = joined && f.joins(i, j)
			}
		}
	}
	return false
}

// joins says whether nothing but a conjunction, commas and adverbs stand in the
// tokens [i, j).
func (f *Field) joins(i, j int) bool {
	for ; i < j; i++ {
		if f.Doc.Tokens[i].Kind == text.Punct {
			continue
		}
		switch f.Tag(i) {
		case "CC", "RB", "RBR", "VBN", "VBD", "RP":
		default:
			return false
		}
	}
	return true
}

// clauseEnd is the token before which the clause that goes on at token i ends:
// at a semicolon, colon or dash, or with the sentence.
func (f *Field) clauseEnd(i int) int {
	if i >= len(f.Doc.Tokens) {
		return i
	}
	end := min(f.Doc.Sentences[f.Doc.SentenceAt(i-1)].Last, i+far)
	for j := i; j < end; j++ {
		switch f.Doc.Word(j) {
		case ";", ":", "—", "--":
			return j
		}
	}
	return end
}

// somebody says whether what follows "by", from token i on, may be somebody: not a
// time, a measure, a means or a doing.
func (f *Field) somebody(i, end int) bool {
	for j := i; j < min(end, i+5); j++ {
		if f.isOf("no_agent", j) {
			return false
		}
		if f.Doc.Tokens[j].Kind == text.Number {
			if f.followsNothing(j+1, end) {
				return false
			}
			continue
		}
		switch tag := f.Tag(j); {
		case tag == "VBG" && j == i:
			return j+1 < end && strings.HasPrefix(f.Tag(j+1), "NN")
		case tag != "DT" && tag != "CD" && !strings.HasPrefix(tag, "JJ") && tag != "RB" && f.Doc.Tokens[j].Kind != text.Punct:
			return true
		}
	}
	return i < end
}

// followsNothing says whether no word of a noun follows from token i.
func (f *Field) followsNothing(i, end int) bool {
	if i >= end || f.Doc.Tokens[i].Kind == text.Punct {
		return true
	}
	tag := f.Tag(i)
	return !strings.HasPrefix(tag, "NN") && !strings.HasPrefix(tag, "JJ") && tag != "CD"
}

// mishap says whether the words right after token i tell of an accident or
// another event that nobody does.
func (f *Field) mishap(i int) bool {
	end := min(f.clauseEnd(i), i+9)
	for j := i; j < end; j++ {
		if f.Doc.Tokens[j].Kind == text.Punct {
			return false
		}
		if f.isOf("mishap", j) {
			return true
		}
	}
	return false
}
