// What comes in is one thing at a time: a stopped import that goes on is not mixed up with what was chosen meanwhile. The state as it is compiled
// for a page, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { Incoming as State, Onto } from '#renderer/state/incoming.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let Incoming: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/incoming.svelte.ts', 'incoming-state', svelte({ configFile: false }));
  ({ Incoming } = (await import(pathToFileURL(built).href)) as { Incoming: typeof State });
});

const STOPPED = { id: 'a', name: 'birds', parent: 'garden', begunAt: '2026-11-29T10:00:00Z', done: 4, total: 10 };
const ok = <Value>(value: Value) => Promise.resolve({ ok: true, value } as const);
const DATASET = { id: 'made', name: 'birds' };
const REPORT = { kind: 'table', suggested: { kind: 'table' } };

/** A table is chosen and checked, to be added to a version; `resumed` ends the import that goes on. */
async function checked(over: Partial<Record<keyof WindowApi, () => Promise<unknown>>> = {}, onto?: Onto) {
  const imported: unknown[] = [];
  const api = {
    chooseFolder: () => ok({ token: 't', name: 'passengers' }),
    checkFolder: () => ok(REPORT),
    listStoppedImports: () => ok([STOPPED]),
    importFolder: () => ok(DATASET),
    resumeImport: () => ok(DATASET),
    ...over,
  };
  const incoming = new Incoming(api as unknown as WindowApi, async (dataset) => void imported.push(dataset));
  await incoming.choose(onto);
  expect(incoming).toMatchObject({ chosen: { name: 'passengers' }, report: REPORT, onto });
  return { incoming, imported };
}

test('going on lets go what was chosen, and can be paused', async () => {
  let end: (answer: unknown) => void = () => {};
  const { incoming, imported } = await checked({ resumeImport: () => new Promise((resolve) => (end = resolve)) }, { id: 'v' } as Onto);
  const going = incoming.goOn(STOPPED);
  expect(incoming).toMatchObject({ chosen: undefined, report: undefined, onto: undefined, canPause: true });
  end(await ok(DATASET));
  await going;
  expect([imported, incoming.canPause]).toEqual([[DATASET], false]);
});

test('control: a table that is imported cannot be paused, and a check that goes on is not let go', async () => {
  let end: (answer: unknown) => void = () => {};
  const { incoming } = await checked({ importFolder: () => new Promise((resolve) => (end = resolve)) });
  const importing = incoming.import();
  await incoming.goOn(STOPPED);
  expect(incoming).toMatchObject({ chosen: { name: 'passengers' }, canPause: false });
  end(await ok(DATASET));
  await importing;
});

test('an import that worked is said, though what is stopped cannot be listed', async () => {
  const { incoming, imported } = await checked({
    listStoppedImports: () => Promise.resolve({ ok: false, failure: { kind: 'unexpected', message: 'The list is gone.' } }),
  });
  await incoming.import();
  expect(imported).toEqual([DATASET]);
  expect(incoming.stopped.problem).toMatch(/The list is gone/);
});
