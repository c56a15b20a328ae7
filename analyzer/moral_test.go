package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestMoral(t *testing.T) {
	analyzertest.Run(t, analyzer.Moral(), "testdata/moral/*.txt")
}
