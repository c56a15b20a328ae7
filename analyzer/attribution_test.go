package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestAttributionVerb(t *testing.T) {
	analyzertest.Run(t, analyzer.AttributionVerb(), "testdata/attribution_verb/*.txt")
}
