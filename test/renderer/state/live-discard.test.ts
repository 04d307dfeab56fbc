// Discarding the run that trains, as the window has it: gone where that went well, ended where only the history could not be written.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { LiveRun as State } from '#renderer/state/live-run.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let LiveRun: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/live-run.svelte.ts', 'live-run-state', svelte({ configFile: false }));
  ({ LiveRun } = (await import(pathToFileURL(built).href)) as { LiveRun: typeof State });
});

const ok = (value: unknown) => Promise.resolve({ ok: true, value });
const REFUSED = { ok: false, failure: { kind: 'bad-setting', problem: 'Still training.' }, sentence: 'Still training.' };
const ENDED = { kind: 'failed', failure: { kind: 'discarded' }, sentence: 'This run was discarded.' } as const;

/** A run whose process ends before discarding is answered. @param current what trains then */
function discarding(answer: Promise<unknown>, current: unknown) {
  const api = {
    discardRun: () => {
      live.hear('r', ENDED);
      return answer;
    },
    currentRun: () => ok(current),
    getRun: () => ok({ id: 'r', state: 'running' }),
  };
  const live = new LiveRun(api as unknown as WindowApi, () => Promise.resolve());
  live.begin('r');
  return live;
}

test('discarded, it is shown no more, and what it still says is not heard', async () => {
  const live = discarding(ok(undefined), null);
  expect(await live.discard()).toBe('r');
  expect([live.runId, live.phase]).toEqual([undefined, 'none']);
  live.hear('r', ENDED);
  expect(live.runId).toBeUndefined();
});

test('where only hiding it failed it has ended, with the reason; one that still trains goes on', async () => {
  const ended = discarding(Promise.resolve(REFUSED), null);
  expect(await ended.discard()).toBeUndefined();
  expect(ended).toMatchObject({ phase: 'ended', active: false, stopping: { problem: 'Still training.' }, result: { id: 'r' } });

  const training = discarding(Promise.resolve(REFUSED), { runId: 'r' });
  await training.discard();
  expect(training.active).toBe(true);
});
