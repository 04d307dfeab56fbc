// Repeats: which runs are, and what pairs of them say of two settings.
import { expect, it } from 'vitest';
import { conclusionOf, type NoSpread, type RepeatsVerdict } from '#shared/comparison/comparison';
import { areRepeats, missingRepeats, repeatsOf, repeatVerdicts } from '#shared/comparison/repeats';
import { verdictSentence } from '#shared/comparison/verdict-words';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';

const run = (id: string, accuracy: number, spec: Partial<RunSpec> = {}, startedAt = id) => ({
  id,
  state: 'completed' as const,
  spec: { ...DEFAULT_SPEC, ...spec },
  data: 'digits',
  startedAt,
  validationAccuracy: accuracy,
});

/** Of two batch sizes, seed by seed. */
const repeats = (pairs: [number, number][]) =>
  pairs.flatMap(([small, large], seed) => [run(`s${seed}`, small, { seed }), run(`l${seed}`, large, { seed, batch: 512 })]);

function verdict(pairs: [number, number][], ownSplit = false) {
  const all = repeats(pairs);
  return repeatVerdicts(all[0], [all[1]], all, ownSplit)[0];
}

/** One that was tested. */
function tested(verdict: RepeatsVerdict | NoSpread | undefined): RepeatsVerdict {
  if (verdict?.kind !== 'repeats') throw new Error(`It says ${JSON.stringify(verdict)}.`);
  return verdict;
}

const named = { baseline: 'A', other: 'B', samples: 'pictures' };

it('repeats have the same settings and other seeds; of one seed the newest counts', () => {
  const all = [
    run('1', 0.9, { seed: 1 }),
    run('2', 0.8, { seed: 1 }),
    run('3', 0.7, { seed: 2, workers: 3 }),
    run('4', 1, { seed: 2, epochs: 3 }),
  ];
  expect([...repeatsOf(all[0], all)].map(([seed, { id }]) => [seed, id])).toEqual([
    [1, '2'],
    [2, '3'],
  ]);
  expect(areRepeats(all[0], all[3])).toBe(false);
  expect(areRepeats({ ...all[0], data: '' }, { ...all[1], data: '' })).toBe(false);
});

it('knows what is missing until they have seeds in common', () => {
  const all = [...repeats([[0.9, 0.91]]), run('s4', 0.9, { seed: 4 })];
  const missing = (wanted: number) => missingRepeats([all[0], all[1]], all, wanted).map(({ run: { id }, seed }) => [id, seed]);
  expect(missing(3)).toEqual([
    ['s0', 1],
    ['l0', 4],
    ['l0', 1],
  ]);
  expect(missing(1)).toEqual([]);
});

it('with few repeats says how seldom they would show it', () => {
  const three = verdict([
    [0.9, 0.92],
    [0.91, 0.915],
    [0.9, 0.94],
  ]);
  expect(three).toMatchObject({ test: 'paired t', seeds: [0, 1, 2], drawnAnew: true, compared: 1 });
  expect(conclusionOf(tested(three))).toBe('not shown');
  expect(verdictSentence(tested(three), named)).toMatch(
    /^“B” is better than “A” by 2\.2 points \(95 % interval −\d+\.\d to \d+\.\d\) on average over 3 repeats each; a difference this size appears by luck in \d+ of 100 cases, so it may be luck\. So few repeats show a true difference this size in \d+ of 100 cases: repeat with more seeds to know\.$/,
  );
});

it('from six pairs on goes by Wilcoxon, and where each seed drew its own samples by the corrected t test as well', () => {
  const apart: [number, number][] = [0, 1, 2, 3, 4, 5].map((i) => [0.9 + i / 1000, 0.91 + (2 * i) / 1000]);
  const own = tested(verdict(apart, true));
  expect(own).toMatchObject({ test: 'Wilcoxon', drawnAnew: false, p: 2 / 64 });
  expect(conclusionOf(own)).toBe('better');
  // Differences that scatter: ranks alone would say it, the t test that knows of the overlap does not (control).
  const scattered: [number, number][] = [1, 1, 1, 1, 1, 60].map((points, i) => [0.3 + i / 1000, 0.3 + i / 1000 + points / 100]);
  expect(conclusionOf(tested(verdict(scattered, true)))).toBe('better');
  expect(conclusionOf(tested(verdict(scattered)))).toBe('not shown');
});

it('is corrected for as many comparisons as there are', () => {
  const all = [
    ...repeats([
      [0.9, 0.93],
      [0.91, 0.935],
      [0.9, 0.94],
    ]),
    ...[0, 1, 2].map((seed) => run(`x${seed}`, 0.95 + seed / 300, { seed, epochs: 40 })),
  ];
  const [one, two] = repeatVerdicts(all[0], [all[1], all[6]], all, true).map(tested);
  expect([one.compared, two.compared]).toEqual([2, 2]);
  const [first, again] = repeatVerdicts(all[0], [all[1], all[3]], all, true).map(tested);
  expect(again).toEqual(first);
  expect(first).toMatchObject({ compared: 1, corrected: first.p });
  expect(Math.min(one.corrected / one.p, two.corrected / two.p)).toBeGreaterThanOrEqual(1);
  expect(Math.max(one.corrected / one.p, two.corrected / two.p)).toBeCloseTo(2, 9);
});

it('says nothing of one pair, of repeats of one another, and of other data', () => {
  expect(verdict([[0.9, 0.95]])).toBeUndefined();
  const all = repeats([
    [0.9, 0.95],
    [0.91, 0.94],
    [0.9, 0.96],
  ]);
  expect(repeatVerdicts(all[0], [all[2], { ...all[1], data: 'other' }], all, false)).toEqual([undefined, undefined]);
});

it('where all pairs are as far apart says why nothing is shown', () => {
  const alike = verdict([
    [0.9, 0.92],
    [0.91, 0.93],
    [0.93, 0.95],
  ])!;
  expect(alike).toEqual({ kind: 'no-spread', metric: 'accuracy', seeds: [0, 1, 2], difference: 0.02 });
  expect(verdictSentence(alike, named)).toBe(
    '“B” is better than “A” by the same 2.0 points in each of 3 repeats: nothing varies, so nothing tells how much of it is luck. Repeat with more seeds to know.',
  );
  const same = verdict([
    [1, 1],
    [1, 1],
  ])!;
  expect(verdictSentence(same, named)).toBe('“B” and “A” come to the very same in each of 2 repeats: nothing tells them apart.');
  // A little spread is tested (control).
  expect(
    verdict([
      [0.9, 0.92],
      [0.91, 0.9301],
    ])?.kind,
  ).toBe('repeats');
});
