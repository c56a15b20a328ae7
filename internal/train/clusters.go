package train

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"sync"
)

// Vectors are word vectors of unit length, row after row.
type Vectors struct {
	Words []string
	Size  int
	data  []float32
}

// ReadVectors reads the JSON of wink-embeddings: {"dimensions":n, "vectors":
// {"word":[…]}}, of which the first n numbers of a word are its vector. Only
// words that keep allows are kept.
func ReadVectors(r io.Reader, keep func(word string) bool) (*Vectors, error) {
	v := &Vectors{}
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	if err := into(dec, '{'); err != nil {
		return nil, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		switch key {
		case "dimensions":
			if err := dec.Decode(&v.Size); err != nil {
				return nil, err
			}
		case "vectors":
			if err := v.read(dec, keep); err != nil {
				return nil, err
			}
		default:
			var skip json.RawMessage
			if err := dec.Decode(&skip); err != nil {
				return nil, err
			}
		}
	}
	if len(v.Words) == 0 {
		return nil, errors.New("no vectors")
	}
	return v, nil
}

func into(dec *json.Decoder, want json.Delim) error {
	t, err := dec.Token()
	if err == nil && t != want {
		err = fmt.Errorf("%v where %v must stand", t, want)
	}
	return err
}

func (v *Vectors) read(dec *json.Decoder, keep func(string) bool) error {
	if v.Size <= 0 {
		return errors.New("vectors before dimensions")
	}
	if err := into(dec, '{'); err != nil {
		return err
	}
	var row []float32
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return err
		}
		if err := dec.Decode(&row); err != nil {
			return err
		}
		word, _ := key.(string)
		if len(row) < v.Size || !keep(word) {
			continue
		}
		norm := 0.0
		for _, x := range row[:v.Size] {
			norm += float64(x) * float64(x)
		}
		if norm == 0 {
			continue
		}
		v.Words = append(v.Words, word)
		for _, x := range row[:v.Size] {
			v.data = append(v.data, float32(float64(x)/math.Sqrt(norm)))
		}
	}
	return into(dec, '}')
}

const branches = 16

// Clusters puts each word into a tree of clusters, 16 by 16 by 16, by k-means
// on the cosine (hierarchical spherical k-means, after Dhillon and Modha
// 2001). The three digits to base 16 are the path.
func (v *Vectors) Clusters(seed uint64) map[string]uint16 {
	ids := make([]int32, len(v.Words))
	for i := range ids {
		ids[i] = int32(i)
	}
	path := make([]uint16, len(ids))
	v.divide(ids, path, 0, rand.New(rand.NewPCG(seed, 1)))
	out := make(map[string]uint16, len(path))
	for i, w := range v.Words {
		out[w] = path[i]
	}
	return out
}

// divide appends a digit to the path of each id, then divides the parts.
func (v *Vectors) divide(ids []int32, path []uint16, depth int, rng *rand.Rand) {
	if depth == 3 || len(ids) == 0 {
		return
	}
	part := v.kmeans(ids, rng)
	var parts [branches][]int32
	for i, id := range ids {
		path[id] = path[id]<<4 | uint16(part[i])
		parts[part[i]] = append(parts[part[i]], id)
	}
	for _, p := range parts {
		v.divide(p, path, depth+1, rng)
	}
}

func (v *Vectors) kmeans(ids []int32, rng *rand.Rand) []uint8 {
	part := make([]uint8, len(ids))
	if len(ids) <= branches {
		for i := range part {
			part[i] = uint8(i)
		}
		return part
	}
	d := v.Size
	center := make([]float32, branches*d)
	for b := range branches {
		copy(center[b*d:(b+1)*d], v.data[int(ids[rng.IntN(len(ids))])*d:][:d])
	}
	for range 12 {
		v.assign(ids, part, center)
		sum := make([]float64, branches*d)
		for i, id := range ids {
			row := v.data[int(id)*d:][:d]
			to := sum[int(part[i])*d:][:d]
			for k := range row {
				to[k] += float64(row[k])
			}
		}
		for b := range branches {
			s, norm := sum[b*d:][:d], 0.0
			for _, x := range s {
				norm += x * x
			}
			if norm == 0 {
				copy(center[b*d:(b+1)*d], v.data[int(ids[rng.IntN(len(ids))])*d:][:d])
				continue
			}
			for k, x := range s {
				center[b*d+k] = float32(x / math.Sqrt(norm))
			}
		}
	}
	return part
}

// assign finds the nearest center of each id, on two halves at once; the
// result does not depend on their order.
func (v *Vectors) assign(ids []int32, part []uint8, center []float32) {
	var wg sync.WaitGroup
	half := (len(ids) + 1) / 2
	for from := 0; from < len(ids); from += half {
		wg.Go(func() {
			for i := from; i < min(from+half, len(ids)); i++ {
				row := v.data[int(ids[i])*v.Size:][:v.Size]
				best := float32(math.Inf(-1))
				for b := range branches {
					c := center[b*v.Size:][:v.Size]
					s := float32(0)
					for k, x := range row {
						s += x * c[k]
					}
					if s > best {
						best, part[i] = s, uint8(b)
					}
				}
			}
		})
	}
	wg.Wait()
}
