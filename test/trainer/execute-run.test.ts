// A run in this process, stopped where it is easiest to get wrong: on the last step of an epoch.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun, type RunRequest } from '#trainer/execute-run';

const EPOCHS = 3;

async function collect(request: RunRequest, onEvent: (event: RunEvent, stop: () => void) => void = () => {}): Promise<RunEvent[]> {
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun(request, stop.signal)) {
    events.push(event);
    onEvent(event, () => stop.abort());
  }
  return events;
}

/** What an epoch came to, without its times and bytes. */
const epochs = (events: RunEvent[]) =>
  events
    .filter((event): event is RunEventOf<'epoch'> => event.kind === 'epoch')
    .map(({ epoch, step, train, validation }) => ({ epoch, step, train, validation }));

test('a run stopped on the last step of an epoch has that epoch, and goes on with the next one as if it had not been stopped', async () => {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, datasetFolder);
  // One step an epoch: every step is an epoch's last.
  const spec = { ...DEFAULT_SPEC, engine: 'wasm' as const, batch: 64, micro: 5, epochs: EPOCHS };
  const whole = await collect({ spec, datasetFolder, outFolder: temporaryFolder() });
  expect(epochs(whole).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);

  const outFolder = temporaryFolder();
  const stopped = await collect({ spec, datasetFolder, outFolder }, (event, stop) => event.kind === 'progress' && stop());
  expect(stopped.at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped' });
  const resumed = await collect({ spec, datasetFolder, outFolder, resumeFolder: outFolder });
  expect(epochs([...stopped, ...resumed])).toEqual(epochs(whole));
});
