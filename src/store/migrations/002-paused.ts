// Format 2: a stopped run may be a paused one, whose memory was given back and which means to go on.
import type { Migration } from '../migrate';

export const migration002: Migration = {
  version: 2,
  sql: 'ALTER TABLE runs ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));',
};
