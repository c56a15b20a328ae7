package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestLabel(t *testing.T) {
	analyzertest.Run(t, analyzer.Label(), "testdata/label/*.txt")
}
