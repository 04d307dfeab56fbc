// Format 6: runs that wait for their turn; of a step, its learning rate and the most memory there was in use; of a run, which one it repeats.
import type { Migration } from '../migrate';

export const migration006: Migration = {
  version: 6,
  sql: `
CREATE TABLE queue (
  id TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  dataset_id TEXT NOT NULL REFERENCES datasets (id),
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  name TEXT,
  repeat_of TEXT,
  added_at TEXT NOT NULL
) STRICT;
ALTER TABLE steps ADD COLUMN learning_rate REAL;
ALTER TABLE steps ADD COLUMN memory_bytes REAL;
ALTER TABLE runs ADD COLUMN repeat_of TEXT;
`,
};
