// Format 5: what plans measured is remembered, for the forecasts of runs with the same settings on the same engine and device.
import type { Migration } from '../migrate';

export const migration005: Migration = {
  version: 5,
  sql: `
CREATE TABLE measurements (
  settings TEXT NOT NULL,
  engine TEXT NOT NULL,
  device TEXT NOT NULL,
  measured TEXT NOT NULL CHECK (json_valid(measured)),
  measured_at TEXT NOT NULL,
  PRIMARY KEY (settings, engine, device)
) STRICT;
`,
};
