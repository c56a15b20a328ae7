package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestHedge(t *testing.T) {
	analyzertest.Run(t, analyzer.Hedge(), "testdata/hedge/*.txt")
}
