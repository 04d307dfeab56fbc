// Every test of a verdict against SciPy, on 200 generated cases each (test/fixtures/make-statistics.py).
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { randomStream } from '#engine/random';
import { clopperPearson } from '#shared/statistics/binomial';
import { mcnemarP } from '#shared/statistics/mcnemar';
import { mcnemarPower } from '#shared/statistics/mcnemar-power';
import { expandedTail, pairedBootstrap } from '#shared/statistics/paired-bootstrap';
import { pairedSwapP } from '#shared/statistics/paired-swap';
import { pairedT } from '#shared/statistics/paired-t';
import { criticalT, passesOften } from '#shared/statistics/student-t';
import { wilcoxonP } from '#shared/statistics/wilcoxon';

interface Bounds {
  low: number;
  high: number;
}

const CASES = JSON.parse(readFileSync(new URL('../../fixtures/statistics.json', import.meta.url), 'utf8')) as {
  mcnemar: ({ k: number; n: number; p: number } & Bounds)[];
  pairedT: ({ d: number[]; p: number } & Bounds)[];
  wilcoxon: { d: number[]; p: number }[];
  bootstrap: ({ d: number[]; tail: number } & Bounds)[];
  swap: { d: number[]; p: number }[];
  tPower: { n: number; shift: number; power: number }[];
  mcnemarPower: { n: number; apart: number; difference: number; power: number }[];
};

/** Relative, since a p may be tiny. Measured: 7e-13 at most of a p, 3e-10 of a bound near zero. */
const TOLERANCE = 1e-9;

/** The largest relative distance of what was found from what SciPy says. */
const furthest = (pairs: readonly (readonly [found: number, expected: number])[]): number =>
  Math.max(...pairs.map(([found, expected]) => Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-300)));

it("has McNemar's exact p, and exact bounds of a share", () => {
  const { mcnemar } = CASES;
  expect(mcnemar).toHaveLength(200);
  expect(furthest(mcnemar.map(({ k, n, p }) => [mcnemarP({ onlyFirst: k, onlySecond: n - k }), p]))).toBeLessThan(TOLERANCE);
  const bounds = mcnemar.map(({ k, n, low, high }) => ({ found: clopperPearson(k, n), low, high }));
  expect(
    furthest(
      bounds.flatMap(
        ({ found, low, high }) =>
          [
            [found.low, low],
            [found.high, high],
          ] as const,
      ),
    ),
  ).toBeLessThan(TOLERANCE);
  // A table shifted by one sample is another test (control).
  expect(furthest(mcnemar.map(({ k, n, p }) => [mcnemarP({ onlyFirst: k + 1, onlySecond: n - k }), p]))).toBeGreaterThan(0.1);
});

it('has the paired t test, with its interval', () => {
  const { pairedT: cases } = CASES;
  expect(cases).toHaveLength(200);
  const tests = cases.map(({ d, ...expected }) => ({ found: pairedT(d.map((value) => value / 1000))!, expected }));
  expect(furthest(tests.map(({ found, expected }) => [found.p, expected.p]))).toBeLessThan(TOLERANCE);
  const ends = tests.flatMap(
    ({ found: { interval }, expected }) =>
      [
        [interval.low, expected.low],
        [interval.high, expected.high],
      ] as const,
  );
  expect(furthest(ends)).toBeLessThan(TOLERANCE);
  // The variance of training parts that overlap is another (control).
  expect(furthest(cases.slice(0, 20).map(({ d, p }) => [pairedT(d, 0.25)!.p, p]))).toBeGreaterThan(0.1);
});

it('has Wilcoxon’s signed-rank test: exact with ties and zeros, exact without, and by the normal approximation', () => {
  const { wilcoxon } = CASES;
  expect(wilcoxon).toHaveLength(200);
  expect(furthest(wilcoxon.map(({ d, p }) => [wilcoxonP(d), p]))).toBeLessThan(TOLERANCE);
  // Signs without ranks are another test (control).
  expect(furthest(wilcoxon.map(({ d, p }) => [wilcoxonP(d.map(Math.sign)), p]))).toBeGreaterThan(0.1);
});

it('has the interval of the paired bootstrap, as near as its own draws let it', () => {
  const { bootstrap } = CASES;
  expect(bootstrap).toHaveLength(200);
  expect(furthest(bootstrap.map(({ d, tail }) => [expandedTail(d.length), tail]))).toBeLessThan(1e-8);
  // An end drawn 2,000 times is off by 0.06 standard errors (one σ), 1.5 % of the width; 400 ends within 5 σ. Measured: 5.9 % at most.
  const distance = (given: (d: number[]) => number[], cases = bootstrap) =>
    Math.max(
      ...cases.map(({ d, low, high }, i) => {
        const values = given(d);
        const mean = (times: Uint32Array) => values.reduce((sum, value, j) => sum + value * times[j], 0) / values.length;
        const { interval } = pairedBootstrap(values.length, mean, randomStream(i, 1));
        return Math.max(Math.abs(interval.low - low), Math.abs(interval.high - high)) / (high - low);
      }),
    );
  expect(distance((d) => d)).toBeLessThan(0.08);
  // Half of the samples know less (control).
  expect(distance((d) => d.slice(0, d.length / 2), bootstrap.slice(0, 20))).toBeGreaterThan(0.16);
});

it('has the p of swapping what two said, as near as 2,000 draws of all ways let it', () => {
  const { swap } = CASES;
  expect(swap).toHaveLength(200);
  const difference = (d: number[]) => (swapped: Uint8Array) => d.reduce((sum, value, i) => sum + (swapped[i] ? -value : value), 0);
  const distance = (cases: typeof swap, shift: number) =>
    Math.max(...cases.map(({ d, p }, i) => Math.abs(pairedSwapP(d.length, difference(d.map((v) => v + shift)), randomStream(i, 2)) - p)));
  // One σ of a share that was drawn 2,000 times is 0.011 at most. Measured: 0.028.
  expect(distance(swap, 0)).toBeLessThan(0.045);
  // Differences further from zero (control).
  expect(distance(swap.slice(0, 20), 20)).toBeGreaterThan(0.2);
});

it('has the power of the t test and of McNemar’s', () => {
  const { tPower, mcnemarPower: cases } = CASES;
  // Of t by Simpson's rule. Measured: 1.3e-7 at most.
  expect(furthest(tPower.map(({ n, shift, power }) => [passesOften(criticalT(0.05, n - 1), n - 1, shift), power]))).toBeLessThan(1e-6);
  expect(furthest(cases.map(({ n, apart, difference, power }) => [mcnemarPower(n, apart, difference), power]))).toBeLessThan(TOLERANCE);
  // As many samples more tell more (control).
  expect(furthest(cases.map(({ n, apart, difference, power }) => [mcnemarPower(2 * n, apart, difference), power]))).toBeGreaterThan(0.1);
});
