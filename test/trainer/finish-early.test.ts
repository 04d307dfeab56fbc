// A run that is finished early saves its best epoch: after the loss was destroyed, in a longer life of the run, and where its weights could not be kept.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import { PAUSE } from '#trainer/pause';

type Hear = (event: RunEvent, stop: (reason?: unknown) => void) => unknown;
interface Given extends Partial<RunSpec> {
  datasetFolder: string;
  out: string;
  from?: string;
  toFinish?: true;
}

async function tinyDataset(): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, folder);
  return folder;
}

/** One step an epoch, at so large a rate that validation gets worse after the first ones. */
async function run({ datasetFolder, out, from, toFinish, ...settings }: Given, hear: Hear = () => {}): Promise<RunEvent[]> {
  const stop = new AbortController();
  const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, epochs: 12, learningRate: 0.3, ...settings };
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, datasetFolder, outFolder: out, resumeFolder: from, toFinish }, stop.signal)) {
    events.push(event);
    hear(event, (reason) => stop.abort(reason));
  }
  return events;
}

const atEpoch =
  (epoch: number, reason?: unknown): Hear =>
  (event, stop) =>
    event.kind === 'epoch' && event.epoch === epoch && stop(reason);
const receiptIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Receipt;
const epochsOf = (events: RunEvent[]) => events.filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch');
const lossOf = (event: RunEventOf<'epoch'>) => event.validation!.loss;
const best = (events: RunEvent[]) => epochsOf(events).reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));
const peakOf = (events: RunEvent[]) => Math.max(...events.map((event) => ('memory' in event ? event.memory.peakBytes : 0)));
const notesOf = (events: RunEvent[]) => events.flatMap((event) => (event.kind === 'note' ? [event.message] : []));

test('after the loss became no number, the best epoch is saved and not the destroyed weights', async () => {
  const datasetFolder = await tinyDataset();
  const out = temporaryFolder();
  const good = await run({ datasetFolder, out }, atEpoch(3, PAUSE));
  const destroyed = await run({ datasetFolder, out, from: out, learningRate: 1e30 }, atEpoch(6));
  expect(lossOf(epochsOf(destroyed).at(-1)!)).toBeNaN();
  expect(receiptIn(out).model).toMatchObject({ of: 'best epoch', epoch: best(good).epoch });
  expect(receiptIn(out).final.validation).toEqual(best(good).validation);
});

test('a paused run is finished as it would have been while it trained: without a step, with the same model', async () => {
  const datasetFolder = await tinyDataset();
  const [stopped, paused] = [temporaryFolder(), temporaryFolder()];
  await run({ datasetFolder, out: stopped }, atEpoch(8));
  const trained = await run({ datasetFolder, out: paused }, atEpoch(8, PAUSE));
  const finished = await run({ datasetFolder, out: paused, from: paused, toFinish: true });
  expect(finished.map(({ kind }) => kind)).not.toContain('progress');
  expect(finished.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  const { model, weights, final } = receiptIn(stopped);
  expect(model).toMatchObject({ of: 'best epoch' });
  expect(receiptIn(paused)).toMatchObject({ model, weights, final, reason: 'stopped' });
  // The process that finished it made no step; the most that the run took was taken before.
  expect(receiptIn(paused).peakBytes).toBeGreaterThanOrEqual(peakOf(trained));
  expect(peakOf(finished)).toBeLessThan(peakOf(trained));
  // Told to stop meanwhile, as by a person who quits, it is finished all the same; told to pause, it is left.
  const told = (reason?: unknown) =>
    run({ datasetFolder, out: paused, from: paused, toFinish: true }, ({ kind }, stop) => kind === 'started' && stop(reason));
  expect((await told()).at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  expect((await told(PAUSE)).at(-1)).toMatchObject({ kind: 'paused', canGoOn: true });
  // Only resumed, it trains on.
  const resumed = await run({ datasetFolder, out: paused, from: paused });
  expect(epochsOf(resumed).map(({ epoch }) => epoch)).toEqual([9, 10, 11, 12]);
});

test('it is finished where training it would not fit; in the middle of an epoch it must be judged once more, and stays paused where not even that fits', async () => {
  const datasetFolder = await tinyDataset();
  const [ended, within] = [temporaryFolder(), temporaryFolder()];
  const finish = (out: string, budgetBytes?: number) =>
    run({ datasetFolder, out, from: out, toFinish: true, batch: out === within ? 4 : 64, budgetBytes });
  await run({ datasetFolder, out: ended }, atEpoch(4, PAUSE));
  await run({ datasetFolder, out: within, batch: 4 }, ({ kind }, stop) => kind === 'progress' && stop(PAUSE));
  // The control: to train it, one byte is not enough.
  await expect(run({ datasetFolder, out: ended, from: ended, budgetBytes: 1 })).rejects.toMatchObject({
    failure: { kind: 'out-of-memory' },
  });
  expect((await finish(ended, 1)).at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });

  const left = await finish(within, 1);
  expect(left.at(-1)).toMatchObject({ kind: 'paused', step: expect.any(Number) as number, canGoOn: true });
  expect(notesOf(left).at(-1)).toMatch(/stays paused/);
  expect((await finish(within)).at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
});

test('made longer or gone on with in another folder, it still has its best epoch; where that is gone, it says so', async () => {
  const datasetFolder = await tinyDataset();
  const first = temporaryFolder();
  const whole = await run({ datasetFolder, out: first });
  const chosen = best(whole);
  expect(chosen.epoch).toBeLessThan(12);
  const uptoBest = temporaryFolder();
  await run({ datasetFolder, out: uptoBest, epochs: chosen.epoch });

  const elsewhere = temporaryFolder();
  for (const out of [elsewhere, first]) {
    const longer = await run({ datasetFolder, out, from: first, epochs: 20 }, atEpoch(13));
    expect(lossOf(best(longer))).toBeGreaterThan(lossOf(chosen));
    expect(receiptIn(out)).toMatchObject({ model: { of: 'best epoch', epoch: chosen.epoch }, weights: receiptIn(uptoBest).weights });
  }
  rmSync(join(first, 'checkpoints', 'best-weights.bin'));
  const without = await run({ datasetFolder, out: first, from: first, epochs: 20 }, atEpoch(14));
  expect(receiptIn(first).model).toMatchObject({ of: 'last step' });
  expect(notesOf(without)).toContain("The saved model is that of the last step, because the best epoch's is gone.");
});

test('weights that cannot be kept end no run: it says so once and goes on', async () => {
  const datasetFolder = await tinyDataset();
  const out = temporaryFolder();
  const inTheWay = join(out, 'checkpoints', 'best-weights.bin', 'a folder');
  const events = await run(
    { datasetFolder, out, learningRate: 0.01 },
    (event) => event.kind === 'progress' && mkdirSync(inTheWay, { recursive: true }),
  );
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  expect(epochsOf(events).filter((event, i, all) => i === 0 || lossOf(event) < lossOf(all[i - 1])).length).toBeGreaterThan(1);
  expect(notesOf(events).filter((message) => message.startsWith('The weights of this best epoch could not be kept'))).toHaveLength(1);
});
