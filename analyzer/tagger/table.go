package tagger

// A table leads from the key of a feature to its row of weights.
type table struct {
	filter []uint64 // a bit per hash of a key; most features asked for are not there, and this is small enough to stay in the cache
	slots  []slot   // open addressing; its length is a power of two
	w      []int8   // rows of equal width
	width  int
}

type slot struct {
	key uint32
	row uint32 // its number plus one, shifted left by shiftBits, with the shift of its weights; 0 is an empty slot
}

const shiftBits = 4

const (
	filterLog  = 22
	filterBits = 1 << filterLog
)

// newTable files rows by their keys.
func newTable(rows Rows, width int) table {
	n := 16
	for n < 2*len(rows.Keys) {
		n *= 2
	}
	t := table{filter: make([]uint64, filterBits/64), slots: make([]slot, n), w: rows.Weights, width: width}
	mask := uint32(n - 1)
	for r, k := range rows.Keys {
		b := k >> (32 - filterLog)
		t.filter[b/64] |= 1 << (b % 64)
		i := k & mask
		for t.slots[i].row != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = slot{k, uint32(r+1)<<shiftBits | uint32(rows.Shifts[r])}
	}
	return t
}

// row is the weights of a key and by how much they are shifted, or nil.
func (t *table) row(key uint32) ([]int8, uint8) {
	b := key >> (32 - filterLog)
	if t.filter[b/64]&(1<<(b%64)) == 0 {
		return nil, 0
	}
	mask := uint32(len(t.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		s := t.slots[i]
		if s.row == 0 {
			return nil, 0
		}
		if s.key == key {
			at := int(s.row>>shiftBits-1) * t.width
			return t.w[at : at+t.width], uint8(s.row & (1<<shiftBits - 1))
		}
	}
}
