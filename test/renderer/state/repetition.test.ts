// A run is repeated at once where nothing differs; otherwise what differs is read first, and only a press goes on.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test } from 'vitest';
import type { Repetition } from '#renderer/state/repetition.svelte';
import type { WindowApi } from '#shared/contract';
import type { RunSummary } from '#shared/run-record';
import { buildProgram } from '#test/support/build-program';

test('asked, read, gone on with or left', async () => {
  const built = await buildProgram('src/renderer/state/repetition.svelte.ts', 'repetition-state', svelte({ configFile: false }));
  const { Repetition: State } = (await import(pathToFileURL(built).href)) as { Repetition: typeof Repetition };
  let differences: unknown = { ok: true, value: [] };
  const begun: (string | null)[] = [];
  const api = {
    checkRepeat: () => Promise.resolve(differences),
    repeatRun: (id: string) => Promise.resolve({ ok: true, value: `${id} again` }),
  };
  const repetition = new State(api as unknown as WindowApi, (id) => begun.push(id));
  const run = { id: 'a' } as RunSummary;

  await repetition.ask(run);
  expect([begun, repetition.asked]).toEqual([['a again'], undefined]);

  differences = { ok: true, value: ['Another computer.'] };
  await repetition.ask(run);
  expect([begun.length, repetition.asked?.differences]).toEqual([1, ['Another computer.']]);
  repetition.leave();
  await repetition.goOn();
  expect(begun).toHaveLength(1);
  await repetition.ask(run);
  await repetition.goOn();
  expect([begun.length, repetition.asked]).toEqual([2, undefined]);

  differences = { ok: false, failure: { kind: 'bad-setting', problem: 'The data are gone.' }, sentence: '' };
  await repetition.ask(run);
  expect([begun.length, repetition.asked, repetition.working.problem]).toEqual([2, undefined, 'The data are gone.']);
});
