// Schedule, clipping, penalties and averaged weights through a whole run: written down step by step, counted by the plan, kept over an
// interruption, and in the saved model.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { smallCnn } from '#engine/models/small-cnn';
import { weightCount } from '#engine/network';
import { createOptimizer } from '#engine/optimizers';
import { learningRates } from '#engine/schedules';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { readHeader, readSnapshot } from '#trainer/checkpoint';
import { executeRun } from '#trainer/execute-run';
import { loadModel } from '#trainer/saved-model';

const SPEC: RunSpec = {
  ...DEFAULT_SPEC,
  engine: 'wasm',
  batch: 4,
  micro: 3,
  epochs: 3,
  optimizer: 'momentum',
  learningRate: 0.05,
  schedule: 'one-cycle',
  warmupEpochs: 0.5,
  clipNorm: 0.2,
  l2: 1e-3,
  weightDecay: 1e-2,
  ema: 0.8,
};
const plain: RunSpec = { ...SPEC };
delete plain.ema;
const network = smallCnn([8, 8, 1], 2);

let datasetFolder: string;
beforeEach(async () => {
  datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 10), { width: 8, height: 8, channels: 1 }, datasetFolder);
});

/** Runs until `isEnough`; answers the folder of its results and its events. */
async function run(spec: RunSpec, from?: string, isEnough: (event: RunEvent) => boolean = () => false) {
  const outFolder = from ?? temporaryFolder();
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, datasetFolder, outFolder, resumeFolder: from }, stop.signal)) {
    events.push(event);
    if (isEnough(event)) stop.abort();
  }
  return { outFolder, events, finished: events.at(-1) as RunEventOf<'finished'> };
}

const weightsOf = (folder: string): Float32Array[] => loadModel(folder).weights;
const stateOf = (folder: string, spec: RunSpec) => readSnapshot(network, createOptimizer(spec.optimizer, spec), readHeader(folder));
const planOf = (events: RunEvent[]) => (events.find((event) => event.kind === 'planned') as RunEventOf<'planned'>).plan;

test('every step is written down with its learning rate and the norm that was clipped', async () => {
  const { outFolder, events } = await run(SPEC);
  const { stepsPerEpoch } = events.find((event) => event.kind === 'started') as RunEventOf<'started'>;
  const lines = readFileSync(join(outFolder, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const steps = lines.map((line) => JSON.parse(line) as Record<string, number | string>).filter((line) => line.kind === 'step');
  const rateOf = learningRates(SPEC.learningRate, SPEC, { stepsPerEpoch, epochs: SPEC.epochs });
  expect(steps).toHaveLength(3 * stepsPerEpoch);
  expect(steps.map((step) => step.learningRate)).toEqual(steps.map((_, i) => rateOf(i + 1)));
  expect(new Set(steps.map((step) => step.learningRate)).size).toBeGreaterThan(stepsPerEpoch);
  expect(steps.some((step) => (step.gradientNorm as number) > SPEC.clipNorm!)).toBe(true);
});

test('stopped and gone on with, it ends with the same weights and averages as undisturbed', async () => {
  const whole = await run(SPEC);
  const stopped = await run(SPEC, undefined, (event) => event.kind === 'progress');
  expect(stopped.finished.reason).toBe('stopped');
  const resumed = await run(SPEC, stopped.outFolder);
  expect(resumed.finished.reason).toBe('completed');
  expect(weightsOf(resumed.outFolder)).toEqual(weightsOf(whole.outFolder));
  expect(stateOf(resumed.outFolder, SPEC)).toEqual(stateOf(whole.outFolder, SPEC));
});

test('the saved model and validation take the averages, the checkpoint keeps both', async () => {
  const averaged = await run(SPEC);
  const raw = await run(plain);
  const { weights, slots } = stateOf(averaged.outFolder, SPEC);
  expect(weightsOf(averaged.outFolder)).toEqual(slots.map((own) => own.at(-1)));
  // Averages are looked at, never learned from.
  expect(weights).toEqual(stateOf(raw.outFolder, plain).weights);
  expect(weightsOf(raw.outFolder)).toEqual(weights);
  expect(weightsOf(averaged.outFolder)).not.toEqual(weights);
  expect(averaged.finished.validation!.loss).not.toBe(raw.finished.validation!.loss);
  expect(averaged.finished.train).toEqual(raw.finished.train);
});

test('the plan counts the averages, and the run stays inside it', async () => {
  const averaged = await run(SPEC);
  const raw = await run(plain);
  const bytes = 4 * weightCount(network);
  expect(planOf(averaged.events).memory.optimizer - planOf(raw.events).memory.optimizer).toBe(bytes);
  expect(planOf(averaged.events).peakBytes - planOf(raw.events).peakBytes).toBeGreaterThanOrEqual(bytes);
  expect(averaged.finished.memory.peakBytes).toBeLessThanOrEqual(planOf(averaged.events).peakBytes);
});
