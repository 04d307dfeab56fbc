// Peaks that are looked at where they are needed, and the sizes taken from them.
import { expect, test } from 'vitest';
import { PeakCurve } from '#trainer/planning/peak-curve';
import { Peaks } from '#trainer/planning/peaks';

const pause = () => Promise.resolve();
const line = (micro: number): number => Math.max(1_500, 1_000 + 100 * micro);

function watched(most: number) {
  const looked: number[] = [];
  const curve = new PeakCurve((micros) => {
    looked.push(...micros);
    return micros.map((micro) => ({ micro, peakBytes: line(micro) }));
  }, most);
  return { curve, looked };
}

test('looks no further than the budget and the largest size that is asked about, and not twice', async () => {
  const { curve, looked } = watched(1_000);
  await curve.reach(5_000, 600, pause);
  expect(looked).toEqual([1, 4, 16, 64]);
  await curve.reach(5_000, 600, pause);
  expect(looked).toHaveLength(4);
  await curve.reach(Infinity, 600, pause);
  expect(looked.slice(4)).toEqual([256, 600]);
  await curve.reach(Infinity, 5_000, pause);
  expect(looked.slice(6)).toEqual([1_000]);
  for (const [most, sizes] of [
    [1, [1]],
    [3, [1, 3]],
    [16, [1, 4, 16]],
  ] as const) {
    const small = watched(most);
    await small.curve.reach(Infinity, 99, pause);
    expect(small.looked).toEqual(sizes);
  }
});

test('ends between two looks where it is told to', async () => {
  const { curve, looked } = watched(1_000);
  let pauses = 0;
  const told = () => (pauses++ < 1 ? Promise.resolve() : Promise.reject(new Error('told')));
  await expect(curve.reach(Infinity, 1_000, told)).rejects.toThrow('told');
  expect(looked).toEqual([1, 4, 16]);
});

test('the largest size inside the budget is that of the line, between what was looked at and beyond it', async () => {
  const { curve, looked } = watched(10_000);
  await curve.reach(4_000, 10_000, pause);
  expect(curve.at(40)).toBe(5_000);
  expect(curve.largest(4_000, 10_000)).toBe(30);
  expect(curve.largest(4_000, 20)).toBe(20);
  // Control: one byte less is one sample less.
  expect(curve.largest(3_999, 10_000)).toBe(29);
  expect(curve.largest(line(1) - 1, 10_000)).toBe(0);
  expect(curve.at(1_000)).toBe(line(1_000));
  curve.refine(5);
  expect([curve.at(5), looked.at(-1)]).toEqual([line(5), 5]);
});

test('where the budget ends between two looks far apart, it is looked at closely', async () => {
  const bent = (micro: number): number => 1_000 + 5 * micro + Math.max(0, micro - 120) * 15;
  const curve = new PeakCurve((micros) => micros.map((micro) => ({ micro, peakBytes: bent(micro) })), 256);
  await curve.reach(1_600, 256, pause);
  expect(curve.largest(1_600, 256)).toBeLessThan(110);
  curve.refineEnd(1_600, 256);
  expect(curve.largest(1_600, 256)).toBeGreaterThanOrEqual(115);
  expect(bent(curve.largest(1_600, 256))).toBeLessThanOrEqual(1_600);
});

test('a size that is looked at alone leaves the curve as it is', async () => {
  const { curve, looked } = watched(1_000);
  await curve.reach(2_000, 1_000, pause);
  const points = [...curve.points];
  expect([curve.alone(900), curve.alone(900), curve.alone(16)]).toEqual([line(900), line(900), line(16)]);
  expect(curve.points).toEqual(points);
  expect(looked.filter((micro) => micro === 900 || micro === 16)).toEqual([16, 900]);
});

test('a single known size is the peak of all, a size below the smallest one lies on its line', () => {
  expect(new Peaks([{ micro: 4, peakBytes: 9 }]).at(400)).toBe(9);
  const two = [
    { micro: 2, peakBytes: 20 },
    { micro: 4, peakBytes: 30 },
  ];
  expect(new Peaks(two).at(1)).toBe(15);
});
