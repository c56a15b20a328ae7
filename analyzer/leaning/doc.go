// Package leaning tells which outlets' wording a text resembles: a linear
// model over single words and pairs of words, with one head for left against
// right and one for center against the two (Gentzkow and Shapiro 2010 for the
// idea, Baly et al. 2020 for the task).
//
// What would tell the outlet rather than its wording is left out: words in
// quotations, which are a speaker's; names of organizations; honorifics, wires,
// days and boilerplate; and what a negation denies. A politician counts as one
// of either party, and a side's name and its mirror image share one weight of
// opposite sign, so that with the sides exchanged the evidence turns round.
//
// The wording of an outlet that is rated left is no proof of a left view. A
// score says what a text resembles and nothing of what its writer thinks.
package leaning
