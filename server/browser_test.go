package server_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"parallax/corpus"
	"parallax/internal/demo"
	"parallax/server"
)

// A browser is one open tab and what its console said.
type browser struct {
	ctx context.Context
	t   *testing.T

	mu       sync.Mutex
	messages []string
}

// newBrowser starts Chromium, or skips the test by name where there is none.
// CI must have one.
func newBrowser(t *testing.T) *browser {
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no chromium in PATH")
		}
		t.Skip("no chromium in PATH")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, stopTab := chromedp.NewContext(alloc)
	t.Cleanup(stopTab)
	ctx, stopTime := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stopTime)
	b := &browser{ctx: ctx, t: t}
	chromedp.ListenTarget(ctx, b.listen)
	b.do(log.Enable(), runtime.Enable())
	return b
}

// listen keeps what the console says: errors, warnings and violations of the
// content security policy come as log entries.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		b.messages = append(b.messages, fmt.Sprintf("%s %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text))
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, "console "+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Text)
	}
}

func (b *browser) quiet(where string) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		b.t.Errorf("%s: the console says %s", where, m)
	}
	b.messages = nil
}

func (b *browser) do(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// look sets the width of the window and the colours.
func (b *browser) look(width int64, scheme string) {
	b.t.Helper()
	b.do(emulation.SetDeviceMetricsOverride(width, 900, 1, width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
}

// eval runs a script; pages allow none of their own, the debugger may.
func (b *browser) eval(script string, to any) {
	b.t.Helper()
	b.do(chromedp.Evaluate(script, to))
}

// faint is a script that lists texts with a contrast under 4.5 (WCAG 2.2,
// 1.4.3): those of HTML against the nearest background, those of a bar against
// both colours of their pattern.
const faint = `(() => {
const rgb = c => (c.match(/[\d.]+/g) || []).map(Number);
const lum = c => { const [r, g, b] = rgb(c).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
const contrast = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05) };
const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor, v = rgb(c); if (v.length < 4 || v[3] > 0) return c } return 'rgb(255,255,255)' };
const out = [];
const hold = (words, a, b) => { const c = contrast(a, b); if (c < 4.5) out.push(words.trim().slice(0, 40) + ' ' + c.toFixed(2) + ' ' + a + ' on ' + b) };
for (const t of document.querySelectorAll('.bar text')) {
  const side = t.getAttribute('class').slice(2);
  for (const f of document.querySelectorAll('.defs .f-' + side + ', .defs .g-' + side)) hold(t.textContent, getComputedStyle(t).fill, getComputedStyle(f).fill);
}
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || e.closest('svg')) continue;
  hold(walk.currentNode.data, getComputedStyle(e).color, ground(e));
}
return out })()`

// wide is a script that lists elements which reach over the window's edge.
const wide = `(() => {
if (document.documentElement.scrollWidth <= innerWidth) return [];
return [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.parentElement.closest('.scroll'))
  .slice(0, 5).map(e => e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent.trim().slice(0, 40))
  .concat(document.documentElement.scrollWidth + ' > ' + innerWidth) })()`

// looks are the windows in which pages are held to their rules.
var looks = []struct {
	width  int64
	scheme string
}{{1280, "light"}, {1280, "dark"}, {390, "light"}, {390, "dark"}, {320, "light"}}

// TestPagesInABrowser holds pages to what only a browser can tell. With
// PARALLAX_SHOTS it leaves pictures of them in that directory.
func TestPagesInABrowser(t *testing.T) {
	b := newBrowser(t)
	shots := os.Getenv("PARALLAX_SHOTS")
	a := newAnalyzer(t, demo.Lexicons())
	var articles []corpus.Article
	for _, file := range demo.Articles() {
		if file.Name == "port.jsonl" || shots != "" { // one story is enough to hold the pages to
			articles = append(articles, readArticles(t, a.Lexicons(), file.Open())...)
		}
	}
	s := serve(t, server.Config{Loopback: true, Demo: true}, a, articles)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	for name, path := range map[string]string{
		"stories": "/", "story": storyOf(t, s, "demo-port-01"), "article": "/articles/demo-port-01", "sources": "/sources?country=XX",
		"source": "/sources/thecityargus.example", "analyze": "/analyze", "methodology": "/methodology", "error": "/sources/none.example",
		"empty": "/?q=zeppelin",
	} {
		for _, look := range looks {
			where := fmt.Sprintf("%s-%d-%s", name, look.width, look.scheme)
			b.look(look.width, look.scheme)
			b.do(chromedp.Navigate(web.URL + path))
			b.holds(where, name == "error")
			if shots != "" {
				b.shoot(filepath.Join(shots, where+".png"))
			}
		}
	}
}

// holds checks the page that is open.
func (b *browser) holds(where string, refused bool) {
	b.t.Helper()
	var found []string
	b.eval(wide, &found)
	for _, e := range found {
		b.t.Errorf("%s: too wide: %s", where, e)
	}
	b.eval(faint, &found)
	for _, e := range found {
		b.t.Errorf("%s: too faint: %s", where, e)
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	var first string
	b.eval(`document.activeElement.className + " " + Math.round(document.activeElement.getBoundingClientRect().left)`, &first)
	if first != "skip 0" {
		b.t.Errorf("%s: Tab reaches %q first, want the skip link in sight", where, first)
	}
	b.eval(`document.activeElement.blur()`, nil)
	if refused { // Chromium logs the status of an error page
		b.mu.Lock()
		b.messages = nil
		b.mu.Unlock()
	}
	b.quiet(where)
}

func (b *browser) shoot(file string) {
	b.t.Helper()
	var data []byte
	b.do(chromedp.FullScreenshot(&data, 100))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// TestAFormIsSentInABrowser sends the form of /analyze from its own page. Under
// the policy of the other pages the browser would not name its origin, and the
// guard would refuse it.
func TestAFormIsSentInABrowser(t *testing.T) {
	b := newBrowser(t)
	web := httptest.NewServer(newPages(t, server.Config{Loopback: true}))
	t.Cleanup(web.Close)
	b.look(390, "light")
	b.do(
		chromedp.Navigate(web.URL+"/analyze"),
		chromedp.SendKeys("#text", "The minister may resign, she said. That would utterly change the vote on the bridge, and many expect it."),
		chromedp.Submit("form.paste"),
		chromedp.WaitVisible("#h-text", chromedp.ByQuery),
	)
	var words []string
	b.eval(`[...document.querySelectorAll('.body mark')].map(e => e.textContent)`, &words)
	if got := strings.Join(words, ", "); !strings.Contains(got, "may") || !strings.Contains(got, "utterly") {
		t.Errorf("marked: %s", got)
	}
	b.holds("result", false)
	if shots := os.Getenv("PARALLAX_SHOTS"); shots != "" {
		b.shoot(filepath.Join(shots, "result-390-light.png"))
	}
}
