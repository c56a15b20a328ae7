package tagger

import "math/bits"

// A table leads from the key of a feature to its row of weights.
type table struct {
	filter []uint64 // a bit per hash of a key; most features asked for are not there, and this is small enough to stay in the cache
	slots  []slot   // open addressing; its length is a power of two
	packed []uint64 // rows of words, see sum
	words  int      // of a row
	width  int      // tags
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
	t := table{filter: make([]uint64, filterBits/64), slots: make([]slot, n), width: width}
	t.packed, t.words = pack(rows.Weights, width)
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

// find is the slot of a key, or one with row 0.
func (t *table) find(key uint32) slot {
	b := key >> (32 - filterLog)
	if t.filter[b/64]&(1<<(b%64)) == 0 {
		return slot{}
	}
	mask := uint32(len(t.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		if s := t.slots[i]; s.key == key || s.row == 0 {
			return s
		}
	}
}

// sum adds the weights of keys to out, which has a place for each tag.
//
// Eight weights are added at once: of each eight the even and the odd ones lie
// in four lanes of 16 bits, made positive by an offset that is taken off in the
// end. Rows of different shifts are summed apart.
func (t *table) sum(l *lanes, out []int32, keys []uint32) {
	words := t.words
	for len(keys) > 0 {
		some := keys[:min(len(keys), maxLanes)] // more would overflow a lane
		keys = keys[len(some):]
		for _, k := range some {
			s := t.find(k)
			if s.row == 0 {
				continue
			}
			shift := s.row & (1<<shiftBits - 1)
			l.used |= 1 << shift
			l.count[shift]++
			sums := &l.sums[shift]
			row := t.packed[int(s.row>>shiftBits-1)*words:][:words]
			for w, x := range row {
				sums[2*w] += x & evenLanes
				sums[2*w+1] += x >> 8 & evenLanes
			}
		}
		for ; l.used != 0; l.used &= l.used - 1 {
			shift := bits.TrailingZeros16(l.used)
			sums := l.sums[shift][:2*words]
			off := offset * l.count[shift]
			for w := 0; w < words; w++ {
				// The places of eight tags; the last may have fewer.
				even, odd := sums[2*w], sums[2*w+1]
				some := out[8*w : min(8*w+8, len(out))]
				for k := range some {
					some[k] += (int32(even&0xffff) - off) << shift
					even, odd = odd, even>>16
				}
			}
			clear(sums)
			l.count[shift] = 0
		}
	}
}

// lanes are what a table sums in. They are zero between two sums.
type lanes struct {
	sums  [1 << shiftBits][2 * maxWords]uint64
	count [1 << shiftBits]int32
	used  uint16 // a bit for each shift
}

const (
	offset    = 128
	maxLanes  = 0xffff / 255
	evenLanes = 0x00ff00ff00ff00ff
	maxWords  = maxTags / 8
)

// pack lays rows out in words of eight weights each, with the offset.
func pack(w []int8, width int) (packed []uint64, words int) {
	words = (width + 7) / 8
	rows := len(w) / width
	packed = make([]uint64, rows*words)
	for r := range rows {
		for tag := range width {
			x := uint64(uint8(int(w[r*width+tag]) + offset))
			packed[r*words+tag/8] |= x << (tag % 8 * 8)
		}
	}
	return packed, words
}
