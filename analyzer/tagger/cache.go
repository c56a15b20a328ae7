package tagger

// A pairCache keeps sums that depend on two numbers only, such as two word
// types that stand side by side. What is not in its place is made anew, so
// that an answer never depends on what was read before.
type pairCache struct {
	keys  []uint64
	sums  []int16
	width int
}

const cacheSize = 1 << 14

func newPairCache(width int) pairCache {
	return pairCache{make([]uint64, cacheSize), make([]int16, cacheSize*width), width}
}

// at is the place of a pair, and whether its sums are there already.
func (c *pairCache) at(a, b uint32) (sums []int16, ok bool) {
	key := uint64(a+1)<<32 | uint64(b+1)
	i := int(mix(key) & (cacheSize - 1))
	sums = c.sums[i*c.width : (i+1)*c.width : (i+1)*c.width]
	if c.keys[i] == key {
		return sums, true
	}
	c.keys[i] = key
	return sums, false
}

func (c *pairCache) clear() { clear(c.keys) }
