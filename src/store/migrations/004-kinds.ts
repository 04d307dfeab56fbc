// Format 4: data sets are of a kind. Width, height and channels are a picture's; a table's row is as wide as it has columns, and 1 high. `scores` of a run and
// its epochs are what was measured in validation besides loss and accuracy.
import type { Migration } from '../migrate';

export const migration004: Migration = {
  version: 4,
  sql: `
ALTER TABLE datasets ADD COLUMN kind TEXT NOT NULL DEFAULT 'image-classes';
ALTER TABLE datasets ADD COLUMN task TEXT;
ALTER TABLE datasets ADD COLUMN target TEXT;
ALTER TABLE epochs ADD COLUMN scores TEXT CHECK (scores IS NULL OR json_valid(scores));
ALTER TABLE runs ADD COLUMN scores TEXT CHECK (scores IS NULL OR json_valid(scores));
`,
};
