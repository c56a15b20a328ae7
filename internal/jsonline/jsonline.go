// Package jsonline writes values as JSON on one line, the same bytes wherever
// an answer is given: command line, API and exports.
package jsonline

import (
	"bytes"
	"encoding/json"
	"io"
)

// Marshal is v as one line of JSON that ends in a newline. "<" and "&" stay as
// they are: what shows the JSON on a page must escape it.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// Write writes v as one line.
func Write(w io.Writer, v any) error {
	data, err := Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}
