package story

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"parallax/lexicons"
)

// resampled are articles whose words are drawn as often as words are in texts
// (Zipf 1949), some common, most of their story: n articles of stories that begin
// and end at random, so that so many go on at once.
func resampled(b *testing.B, n, active int) []Features {
	b.Helper()
	set, err := lexicons.Load()
	if err != nil {
		b.Fatal(err)
	}
	r := NewReader(set)
	rng := rand.New(rand.NewPCG(1, 2))
	common := rand.NewZipf(rng, 1.2, 8, 40_000)
	word := func(x uint64) string {
		s := ""
		for x++; x > 0; x /= 60 {
			s += string([]byte{"bdfgklmnprst"[x%12], "aeiou"[x/12%5]})
		}
		return s
	}
	stories := make([][]uint64, active)
	fresh := func() []uint64 {
		words := make([]uint64, 60)
		for i := range words {
			words[i] = common.Uint64()
			if i < 20 {
				words[i] = 40_000 + rng.Uint64N(400_000)
			}
		}
		return words
	}
	for k := range stories {
		stories[k] = fresh()
	}
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	out := make([]Features, n)
	for i := range out {
		k := rng.IntN(active)
		if rng.IntN(4) == 0 {
			stories[k] = fresh()
		}
		var text strings.Builder
		for range 200 {
			w := common.Uint64()
			if rng.IntN(3) > 0 {
				w = stories[k][rng.IntN(60)]
			}
			text.WriteString(word(w) + " ")
		}
		headline := ""
		for j := range 8 {
			headline += word(stories[k][(j*7+rng.IntN(3))%60]) + " "
		}
		out[i] = r.Read(fmt.Sprint("a", i), day.Add(time.Duration(i)*time.Minute), headline, text.String())
	}
	return out
}

// BenchmarkGrouper groups analysed articles of a stream in which so many stories
// go on at once; what counts is articles a second over the last 2,000.
func BenchmarkGrouper(b *testing.B) {
	m := embedded(b)
	for _, active := range []int{2_000, 15_000, 30_000} {
		b.Run(fmt.Sprint("stories=", active), func(b *testing.B) {
			all := resampled(b, 2*active+2000, active)
			g := NewGrouper(DefaultConfig(), m)
			for _, f := range all[:2*active] {
				g.Add(f)
			}
			rest := all[2*active:]
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				g.Add(rest[i%len(rest)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(float64(g.active), "stories")
		})
	}
}
