// Memory and learning rate of a run's steps, beside its curves: read back with few enough points to draw.
import type { GaugePoint } from '#shared/gauges';
import type { Database } from './database';

export const MOST_GAUGES = 1_000;

interface GaugeRow {
  step: number;
  learningRate: number | null;
  memoryBytes: number | null;
}

/** At most `most`: of each stretch of steps the one that took the most memory, and the ends. */
export function readGauges(db: Database, run: number, most = MOST_GAUGES): GaugePoint[] {
  const ends = db.get<{ low: number | null; high: number | null }>(
    'SELECT min(step) AS low, max(step) AS high FROM steps WHERE run = @run',
    {
      run,
    },
  );
  const { low, high } = ends ?? { low: null, high: null };
  if (low === null || high === null) return [];
  const width = Math.max(1, Math.ceil((high - low + 1) / (most - 2)));
  const rows = db.all<GaugeRow>(
    // One range of the primary key a stretch: grouping a million rows by an expression would sort them first.
    `WITH RECURSIVE stretch (first, next) AS (
       SELECT @low, @low + @width UNION ALL SELECT next, next + @width FROM stretch WHERE next <= @high
     )
     SELECT step, learning_rate AS learningRate, memory_bytes AS memoryBytes FROM steps WHERE run = @run AND step IN (
       SELECT (SELECT step FROM steps WHERE run = @run AND step >= first AND step < next ORDER BY memory_bytes DESC LIMIT 1) FROM stretch
       UNION VALUES (@low), (@high)
     ) ORDER BY step`,
    { run, low, high, width },
  );
  return rows.map(({ step, learningRate, memoryBytes }) => ({
    step,
    ...(learningRate !== null && { learningRate }),
    ...(memoryBytes !== null && { memoryBytes }),
  }));
}
