// Before a data set is removed: who is not done with it.
import { expect, test } from 'vitest';
import { neededWords } from '#renderer/words/needed-words';
import type { RunSummary } from '#shared/run-record';

const run = (state: RunSummary['state'], resumable = true, datasetId = 'a') => ({ state, resumable, datasetId });

test('paused, waiting and training runs of any of its versions are counted; those that are over are not', () => {
  expect(neededWords(['a', 'b'], [run('completed', false), run('stopped'), run('paused', true, 'other')], [])).toBeUndefined();
  expect(neededWords(['a'], [run('paused')], [])).toMatch(/^1 paused run needs it\. Its files stay for that one;/);
  expect(neededWords(['a', 'b'], [run('paused'), run('interrupted', true, 'b')], [])).toMatch(/^2 paused runs need it\./);
  expect(neededWords(['a'], [run('running', false), run('interrupted', false)], [{ datasetId: 'a' }, { datasetId: 'a' }])).toMatch(
    /^1 run that trains and 2 waiting runs need it\. Its files stay for those;/,
  );
});
