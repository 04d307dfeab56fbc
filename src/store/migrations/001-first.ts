// Format 1: data sets, runs with what they said, settings.
import type { Migration } from '../migrate';

// A loss may be NaN when a run diverges; SQLite keeps NaN as NULL, so measured numbers are nullable.
export const migration001: Migration = {
  version: 1,
  sql: `
CREATE TABLE datasets (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  content_hash TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL,
  labels TEXT NOT NULL CHECK (json_valid(labels)),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  channels INTEGER NOT NULL CHECK (channels IN (1, 3)),
  count INTEGER NOT NULL,
  left_out INTEGER NOT NULL,
  own_split INTEGER NOT NULL CHECK (own_split IN (0, 1)),
  bytes_on_disk INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  sample TEXT,
  deleted_at TEXT
) STRICT;

CREATE TABLE runs (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'completed', 'stopped', 'failed', 'interrupted')),
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  dataset_id TEXT REFERENCES datasets (id),
  dataset_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  owner_pid INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  session_at TEXT NOT NULL,
  finished_at TEXT,
  engine TEXT CHECK (engine IS NULL OR json_valid(engine)),
  plan TEXT CHECK (plan IS NULL OR json_valid(plan)),
  receipt TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
  peak_bytes INTEGER,
  seconds_before REAL NOT NULL DEFAULT 0,
  seconds REAL,
  train_loss REAL,
  validation_loss REAL,
  validation_accuracy REAL,
  checkpoint_folder TEXT,
  model_folder TEXT,
  failure TEXT,
  deleted_at TEXT
) STRICT;
CREATE INDEX runs_by_start ON runs (started_at);

CREATE TABLE steps (
  run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  loss REAL,
  accuracy REAL,
  samples INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE epochs (
  run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  step INTEGER NOT NULL,
  train_loss REAL,
  train_accuracy REAL,
  validation_loss REAL,
  validation_accuracy REAL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_events (
  key INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX run_events_by_run ON run_events (run, key);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
`,
};
