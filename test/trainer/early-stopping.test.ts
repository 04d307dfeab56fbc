// A run that gets no better ends early with its best epoch, and where it ends is moved by no pause and no resumption.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { Receipt, RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { packedSample, runTable } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import { PAUSE } from '#trainer/pause';
import type { RunRequest } from '#trainer/run-request';

/** A rate at which the loss jumps about, so that the best epoch is soon behind. */
const RESTLESS = { engine: 'wasm', batch: 8, micro: 5, epochs: 40, learningRate: 0.5, patience: 3 } as const;

async function run(settings: Partial<RunSpec> = {}): Promise<Omit<RunRequest, 'outFolder'>> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return { spec: { ...DEFAULT_SPEC, ...RESTLESS, ...settings }, datasetFolder };
}

async function collect(request: RunRequest, pauseAfter?: number): Promise<RunEvent[]> {
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun(request, stop.signal)) {
    events.push(event);
    if (event.kind === 'epoch' && event.epoch === pauseAfter) stop.abort(PAUSE);
  }
  return events;
}

const epochsOf = (events: RunEvent[]) => events.filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch');
const receiptIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as Receipt;
const weightsIn = (folder: string) => readFileSync(join(folder, 'weights.bin'));
const notesOf = (events: RunEvent[]) => events.flatMap((event) => (event.kind === 'note' ? [event.message] : []));

test('it ends when validation has not improved for as long as it was told to wait, with the best epoch; without a patience it does not', async () => {
  const asked = await run();
  const outFolder = temporaryFolder();
  const events = await collect({ ...asked, outFolder });
  const epochs = epochsOf(events);
  const best = epochs.reduce((a, b) => (b.validation!.loss < a.validation!.loss ? b : a));
  expect(epochs.length).toBe(best.epoch + 3);
  expect(epochs.length).toBeLessThan(40);
  expect(events.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed', validation: best.validation });
  expect(notesOf(events)).toContain(`Validation has not improved for 3 epochs: ended at epoch ${epochs.length}, kept epoch ${best.epoch}.`);
  expect(receiptIn(outFolder)).toMatchObject({
    reason: 'completed',
    endedEarly: { epoch: epochs.length, waited: 3, best: best.epoch },
    model: { of: 'best epoch', epoch: best.epoch },
  });

  const longer = epochs.length + 2;
  const untold = temporaryFolder();
  const control = await collect({ ...asked, spec: { ...asked.spec, patience: undefined, epochs: longer }, outFolder: untold });
  expect(epochsOf(control).length).toBe(longer);
  expect(receiptIn(untold)).not.toHaveProperty('endedEarly');
});

test('paused while it waits, and resumed, it ends where it would have, with the same weights', async () => {
  const asked = await run();
  const [whole, cut] = [temporaryFolder(), temporaryFolder()];
  const epochs = epochsOf(await collect({ ...asked, outFolder: whole }));
  const first = await collect({ ...asked, outFolder: cut }, epochs.length - 1);
  expect(first.at(-1)).toMatchObject({ kind: 'paused' });
  const second = await collect({ ...asked, outFolder: cut, resumeFolder: cut });
  expect(epochsOf([...first, ...second]).length).toBe(epochs.length);
  expect(weightsIn(cut).equals(weightsIn(whole))).toBe(true);
  expect(receiptIn(cut).endedEarly).toEqual(receiptIn(whole).endedEarly);
});

test('resumed where it had ended it makes no step more; made longer it waits anew', async () => {
  const asked = await run();
  const outFolder = temporaryFolder();
  const first = epochsOf(await collect({ ...asked, outFolder }));
  const done = first.length;
  const before = weightsIn(outFolder);
  const again = await collect({ ...asked, outFolder, resumeFolder: outFolder });
  expect(epochsOf(again)).toEqual([]);
  expect(again.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed' });
  expect(weightsIn(outFolder).equals(before)).toBe(true);

  const longer = { ...asked, spec: { ...asked.spec, epochs: 80 }, outFolder, resumeFolder: outFolder };
  const more = epochsOf(await collect(longer, done + 1));
  expect(more.map(({ epoch }) => epoch)).toEqual([done + 1]);
  const rest = epochsOf(await collect(longer));
  expect(rest[0].epoch).toBe(done + 2);
  const all = [...first, ...more, ...rest];
  const best = all.reduce((a, b) => (b.validation!.loss < a.validation!.loss ? b : a)).epoch;
  expect(rest.at(-1)!.epoch, 'the wait began where the run was made longer, and was not begun again').toBe(Math.max(done, best) + 3);
});

test('a loss that is never a number ends the run too, and is said', async () => {
  const settings = { optimizer: 'sgd', learningRate: 100, batch: 8, micro: 8, epochs: 30, patience: 3 } as const;
  const { events, outFolder } = await runTable(await packedSample('diabetes'), 'regression', settings);
  const losses = epochsOf(events).map(({ validation }) => validation!.loss);
  expect(losses.map(Number.isFinite)).toEqual([false, false, false]);
  expect(receiptIn(outFolder).endedEarly).toEqual({ epoch: 3, waited: 3 });
  expect(notesOf(events)).toContainEqual(expect.stringContaining('was no number in any epoch'));
});
