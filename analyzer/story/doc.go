// Package story puts articles together: it groups a stream into stories, finds
// texts that are copies, and counts how a story's sources divide.
//
// It is pure. Time is a field of an article; the order in which articles
// arrive decides only the grouping, never a count.
package story
