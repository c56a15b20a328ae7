package server

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"parallax/server/static"
)

// An asset is a static file that is served under an address with its hash.
type asset struct {
	data []byte
	hash string
}

var staticFiles = sync.OnceValues(func() (map[string]asset, error) {
	entries, err := static.Files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	out := map[string]asset{}
	for _, e := range entries {
		data, err := static.Files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		out[e.Name()] = asset{data, shortHash(data)}
	}
	return out, nil
})

var contentTypes = map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func assetPath(name string) string {
	files, err := staticFiles()
	if err != nil {
		return "/static/" + name
	}
	return "/static/" + name + "?v=" + files[name].hash
}

func getStatic(c echo.Context) error {
	files, err := staticFiles()
	if err != nil {
		return err
	}
	name := c.Param("asset")
	file, ok := files[name]
	if !ok {
		return echo.ErrNotFound
	}
	cache := "no-cache"
	if c.QueryParam("v") == file.hash {
		cache = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set("Cache-Control", cache)
	_, kind, _ := strings.Cut(name, ".")
	return c.Blob(http.StatusOK, contentTypes[kind], file.data)
}
