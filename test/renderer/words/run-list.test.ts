// Runs found by words, and in order.
import { expect, it } from 'vitest';
import { foundRuns } from '#renderer/words/run-list';
import type { RunSummary } from '#shared/run-record';
import { DEFAULT_SPEC } from '#shared/run-spec';

const run = (id: string, also: Partial<RunSummary> = {}): RunSummary => ({
  id,
  name: `digits, batch ${id}`,
  state: 'completed',
  spec: DEFAULT_SPEC,
  datasetId: 'd',
  datasetName: 'digits',
  sort: 'pictures',
  startedAt: `2026-11-30T10:0${id}:00.000Z`,
  epochsDone: 15,
  resumable: false,
  extendable: true,
  hasModel: true,
  ...also,
});
const runs = [
  run('1', { validationAccuracy: 0.9 }),
  run('2', { datasetName: 'Garden birds', validationAccuracy: 0.95, state: 'failed' }),
  run('3', { seconds: 4 }),
];
const ids = (...of: Parameters<typeof foundRuns>) => foundRuns(...of).map(({ id }) => id);

it('finds by all words, wherever the table says them', () => {
  expect(ids(runs, 'BIRDS failed', 'newest')).toEqual(['2']);
  expect(ids(runs, 'birds completed', 'newest')).toEqual([]);
  expect(ids(runs, '  ', 'newest')).toEqual(['3', '2', '1']);
});

it('orders by results, those without one last', () => {
  expect(ids(runs, '', 'best')).toEqual(['2', '1', '3']);
  expect(ids(runs, '', 'fastest')).toEqual(['3', '1', '2']);
  expect(ids(runs, '', 'oldest')).toEqual(['1', '2', '3']);
});

it('finds by tags and notes, and pinned ones stand first', () => {
  const marked = [
    run('1', { tags: ['paper'], note: 'Anna asked for it' }),
    run('2', { tags: ['paper-2'] }),
    run('3', { pinned: true }),
    run('4'),
  ];
  expect(ids(marked, 'tag:paper', 'newest')).toEqual(['1']);
  expect(ids(marked, 'paper', 'newest')).toEqual(['2', '1']);
  expect(ids(marked, 'tag:paper anna', 'newest')).toEqual(['1']);
  expect(ids(marked, '', 'newest')).toEqual(['3', '4', '2', '1']);
});
