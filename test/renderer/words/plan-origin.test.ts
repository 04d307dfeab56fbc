// A plan that was begun with a run's settings: what has been changed since, and which run it was after a restart.
import { expect, it } from 'vitest';
import { originOf, planDifferences, restoreOrigin } from '#renderer/words/plan-origin';
import { listedRun } from '#test/support/listed-run';

const run = listedRun('1', { datasetId: 'd1' });
const here = { id: 'd1', name: 'digits' };

it('tells what differs, data first, and what one of them has and the other not', () => {
  expect(planDifferences(run, { ...run.spec }, here)).toEqual([]);
  const changed = { ...run.spec, learningRate: 0.5, micro: 16, clipNorm: 1 };
  expect(planDifferences(run, changed, { id: 'd2', name: 'digits 2' })).toEqual([
    { name: 'Data set', before: 'digits', now: 'digits 2' },
    { name: 'Learning rate', before: String(run.spec.learningRate), now: '0.5' },
    { name: 'Samples per piece', before: 'automatic', now: '16' },
    { name: 'Gradient norm clipped at', before: 'as usual', now: '1' },
  ]);
  // Made on the command line, its data are not known here.
  expect(planDifferences({ ...run, datasetId: '' }, run.spec, here)).toEqual([]);
});

it('is read again as it was kept; anything else is no origin', () => {
  const origin = originOf(run);
  expect(Object.keys(origin)).not.toContain('state');
  expect(restoreOrigin(JSON.parse(JSON.stringify(origin)))).toEqual(origin);
  for (const strange of [null, 3, {}, { ...origin, sort: 'x' }, { ...origin, spec: { ...run.spec, batch: 'many' } }])
    expect(restoreOrigin(strange)).toBeUndefined();
});
