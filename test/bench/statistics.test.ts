// What the bench concludes from its rounds.
import { describe, expect, it } from 'vitest';
import { best, quantile, ratios, spread, slope } from '../../bench/statistics';

describe('the bench', () => {
  it('takes quartiles between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([7], 0.75)).toBe(7);
  });

  it('sorts by number before it takes the middle', () => {
    expect(spread([10, 9, 100])).toEqual({ median: 10, lowest: 9, highest: 100, quartiles: [9.5, 55] });
  });

  it('calls best whose median is highest, not whose luckiest round is', () => {
    expect(best([[1, 1, 99], [2, 2, 2]])).toBe(1); // prettier-ignore
  });

  it('compares within a round', () => {
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
  });
});

it('the slope of a line, through scattered points too', () => {
  const line = (xs: number[]) => xs.map((x) => [x, 3 * x - 7] as [number, number]);
  expect(slope(line([0, 1, 5]))).toBeCloseTo(3, 12);
  // Scatter that is the same at both ends tilts nothing.
  expect(slope([...line([0, 10]), [0, -5], [10, 25]])).toBeCloseTo(3, 12);
});
