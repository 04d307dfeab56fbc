// Runs that train the last layer of a trained start: on features made once, with the result of making them anew in every step. More: test/deep.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWeights } from '#engine/start-weights';
import type { RunEvent } from '#shared/run-event';
import { relativeL2 } from '#test/support/distance';
import { HEAD, importPictures, LABELS, makesFeatures, one } from '#test/support/feature-runs';
import { executePlan } from '#trainer/execute-run';
import { NO_PLACE } from '#trainer/features/feature-run';
import { provenRows } from '#trainer/features/proven-rows';
import { readPretrained } from '#trainer/pretrained';
import { loadModel } from '#trainer/saved-model';

/** Moves no byte of any picture, but is a variation: nothing may be made once. */
const UNMOVED = { colour: 1e-9 };

test('what stays as it is looks at each picture once, and the run ends as if it had looked at them in every step', async () => {
  const { collect, featureFiles } = await importPictures();
  const { events, outFolder } = await collect({});
  expect(makesFeatures(events)).toBe(true);
  expect(featureFiles()).toHaveLength(1);
  const again = await collect({ augment: UNMOVED });
  expect(makesFeatures(again.events)).toBe(false);
  const [once, everyStep] = [outFolder, again.outFolder].map((folder) => loadModel(folder));
  const learntOf = ({ weights }: typeof once) => weights.slice(-2);
  expect(relativeL2(learntOf(once), learntOf(everyStep))).toBeLessThan(1e-5);

  const start = startWeights(once.network, await readPretrained('efficientnet-lite0'), HEAD.seed);
  const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  for (const { weights } of [once, everyStep])
    expect(weights.slice(0, -2).every((values, i) => bytes(values).equals(bytes(start[i])))).toBe(true);
  expect(relativeL2(learntOf(once), start.slice(-2)), 'control: it has learnt').toBeGreaterThan(0.1);
  const learnt = 1281 * LABELS.length;
  expect(one(events, 'started')).toMatchObject({ parameters: 4_652_008 - 1281 * 1000 + learnt, trained: learnt });
  // What a step holds is the last layer's: the pictures' way through the rest is no part of it.
  expect(once.metadata.start).toBe('imagenet');
  const { plan } = one(events, 'planned');
  expect(plan.memory.accumulator).toBe(4 * learnt);
  expect(plan.memory.optimizer).toBe(2 * 4 * learnt);
  expect(plan.verdict.kind).toBe('identical');
});

test('a later run finds them; other pictures of the network are others; to be finished early, a run needs none', async () => {
  const { collect, featureFiles, datasetFolder } = await importPictures();
  await collect({});
  expect(makesFeatures((await collect({ seed: 2, batch: 16 })).events)).toBe(false);
  const { outFolder } = await collect({ inputSize: 16 }, undefined, false, ({ kind }) => kind === 'progress');
  expect(featureFiles()).toHaveLength(2);
  // Only finished, it makes none, also where it has to be judged in the middle of an epoch.
  for (const name of featureFiles()) rmSync(join(datasetFolder, name));
  const finished = await collect({ inputSize: 16 }, outFolder, 'to finish');
  expect(finished.events.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  expect(featureFiles()).toEqual([]);
});

test('stopped while they are made, a run goes on with what it has made, and ends as if it had not been stopped', async () => {
  const { collect, featureFiles, datasetFolder } = await importPictures(40);
  const unfinished = () => readdirSync(datasetFolder).filter((name) => name.includes('unfinished'));
  const rows = { count: 120, rowBytes: 4 * 1280 };
  const hasBegun = () => unfinished().some((name) => provenRows(join(datasetFolder, name), rows) > 0);
  const settings = { inputSize: 16, micro: 8 };
  const halted = await collect(settings, undefined, false, undefined, 8, hasBegun);
  expect(halted.events.at(-1)).toMatchObject({ kind: 'paused', step: 0, byStop: true, canGoOn: true });
  expect(one(halted.events, 'checkpoint')).toMatchObject({ step: 0 });
  expect(unfinished()).toHaveLength(1);
  // There is no model to finish with yet; it can still go on.
  const finished = await collect(settings, halted.outFolder, 'to finish', undefined, 8);
  expect(finished.events.map(({ kind }) => kind)).not.toContain('saved');
  expect(finished.events.at(-1)).toEqual({ kind: 'paused', step: 0, seconds: 0, canGoOn: true });
  const { events, outFolder } = await collect(settings, halted.outFolder, true, undefined, 8);
  expect(unfinished()).toEqual([]);
  const notes = events.flatMap((event) => (event.kind === 'note' ? [event.message] : []));
  expect(notes).toContain('It goes on behind the first 51, at which it has looked before.');
  const [name] = featureFiles();
  const made = readFileSync(join(datasetFolder, name));
  rmSync(join(datasetFolder, name));
  const whole = await collect(settings, undefined, false, undefined, 8);
  expect(readFileSync(join(datasetFolder, name)).equals(made)).toBe(true);
  const bytes = (folder: string) => readFileSync(join(folder, 'weights.bin'));
  expect(bytes(outFolder).equals(bytes(whole.outFolder))).toBe(true);
});

test('after a process has died of it, they are made of no more at once than the next one may', async () => {
  const { collect } = await importPictures();
  const sizes = (events: RunEvent[]) => events.flatMap((event) => (event.kind === 'note' && event.micro ? [event.micro] : []));
  const stopAt = ({ kind }: RunEvent) => kind === 'epoch';
  expect(sizes((await collect({ inputSize: 16 }, undefined, false, stopAt, 2)).events)).toEqual([2, 2]);
  expect(sizes((await collect({ inputSize: 24 }, undefined, false, stopAt)).events), 'control').toEqual([24, 24]);
});

test('the plan says what making them needs, and nothing more once they are there', async () => {
  const { collect, datasetFolder } = await importPictures();
  const spec = { ...HEAD, inputSize: 16 };
  const { plan } = await executePlan({ spec, datasetFolder });
  await collect({ inputSize: 16, epochs: 1 });
  const later = await executePlan({ spec, datasetFolder });
  expect(later.plan.peakBytes).toBeLessThan(plan.peakBytes);
  expect(plan.secondsBefore).toBeGreaterThan(0);
  expect(later.plan.secondsBefore).toBeUndefined();
  await expect(executePlan({ spec: { ...spec, inputSize: 32, budgetBytes: later.plan.peakBytes }, datasetFolder })).rejects.toThrow(
    'One sample needs',
  );
});

test('where they cannot be written, the run says so and looks at the pictures in every step, with the same result', async () => {
  const { collect, featureFiles, datasetFolder } = await importPictures();
  const settings = { inputSize: 16, epochs: 1 };
  const made = await collect(settings);
  const [name] = featureFiles();
  rmSync(join(datasetFolder, name));
  // Of permissions root knows nothing; a folder in its place hinders everyone.
  mkdirSync(join(datasetFolder, `${name}.unfinished-0-0123abcd`));
  const { events, outFolder } = await collect(settings);
  expect(makesFeatures(events)).toBe(false);
  expect(events).toContainEqual({ kind: 'note', message: NO_PLACE });
  expect(made.events).not.toContainEqual({ kind: 'note', message: NO_PLACE });
  const [a, b] = [made.outFolder, outFolder].map((folder) => loadModel(folder).weights.slice(-2));
  expect(relativeL2(a, b)).toBeLessThan(1e-5);
});
