.PHONY: check run bench secrets fuzz

GO ?= go
TOOL = $(GO) tool -modfile=tools.mod

# What a change must pass before it is sent in.
check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	$(TOOL) gofumpt -l . | tee /dev/stderr | wc -l | grep -qx 0
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(GO) test -race ./...

# A server on ./parallax.db.
run:
	$(GO) run ./cmd/parallax serve

# Benchmarks, five times each; compare two runs with: go tool -modfile=tools.mod benchstat old.txt new.txt
bench:
	$(GO) test -run '^$$' -bench . -count 5 ./analyzer/... ./lexicons | tee bench.txt
	$(TOOL) benchstat bench.txt

# A minute on each fuzz target.
fuzz:
	$(GO) test ./analyzer/text -run '^$$' -fuzz FuzzRead -fuzztime 1m
	$(GO) test ./lexicons -run '^$$' -fuzz FuzzCanonical -fuzztime 1m
	$(GO) test ./corpus -run '^$$' -fuzz FuzzDecodeArticle -fuzztime 1m
	$(GO) test ./corpus/page -run '^$$' -fuzz FuzzRead -fuzztime 1m
	$(GO) test ./analyzer -run '^$$' -fuzz FuzzAnalyze -fuzztime 1m

# The database password of docker-compose.yml. The containers' users must be
# able to read the files, and libpq wants its own to be private or not a plain
# file, which a mounted secret is.
secrets:
	mkdir -p secrets
	head -c 24 /dev/urandom | base64 | tr -d '/+=\n' > secrets/postgres_password
	printf '*:*:*:parallax:%s\n' "$$(cat secrets/postgres_password)" > secrets/pgpass
