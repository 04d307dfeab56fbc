// What Check it found of whole and pieces, by the settings that decide it and the engine that made it: the newest answer of each.
import type { EngineReport } from '#shared/engine';
import type { WholeAndPieces } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from './database';

const MOST_KEPT = 1_000;

/** How long it trains is no part of one update; by what engine is said by the one that was there, not by the one that was wished for. */
const BESIDE: readonly string[] = ['epochs', 'engine', 'workers', 'patience', 'minEpochs', 'finalModel'] satisfies (keyof RunSpec)[];

const keyOf = (datasetId: string, spec: RunSpec, engine: string): string =>
  JSON.stringify([
    datasetId,
    engine,
    ...Object.entries(spec)
      .filter(([field]) => !BESIDE.includes(field))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

export function rememberCheck(db: Database, datasetId: string, spec: RunSpec, found: WholeAndPieces, now = new Date()): void {
  db.transaction(() => {
    db.run('INSERT OR REPLACE INTO piece_checks (settings, found, found_at) VALUES (@settings, @found, @at)', {
      settings: keyOf(datasetId, spec, found.engine),
      found: JSON.stringify(found),
      at: now.toISOString(),
    });
    db.run(`DELETE FROM piece_checks WHERE settings NOT IN (SELECT settings FROM piece_checks ORDER BY found_at DESC LIMIT ${MOST_KEPT})`);
  });
}

/** What another engine, or another version of it, came to is no proof of this one. */
export function findCheck(db: Database, datasetId: string, spec: RunSpec, { name, version }: EngineReport): WholeAndPieces | undefined {
  const row = db.get<{ found: string }>('SELECT found FROM piece_checks WHERE settings = @settings', {
    settings: keyOf(datasetId, spec, `${name} ${version}`),
  });
  return row && (JSON.parse(row.found) as WholeAndPieces);
}
