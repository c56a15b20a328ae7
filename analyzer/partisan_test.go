package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestPartisanTerm(t *testing.T) {
	analyzertest.Run(t, analyzer.PartisanTerm(), "testdata/partisan_term/*.txt")
}
