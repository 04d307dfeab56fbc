// Weights are deleted and the history stays: what is refused then and why, how they come back, and when the disk is free.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assert, expect, test } from 'vitest';
import { removeDeletedWeights } from '#main/deleted-weights';
import { removeLeftovers } from '#main/leftovers';
import { beginningOf } from '#main/questions/begin-run';
import type { Services } from '#main/services';
import { WEIGHTS_DELETED } from '#shared/run-weights';
import { recordRunEvent } from '#store/run-events';
import { addDataset } from '#store/datasets';
import { addQueued } from '#store/queue';
import { createRun, deleteRun } from '#store/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { manifest } from '../store/samples';
import { startApp, value } from './app';

const memory = { inUseBytes: 1, peakBytes: 2, rssBytes: 3 };
const metrics = { loss: 0.1, accuracy: 0.9, samples: 10 };

const fail = (error: unknown) => assert.fail(String(error));

type App = ReturnType<typeof startApp>;

/** A completed run as its process leaves it behind. */
function completed({ db, folders }: Pick<App, 'db' | 'folders'>, id: string, also: { folder?: string; start?: string } = {}): string {
  const folder = also.folder ?? path.join(folders.runs, id);
  mkdirSync(path.join(folder, 'checkpoints', 'step-2'), { recursive: true });
  for (const [name, bytes] of [
    ['weights.bin', 300],
    ['model.json', 20],
    ['receipt.json', 7],
    ['checkpoints/step-2/state.bin', 900],
  ] as const)
    writeFileSync(path.join(folder, name), 'x'.repeat(bytes));
  const spec = { ...DEFAULT_SPEC, ...(also.start && { start: `run:${also.start}` as const }) };
  createRun(db, { id, spec, folder: also.folder ?? `runs/${id}`, datasetName: 'digits' });
  recordRunEvent(db, id, { kind: 'checkpoint', folder: `runs/${id}/checkpoints/step-2`, step: 2 });
  recordRunEvent(db, id, { kind: 'saved', folder: also.folder ?? `runs/${id}` });
  recordRunEvent(db, id, { kind: 'finished', reason: 'completed', train: metrics, validation: metrics, seconds: 1, memory });
  return folder;
}

test('a run without its weights says what is not possible and why; undone, everything is', async () => {
  const app = startApp();
  const { ask } = app;
  completed(app, 'a');
  expect(await value(ask('runSizes'))).toEqual({ a: { weights: 320, checkpoints: 900, rest: 7, goes: 0 } });
  expect(await value(ask('deleteWeights', ['a']))).toEqual(['a']);
  expect(await value(ask('getRun', 'a'))).toMatchObject({ state: 'completed', hasModel: false, extendable: false, resumable: false });
  expect(await value(ask('runSizes', ['a']))).toEqual({ a: { weights: 0, checkpoints: 0, rest: 7, goes: 1220 } });
  const asked = [
    ask('modelQuestion', 'a'),
    ask('exportModel', 'a', 'tfjs'),
    ask('evaluateRun', 'a', 'validation'),
    ask('keepOtherModel', 'a'),
    ask('extendRun', 'a', 99),
  ];
  for (const answer of await Promise.all<{ ok: boolean }>(asked))
    expect(answer).toMatchObject({ ok: false, failure: { problem: WEIGHTS_DELETED } });
  completed(app, 'b');
  expect((await value(ask('compareRuns', ['b', 'a'], 'validation'))).others[0].samples).toMatchObject({ problem: WEIGHTS_DELETED });
  await value(ask('restoreWeights', ['a']));
  const back = await value(ask('getRun', 'a'));
  expect(back.hasModel).toBe(true);
  expect(back).not.toHaveProperty('weightsDeletedAt');
});

test('the disk is free at the next start, also of deleted runs, but not of what others begin with or of a folder of the person’s own', async () => {
  const app = startApp();
  const { ask, db, folders, root } = app;
  const own = path.join(root, 'own');
  const places = {
    kept: completed(app, 'kept'),
    freed: completed(app, 'freed'),
    gone: completed(app, 'gone'),
    first: completed(app, 'first'),
  };
  completed(app, 'second', { start: 'first' });
  completed(app, 'theirs', { folder: own });
  await value(ask('deleteWeights', ['freed']));
  expect(await ask('deleteWeights', ['theirs'])).toMatchObject({
    sentence: expect.stringContaining('lies in a folder of your own') as string,
  });
  for (const id of ['gone', 'first', 'theirs']) deleteRun(db, id);
  await removeDeletedWeights(folders, db, fail);
  expect(readdirSync(folders.runs).sort()).toEqual(['first', 'freed', 'gone', 'kept', 'second']);
  expect(readdirSync(places.freed)).toEqual(['receipt.json']);
  expect(existsSync(path.join(places.gone, 'weights.bin'))).toBe(false);
  for (const place of [places.kept, places.first, own]) expect(existsSync(path.join(place, 'weights.bin'))).toBe(true);
  // Nothing is there to be brought back.
  await value(ask('restoreWeights', ['freed']));
  expect(await value(ask('getRun', 'freed'))).toMatchObject({ hasModel: false, weightsDeletedAt: expect.any(String) as string });
});

test('one whose weights cannot be removed is told of, and keeps nobody waiting', async () => {
  const app = startApp();
  const { ask, db, folders } = app;
  const [stuck, behind] = [completed(app, 'a'), completed(app, 'b')];
  await value(ask('deleteWeights', ['a', 'b']));
  db.exec(`CREATE TEMP TRIGGER held BEFORE UPDATE ON runs WHEN NEW.id = 'a' BEGIN SELECT RAISE(ABORT, 'held'); END`);
  const told: unknown[] = [];
  await removeDeletedWeights(folders, db, (error) => told.push(error));
  expect(told).toHaveLength(1);
  expect([existsSync(path.join(stuck, 'weights.bin')), existsSync(path.join(behind, 'weights.bin'))]).toEqual([true, false]);
  db.exec('DROP TRIGGER held');
  await removeDeletedWeights(folders, db, fail);
  expect(readdirSync(stuck)).toEqual(['receipt.json']);
});

test('an app that was closed in the midst of removing them leaves nothing behind at the next start; a run file that comes in stays', async () => {
  const { db, folders } = startApp();
  for (const name of ['removed-1', 'incoming-1', 'kept']) mkdirSync(path.join(folders.runs, name), { recursive: true });
  await removeLeftovers(folders, db);
  expect(readdirSync(folders.runs).sort()).toEqual(['incoming-1', 'kept']);
});

test('who begins with them is named before, and afterwards told whose weights are missing; what had none is not counted', async () => {
  const app = startApp();
  const { ask, db, folders } = app;
  completed(app, 'first');
  completed(app, 'second', { start: 'first' });
  const spec = { ...DEFAULT_SPEC, start: 'run:first' as const };
  addDataset(db, { id: 'd', manifest, folder: 'datasets/d', bytesOnDisk: 9 });
  addQueued(db, { id: 'third', datasetId: 'd', spec, name: 'third' });
  addQueued(db, { id: 'other', datasetId: 'd', spec: DEFAULT_SPEC, name: 'other' });
  expect(await value(ask('weightsUse', ['first']))).toEqual({ begun: [expect.stringMatching(/\(2\)$/)], waiting: ['third'] });
  createRun(db, { id: 'begins', spec: DEFAULT_SPEC, folder: 'runs/begins', datasetName: 'digits' });
  db.run(`UPDATE runs SET state = 'interrupted' WHERE id = 'begins'`);
  expect(beginningOf({ db, folders } as Services, 'd', spec)).toMatchObject({ startPath: path.join(folders.runs, 'first') });
  expect(await value(ask('deleteWeights', ['first', 'begins']))).toEqual(['first']);
  expect(await value(ask('deleteWeights', ['first', 'begins']))).toEqual([]);
  expect(() => beginningOf({ db, folders } as Services, 'd', spec)).toThrow(
    /^The weights of the run “.*”, which this one begins with, were deleted\./,
  );
});
