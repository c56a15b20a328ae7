package text

import (
	"fmt"
	"unicode/utf8"
)

// A Unit is what the offsets of a span count.
type Unit uint8

// The units of offsets. Rune is the default of every answer.
const (
	Rune  Unit = iota // Unicode code points, as Python and R count
	Byte              // UTF-8 bytes, as Go counts
	UTF16             // UTF-16 code units, as JavaScript counts
)

// ParseUnit reads the name of a unit: "rune", "byte" or "utf16"; "" is Rune.
func ParseUnit(name string) (Unit, error) {
	switch name {
	case "", "rune":
		return Rune, nil
	case "byte":
		return Byte, nil
	case "utf16":
		return UTF16, nil
	}
	return Rune, fmt.Errorf("offsets %q: must be rune, byte or utf16", name)
}

// checkpoint is how many bytes lie between two remembered counts.
const checkpoint = 128

// Offsets converts byte offsets of one text to another unit. Making one costs
// a pass over the text; a conversion looks at no more than 128 bytes.
type Offsets struct {
	text   string
	unit   Unit
	plain  bool    // one unit a byte: nothing to convert
	counts []int32 // units before byte i*checkpoint, moved up to a rune border
}

// NewOffsets prepares the conversion of offsets into text to unit.
func NewOffsets(text string, unit Unit) *Offsets {
	o := &Offsets{text: text, unit: unit, plain: unit == Byte || ascii(text)}
	if o.plain {
		return o
	}
	o.counts = make([]int32, 0, len(text)/checkpoint+1)
	n, next := 0, 0
	for i, r := range text {
		if i >= next {
			o.counts = append(o.counts, int32(n))
			next += checkpoint
		}
		n += width(r, unit)
	}
	return o
}

// At is the offset in o's unit of the byte offset i, which must be a rune
// border within the text.
func (o *Offsets) At(i int) int {
	if o.plain || i == 0 {
		return i
	}
	k := min(i/checkpoint, len(o.counts)-1)
	from := k * checkpoint
	for from < len(o.text) && !utf8.RuneStart(o.text[from]) {
		from++
	}
	n := int(o.counts[k])
	if from > i { // the checkpoint was moved past i, into the same rune's end
		k--
		from, n = k*checkpoint, int(o.counts[k])
		for !utf8.RuneStart(o.text[from]) {
			from++
		}
	}
	for _, r := range o.text[from:i] {
		n += width(r, o.unit)
	}
	return n
}

// Span is s with both ends in o's unit.
func (o *Offsets) Span(s Span) Span { return Span{o.At(s.Start), o.At(s.End)} }

func width(r rune, unit Unit) int {
	if unit == UTF16 && r > 0xFFFF {
		return 2
	}
	return 1
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
