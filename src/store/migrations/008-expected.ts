// Format 8: of a run that waits, what was known of its pieces, memory and time when it was added.
import type { Migration } from '../migrate';

export const migration008: Migration = {
  version: 8,
  sql: `
ALTER TABLE queue ADD COLUMN expected TEXT CHECK (expected IS NULL OR json_valid(expected));
`,
};
