// What plans measured, by a hash of the settings that decide it, by engine and by device: the newest of each size.
import { createHash } from 'node:crypto';
import { merged, type Measurement } from '#shared/measurement';
import type { Database } from './database';

export interface MeasuredOf {
  /** measuredSettings of the run. */
  settings: string;
  device: string;
}

/** Older ones go: a model that nobody plans any more is measured again in seconds. */
const MOST_KEPT = 1_000;

const hashOf = (settings: string): string => createHash('sha256').update(settings).digest('hex');

/** Beside what is known of other sizes. */
export function rememberMeasurement(db: Database, of: MeasuredOf, newer: Measurement): void {
  const { settings, device } = of;
  db.transaction(() => {
    const earlier = readMeasurements(db, of).find(({ engine }) => engine === newer.engine);
    const measurement = earlier ? merged(earlier, newer) : newer;
    db.run(
      `INSERT INTO measurements (settings, engine, device, measured, measured_at) VALUES (@settings, @engine, @device, @measured, @at)
         ON CONFLICT (settings, engine, device) DO UPDATE SET measured = excluded.measured, measured_at = excluded.measured_at`,
      {
        settings: hashOf(settings),
        engine: measurement.engine,
        device,
        measured: JSON.stringify(measurement),
        at: measurement.at,
      },
    );
    db.run(`DELETE FROM measurements WHERE rowid NOT IN (SELECT rowid FROM measurements ORDER BY measured_at DESC LIMIT ${MOST_KEPT})`);
  });
}

/** The newest on a device, whatever was measured. */
export const newestMeasurements = (db: Database, device: string, most: number): Measurement[] =>
  db
    .all<{ measured: string }>('SELECT measured FROM measurements WHERE device = @device ORDER BY measured_at DESC LIMIT @most', {
      device,
      most,
    })
    .map(({ measured }) => JSON.parse(measured) as Measurement);

/** Of each engine there is one of. */
export const readMeasurements = (db: Database, { settings, device }: MeasuredOf): Measurement[] =>
  db
    .all<{ measured: string }>('SELECT measured FROM measurements WHERE settings = @settings AND device = @device', {
      settings: hashOf(settings),
      device,
    })
    .map(({ measured }) => JSON.parse(measured) as Measurement);
