package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"parallax/analyzer"
	"parallax/corpus"
	"parallax/corpus/fetch"
	"parallax/internal/demo"
	"parallax/server"
	"parallax/server/render"
)

type serveCmd struct {
	dbFlag
	Addr   string `help:"Address to listen on." default:"127.0.0.1:8080" env:"PARALLAX_ADDR"`
	NoPoll bool   `help:"Do not poll feeds (polling is not built yet)."`
}

// Help is shown by --help.
func (serveCmd) Help() string {
	return `On a loopback address only programs of this machine can use the server; on
another address it is read-only.

Example:
  parallax serve --db parallax.db --addr 127.0.0.1:8080`
}

// Run serves until the context ends.
func (c serveCmd) Run(a *app) error {
	s, err := a.store(c.dbFlag)
	if err != nil {
		return err
	}
	return errors.Join(a.serve(s, c.Addr, false), s.Close())
}

// serve answers requests on an address.
func (a *app) serve(s *corpus.Store, addr string, invented bool) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	config := server.Config{Store: s, Loopback: server.LoopbackAddress(addr), Log: a.log, Demo: invented}
	if config.Loopback { // not for strangers
		config.Pages = fetch.New("Parallax/" + analyzer.Version)
	}
	srv, err := server.New(config)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if _, err := fmt.Fprintf(a.err, "Parallax serves http://%s/ (Ctrl-C ends)\n", l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	return srv.Serve(a.ctx, l)
}

type demoCmd struct {
	Once bool   `help:"End after printing."`
	Addr string `help:"Address to listen on." default:"127.0.0.1:8080" env:"PARALLAX_ADDR"`
}

// Help is shown by --help.
func (demoCmd) Help() string {
	return `All articles, outlets and events of the demo are invented.

Example:
  parallax demo --once`
}

// Run loads the demo by the ordinary ingest, prints it and serves it.
func (c demoCmd) Run(a *app) (err error) {
	dir, err := os.MkdirTemp("", "parallax-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a.extra = append(a.extra, demo.Lexicons())
	s, err := a.store(dbFlag{DB: filepath.Join(dir, "demo.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	t := &tally{}
	for _, file := range demo.Articles() {
		if err := s.Ingest(a.ctx, s.DecodeLines(file.Name, file.Open()), t.add); err != nil {
			return err
		}
	}
	if err := c.print(a, s, t); err != nil {
		return err
	}
	if c.Once {
		return nil
	}
	if err := a.out.Flush(); err != nil {
		return err
	}
	return a.serve(s, c.Addr, true)
}

func (c demoCmd) print(a *app, s *corpus.Store, t *tally) error {
	if _, err := fmt.Fprintln(a.out, "Invented events, told by invented outlets:"); err != nil {
		return err
	}
	page, err := s.Stories(a.ctx, corpus.Filter{}, 200, "")
	if err != nil {
		return err
	}
	for _, item := range page.Items {
		b := item.Balance
		if _, err := fmt.Fprintf(a.out, "\n%s\n  %s\n  %s (left %d, center %d, right %d, unrated %d; %d independent texts)\n",
			item.ID, render.Plain(item.Title), b.Label, b.Left.Sources, b.Center.Sources, b.Right.Sources, b.Unrated.Sources, b.Independent); err != nil {
			return err
		}
		for _, aside := range b.SetAside {
			if _, err := fmt.Fprintf(a.out, "  not counted: %s (%s)\n", aside.Domain, aside.Reason); err != nil {
				return err
			}
		}
	}
	if _, err := fmt.Fprintln(a.out); err != nil {
		return err
	}
	return t.print(a.out)
}
