// One evaluation is shown at a time, and never that of another run: the state as it is compiled for a page, against answers of our own.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { Evaluations as State } from '#renderer/state/evaluations.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let Evaluations: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/evaluations.svelte.ts', 'evaluations-state', svelte({ configFile: false }));
  ({ Evaluations } = (await import(pathToFileURL(built).href)) as { Evaluations: typeof State });
});

/** Answers when told to; a new question or `cancelEvaluation` ends the one before, as main does. */
function judge() {
  const asked: string[] = [];
  let end: (answer: unknown) => void = () => {};
  const cancelled = { ok: false, failure: { kind: 'cancelled' }, sentence: 'Cancelled.' };
  const api = {
    evaluateRun: (runId: string, part: string) => {
      asked.push(`${runId} ${part}`);
      return new Promise((resolve) => (end = resolve));
    },
    cancelEvaluation: () => {
      end(cancelled);
      return Promise.resolve({ ok: true, value: undefined });
    },
  };
  const evaluations = new Evaluations(api as unknown as WindowApi);
  return {
    evaluations,
    asked,
    answer: (name: string) => end({ ok: true, value: { facts: { weights: name } } }),
    fail: (problem: string) => end({ ok: false, failure: { kind: 'bad-setting', problem }, sentence: problem }),
  };
}

test('the run that is looked at last is the one that is shown, and it is asked for once', async () => {
  const { evaluations, asked, answer } = judge();
  const first = evaluations.open('a');
  const second = evaluations.open('b');
  await Promise.resolve();
  await expect.poll(() => asked).toEqual(['a validation', 'b validation']);
  answer('of b');
  await Promise.all([first, second]);
  expect(evaluations.of('b').evaluated).toMatchObject({ facts: { weights: 'of b' } });
  expect(evaluations.of('a')).toEqual({ running: false });
  await evaluations.open('b');
  expect(asked).toHaveLength(2);

  const test = evaluations.open('b', 'test');
  expect(evaluations.of('b').evaluated).toBeUndefined();
  answer('the test part');
  await test;
  // The part stays while the run does.
  await evaluations.open('b');
  expect([evaluations.part, asked.at(-1)]).toEqual(['test', 'b test']);
});

test('cancelled it shows nothing and no problem; how far it is counts for the run and part that are shown', async () => {
  const { evaluations, asked, answer } = judge();
  const opened = evaluations.open('a');
  evaluations.hear('b', 'validation', 1, 2);
  expect(evaluations.progress).toBeUndefined();
  evaluations.hear('a', 'validation', 1, 2);
  expect(evaluations.progress).toEqual({ done: 1, total: 2 });
  await evaluations.cancel();
  await opened;
  expect(evaluations.of('a')).toEqual({ running: false, evaluated: undefined, problem: undefined });
  const again = evaluations.open('a');
  answer('of a');
  await again;
  expect(asked).toHaveLength(2);
  // Another run has ended: what is shown of this one stays.
  evaluations.forget('b');
  expect(evaluations.of('a').evaluated).toBeDefined();
  evaluations.forget('a');
  expect(evaluations.of('a').evaluated).toBeUndefined();
});

test('what goes on or went wrong for one run is not said of another, and can be tried again', async () => {
  const { evaluations, asked, answer, fail } = judge();
  const opened = evaluations.open('a');
  expect([evaluations.of('a').running, evaluations.of('b').running]).toEqual([true, false]);
  fail('Its data is gone.');
  await opened;
  expect([evaluations.of('a').problem, evaluations.of('b').problem]).toEqual(['Its data is gone.', undefined]);
  const again = evaluations.open('a');
  answer('of a');
  await again;
  expect(asked).toHaveLength(2);
  expect(evaluations.of('a')).toMatchObject({ running: false, problem: undefined, evaluated: {} });
});

test('left and opened again at once it is computed all the same', async () => {
  const { evaluations, asked, answer } = judge();
  const first = evaluations.open('a');
  const left = evaluations.cancel();
  const again = evaluations.open('a');
  await Promise.all([left, again]);
  await expect.poll(() => asked).toHaveLength(2);
  answer('of a');
  await first;
  expect(evaluations.of('a').evaluated).toBeDefined();
});
