// What plans measured, put together: the newest of each size, and the smallest size that was the end of a process.
import { expect, test } from 'vitest';
import { disturbanceOf, merged, measurementOf, mostSurvived, timingsOf, type Measurement } from '#shared/measurement';
import type { Plan } from '#shared/plan';

const of = (micros: number[], peakBytes: number, diedAt?: number): Measurement => ({
  engine: 'wasm 1',
  points: micros.map((micro) => ({ micro, peakBytes, milliseconds: 1 })),
  ...(diedAt !== undefined && { diedAt }),
  at: String(peakBytes),
});

test('a newer size takes the place of those close to it, and of no others', () => {
  const { points, at } = merged(of([1, 2, 60, 64, 128], 1), of([2, 62, 63], 2));
  expect(points.map(({ micro, peakBytes }) => [micro, peakBytes])).toEqual([
    [1, 1],
    [2, 2],
    [62, 2],
    [63, 2],
    [128, 1],
  ]);
  expect(at).toBe('2');
});

test('a death counts until its size, or a larger one, was come through', () => {
  const died = of([2, 8], 1, 32);
  expect(mostSurvived(died)).toBe(16);
  expect(mostSurvived(merged(died, of([2, 20], 2)))).toBe(20);
  expect(mostSurvived(merged(died, of([2, 8], 2, 24)))).toBe(12);
  // The control: without one, nothing is known to be too large.
  expect([mostSurvived(of([2, 8], 1)), mostSurvived(merged(died, of([2, 32], 2)))]).toEqual([undefined, undefined]);
  // What came through before, and is larger than the size it died of now, does not count.
  expect(mostSurvived(merged(of([2, 128], 1), of([2, 8], 2, 32)))).toBe(16);
});

test('a pace stays with the time it was measured at, whatever points come after it', () => {
  const pace = { pieces: [[2, 1]] } as unknown as Plan['pace'];
  const earlier = measurementOf({ measured: of([2], 1).points, pace } as Plan, 'wasm 1', '1');
  expect(merged(earlier, of([4], 2))).toMatchObject({ at: '2', pace, pacedAt: '1' });
  expect(merged(of([4], 1), { ...earlier, at: '3', pacedAt: '3' })).toMatchObject({ at: '3', pacedAt: '3' });
});

test('paces of before stay beside the newest, so many and no more', () => {
  const paced = (at: number): Measurement => ({ ...of([2], at), pace: { micro: at } as Measurement['pace'], pacedAt: String(at) });
  const all = [1, 2, 3, 4, 5].map(paced).reduce(merged);
  expect(timingsOf(all).map(({ pace }) => pace.micro)).toEqual([5, 4, 3, 2]);
  // What says nothing of time takes none of them away.
  expect(timingsOf(merged(all, of([8], 6)))).toEqual(timingsOf(all));
  expect(timingsOf(of([2], 1))).toEqual([]);
});

test('of what processes held the most is kept, and takes no points away, nor the day they are of', () => {
  const ran = (at: number, ranBesideBytes: number): Measurement => ({ ...of([], at), ranBesideBytes });
  const known = [of([2], 1), ran(2, 700), ran(3, 500)].reduce(merged);
  expect(known).toMatchObject({ ranBesideBytes: 700, at: '1', points: [{ micro: 2 }] });
  expect(merged(known, of([4], 4))).toMatchObject({ ranBesideBytes: 700, at: '4' });
});

test('what was held for reading ahead is no part of it', () => {
  const plan = { measured: of([2], 100).points, heldBytes: 30 } as Plan;
  expect(measurementOf(plan, 'wasm 1', 'now').points).toEqual([{ micro: 2, peakBytes: 70, milliseconds: 1 }]);
});

test('a size is remembered with what a run of it was planned with, so that the next forecast says the same', () => {
  const plan = { measured: of([2, 4], 100).points, micro: 4, peakBytes: 105 } as Plan;
  expect(measurementOf(plan, 'wasm 1', 'now').points.map(({ peakBytes }) => peakBytes)).toEqual([105, 105]);
});

test('a time is disturbed where each of those it is made of was', () => {
  const pace = { pieces: [[2, 1]] } as unknown as NonNullable<Measurement['pace']>;
  const measured = (disturbed: number, ...earlier: number[]) =>
    disturbanceOf({ ...of([2], 1), pace, disturbed, earlier: earlier.map((one) => ({ pace, disturbed: one })) });
  expect([measured(0.4, 0), measured(0.4, 0.3, 0.05), measured(0.05, 0.4)]).toEqual([undefined, undefined, undefined]);
  expect([measured(0.4), measured(0.4, 0.3), disturbanceOf(of([2], 1))]).toEqual([0.4, 0.4, undefined]);
});
