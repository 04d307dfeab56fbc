// Ranges as people write them, of counts, sizes and times.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countRange, liesIn, shareRange, sizeRange, timeRange } from '#renderer/words/typed-range';

it('reads one value, two ends and a sign', () => {
  expect(countRange('64')).toEqual({ least: 64, most: 64 });
  for (const typed of ['64–512', '64-512', ' 64 to 512 ', '64 bis 512', '64..512'])
    expect(countRange(typed)).toEqual({ least: 64, most: 512 });
  expect(countRange('> 64')).toEqual({ least: 64, open: true });
  expect(countRange('<1,024')).toEqual({ most: 1024, open: true });
  expect([countRange('>= 64'), countRange('≤512')]).toEqual([{ least: 64 }, { most: 512 }]);
});

it('reads units, the one at the end for both', () => {
  expect(sizeRange('< 2 GB')).toEqual({ most: 2e9, open: true });
  expect(sizeRange('500 MB–2 GB')).toEqual({ least: 5e8, most: 2e9 });
  expect(sizeRange('1-2 GB')).toEqual({ least: 1e9, most: 2e9 });
  expect(timeRange('1–5 min')).toEqual({ least: 60, most: 300 });
  expect(timeRange('90 s to 0.5 h')).toEqual({ least: 90, most: 1800 });
  expect(timeRange('≥ 2 Std.')).toEqual({ least: 7200 });
});

it('reads results as shares, one alone as the least', () => {
  expect(['95', '95 %', '0,95', '1', '1.0', '1 %', '', '-1', '101'].map(shareRange)).toEqual([
    { least: 0.95 },
    { least: 0.95 },
    { least: 0.95 },
    { least: 0.01 },
    { least: 1 },
    { least: 0.01 },
    undefined,
    undefined,
    undefined,
  ]);
  expect(['90–95 %', '90 % to 95 %', '0.9-0.95', '90..95'].map(shareRange)).toEqual(Array(4).fill({ least: 0.9, most: 0.95 }));
  expect([shareRange('< 0.5'), shareRange('≤ 80 %'), shareRange('95–90')]).toEqual([{ most: 0.5, open: true }, { most: 0.8 }, undefined]);
});

it('does not guess', () => {
  expect(['', 'many', '512–64', '>', '64 –', '- 5'].map(countRange)).toEqual(Array(6).fill(undefined));
  // Nobody means bytes, and seconds would be a guess.
  expect([sizeRange('500'), sizeRange('1-2'), timeRange('5'), timeRange('5 GB')]).toEqual(Array(4).fill(undefined));
});

it('holds what lies between its ends, and nothing that is not known', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000), (a, b, value) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      expect(liesIn(value, countRange(`${least}-${most}`)!)).toBe(value >= least && value <= most);
      expect(liesIn(value, countRange(`> ${a}`)!)).toBe(value > a);
      expect(liesIn(value, countRange(`<= ${a}`)!)).toBe(value <= a);
    }),
  );
  expect([liesIn(undefined, { least: 0 }), liesIn(NaN, { most: 5 })]).toEqual([false, false]);
});
