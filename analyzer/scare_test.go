package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestScareQuote(t *testing.T) {
	analyzertest.Run(t, analyzer.ScareQuote(), "testdata/scare_quote/*.txt")
}
