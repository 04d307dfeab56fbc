// An export of runs that fails is heard: in its dialog, or below the page where that was closed meanwhile.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, it } from 'vitest';
import type { RunTransfer as State } from '#renderer/state/run-transfer.svelte';
import type { Toasts } from '#renderer/state/toasts.svelte';
import type { WindowApi } from '#shared/contract';
import { failureSentence, type Failure } from '#shared/failure';
import { buildProgram } from '#test/support/build-program';
import { listedRun } from '#test/support/listed-run';

const BROKEN: Failure = { kind: 'bad-setting', problem: 'The stick was pulled out.' };

it('fails in its dialog, and below the page where nobody sees that', async () => {
  const built = await buildProgram('src/renderer/state/run-transfer.svelte.ts', 'run-transfer-state', svelte({ configFile: false }));
  const { RunTransfer } = (await import(pathToFileURL(built).href)) as { RunTransfer: typeof State };
  const said: string[] = [];
  let failure: Failure = BROKEN;
  const api = { exportRuns: () => Promise.resolve({ ok: false as const, failure, sentence: failureSentence(failure) }) };
  const toasts = { forget: () => {}, sayWithLink: (text: string) => said.push(text) };
  const transfer = new RunTransfer(api as unknown as WindowApi, toasts as unknown as Toasts, () => Promise.resolve());
  transfer.isWatched = true;
  expect(await transfer.export([listedRun('1')], false)).toBe(false);
  expect([transfer.exporting.problem, said]).toEqual(['The stick was pulled out.', []]);
  transfer.isWatched = false;
  await transfer.export([listedRun('1')], false);
  expect(said).toEqual(['“digits, batch 1” was not exported: The stick was pulled out.']);
  // Cancelled, there is nothing to be told (control).
  failure = { kind: 'cancelled' };
  await transfer.export([listedRun('1')], false);
  expect(said).toHaveLength(1);
});
