package text

// An Index finds the place of 64-bit keys, such as hashes of words, without
// allocating. It never changes and is safe for concurrent use; the zero Index
// holds nothing.
type Index struct {
	slots []slot // open addressing; its length is a power of two
}

type slot struct {
	key   uint64
	place int32 // plus one; 0 is free
}

// NewIndex numbers keys from 0. Of a key given twice the later place counts.
func NewIndex(keys []uint64) *Index {
	size := 16
	for size < 2*len(keys) {
		size *= 2
	}
	x := &Index{slots: make([]slot, size)}
	for i, k := range keys {
		s := x.slot(k)
		*s = slot{k, int32(i) + 1}
	}
	return x
}

// slot is that of a key, or a free one.
func (x *Index) slot(key uint64) *slot {
	mask := uint64(len(x.slots) - 1)
	h := key * 0x9E3779B97F4A7C15
	for i := h >> 32 & mask; ; i = (i + 1) & mask {
		if s := &x.slots[i]; s.place == 0 || s.key == key {
			return s
		}
	}
}

// Of is the place of a key.
func (x *Index) Of(key uint64) (place int32, ok bool) {
	if len(x.slots) == 0 {
		return 0, false
	}
	s := x.slot(key)
	return s.place - 1, s.place > 0
}
