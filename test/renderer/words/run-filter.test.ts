// Runs found by words and ranges, in order; which of the two comes first makes no difference.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foundRuns, NO_FILTER, rangesSet, type RunFilter } from '#renderer/words/run-filter';
import { orderedRuns, RUN_ORDERS, type RunOrder } from '#renderer/words/run-order';
import type { RunSummary } from '#shared/run-record';
import { listedRun } from '#test/support/listed-run';

const runs = [
  listedRun('1', { validationAccuracy: 0.9 }),
  listedRun('2', { datasetName: 'Garden birds', validationAccuracy: 0.95, state: 'failed' }),
  listedRun('3', { seconds: 4 }),
];
const ids = (of: readonly RunSummary[], filter: Partial<RunFilter> = {}, order: RunOrder = 'newest') =>
  orderedRuns(foundRuns(of, { ...NO_FILTER, ...filter }), order).map(({ id }) => id);

it('finds by all words, wherever the table says them', () => {
  expect(ids(runs, { words: 'BIRDS failed' })).toEqual(['2']);
  expect(ids(runs, { words: 'birds completed' })).toEqual([]);
  expect(ids(runs, { words: '  ' })).toEqual(['3', '2', '1']);
});

it('finds by tags and notes, and pinned ones stand first', () => {
  const marked = [
    listedRun('1', { tags: ['paper'], note: 'Anna asked for it' }),
    listedRun('2', { tags: ['paper-2'] }),
    listedRun('3', { pinned: true }),
    listedRun('4'),
  ];
  expect(ids(marked, { words: 'tag:paper' })).toEqual(['1']);
  expect(ids(marked, { words: 'paper' })).toEqual(['2', '1']);
  expect(ids(marked, { words: 'tag:paper anna' })).toEqual(['1']);
  expect(ids(marked, { tag: 'paper-2' })).toEqual(['2']);
  expect(ids(marked)).toEqual(['3', '4', '2', '1']);
});

it('finds by state, kind of data, result and day; what is no number keeps none out', () => {
  expect(ids(runs, { state: 'failed' })).toEqual(['2']);
  expect(ids(runs, { sort: 'masks' })).toEqual([]);
  expect(ids(runs, { result: '92 %' })).toEqual(['2']);
  expect(ids(runs, { result: '0.9' })).toEqual(['2', '1']);
  expect(ids(runs, { result: 'many' })).toHaveLength(3);
  expect([rangesSet({ ...NO_FILTER, result: 'many' }), rangesSet({ ...NO_FILTER, result: '92 %' })]).toEqual([0, 1]);
  const early = listedRun('4', { endedEarly: { epoch: 17, waited: 8 } });
  expect(ids([...runs, early], { state: 'by-itself' })).toEqual(['4']);
  expect(ids([...runs, early], { state: 'completed' })).toEqual(['4', '3', '1']);
  const days = ['2026-11-28', '2026-11-29', '2026-11-30'].map((day, i) =>
    listedRun(day, { startedAt: new Date(2026, 10, 28 + i, 23, 59).toISOString() }),
  );
  expect(ids(days, { from: '2026-11-29' })).toEqual(['2026-11-30', '2026-11-29']);
  expect(ids(days, { to: '2026-11-29' })).toEqual(['2026-11-29', '2026-11-28']);
  expect(ids(days, { from: '2026-11-29', to: '2026-11-29' })).toEqual(['2026-11-29']);
  expect(rangesSet({ ...NO_FILTER, words: 'x', state: 'failed', to: '2026-11-29' })).toBe(2);
});

it('finds by batch, epochs, time and memory; what is no range keeps none out', () => {
  const sized = [32, 64, 512].map((batch, i) => {
    const run = listedRun(String(i), { seconds: 60 * (i + 1), peakBytes: 1e9 * (i + 1) });
    return { ...run, epochsDone: 10 * i, spec: { ...run.spec, batch } };
  });
  expect(ids(sized, { batch: '64–512' }, 'newest-turned')).toEqual(['1', '2']);
  expect(ids(sized, { epochs: '> 10' })).toEqual(['2']);
  expect(ids(sized, { time: '< 2 min' })).toEqual(['0']);
  expect(ids(sized, { memory: '2–3 GB', batch: '64' })).toEqual(['1']);
  expect(ids(sized, { memory: 'much' })).toHaveLength(3);
  expect(rangesSet({ ...NO_FILTER, memory: 'much', batch: '64', time: '< 2 min' })).toBe(2);
});

it('orders by results, those without one last', () => {
  expect(ids(runs, {}, 'best')).toEqual(['2', '1', '3']);
  expect(ids(runs, {}, 'fastest')).toEqual(['3', '1', '2']);
  expect(ids(runs, {}, 'newest-turned')).toEqual(['1', '2', '3']);
  const named = ['run 10', 'Run 2', 'run 1'].map((name) => listedRun(name, { name }));
  expect(ids(named, {}, 'name')).toEqual(['run 1', 'Run 2', 'run 10']);
});

const anyRun = fc
  .record({
    validationAccuracy: fc.option(fc.constantFrom(0.2, 0.5, 0.9, NaN), { nil: undefined }),
    batch: fc.constantFrom(32, 64),
    pinned: fc.boolean(),
    state: fc.constantFrom<RunSummary['state'][]>('completed', 'failed'),
    tags: fc.subarray(['a', 'b']),
  })
  .map(({ batch, pinned, tags, ...also }) => {
    const run = listedRun('0', { ...also, ...(pinned && { pinned }), ...(tags.length > 0 && { tags }) });
    return { ...run, spec: { ...run.spec, batch } };
  });
const anyFilter = fc.record({
  ...Object.fromEntries(Object.entries(NO_FILTER).map(([name]) => [name, fc.constant('')])),
  words: fc.constantFrom('', 'tag:a', 'digits b'),
  state: fc.constantFrom('', 'failed'),
  tag: fc.constantFrom('', 'b'),
  result: fc.constantFrom('', '50', '0.9'),
}) as fc.Arbitrary<RunFilter>;
const anyOrder = fc.constantFrom(...RUN_ORDERS);

it('finding, then ordering, is ordering, then finding; nothing is made up or lost', () => {
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 12 }), anyFilter, anyOrder, (made, filter, order) => {
      const those = made.map((run, i) => ({ ...run, id: String(i) }));
      const found = foundRuns(those, filter);
      const shown = orderedRuns(found, order);
      expect(shown).toEqual(foundRuns(orderedRuns(those, order), filter));
      expect(foundRuns(found, filter)).toEqual(found);
      expect(new Set(shown)).toEqual(new Set(found));
    }),
  );
});
