// Format 7: what Check it found, for the receipts of runs with the same settings.
import type { Migration } from '../migrate';

export const migration007: Migration = {
  version: 7,
  sql: `
CREATE TABLE piece_checks (
  settings TEXT PRIMARY KEY,
  found TEXT NOT NULL CHECK (json_valid(found)),
  found_at TEXT NOT NULL
) STRICT;
`,
};
