package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestEmotion(t *testing.T) {
	analyzertest.Run(t, analyzer.Emotion(), "testdata/emotion/*.txt")
}
