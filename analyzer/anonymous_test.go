package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestAnonymousSource(t *testing.T) {
	analyzertest.Run(t, analyzer.AnonymousSource(), "testdata/anonymous_source/*.txt")
}
