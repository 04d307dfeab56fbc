// The verdict of classes: how often it errs where nothing is there, how often it finds what is, and that interval and test never contradict.
import { expect, it } from 'vitest';
import { randomStream } from '#engine/random';
import { conclusionOf } from '#shared/comparison/comparison';
import { mcnemarP, pairedInterval, type PairedCounts } from '#shared/statistics/mcnemar';
import { detectableDifference, mcnemarPower, WANTED_POWER } from '#shared/statistics/mcnemar-power';

/** Pairs of models whose answers only one has right in these shares of the samples: of 100, how many are called better or worse. */
function calledApart(pairs: number, samples: number, onlyFirst: number, onlySecond: number): number {
  const random = randomStream(7, pairs, samples);
  let called = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const counts = { onlyFirst: 0, onlySecond: 0 };
    for (let i = 0; i < samples; i++) {
      const drawn = random();
      if (drawn < onlyFirst) counts.onlyFirst++;
      else if (drawn < onlyFirst + onlySecond) counts.onlySecond++;
    }
    const difference = (counts.onlySecond - counts.onlyFirst) / samples;
    if (!['same', 'not shown'].includes(conclusionOf({ metric: 'accuracy', difference, corrected: mcnemarP(counts) }))) called++;
  }
  return (100 * called) / pairs;
}

it('of 1,000 pairs of equal models at most 6.5 % are called apart at the 5 % level', () => {
  for (const apart of [0.02, 0.08, 0.3]) expect(calledApart(1_000, 540, apart / 2, apart / 2)).toBeLessThanOrEqual(6.5);
});

it('a true difference of 5 points at 540 samples is found as often as the computed power says', () => {
  // 0.15 apart on the whole: 10 % only the one, 5 % only the other. 4,000 pairs: one σ is 0.6 points.
  const computed = 100 * mcnemarPower(540, 0.15, 0.05);
  const found = calledApart(4_000, 540, 0.05, 0.1);
  expect(Math.abs(found - computed)).toBeLessThan(3);
  // A smaller one is found less often (control).
  expect(computed - calledApart(1_000, 540, 0.06, 0.09)).toBeGreaterThan(10);
});

it('the difference that is said to be found in 80 of 100 cases is', () => {
  const difference = detectableDifference(540, 0.15);
  expect(mcnemarPower(540, 0.15, difference)).toBeCloseTo(WANTED_POWER, 1);
  expect(calledApart(2_000, 540, (0.15 - difference) / 2, (0.15 + difference) / 2)).toBeGreaterThan(76);
});

it('the normal approximation for very many samples is near the exact count', () => {
  // Measured: 0.007 apart, the exact test being the more careful one.
  const [counted, approximated] = [mcnemarPower(19_999, 0.1, 0.006), mcnemarPower(20_001, 0.1, 0.006)];
  expect(Math.abs(approximated - counted)).toBeLessThan(0.01);
});

it('the interval leaves out zero exactly where the test calls them apart, and is Newcombe’s where that is wider', () => {
  for (let onlyFirst = 0; onlyFirst <= 20; onlyFirst++)
    for (let onlySecond = 0; onlySecond <= 20; onlySecond++) {
      const counts = { both: 400, onlyFirst, onlySecond, neither: 60 };
      const { low, high } = pairedInterval(counts);
      expect({ ...counts, apart: low > 0 || high < 0 }).toEqual({ ...counts, apart: mcnemarP(counts) <= 0.05 });
    }
});

it('the interval holds the true difference in 95 of 100 cases, with few samples apart too', () => {
  const random = randomStream(3, 1);
  const pairs = 1_000;
  const holds = (interval: (counts: PairedCounts) => { low: number; high: number }): number => {
    let held = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
      for (let i = 0; i < 150; i++) {
        const drawn = random();
        counts[drawn < 0.005 ? 'onlyFirst' : drawn < 0.035 ? 'onlySecond' : drawn < 0.1 ? 'neither' : 'both']++;
      }
      const { low, high } = interval(counts);
      if (low <= 0.025 && 0.025 <= high) held++;
    }
    return held / pairs;
  };
  expect(holds(pairedInterval)).toBeGreaterThanOrEqual(0.94);
  // Half as wide it does not (control).
  const half = (counts: PairedCounts) => {
    const { low, high } = pairedInterval(counts);
    const middle = (low + high) / 2;
    return { low: (low + middle) / 2, high: (high + middle) / 2 };
  };
  expect(holds(half)).toBeLessThan(0.85);
});
