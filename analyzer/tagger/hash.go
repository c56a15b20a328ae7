package tagger

// A feature is a hash of what it says; models keep the upper half of it.
type feature uint64

const prime = 1099511628211

// of hashes a template and a string.
func of(template byte, s string) feature {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(template)) * prime
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return feature(mix(h))
}

// mix spreads the bits of x (the finalizer of MurmurHash3).
func mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// pair hashes a template and two features.
func pair(template uint64, a, b feature) feature {
	x := (uint64(a) + template*0x9E3779B97F4A7C15) * 0xff51afd7ed558ccd
	x ^= x >> 32
	x = (x + uint64(b)) * 0xc4ceb9fe1a85ec53
	return feature(x ^ x>>29)
}

// at hashes a feature of a word type with where the word stands, 0 to 4 for
// two before to two after.
func at(place int, a feature) feature { return pair(uint64(100+place), a, 0) }

// Key is the half of a feature by which a model files its weights.
func (f feature) Key() uint32 { return uint32(f >> 32) }
