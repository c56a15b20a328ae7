-- +goose Up
CREATE TABLE raters (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  kind     TEXT NOT NULL,    -- data_set, person or model_assisted
  scale    TEXT NOT NULL,
  rated    TEXT NOT NULL,    -- date of the ratings, as far as it is known
  note     TEXT NOT NULL,    -- what they measure, whose they are
  hash     TEXT NOT NULL,    -- of the file
  imported INTEGER NOT NULL  -- Unix milliseconds
);

CREATE TABLE rater_ratings (
  rater  TEXT NOT NULL REFERENCES raters (id),
  domain TEXT NOT NULL,      -- key of the source
  score  REAL NOT NULL,
  low    REAL NOT NULL,
  high   REAL NOT NULL,
  rated  TEXT NOT NULL,
  basis  TEXT NOT NULL,
  PRIMARY KEY (rater, domain)
);
CREATE INDEX rater_ratings_domain ON rater_ratings (domain);

-- p(right) - p(left) of the wording; NULL where it was not told.
ALTER TABLE analyses ADD COLUMN wording REAL;
