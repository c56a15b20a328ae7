package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestPresupposition(t *testing.T) {
	analyzertest.Run(t, analyzer.Presupposition(), "testdata/presupposition/*.txt")
}
