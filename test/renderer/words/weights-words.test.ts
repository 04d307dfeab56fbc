// What a run takes on the disk, in words.
import { expect, it } from 'vitest';
import { diskWords, neededWords, totalOnDisk, withoutWeights } from '#renderer/words/weights-words';

const size = { weights: 300_000, checkpoints: 1_200_000, rest: 0, goes: 0 };
const deleted = { weights: 0, checkpoints: 0, rest: 7_000, goes: 2_000_000 };

it('says what is there, and what is free later', () => {
  expect(diskWords(size)).toBe('1.50 MB: weights 300 kB, checkpoints 1.20 MB');
  expect(diskWords(deleted)).toBe('7.00 kB: other 7.00 kB; 2.00 MB of deleted weights are free when Overbatch is next started');
  expect(totalOnDisk({ a: size, b: size })).toBe('3.00 MB on disk');
  expect(totalOnDisk({ a: size, b: deleted })).toBe('1.51 MB on disk, and 2.00 MB that are free after the next start');
  expect(totalOnDisk({})).toBeUndefined();
});

it('says what cannot be done any more', () => {
  const at = new Date(2026, 10, 30, 14, 5);
  expect(withoutWeights(at.toISOString(), at)).toMatch(/^Its weights were deleted \(today 14:05\)\. It cannot be tried/);
});

it('names who begins with them, those that wait apart', () => {
  expect(neededWords({ begun: ['b'], waiting: [] })).toEqual([
    '“b” began with them: without them it cannot be repeated, nor taken to a cluster to be trained there.',
  ]);
  expect(neededWords({ begun: ['b', 'c', 'd', 'e', 'f'], waiting: ['g', 'h'] })).toEqual([
    expect.stringMatching(/^“b”, “c”, “d” and 2 more began with them: without them they cannot/),
    '“g”, “h” wait in the queue to begin with them, and could not: take them out first, or let them begin.',
  ]);
  expect(neededWords({ begun: [], waiting: [] })).toEqual([]);
});
