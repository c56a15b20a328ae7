package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestIntensifier(t *testing.T) {
	analyzertest.Run(t, analyzer.Intensifier(), "testdata/intensifier/*.txt")
}
