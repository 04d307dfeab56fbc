// An export belongs to the run it was asked for: on the page of another it is no news, and sizes are those of the run opened last.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { TakeAway as State } from '#renderer/state/take-away.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let TakeAway: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/take-away.svelte.ts', 'take-away-state', svelte({ configFile: false }));
  ({ TakeAway } = (await import(pathToFileURL(built).href)) as { TakeAway: typeof State });
});

/** Answers wait until they are given, by what was asked. */
function takeAway() {
  const waiting = new Map<string, (value: unknown) => void>();
  const later = (what: string) => new Promise<unknown>((resolve) => waiting.set(what, (value) => resolve({ ok: true, value })));
  const api = { exportModel: (id: string) => later(`export ${id}`), getRun: (id: string) => later(`run ${id}`) };
  return { state: new TakeAway(api as unknown as WindowApi), give: (what: string, value: unknown) => waiting.get(what)!(value) };
}

test('what is made of one run is not shown on the page of another', async () => {
  const { state, give } = takeAway();
  const saved = state.save('a', 'html');
  void state.open('b');
  expect([state.isOf('a', 'html'), state.isOf('b', 'html'), state.isOf('a', 'tfjs')]).toEqual([true, false, false]);
  give('export a', { name: 'a.html' });
  await saved;
  expect(state.done?.name).toBe('a.html');
  expect(state.isOf('b', 'html')).toBe(false);
});

test('the answer about a run opened before comes too late', async () => {
  const { state, give } = takeAway();
  const [first, second] = [state.open('a'), state.open('b')];
  give('run b', { receipt: { parameters: 2 } });
  await second;
  give('run a', { receipt: { parameters: 1 } });
  await first;
  expect(state.weights).toBe(2);
});
