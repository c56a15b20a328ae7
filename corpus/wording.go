package corpus

import (
	"context"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// LeastWordings is how many articles a source must have for an aggregate of
// their wording.
const LeastWordings = 30

// A SourceWording is how the wording of a source's stored articles leans on
// average. It is of these articles, not of the outlet, whose own leaning is what
// raters say of it.
type SourceWording struct {
	Articles int `json:"articles"` // of full extent, not by an agency, whose wording was told
	// Mean of p(right) − p(left), in [−1, 1], and the bounds of its 95 % interval
	// by Student's t; nil under [LeastWordings] articles.
	Mean *float64 `json:"mean"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// SourceWording averages the wording of a source's articles as the engine and
// lexicons in use read them.
func (s *Store) SourceWording(ctx context.Context, source string) (SourceWording, error) {
	var scores []float64
	err := each(ctx, s.db, `
		SELECT n.wording FROM articles a JOIN analyses n ON n.article = a.seq AND n.revision = a.revision AND n.engine = $1 AND n.lexicons = $2
		WHERE a.source = $3 AND a.extent = 'full' AND a.agency = '' AND n.wording IS NOT NULL ORDER BY a.seq`,
		[]any{s.analyzer.Engine(), s.set.Words(), source}, func(r row) error {
			var x float64
			err := r.Scan(&x)
			scores = append(scores, x)
			return err
		})
	w := SourceWording{Articles: len(scores)}
	if err != nil || len(scores) < LeastWordings {
		return w, err
	}
	mean, deviation := stat.MeanStdDev(scores, nil)
	n := float64(len(scores))
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(.975) * stat.StdErr(deviation, n)
	low, high := max(-1, mean-half), min(1, mean+half)
	w.Mean, w.Low, w.High = &mean, &low, &high
	return w, nil
}
