// Runs in this process, stopped and taken up where it is easiest to get wrong: at an epoch's end, at the run's end, in a used folder.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import type { RunRequest } from '#trainer/run-request';

async function collect(request: RunRequest, onEvent: (event: RunEvent, stop: () => void) => void = () => {}): Promise<RunEvent[]> {
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun(request, stop.signal)) {
    events.push(event);
    onEvent(event, () => stop.abort());
  }
  return events;
}

/** One step an epoch: every step is an epoch's last. */
async function tinyRun(epochs: number, settings: Partial<RunSpec> = {}): Promise<Omit<RunRequest, 'outFolder'>> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return { spec: { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, epochs, ...settings }, datasetFolder };
}

/** What an epoch came to, without its times and bytes. */
const epochs = (events: RunEvent[]) =>
  events
    .filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch')
    .map(({ epoch, step, train, validation }) => ({ epoch, step, train, validation }));

test('a run stopped on the last step of an epoch has that epoch, and goes on with the next one as if it had not been stopped', async () => {
  const run = await tinyRun(3);
  const whole = await collect({ ...run, outFolder: temporaryFolder() });
  expect(epochs(whole).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);

  const outFolder = temporaryFolder();
  const stopped = await collect({ ...run, outFolder }, (event, stop) => event.kind === 'progress' && stop());
  expect(stopped.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  const resumed = await collect({ ...run, outFolder, resumeFolder: outFolder });
  expect(epochs([...stopped, ...resumed])).toEqual(epochs(whole));
});

test('a run that had done everything, resumed, ends with the result it had', async () => {
  const outFolder = temporaryFolder();
  const run = await tinyRun(2);
  const { train, validation } = (await collect({ ...run, outFolder })).at(-1) as RunEventOf<'finished'>;
  expect(train.samples).toBeGreaterThan(0);
  const again = await collect({ ...run, outFolder, resumeFolder: outFolder });
  expect(again.at(-1)).toMatchObject({ kind: 'finished', reason: 'completed', train, validation });
});

test('a new run in the folder of a longer one keeps its own checkpoints only', async () => {
  const outFolder = temporaryFolder();
  await collect({ ...(await tinyRun(4)), outFolder });
  await collect({ ...(await tinyRun(1)), outFolder });
  expect(readdirSync(join(outFolder, 'checkpoints'))).toEqual(['step-000000001']);
});

test('exact BatchNorm: any micro-batch ends with the whole batch’s numbers, an interrupted run with those of an undisturbed one; by pieces it does not', async () => {
  const run = (settings: Partial<RunSpec>) => tinyRun(3, { model: 'resnet-8', optimizer: 'momentum', learningRate: 0.01, ...settings });
  const lossesOf = (events: RunEvent[]) => epochs(events).flatMap(({ train, validation }) => [train.loss, validation!.loss]);
  const losses = async (settings: Partial<RunSpec>) => lossesOf(await collect({ ...(await run(settings)), outFolder: temporaryFolder() }));
  const apart = (a: number[], b: number[]) => Math.max(...a.map((loss, i) => Math.abs(loss / b[i] - 1)));

  const whole = await losses({ micro: 64 });
  const undisturbed = await losses({ micro: 5, batchNorm: 'exact' });
  expect(apart(undisturbed, whole)).toBeLessThan(1e-4);
  expect(apart(await losses({ micro: 2, batchNorm: 'exact' }), whole)).toBeLessThan(1e-4);
  expect(apart(await losses({ micro: 2 }), whole)).toBeGreaterThan(1e-2);

  const exact = await run({ micro: 5, batchNorm: 'exact' });
  const outFolder = temporaryFolder();
  const stopped = await collect({ ...exact, outFolder }, (event, stop) => event.kind === 'progress' && stop());
  const planned = stopped.find((event) => event.kind === 'planned');
  expect(planned?.plan).toMatchObject({ verdict: { kind: 'identical' }, stages: { recomputedShare: 0 } });
  const resumed = await collect({ ...exact, outFolder, resumeFolder: outFolder });
  expect(lossesOf([...stopped, ...resumed])).toEqual(undisturbed);
});
