// Memory and learning rate of a run's steps, beside its curves: read back with few enough points to draw.
import type { GaugePoint } from '#shared/gauges';
import type { Database } from './database';
import { boundsOf, lowestAndHighest, readThinned, type Thinned } from './thin';

export const MOST_GAUGES = 1_000;

interface GaugeRow {
  step: number;
  learningRate: number | null;
  memoryBytes: number | null;
}

const GAUGES: Thinned = {
  table: 'steps',
  key: 'step',
  columns: 'step, learning_rate AS learningRate, memory_bytes AS memoryBytes',
  inBlocks: true,
  extremes: [['max', 'memory_bytes'], ...lowestAndHighest('learning_rate')],
};

/** At most `most`: of each stretch of steps those with the most memory and with the lowest and highest rate, and the ends. */
export function readGauges(db: Database, run: number, most = MOST_GAUGES): GaugePoint[] {
  const bounds = boundsOf(db, GAUGES, run, {}, Math.floor((most - 2) / GAUGES.extremes.length));
  const rows = bounds ? readThinned<GaugeRow>(db, GAUGES, run, bounds) : [];
  return rows.map(({ step, learningRate, memoryBytes }) => ({
    step,
    ...(learningRate !== null && { learningRate }),
    ...(memoryBytes !== null && { memoryBytes }),
  }));
}
