// Seeded numbers repeat, are what they claim to be, and do not resemble their neighbours.
import { describe, expect, it } from 'vitest';
import { permutation, randomStream, truncatedNormal } from '#engine/random';

const take = (count: number, random: () => number): number[] => Array.from({ length: count }, random);

describe('randomStream', () => {
  it('repeats for the same seed and stream, and differs for another', () => {
    expect(take(5, randomStream(1, 2, 3))).toEqual(take(5, randomStream(1, 2, 3)));
    expect(take(5, randomStream(1, 2, 3))).not.toEqual(take(5, randomStream(1, 3, 2)));
    expect(take(5, randomStream(1))).not.toEqual(take(5, randomStream(2)));
  });

  it('is uniform: every tenth gets its share within five standard deviations', () => {
    const counts = new Array<number>(10).fill(0);
    for (const value of take(100_000, randomStream(42))) counts[Math.floor(10 * value)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * 0.9));
  });

  it('has neighbouring seeds that do not resemble each other', () => {
    const [a, b] = [take(10_000, randomStream(1)), take(10_000, randomStream(2))];
    const correlation = a.reduce((sum, x, i) => sum + (x - 0.5) * (b[i] - 0.5), 0) / (a.length / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.05);
  });
});

it('permutation holds every number once', () => {
  const order = permutation(1000, randomStream(5));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
});

it('truncatedNormal has mean 0, the deviation of a normal cut at two, and nothing beyond', () => {
  const values = take(50_000, truncatedNormal(randomStream(9)));
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(deviation).toBeCloseTo(0.8796, 2);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(2);
});
