// Package analyzer finds framing cues, quotations and entities in news text
// and reports each with the exact words it stands on.
//
// It is pure: the same article, lexicons and version give the same bytes on
// every machine. There is no clock, disk, network, log or global state in it.
// An [Analyzer] is safe for concurrent use.
package analyzer

// Version is the version of the engine, which every analysis carries.
const Version = "0.4.0"
