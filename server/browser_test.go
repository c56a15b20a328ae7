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
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/internal/demo"
	"parallax/server"
	"parallax/server/render"
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
	ctx, stopTab := chromedp.NewContext(alloc, chromedp.WithErrorf(func(format string, args ...any) {
		if !strings.Contains(format, "unhandled") { // events of a newer Chromium than chromedp knows
			t.Errorf(format, args...)
		}
	}))
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
	b.fits(where)
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

// fits holds the page to the window and its colours to one another.
func (b *browser) fits(where string) {
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

// pasted has highlights of several families, two of them in quotations, and
// words that are longer than a window is wide.
var pasted = "The minister may resign, she claimed. That would utterly change the vote on the bridge, and many perhaps expect it. " +
	strings.Repeat("Langerbootsanlegerbau", 12) + " stands there, obviously.\n\n" +
	"“It is utterly unfair and may cost " + strings.Repeat("millionen", 20) + ",” said Odile Karsk, a deckhand. The council admitted that it could be so."

// openResult posts pasted from the page's own form.
func (b *browser) openResult(address string) {
	b.t.Helper()
	b.do(
		chromedp.Navigate(address+"/analyze"),
		chromedp.SetValue("#title", "Vote may fall"),
		chromedp.SetValue("#text", pasted),
		chromedp.Submit("form.paste"),
		chromedp.WaitVisible("#h-text", chromedp.ByQuery),
	)
}

// at is which highlight has focus, whether its card is open, and what the bar
// above the text says.
const at = `(() => {
const open = [...document.querySelectorAll(":popover-open")].map(e => e.id).join();
return document.activeElement.id + " " + open + " " + (document.querySelector(".walk output") || {}).textContent })()`

func (b *browser) is(script, want string) {
	b.t.Helper()
	var got string
	b.eval(script, &got)
	if got != want {
		b.t.Errorf("%.60s: %q, want %q", script, got, want)
	}
}

// highlights counts those of the page.
func (b *browser) highlights() (n int) {
	b.t.Helper()
	b.eval(`document.querySelectorAll("button.code[id^='at-']").length`, &n)
	return n
}

func (b *browser) press(keys string) { b.t.Helper(); b.do(chromedp.KeyEvent(keys)) }

// Highlights are gone through with n and p, which open their cards, and not
// while somebody writes.
func TestHighlightsByKeyInABrowser(t *testing.T) {
	b := newBrowser(t)
	web := httptest.NewServer(newPages(t, server.Config{Loopback: true}))
	t.Cleanup(web.Close)
	b.look(1280, "light")
	b.openResult(web.URL)
	n := b.highlights()
	b.press("n")
	b.is(at, fmt.Sprintf("at-1 cue-1 1 of %d", n))
	b.press("nn")
	b.is(at, fmt.Sprintf("at-3 cue-3 3 of %d", n))
	b.press("p")
	b.is(at, fmt.Sprintf("at-2 cue-2 2 of %d", n))
	b.press("pp")
	b.is(at, fmt.Sprintf("at-%d cue-%d %d of %d", n, n, n, n)) // round the end
	b.press(kb.Escape)
	b.is(at, fmt.Sprintf("at-%d  %d of %d", n, n, n))
	b.press(kb.Enter) // as any button
	b.is(at, fmt.Sprintf("at-%d cue-%d %d of %d", n, n, n, n))

	b.do(chromedp.Click(`.walk [data-go="1"]`))
	b.is(at, fmt.Sprintf("at-1 cue-1 1 of %d", n))
	b.press(kb.Escape)
	b.do(chromedp.Click(`.body mark[data-card="2"]`)) // the words open it too
	b.is(at, fmt.Sprintf("at-2 cue-2 2 of %d", n))
	b.press(kb.Escape)

	b.do(chromedp.Focus("#title"))
	b.press("np")
	b.is(`document.activeElement.id + " " + document.querySelector("#title").value.includes("np")`, "title true")
	b.do(chromedp.Focus("#text"))
	b.press("n")
	b.is(at, fmt.Sprintf("text  2 of %d", n))
	b.eval(`document.activeElement.blur()`, nil)
	b.do(chromedp.Click("#keys")) // off
	b.press("n")
	b.is(at, fmt.Sprintf("keys  2 of %d", n))
	b.quiet("keys")
}

// Families are switched off and on: their highlights lose their look, their
// letters, their place in the list and among those gone through.
func TestFamiliesAreSwitchedInABrowser(t *testing.T) {
	b := newBrowser(t)
	web := httptest.NewServer(newPages(t, server.Config{Loopback: true}))
	t.Cleanup(web.Close)
	b.look(1280, "light")
	b.openResult(web.URL)
	shown := `["hedge", "attribution_verb"].map(f => [
  document.querySelectorAll(".body mark.c-" + f).length,
  [...document.querySelectorAll(".body button.code[data-family=" + f + "]")].filter(e => e.offsetParent).length,
  [...document.querySelectorAll(".highlights li[data-family=" + f + "]")].filter(e => e.offsetParent).length].join("/")).join(" ")
  + " " + document.querySelector(".walk output").textContent`
	n := b.highlights()
	b.is(shown, fmt.Sprintf("4/4/5 3/3/3 %d", n)) // one hedge stands in the title
	b.do(chromedp.Focus("#show-hedge"))
	b.press(" ")
	b.is(shown, fmt.Sprintf("0/0/0 3/3/3 %d shown", n-5))
	b.press("n")
	b.is(`document.activeElement.dataset.family`, "attribution_verb")
	b.do(chromedp.Click(`.both [data-all=""]`))
	b.is(shown, "0/0/0 0/0/0 0 shown")
	b.press("n") // nowhere to go
	b.is(`getComputedStyle(document.querySelector(".body mark")).textDecorationLine`, "none")
	b.do(chromedp.Click(`.both [data-all="on"]`))
	b.is(shown, fmt.Sprintf("4/4/5 3/3/3 %d", n))
	b.quiet("families")
}

// What is pasted is shown in every window without a word that reaches out of
// it, with cards open too; and without scripts the cards open by their buttons.
func TestResultInABrowser(t *testing.T) {
	b := newBrowser(t)
	web := httptest.NewServer(newPages(t, server.Config{Loopback: true}))
	t.Cleanup(web.Close)
	shots := os.Getenv("PARALLAX_SHOTS")
	for _, look := range looks {
		where := fmt.Sprintf("result-%d-%s", look.width, look.scheme)
		b.look(look.width, look.scheme)
		b.openResult(web.URL)
		b.holds(where, false)
		if shots != "" {
			b.shoot(filepath.Join(shots, where+".png"))
		}
		b.press("nnnn")
		b.fits(where + "-card")
		b.is(`(() => { const r = document.querySelector(":popover-open").getBoundingClientRect(), at = document.querySelector("#at-4").getBoundingClientRect();
return [r.left >= 0, r.right <= innerWidth, r.top >= 0, r.bottom <= innerHeight, at.bottom <= r.top || at.top >= r.bottom].join() })()`, "true,true,true,true,true")
	}
	b.do(emulation.SetScriptExecutionDisabled(true))
	b.openResult(web.URL)
	b.do(chromedp.Click("#at-2"), chromedp.WaitVisible("#cue-2"))
	b.is(`[".walk", ".legend input", ".both"].map(s => document.querySelector(s).offsetParent).join()`, ",,")
}

// The file of analyze --format html works from the disk and asks for nothing.
func TestFileInABrowser(t *testing.T) {
	b := newBrowser(t)
	an := newAnalyzer(t, os.DirFS("testdata/lexicons"))
	file := filepath.Join(t.TempDir(), "a.html")
	w, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	title := "Vote may fall"
	if err := render.AnalysisHTML(w, an, title, pasted, an.Analyze(analyzer.Input{Title: title, Text: pasted}, analyzer.Options{})); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	asked := 0
	chromedp.ListenTarget(b.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, "data:") {
			asked++
		}
	})
	b.look(390, "dark")
	b.do(network.Enable(), chromedp.Navigate("file://"+file))
	b.press("nn")
	b.is(at, fmt.Sprintf("at-2 cue-2 2 of %d", b.highlights()))
	b.fits("file")
	b.quiet("file")
	if asked != 1 {
		t.Errorf("%d requests, want that of the file alone", asked)
	}
}
