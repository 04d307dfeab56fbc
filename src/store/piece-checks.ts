// What Check it found of whole and pieces, by the settings that decide it: the newest answer of each.
import type { WholeAndPieces } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';

const MOST_KEPT = 1_000;

/** How long it trains, and by what, is no part of one update. */
const BESIDE: readonly string[] = ['epochs', 'engine', 'workers', 'patience', 'minEpochs', 'finalModel'] satisfies (keyof RunSpec)[];

const keyOf = (datasetId: string, spec: RunSpec): string =>
  JSON.stringify([
    datasetId,
    ...Object.entries(spec)
      .filter(([field]) => !BESIDE.includes(field))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

export function rememberCheck(db: Database, datasetId: string, spec: RunSpec, found: WholeAndPieces, now = new Date()): void {
  db.transaction(() => {
    db.run('INSERT OR REPLACE INTO piece_checks (settings, found, found_at) VALUES (@settings, @found, @at)', {
      settings: keyOf(datasetId, spec),
      found: JSON.stringify(found),
      at: now.toISOString(),
    });
    db.run(`DELETE FROM piece_checks WHERE settings NOT IN (SELECT settings FROM piece_checks ORDER BY found_at DESC LIMIT ${MOST_KEPT})`);
  });
}

export function findCheck(db: Database, datasetId: string, spec: RunSpec): WholeAndPieces | undefined {
  const row = db.get<{ found: string }>('SELECT found FROM piece_checks WHERE settings = @settings', { settings: keyOf(datasetId, spec) });
  return row && (JSON.parse(row.found) as WholeAndPieces);
}
