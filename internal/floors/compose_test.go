package floors

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// The compose file is checked by reading it: no container engine is needed.
func TestComposeFile(t *testing.T) {
	data, err := os.ReadFile(root + "/docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Image       string
			Build       string
			Command     []string
			Environment map[string]string
			Secrets     []string
			Ports       []string
			Volumes     []string
			DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
			Healthcheck struct{ Test []string }
		}
		Volumes map[string]any
		Secrets map[string]struct{ File string }
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	server, db := file.Services["parallax"], file.Services["postgres"]
	if server.Build != "." || !slices.Contains(server.Command, "serve") || !strings.HasPrefix(server.Environment["PARALLAX_DB"], "postgres://parallax@postgres:") {
		t.Errorf("server: %+v", server)
	}
	if server.DependsOn["postgres"].Condition != "service_healthy" || len(db.Healthcheck.Test) == 0 {
		t.Error("the server must wait for a healthy database")
	}
	if !strings.HasPrefix(db.Image, "postgres:") || len(db.Ports) != 0 {
		t.Errorf("database: image %q, ports %v; it must not be published", db.Image, db.Ports)
	}
	for _, p := range server.Ports {
		if !strings.HasPrefix(p, "127.0.0.1:") {
			t.Errorf("port %s is published beyond this machine", p)
		}
	}
	for name, s := range file.Services {
		for _, secret := range s.Secrets {
			if file.Secrets[secret].File == "" {
				t.Errorf("%s uses the secret %s, which is not declared", name, secret)
			}
		}
		for _, v := range s.Volumes {
			if volume, _, _ := strings.Cut(v, ":"); file.Volumes != nil {
				if _, ok := file.Volumes[volume]; !ok {
					t.Errorf("%s uses the volume %s, which is not declared", name, volume)
				}
			}
		}
	}
	if strings.Contains(string(data), "PASSWORD:") {
		t.Error("a password stands in the file")
	}
}
