// Remembers what plans measured on this computer, whether they were asked for or made at the start of a run.
import { availableParallelism, cpus } from 'node:os';
import { NOTABLE_DISTURBANCE } from '#shared/disturbance';
import type { EngineReport } from '#shared/engine';
import type { Planned } from '#shared/hosted-plan';
import { canBeRemembered, measuredSettings, measurementOf, mostSurvived, type Measurement } from '#shared/measurement';
import type { LearntPace } from '#shared/pace';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '#store/database';
import { getDataset } from '#store/datasets';
import { newestMeasurements, readMeasurements, rememberMeasurement, type MeasuredOf } from '#store/measurements';
import { getRunRow } from '#store/runs';
import type { Log } from './log';
import type { Training } from './training';
import { whenFree } from './when-free';

interface Place {
  db: Database;
  log: Log;
}

/** A data folder may be moved to another computer. */
const device = (): string => `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores`;

export const measuredOf = (db: Database, datasetId: string, spec: RunSpec): MeasuredOf => ({
  settings: measuredSettings(spec, getDataset(db, datasetId).summary),
  device: device(),
});

export const rememberedMeasurements = (db: Database, datasetId: string, spec: RunSpec): Measurement[] =>
  readMeasurements(db, measuredOf(db, datasetId, spec));

/** So many runs tell how fast a computer is. */
const MOST_LEARNT = 50;

/** Newest first. A pace that was measured while others were at work tells little of a computer. */
export const learntPaces = (db: Database): LearntPace[] =>
  newestMeasurements(db, device(), MOST_LEARNT).flatMap(({ engine, pace, disturbed = 0 }) =>
    pace && disturbed < NOTABLE_DISTURBANCE ? [{ engine, pace }] : [],
  );

/** N_μ at most of a run that is begun now: what the newest plan of such runs came through, where a larger one ended its process. */
export function mostMicroOf(db: Database, datasetId: string, spec: RunSpec): { mostMicro?: number } {
  if (spec.micro !== 'auto') return {};
  const [newest] = rememberedMeasurements(db, datasetId, spec).sort((a, b) => b.at.localeCompare(a.at));
  return newest && { mostMicro: mostSurvived(newest) };
}

/** A plan that cannot be remembered is made again: no reason to fail. */
export async function rememberPlan({ db, log }: Place, datasetId: string, spec: RunSpec, { plan, engine, diedAt }: Planned): Promise<void> {
  if (!canBeRemembered(plan)) return;
  try {
    const measurement = measurementOf(plan, `${engine.name} ${engine.version}`, new Date().toISOString(), diedAt);
    await whenFree(() => rememberMeasurement(db, measuredOf(db, datasetId, spec), measurement));
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
    const planned = { plan: event.plan, engine: JSON.parse(engine) as EngineReport };
    void rememberPlan({ db, log }, dataset_id, JSON.parse(spec) as RunSpec, planned);
  });
}
