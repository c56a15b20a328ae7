package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// MaxLine is the most bytes that one line of an input may have. A text of
// [MaxText] bytes fits even if each of them is written as a JSON escape.
const MaxLine = 40 << 20

// A Line is a line of an input without its end. Number counts from 1.
type Line struct {
	Number int
	Data   []byte // valid until the next line is asked for
	Err    error  // the line can't be had; the ones after it can
}

// Lines reads an input line by line. Blank lines are counted and left out. A
// line of more than max bytes is passed over and comes with an error, and so
// does the end of an input that can't be read on.
func Lines(r io.Reader, max int) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		var buf []byte
		for n := 1; ; n++ {
			line, size, err := readLine(br, buf[:0], max)
			buf = line
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			l := Line{Number: n, Data: line}
			switch {
			case size > max:
				l = Line{Number: n, Err: &FieldError{"", fmt.Sprintf("too_large: the line has %d bytes, at most %d", size, max)}}
			case err != nil && !errors.Is(err, io.EOF):
				yield(Line{Number: n, Err: fmt.Errorf("reading stopped: %w", err)})
				return
			}
			if (len(bytes.TrimSpace(line)) > 0 || l.Err != nil) && !yield(l) {
				return
			}
			if err != nil {
				return
			}
		}
	}
}

// readLine appends the next line to buf, up to max bytes of it, and gives its
// whole size. The error is io.EOF after the last line.
func readLine(br *bufio.Reader, buf []byte, max int) (line []byte, size int, err error) {
	for {
		part, err := br.ReadSlice('\n')
		size += len(part)
		if size <= max+1 {
			buf = append(buf, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if n := len(buf); n > 0 && buf[n-1] == '\n' {
			buf = buf[:n-1]
			size--
		}
		return bytes.TrimSuffix(buf, []byte("\r")), size, err
	}
}

// maxWindow bounds what a compressed input may make us hold.
const maxWindow = 64 << 20

// Decompress gives the content of an input that may be gzip or zstd, which it
// tells by the first bytes.
func Decompress(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReader(r)
	head, err := br.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip.NewReader(br)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		d, err := zstd.NewReader(br, zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(br), nil
}
