// What Check it found holds for the settings it was made with, however long they train; a check that was cancelled is no failure.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test } from 'vitest';
import type { PieceCheck } from '#renderer/state/piece-check.svelte';
import type { WindowApi } from '#shared/contract';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';

test('found for these settings, for more epochs of them, and for no others', async () => {
  const built = await buildProgram('src/renderer/state/piece-check.svelte.ts', 'piece-check-state', svelte({ configFile: false }));
  const { PieceCheck: State } = (await import(pathToFileURL(built).href)) as { PieceCheck: typeof PieceCheck };
  let answer: unknown = { ok: true, value: 'found' };
  const check = new State({ checkPieces: () => Promise.resolve(answer) } as unknown as WindowApi);
  await check.check('a', DEFAULT_SPEC);
  expect(check.found('a', { ...DEFAULT_SPEC, epochs: 99 })).toBe('found');
  expect(check.found('a', { ...DEFAULT_SPEC, batch: 7 })).toBeUndefined();
  expect(check.found('b', DEFAULT_SPEC)).toBeUndefined();
  // Found before the window was opened; what is found now takes its place.
  const earlier = { samples: 64 } as never;
  expect([check.found('b', DEFAULT_SPEC, earlier), check.found('a', DEFAULT_SPEC, earlier)]).toEqual([earlier, 'found']);

  answer = { ok: false, failure: { kind: 'bad-setting', problem: 'Too few samples.' }, sentence: '' };
  await check.check('b', DEFAULT_SPEC);
  expect([check.found('b', DEFAULT_SPEC), check.problem('b', DEFAULT_SPEC)]).toEqual([undefined, 'Too few samples.']);
  expect(check.problem('a', DEFAULT_SPEC)).toBeUndefined();

  answer = { ok: false, failure: { kind: 'cancelled' }, sentence: '' };
  await check.check('a', DEFAULT_SPEC);
  expect([check.found('a', DEFAULT_SPEC), check.problem('a', DEFAULT_SPEC)]).toEqual([undefined, undefined]);
});
