// Format 9: what a person adds to a run (tags, a note, a pin), and when its weights were deleted.
import type { Migration } from '../migrate';

export const migration009: Migration = {
  version: 9,
  sql: `
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE runs ADD COLUMN weights_deleted_at TEXT;
`,
};
