// A word about batches that learn badly: larger than the data, or so large that the model hardly changes.
import { expect, test } from 'vitest';
import { batchHint } from '#renderer/words/batch-hints';

test('a batch larger than the data uses them all, once an epoch', () => {
  const hint = batchHint(4096, { batch: 1438, updatesPerEpoch: 1 }, 15, 'pictures');
  expect(hint).toMatchObject({ title: 'Larger than your data', better: 256 });
  expect(hint?.sentence).toContain('1,438 pictures');
});

test('a few updates an epoch are counted over the run; the better batch makes at least five', () => {
  const hint = batchHint(1024, { batch: 1024, updatesPerEpoch: 2 }, 15, 'pictures');
  expect(hint?.sentence).toContain('An epoch is 2 updates, the whole run 30.');
  expect(hint!.better).toBeLessThanOrEqual(1438 / 5 + 256);
  // Whoever took more epochs, as was said, is not told again.
  expect(batchHint(1024, { batch: 1024, updatesPerEpoch: 2 }, 400, 'pictures')).toBeUndefined();
  expect(batchHint(256, { batch: 256, updatesPerEpoch: 6 }, 15, 'pictures')).toBeUndefined();
});

test('of a handful of rows nothing smaller can be taken', () => {
  expect(batchHint(1, { batch: 1, updatesPerEpoch: 3 }, 10, 'regression')).toBeUndefined();
  expect(batchHint(3, { batch: 3, updatesPerEpoch: 1 }, 10, 'regression')).toBeUndefined();
});
