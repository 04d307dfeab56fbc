// Repeats as mean ± spread.
import { expect, it } from 'vitest';
import { madeRepeats, repeatWords, spreadOf, spreadRow, toRepeat } from '#renderer/words/repeat-words';
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
  const missing = toRepeat(runs, runs, 3).missing.map(({ run: { id }, seed }) => `${id} ${seed}`);
  expect(missing).toEqual(['a 3', 'b 2', 'b 3']);
  expect(madeRepeats([runs[0], runs[2]], runs)).toEqual(['a', 'a2', 'b']);
});

it('pressed twice it adds nothing twice: what waits or trains counts, and is said', () => {
  const runs = [run('a', 1, 0.9), run('b', 1, 0.95, 64)].map((each) => ({ ...each, seconds: 50 }));
  const first = toRepeat(runs, runs, 3);
  expect(repeatWords(first)).toBe(
    'Adds 4 runs to the queue, about 3 min 20 s of training: how much one seed differs from another is known then.',
  );
  const waiting = first.missing.map(({ run: { datasetId, spec }, seed }) => ({ datasetId, spec: { ...spec, seed } }));
  const again = toRepeat(runs, runs, 3, waiting);
  expect(again).toEqual({ missing: [], coming: 4, paused: 0 });
  expect(repeatWords(again)).toBe('4 repeats train or wait in the queue already: they are counted here when they have ended.');
  const begun = { ...run('a2', 2, NaN), state: 'running' as const };
  const some = toRepeat(runs, [...runs, begun], 3, waiting.slice(2));
  expect([some.missing.map(({ seed }) => seed), some.coming]).toEqual([[3], 3]);
  expect(repeatWords(some)).toMatch(/^Adds 1 run .* known then\. 3 repeats train or wait in the queue already\.$/);
  // One that lies still comes by no waiting.
  const still = toRepeat(runs, [...runs, { ...begun, state: 'paused' }], 3, waiting.slice(1));
  expect(still).toEqual({ missing: [], coming: 3, paused: 1 });
  expect(repeatWords(still)).toMatch(/when they have ended\. 1 repeat is paused: resume it in History\.$/);
  expect(repeatWords({ missing: [], coming: 0, paused: 2 })).toBe('2 repeats are paused: resume them in History.');
  // Of other data, or with another batch, they are no repeats (control).
  const others = waiting.map((one, i) => (i % 2 ? { ...one, datasetId: 'e' } : { ...one, spec: { ...one.spec, batch: 32 } }));
  expect(toRepeat(runs, runs, 3, others)).toEqual(first);
});
