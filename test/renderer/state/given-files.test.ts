// What was handed over to be opened: data are checked at once where nothing is in the way, all else waits for a yes. The state as it is compiled
// for a page.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { GivenFiles as State } from '#renderer/state/given-files.svelte';
import type { WindowApi } from '#shared/contract';
import type { Given } from '#shared/given';
import { buildProgram } from '#test/support/build-program';

let GivenFiles: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/given-files.svelte.ts', 'given-state', svelte({ configFile: false }));
  ({ GivenFiles } = (await import(pathToFileURL(built).href)) as { GivenFiles: typeof State });
});

const DATA: Given = { kind: 'data', token: 'd', name: 'birds' };
const RUNS: Given = { kind: 'runs', token: 'r', name: 'mine.runs.zip' };
const REFUSED: Given = { kind: 'refused', token: 'x', name: 'notes.docx', sentence: 'Not this.' };

function desk(over: { page?: string; id?: string; chosen?: object; busy?: boolean; importing?: boolean } = {}) {
  const done: unknown[] = [];
  const ok = () => Promise.resolve({ ok: true, value: undefined } as const);
  const api = {
    getGiven: () => Promise.resolve({ ok: true, value: [DATA] } as const),
    settleGiven: (token: string) => (done.push(['settled', token]), ok()),
  };
  const given = new GivenFiles(
    api as unknown as WindowApi,
    {
      route: { page: over.page ?? 'plan', id: over.id, go: (page: string) => done.push(page) },
      incoming: {
        busy: over.busy ?? false,
        chosen: over.chosen,
        discard: () => done.push('discarded'),
        take: ({ token }: Given) => Promise.resolve(void done.push(['checks', token])),
      },
      transfer: {
        importing: { running: over.importing ?? false },
        take: ({ token }: Given) => Promise.resolve(void done.push(['takes', token])),
      },
    } as unknown as ConstructorParameters<typeof State>[1],
  );
  return { given, done };
}

test('data are checked at once, also where the window was still being loaded', async () => {
  const { given, done } = desk();
  await given.load();
  expect([given.asked, done]).toEqual([undefined, [['settled', 'd'], 'data', 'discarded', ['checks', 'd']]]);
});

test.each([
  ['a check that is looked at', { chosen: {} }],
  ['an import', { busy: true }],
  ['the page of a version', { page: 'data', id: 'v1' }],
])('they are asked about where they would take the place of %s', (_what, over) => {
  const { given, done } = desk(over);
  given.hear([DATA]);
  expect([given.asked, done]).toEqual([DATA, []]);
  expect(given.isHeld).toBe('busy' in over);
});

test('runs come in after a yes, and after a no they are let go', () => {
  const { given, done } = desk();
  given.hear([RUNS, REFUSED]);
  expect([given.asked, given.more, done]).toEqual([RUNS, 1, []]);
  void given.take(RUNS);
  expect(done).toEqual([['settled', 'r'], 'history', ['takes', 'r']]);
  // main may say so once more before it has heard.
  given.hear([RUNS, REFUSED]);
  expect([given.asked, given.more]).toEqual([REFUSED, 0]);
  given.leave(REFUSED);
  expect([given.asked, done.at(-1)]).toEqual([undefined, ['settled', 'x']]);
});

test('runs of one file at a time', () => {
  const { given } = desk({ importing: true });
  given.hear([RUNS]);
  expect(given.isHeld).toBe(true);
});
