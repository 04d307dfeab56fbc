// Runs in this process, stopped and taken up where it is easiest to get wrong: at an epoch's end, at the run's end, in a used folder.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
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
async function tinyRun(epochs: number): Promise<Omit<RunRequest, 'outFolder'>> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  return { spec: { ...DEFAULT_SPEC, engine: 'wasm', batch: 64, micro: 5, epochs }, datasetFolder };
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
