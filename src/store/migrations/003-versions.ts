// Format 3: a data set is a series of versions; what was imported before is the first of its own series. `freed_at`: its folder is gone.
import type { Migration } from '../migrate';

export const migration003: Migration = {
  version: 3,
  sql: `
ALTER TABLE datasets ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE datasets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE datasets ADD COLUMN difference TEXT CHECK (difference IS NULL OR json_valid(difference));
ALTER TABLE datasets ADD COLUMN freed_at TEXT;
UPDATE datasets SET series = id;
CREATE UNIQUE INDEX dataset_versions ON datasets (series, version);
CREATE INDEX runs_by_dataset ON runs (dataset_id);
`,
};
