// Rows of the history in groups, and views that are kept.
import { expect, it } from 'vitest';
import { groupWords, runRows, unfolded, type RunGroup } from '#renderer/words/run-groups';
import { isSameView, restoreNamed, restoreView, USUAL_VIEW, withNamed } from '#renderer/words/run-view';
import { liveRow } from '#renderer/words/live-row';
import { listedRun } from '#test/support/listed-run';

const runs = [
  listedRun('1'),
  listedRun('2', { datasetId: 'b', datasetName: 'birds', tags: ['a', 'b'], validationAccuracy: 0.5 }),
  listedRun('3', { tags: ['b'], validationAccuracy: 0.75 }),
];
const shown = (group: RunGroup, folded: string[] = []) =>
  runRows(runs, group, (key) => folded.includes(key)).map((row) => (row.kind === 'run' ? row.run.id : row.name));

it('groups in the order of the first runs; with several tags a run is in each group, without one in the last', () => {
  expect(shown('none')).toEqual(['1', '2', '3']);
  expect(shown('data')).toEqual(['digits', '1', '3', 'birds', '2']);
  expect(shown('tag')).toEqual(['a', '2', 'b', '2', '3', 'Without a tag', '1']);
  expect(shown('tag', ['tag b'])).toEqual(['a', '2', 'b', 'Without a tag', '1']);
  expect(unfolded(runs, 'tag', (key) => key === 'tag b').map(({ id }) => id)).toEqual(['2', '1']);
  expect(unfolded(runs, 'none', () => true)).toBe(runs);
  const keys = runRows(runs, 'tag', () => false).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(groupWords(runs)).toBe('3 runs, best 75.0 %');
  expect(groupWords([runs[0]])).toBe('1 run');
});

it('two versions are two groups, and of results that are not alike none is the best', () => {
  const second = listedRun('4', { datasetId: 'd2', validationAccuracy: 0.8 });
  const versions = new Map([
    ['d', 1],
    ['d2', 2],
  ]);
  const rows = runRows(
    [runs[2], second],
    'data',
    () => false,
    (id) => versions.get(id),
  );
  expect(rows.map((row) => (row.kind === 'run' ? row.run.id : row.name))).toEqual(['digits', '3', 'digits, version 2', '4']);
  expect(groupWords([runs[2], listedRun('5', { sort: 'masks', validationScores: { iou: 0.9, dice: 0.9 } })])).toBe('2 runs');
});

it('a kept view is read as far as it is known', () => {
  const view = { ...USUAL_VIEW, order: 'best' as const, hidden: ['disk' as const], filter: { ...USUAL_VIEW.filter, result: '95' } };
  expect(restoreView(JSON.parse(JSON.stringify(view)))).toEqual(view);
  for (const strange of [null, 7, [], { order: 'x', group: 1, hidden: 'all', filter: { state: 'gone', words: 3 } }])
    expect(restoreView(strange)).toEqual(USUAL_VIEW);
  expect(isSameView(view, restoreView(view))).toBe(true);
  expect(isSameView(view, USUAL_VIEW)).toBe(false);
  const named = withNamed([{ name: 'b', view: USUAL_VIEW }], { name: 'a', view });
  expect(restoreNamed(JSON.parse(JSON.stringify(named)))).toEqual(named);
  expect(withNamed(named, { name: 'a', view: USUAL_VIEW }).map(({ view: kept }) => kept.order)).toEqual(['newest', 'newest']);
  expect(restoreNamed([{ view }, 'x'])).toEqual([]);
});

it('the row of a run that trains says how far it is', () => {
  const run = listedRun('1', { state: 'running', epochsDone: 0, peakBytes: 9 });
  const epochs = [{ epoch: 3, validationLoss: 0.2, validationAccuracy: 0.9 }];
  expect(liveRow(run, { plan: { micro: 32 }, epochs, steps: [{ seconds: 4 }], progress: { memory: { peakBytes: 5 } } })).toMatchObject({
    micro: 32,
    epochsDone: 3,
    validationAccuracy: 0.9,
    seconds: 4,
    peakBytes: 9,
  });
  expect(liveRow(run, { epochs: [], steps: [] })).toEqual(run);
});
