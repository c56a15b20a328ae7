package analyzer_test

import (
	"testing"

	"parallax/analyzer"
	"parallax/analyzer/analyzertest"
)

func TestAgentlessPassive(t *testing.T) {
	analyzertest.Run(t, analyzer.AgentlessPassive(), "testdata/agentless_passive/*.txt")
}
