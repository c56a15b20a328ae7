package render

import "testing"

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{{0, "source", "0 sources"}, {1, "story", "1 story"}, {2, "story", "2 stories"}, {3, "pass", "3 passes"}, {1, "pass", "1 pass"}} {
		if got := Count(c.n, c.noun); got != c.want {
			t.Errorf("Count(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}
