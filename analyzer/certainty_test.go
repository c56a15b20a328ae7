package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestCertainty(t *testing.T) {
	analyzertest.Run(t, analyzer.Certainty(), "testdata/certainty/*.txt")
}
