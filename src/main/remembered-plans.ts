// Remembers what plans measured on this computer, whether they were asked for or made at the start of a run.
import { availableParallelism, cpus } from 'node:os';
import type { EngineReport } from '#shared/engine';
import { canBeRemembered, measuredSettings, measurementOf, type Measurement } from '#shared/measurement';
import type { LearntPace } from '#shared/pace';
import type { Plan } from '#shared/plan';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import { getDataset } from '#store/datasets';
import { newestMeasurements, readMeasurements, rememberMeasurement, type MeasuredOf } from '#store/measurements';
import { getRunRow } from '#store/runs';
import type { Log } from './log';
import type { Training } from './training';

interface Place {
  db: Database;
  log: Log;
}

/** A data folder may be moved to another computer. */
const device = (): string => `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;

const measuredOf = (db: Database, datasetId: string, spec: RunSpec): MeasuredOf => ({
  settings: measuredSettings(spec, getDataset(db, datasetId).summary),
  device: device(),
});

export const rememberedMeasurements = (db: Database, datasetId: string, spec: RunSpec): Measurement[] =>
  readMeasurements(db, measuredOf(db, datasetId, spec));

/** So many runs tell how fast a computer is. */
const MOST_LEARNT = 50;

export const learntPaces = (db: Database): LearntPace[] =>
  newestMeasurements(db, device(), MOST_LEARNT).flatMap(({ engine, pace }) => (pace ? [{ engine, pace }] : []));

/** A plan that cannot be remembered is made again: no reason to fail. */
export function rememberPlan({ db, log }: Place, datasetId: string, spec: RunSpec, { name, version }: EngineReport, plan: Plan): void {
  if (!canBeRemembered(plan)) return;
  try {
    const [of, engine] = [measuredOf(db, datasetId, spec), `${name} ${version}`];
    // A run's own plan does not say how fast it will be, one that was asked for does.
    const pace = plan.pace ?? readMeasurements(db, of).find((before) => before.engine === engine)?.pace;
    rememberMeasurement(db, of, { ...measurementOf(plan, engine, new Date().toISOString()), ...(pace && { pace }) });
  } catch (error) {
    log.error('measurements', error);
  }
}

/** Of every run from now on. */
export function rememberRuns({ db, log }: Place, training: Training): void {
  training.onEvent((event) => {
    if (event === 'ended' || event.kind !== 'planned' || training.runId === undefined) return;
    const { dataset_id, engine, spec } = getRunRow(db, training.runId);
    if (dataset_id === null || engine === null) return;
    rememberPlan({ db, log }, dataset_id, JSON.parse(spec) as RunSpec, JSON.parse(engine) as EngineReport, event.plan);
  });
}
