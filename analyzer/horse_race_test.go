package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestHorseRace(t *testing.T) {
	analyzertest.Run(t, analyzer.HorseRace(), "testdata/horse_race/*.txt")
}
