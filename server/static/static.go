// Package static holds the style sheet, the script and the icon of the pages,
// which the server sends and a file that stands alone carries within itself.
package static

import "embed"

// Files are served by name.
//
//go:embed style.css page.js favicon.svg
var Files embed.FS

// Style and Script are what a page carries that stands alone.
var (
	//go:embed style.css
	Style string
	//go:embed page.js
	Script string
)
