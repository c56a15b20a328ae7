package server

import "testing"

func TestOutward(t *testing.T) {
	for raw, want := range map[string]string{
		"https://a.example/x?y=1":      "https://a.example/x?y=1",
		"http://a.example":             "http://a.example",
		"HTTPS://a.example/":           "HTTPS://a.example/",
		"":                             "",
		"a.example/x":                  "",
		"//a.example/x":                "",
		"https:///x":                   "",
		"javascript:alert(1)":          "",
		"JavaScript://a.example/%0aX":  "",
		" javascript:alert(1)":         "",
		"java\nscript:alert(1)":        "",
		"data:text/html,<b>x</b>":      "",
		"https://a.example/\x00\n<b>":  "",
		"vbscript:https://a.example/x": "",
	} {
		if got := outward(raw); got != want {
			t.Errorf("outward(%q) = %q, want %q", raw, got, want)
		}
	}
}
