package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"github.com/alecthomas/kong"

	"parallax/analyzer"
	"parallax/analyzer/tagger"
	"parallax/analyzer/text/prose"
	"parallax/corpus"
	"parallax/lexicons"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2 // wrong use, or not available
)

// errUsage is what an error about wrong use wraps, errNotBuilt one about a
// part of the program that is yet to come.
var (
	errUsage    = errors.New("wrong use")
	errNotBuilt = errors.New("not built yet")
)

// cli is the command line.
type cli struct {
	Lexicons []string `help:"Directory whose word lists and ratings add to or replace the embedded ones; may be repeated." type:"existingdir" placeholder:"DIR"`
	Ratings  string   `help:"Version of the source ratings to rate with, such as 2026.11.1; the latest is in use." placeholder:"VERSION"`
	Tagger   string   `help:"Tagger that reads tags and names: perceptron, or prose as the reference." enum:"perceptron,prose" default:"perceptron"`
	Verbose  bool     `short:"v" help:"Log to stderr."`

	Demo       demoCmd       `cmd:"" help:"Load the bundled, invented stories into a temporary database, print their balance and serve them."`
	Serve      serveCmd      `cmd:"" help:"Serve pages and API."`
	Ingest     ingestCmd     `cmd:"" help:"Read, analyse, group and store articles."`
	Stories    storiesCmd    `cmd:"" help:"List stories."`
	Report     reportCmd     `cmd:"" help:"Print one story's report."`
	Analyze    analyzeCmd    `cmd:"" help:"Analyse one article, or a stream of them; nothing is stored."`
	Cluster    clusterCmd    `cmd:"" help:"Group a stream of articles into stories."`
	Duplicates duplicatesCmd `cmd:"" help:"Say of pairs of texts whether one copies the other."`
	Lookup     lookupCmd     `cmd:"" help:"Say what is known of the source of an address."`
	Sources    sourcesCmd    `cmd:"" help:"Import, list and compare ratings of outlets."`
	LexiconsC  lexiconsCmd   `cmd:"" name:"lexicons" help:"List, show and check word lists and ratings."`
	Train      trainCmd      `cmd:"" help:"Fit a model."`
	Eval       evalCommands  `cmd:"" help:"Score the program on labelled data, or by an audit."`
	Export     notBuiltCmd   `cmd:"" help:"Export for researchers (not built yet)."`
	Version    versionCmd    `cmd:"" help:"Print version, lexicon and ratings hash."`
}

// An app is what every command works with.
type app struct {
	ctx     context.Context
	in      io.Reader
	out     *bufio.Writer
	err     io.Writer
	log     *slog.Logger
	overlay []string
	ratings string // version, "" for the latest
	tagger  string
	extra   []fs.FS // lexicons of the demo
}

// run is the program without its process: tests call it.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("parallax"),
		kong.Description("Parallax finds how news is framed and how coverage leans. Every number opens down to the words, outlet and rule it came from."),
		kong.Writers(out, errs), kong.Exit(func(n int) { code = n }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(errs, "parallax:", err)
		return exitFailed
	}
	k, err := parser.Parse(args)
	if code >= 0 { // --help
		return code
	}
	if err != nil {
		fmt.Fprintln(errs, "parallax:", err)
		return exitUsage
	}
	a := &app{ctx: ctx, in: in, out: bufio.NewWriter(out), err: errs, log: slog.New(slog.DiscardHandler), overlay: c.Lexicons, ratings: c.Ratings, tagger: c.Tagger}
	if c.Verbose {
		a.log = slog.New(slog.NewTextHandler(errs, nil))
	}
	err = k.Run(a)
	if flush := a.out.Flush(); err == nil {
		err = flush
	}
	return a.code(err)
}

// code tells an error to the user and picks the exit code.
func (a *app) code(err error) int {
	var quiet quietError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &quiet):
		return exitFailed
	case errors.Is(err, context.Canceled):
		return exitFailed
	case errors.Is(err, errUsage), errors.Is(err, errNotBuilt):
		fmt.Fprintln(a.err, "parallax:", err)
		return exitUsage
	}
	fmt.Fprintln(a.err, "parallax:", err)
	return exitFailed
}

// A quietError fails the command after it has said why.
type quietError struct{}

func (quietError) Error() string { return "failed" }

// set loads the lexicons.
func (a *app) set() (*lexicons.Set, error) {
	overlays := a.extra
	for _, dir := range a.overlay {
		overlays = append(overlays, os.DirFS(dir))
	}
	set, err := lexicons.Load(overlays...)
	if err != nil || a.ratings == "" {
		return set, err
	}
	set, err = set.At(a.ratings)
	if errors.Is(err, lexicons.ErrVersion) {
		err = usage(err)
	}
	return set, err
}

// analyzer puts the analyzer together.
func (a *app) analyzer() (*analyzer.Analyzer, error) {
	set, err := a.set()
	if err != nil {
		return nil, err
	}
	return a.analyzerOf(set)
}

func (a *app) analyzerOf(set *lexicons.Set) (*analyzer.Analyzer, error) {
	t, err := a.taggerOf(set)
	if err != nil {
		return nil, err
	}
	return analyzer.New(set, t, analyzer.Detectors()...)
}

// taggerOf is the tagger that the user chose.
func (a *app) taggerOf(set *lexicons.Set) (analyzer.Tagger, error) {
	if a.tagger == "prose" {
		return new(prose.Tagger), nil
	}
	return tagger.New(set)
}

// open opens an input, a file or "-", which may be compressed. The process ends
// with the command, and so does its open file.
func (a *app) open(name string) (io.ReadCloser, error) {
	if name == "" || name == "-" {
		return corpus.Decompress(a.stdin())
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return corpus.Decompress(f)
}

// stdin is the standard input until the program is told to end; a plain read
// would go on waiting for somebody to type.
func (a *app) stdin() io.ReadCloser {
	r, w := io.Pipe()
	context.AfterFunc(a.ctx, func() { _ = w.CloseWithError(a.ctx.Err()) })
	go func() {
		_, err := io.Copy(w, a.in)
		_ = w.CloseWithError(err) // nil is the end of the input
	}()
	return r
}

type notBuiltCmd struct {
	Rest []string `arg:"" optional:"" passthrough:""`
}

// Run says that the command is yet to come.
func (notBuiltCmd) Run(k *kong.Context) error {
	return fmt.Errorf("parallax %s: %w", k.Selected().Name, errNotBuilt)
}
