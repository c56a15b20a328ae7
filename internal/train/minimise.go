package train

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
)

// minimise is where a smooth loss is least, looked for from start on by L-BFGS
// (Liu and Nocedal 1989). The loss returns its value at x and sets gradient to
// its slope there. What of the loss is not convex or bounded is the caller's fault.
func minimise(start []float64, rounds int, loss func(x, gradient []float64) float64) []float64 {
	gradient, last := make([]float64, len(start)), make([]float64, len(start))
	lastLoss, known := 0.0, false
	eval := func(x []float64) float64 { // value and slope are asked for apart
		if !known || !slices.Equal(x, last) {
			copy(last, x)
			lastLoss, known = loss(x, gradient), true
		}
		return lastLoss
	}
	problem := optimize.Problem{Func: eval, Grad: func(grad, x []float64) {
		eval(x)
		copy(grad, gradient)
	}}
	settings := &optimize.Settings{MajorIterations: rounds, GradientThreshold: 1e-7, Converger: optimize.NeverTerminate{}}
	result, err := optimize.Minimize(problem, start, settings, &optimize.LBFGS{Store: 8})
	if result == nil {
		panic("train: " + err.Error())
	}
	return result.X
}

// logLoss is the logistic loss of log-odds z where the answer is yes or no,
// times a weight, and its slope by z.
func logLoss(z float64, yes bool, weight float64) (loss, slope float64) {
	s := -1.0
	if yes {
		s = 1
	}
	margin := s * z
	if margin > 0 {
		loss = math.Log1p(math.Exp(-margin))
	} else {
		loss = math.Log1p(math.Exp(margin)) - margin // no overflow
	}
	return weight * loss, -s * weight / (1 + math.Exp(margin))
}
