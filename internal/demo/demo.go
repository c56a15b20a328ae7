// Package demo holds the sample stories of "parallax demo": articles written
// for Parallax about invented events by invented outlets, and the demo ratings
// of those outlets, which are no part of the real lexicon.
package demo

import (
	"bytes"
	"embed"
	"io"
	"io/fs"
)

//go:embed *.jsonl lexicons
var files embed.FS

// A File is a file of articles, one a line.
type File struct {
	Name string
	data []byte
}

// Open reads the file from its beginning.
func (f File) Open() io.Reader { return bytes.NewReader(f.data) }

// Articles are the files of articles. The largest story comes last, so that
// lists, which have the newest first, begin with it.
func Articles() []File {
	var out []File
	for _, name := range []string{"rent-flood-school.jsonl", "border-clinic.jsonl", "port.jsonl"} {
		out = append(out, File{name, must(files.ReadFile(name))})
	}
	return out
}

// Lexicons are the ratings of the invented outlets and the names of the
// invented country, to be laid over the embedded lexicons.
func Lexicons() fs.FS { return must(fs.Sub(files, "lexicons")) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the files are embedded: they are there
	}
	return v
}
