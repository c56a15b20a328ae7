-- +goose Up
CREATE TABLE articles (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  url         TEXT    NOT NULL,  -- canonical; '' without one
  address     TEXT    NOT NULL,  -- as given
  domain      TEXT    NOT NULL,  -- as given
  source      TEXT    NOT NULL,  -- key of the source
  source_name TEXT    NOT NULL,
  title       TEXT    NOT NULL,  -- for lists; the exact one is in content
  title_folded TEXT   NOT NULL,  -- for search: in lower case
  kind_given  TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  extent      TEXT    NOT NULL,
  language    TEXT    NOT NULL,
  words       BIGINT NOT NULL,
  agency      TEXT    NOT NULL,  -- named by byline or dateline; '' for none
  published   BIGINT,           -- Unix seconds; NULL is unknown
  hash        TEXT    NOT NULL,  -- of title and text
  revision    BIGINT NOT NULL,
  first_seen  BIGINT NOT NULL,  -- Unix milliseconds
  updated     BIGINT NOT NULL,
  story       TEXT    NOT NULL,
  content     BYTEA   NOT NULL   -- title and text, JSON, zstd
);
CREATE UNIQUE INDEX articles_url ON articles (url) WHERE url <> '';
CREATE INDEX articles_story ON articles (story, seq);
CREATE INDEX articles_source ON articles (source, seq);

CREATE TABLE revisions (
  article  BIGINT NOT NULL REFERENCES articles (seq),
  revision BIGINT NOT NULL,
  hash     TEXT    NOT NULL,
  at       BIGINT NOT NULL,  -- Unix milliseconds, when it was replaced
  content  BYTEA   NOT NULL,
  PRIMARY KEY (article, revision)
);

CREATE TABLE analyses (
  article  BIGINT NOT NULL REFERENCES articles (seq),
  revision BIGINT NOT NULL,
  engine   TEXT    NOT NULL,
  lexicons TEXT    NOT NULL,
  analysis BYTEA   NOT NULL,  -- JSON with byte offsets and without ratings, zstd
  PRIMARY KEY (article, revision, engine, lexicons)
);

CREATE TABLE article_entities (
  article BIGINT NOT NULL REFERENCES articles (seq),
  entity  TEXT    NOT NULL,
  PRIMARY KEY (entity, article)
);
CREATE INDEX article_entities_article ON article_entities (article);

CREATE TABLE stories (
  id         TEXT    PRIMARY KEY,
  first_seen BIGINT NOT NULL,  -- Unix milliseconds
  first_seq  BIGINT NOT NULL,  -- of its first article
  updated    BIGINT NOT NULL
);

CREATE TABLE copies (
  a           BIGINT NOT NULL REFERENCES articles (seq),
  b           BIGINT NOT NULL REFERENCES articles (seq),
  containment DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (a, b),
  CHECK (a < b)
);
CREATE INDEX copies_b ON copies (b);
