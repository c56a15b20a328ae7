package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"parallax/corpus"
	"parallax/internal/jsonline"
)

type ingestCmd struct {
	dbFlag
	Input  []string `arg:"" help:"JSONL files, directories, or - for JSONL on stdin."`
	Each   bool     `help:"Print a line of JSON for each article once it is on disk."`
	Strict bool     `help:"Exit with 1 if an article was rejected."`
}

// Help is shown by --help.
func (ingestCmd) Help() string {
	return `The same input twice changes nothing. Feeds, OPML, WARC, CSV and page addresses are not built yet.

Examples:
  parallax ingest articles.jsonl.gz
  parallax ingest --db postgres://parallax@localhost/news archive/`
}

// tally sums outcomes up.
type tally struct {
	accepted, duplicates, revised, rejected int
	why                                     []string // the first rejections
}

// shownRejections is how many rejections a summary tells one by one.
const shownRejections = 20

func (t *tally) add(o corpus.Outcome) {
	switch o.Status {
	case corpus.Accepted:
		t.accepted++
	case corpus.Duplicate:
		t.duplicates++
	case corpus.Revised:
		t.revised++
	default:
		t.rejected++
		if len(t.why) < shownRejections {
			t.why = append(t.why, place(o)+": "+o.Err.Error())
		}
	}
}

func place(o corpus.Outcome) string {
	if o.Line == 0 {
		return inputName(o.File)
	}
	return fmt.Sprintf("%s:%d", inputName(o.File), o.Line)
}

func (t *tally) print(w io.Writer) error {
	_, err := fmt.Fprintf(w, "accepted %d, duplicates %d, revised %d, rejected %d\n", t.accepted, t.duplicates, t.revised, t.rejected)
	for _, why := range t.why {
		if err == nil {
			_, err = fmt.Fprintln(w, "  rejected", why)
		}
	}
	if n := t.rejected - len(t.why); n > 0 && err == nil {
		_, err = fmt.Fprintf(w, "  and %d more\n", n)
	}
	return err
}

// Run ingests.
func (c ingestCmd) Run(a *app) error {
	for _, name := range c.Input {
		if err := available(name); err != nil {
			return err
		}
	}
	s, err := a.store(c.dbFlag)
	if err != nil {
		return err
	}
	t := &tally{}
	bar := a.progress()
	failed := false
	for _, name := range c.Input {
		records := s.Records(name)
		if name == "-" {
			r, err := a.open(name)
			if err != nil {
				return errors.Join(err, s.Close())
			}
			records = s.DecodeLines("-", r)
		}
		err = s.Ingest(a.ctx, records, func(o corpus.Outcome) {
			t.add(o)
			bar.Increment()
			failed = failed || o.Err != nil && !corpus.IsRejection(o.Err)
			if c.Each {
				err = errors.Join(err, c.tell(a, o))
			}
		})
		if err != nil {
			break
		}
	}
	bar.done()
	if err = errors.Join(err, t.print(a.out), s.Close()); err != nil {
		if errors.Is(err, context.Canceled) {
			fmt.Fprintln(a.err, "parallax: interrupted; what is counted as accepted is stored, and ingesting again goes on from there")
		}
		return err
	}
	if failed || c.Strict && t.rejected > 0 {
		return quietError{}
	}
	return nil
}

// tell prints one outcome and sends it off at once, since it is on disk.
func (c ingestCmd) tell(a *app, o corpus.Outcome) error {
	line := struct {
		File   string `json:"file"`
		Line   int    `json:"line"`
		ID     string `json:"id"`
		Status string `json:"status"`
		Story  string `json:"story,omitempty"`
		Error  string `json:"error,omitempty"`
	}{o.File, o.Line, o.ID, o.Status, o.Story, ""}
	if o.Err != nil {
		line.Error = o.Err.Error()
	}
	if err := jsonline.Write(a.out, line); err != nil {
		return err
	}
	return a.out.Flush()
}

// available refuses inputs of kinds that are not built, and files that are not
// there.
func available(name string) error {
	if name == "-" {
		return nil
	}
	if strings.Contains(name, "://") {
		return fmt.Errorf("%s: reading feeds and pages from an address: %w", name, errNotBuilt)
	}
	switch corpus.Ending(name) {
	case ".csv", ".warc", ".opml", ".xml":
		return fmt.Errorf("%s: reading CSV, WARC, OPML and feed files: %w", name, errNotBuilt)
	}
	_, err := os.Stat(name)
	return err
}

// A progressBar counts on a terminal and is silent elsewhere.
type progressBar struct {
	all *mpb.Progress
	bar *mpb.Bar
}

func (a *app) progress() progressBar {
	f, ok := a.err.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return progressBar{}
	}
	p := mpb.New(mpb.WithOutput(f), mpb.WithWidth(40))
	return progressBar{p, p.New(0, mpb.SpinnerStyle(), mpb.PrependDecorators(decor.CurrentNoUnit("%d articles "), decor.AverageSpeed(0, "%.0f/s")))}
}

// Increment counts one.
func (b progressBar) Increment() {
	if b.bar != nil {
		b.bar.Increment()
	}
}

func (b progressBar) done() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.all.Wait()
	}
}
