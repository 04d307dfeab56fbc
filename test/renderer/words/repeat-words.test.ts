// Repeats as mean ± spread.
import { expect, it } from 'vitest';
import { spreadOf, spreadRow, toRepeat } from '#renderer/words/repeat-words';
import type { RunSummary } from '#shared/run-record';
import { DEFAULT_SPEC } from '#shared/run-spec';

const run = (id: string, seed: number, validationAccuracy: number, batch = 256): RunSummary => ({
  id,
  name: id,
  state: 'completed',
  spec: { ...DEFAULT_SPEC, seed, batch },
  datasetId: 'd',
  datasetName: 'digits',
  sort: 'pictures',
  startedAt: '2026-11-30T10:00:00.000Z',
  epochsDone: 15,
  validationAccuracy,
  resumable: false,
  extendable: true,
  hasModel: true,
});

it('tells mean and standard deviation of as many seeds as there are', () => {
  const all = [run('a', 1, 0.9), run('a2', 2, 0.92), run('a3', 3, 0.94), run('b', 1, 0.95, 64)];
  expect(spreadRow([all[0], all[3]], all)).toEqual({
    name: 'Mean ± spread of repeats',
    texts: ['92.0 ± 2.0 % (3 seeds)', 'not repeated'],
  });
  // None that was repeated: no row (control).
  expect(spreadRow([all[0], all[3]], [all[0], all[3]])).toBeUndefined();
  expect(spreadOf([1, 2, 3, 4])).toEqual({ mean: 2.5, deviation: Math.sqrt(5 / 3) });
});

it('repeats of the same settings are made once', () => {
  const runs = [run('a', 1, 0.9), run('a2', 2, 0.92), run('b', 1, 0.95, 64)];
  const missing = toRepeat(runs, runs, 3).map(({ run: { id }, seed }) => `${id} ${seed}`);
  expect(missing).toEqual(['a 3', 'b 2', 'b 3']);
});
