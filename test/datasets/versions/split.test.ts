// The split through any history of a data set: nothing ever moves, every class keeps its share, groups stay whole, rule 1 is what it was.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitIndices, type Splittable } from '#datasets/split';
import type { Departed, PictureSample } from '#shared/dataset';

type Version = { labels: string[]; samples: PictureSample[]; departed: Departed[] };
const LABELS = ['a', 'b', 'c'];
let made = 0;
const fresh = (label: number, since: number, group?: string): PictureSample => {
  const key = `key ${made++}`;
  return { file: `${key}.png`, label, split: 'none', key, since, ...(group === undefined ? {} : { group }) };
};

/** What can happen to a data set. */
type Step =
  { kind: 'add'; counts: number[]; group?: number } | { kind: 'drop'; nth: number } | { kind: 'relabel'; nth: number; to: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    counts: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 }),
    group: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('drop' as const), nth: fc.nat() }),
  fc.record({ kind: fc.constant('relabel' as const), nth: fc.nat(), to: fc.integer({ min: 0, max: 2 }) }),
);

function after({ labels, samples, departed }: Version, change: Step, since: number): Version {
  if (change.kind === 'add') {
    const added = change.counts.flatMap((count, label) =>
      Array.from({ length: count }, () => fresh(label, since, change.group === undefined ? undefined : `g${change.group}`)),
    );
    return { labels, departed, samples: [...samples, ...added] };
  }
  if (samples.length === 0) return { labels, samples, departed };
  const at = change.nth % samples.length;
  const { stratum = LABELS[samples[at].label], ...sample } = samples[at];
  if (change.kind === 'drop') {
    const gone: Departed = { key: sample.key!, split: sample.split, since: sample.since, group: sample.group, stratum };
    return { labels, samples: samples.filter((_, i) => i !== at), departed: [...departed, gone] };
  }
  return { labels, departed, samples: samples.with(at, { ...sample, label: change.to, stratum }) };
}

const sidesOf = (version: Splittable, validationShare: number, seed: number): Map<string, string> => {
  const { train, validation } = splitIndices(version, { validationShare, seed });
  expect([...train, ...validation].sort((a, b) => a - b)).toEqual(version.samples.map((_, i) => i));
  const sides = new Map<string, string>();
  for (const i of train) sides.set(version.samples[i].file, 'train');
  for (const i of validation) sides.set(version.samples[i].file, 'validation');
  return sides;
};

test('through any history nothing moves between training and validation, and no group is parted', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0.05, max: 0.6, noNaN: true }),
      fc.integer({ min: 0, max: 0xffffffff }),
      (steps, share, seed) => {
        let version: Version = { labels: LABELS, samples: [], departed: [] };
        let before = new Map<string, string>();
        steps.forEach((change, i) => {
          version = after(version, change, i + 1);
          const now = sidesOf(version, share, seed);
          for (const [file, side] of before) if (now.has(file)) expect(now.get(file), file).toBe(side);
          for (const group of new Set(version.samples.map((sample) => sample.group))) {
            const sides = version.samples
              .filter((sample) => group !== undefined && sample.group === group)
              .map(({ file }) => now.get(file));
            expect(new Set(sides).size).toBeLessThanOrEqual(1);
          }
          before = now;
        });
      },
    ),
    { seed: 11, numRuns: 100 },
  );
});

test('the control: a rule that draws anew from what is there now does move samples', () => {
  const first = Array.from({ length: 40 }, () => fresh(0, 1));
  const later = [...first, ...Array.from({ length: 25 }, () => fresh(0, 1))];
  const moved = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    const [before, now] = [first, later].map((samples) => sidesOf({ labels: LABELS, samples }, 0.2, seed));
    return first.filter(({ file }) => before.get(file) !== now.get(file)).length;
  });
  expect(Math.max(...moved)).toBeGreaterThan(0);
});

test('at the first import and after every addition each class has its share, within one sample', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      (additions, share) => {
        const samples: PictureSample[] = [];
        const totals = [0, 0, 0];
        additions.forEach((counts, i) => {
          counts.forEach((count, label) => {
            totals[label] += count;
            for (let n = 0; n < count; n++) samples.push(fresh(label, i + 1));
          });
          const { validation } = splitIndices({ labels: LABELS, samples }, { validationShare: share, seed: 5 });
          const held = [...validation].reduce((sum, index) => sum.with(samples[index].label, sum[samples[index].label] + 1), [0, 0, 0]);
          totals.forEach((total, label) => expect(Math.abs(held[label] - total * share)).toBeLessThanOrEqual(1));
        });
      },
    ),
    { seed: 3, numRuns: 100 },
  );
});

test('equal content stays on one side, and groups come near the share as a whole', () => {
  const samples = Array.from({ length: 300 }, (_, i) => ({ ...fresh(i % 3, 1, `patient ${i % 50}`) }));
  const { validation } = splitIndices({ labels: LABELS, samples }, { validationShare: 0.2, seed: 9 });
  expect(Math.abs(validation.length - 60)).toBeLessThanOrEqual(6);
  const twins = Array.from({ length: 60 }, (_, i) => ({ ...fresh(i % 3, 1), key: `twin ${i >> 1}`, label: (i >> 1) % 3 }));
  const sides = sidesOf({ labels: LABELS, samples: twins }, 0.3, 2);
  for (let i = 0; i < 60; i += 2) expect(sides.get(twins[i].file)).toBe(sides.get(twins[i + 1].file));
});

test('a data set with a validation part of its own keeps it, whatever is added; one without keeps its draw when such data comes', () => {
  const own: PictureSample[] = [
    ...Array.from({ length: 8 }, () => ({ ...fresh(0, 1), split: 'train' as const })),
    ...Array.from({ length: 2 }, () => ({ ...fresh(0, 1), split: 'validation' as const })),
  ];
  const grown = [...own, ...Array.from({ length: 10 }, () => fresh(0, 2))];
  expect([...splitIndices({ labels: LABELS, samples: grown }, { validationShare: 0.5, seed: 1 }).validation]).toEqual([8, 9]);
  const drawn = Array.from({ length: 20 }, () => fresh(0, 1));
  const before = sidesOf({ labels: LABELS, samples: drawn }, 0.2, 1);
  const now = sidesOf({ labels: LABELS, samples: [...drawn, ...own.map((sample) => ({ ...sample, since: 2 }))] }, 0.2, 1);
  for (const [file, side] of before) expect(now.get(file)).toBe(side);
});

/** Rule 1 as it was released, so that an old run is repeated with the samples it had. */
function ruleOne(samples: PictureSample[], share: number, seed: number): number[] {
  const held: number[] = [];
  for (const label of [0, 1, 2]) {
    const members = samples.flatMap((sample, index) => (sample.label === label ? [index] : []));
    const keyed = members.map((index) => ({ index, hash: createHash('sha256').update(`${seed}\n${samples[index].file}`).digest('hex') }));
    keyed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.index - b.index));
    held.push(...keyed.slice(0, Math.max(0, Math.min(Math.round(members.length * share), members.length - 1))).map(({ index }) => index));
  }
  return held.sort((a, b) => a - b);
}

test('rule 1 is what it was, for versions of before and for runs that began under it, and their next versions keep it', () => {
  for (const [share, seed] of [
    [0.2, 1],
    [0.37, 99],
    [0.9, 5],
  ]) {
    const named = Array.from({ length: 90 }, (_, i) => ({ file: `${LABELS[i % 3]}/${i}.png`, label: i % 3, split: 'none' as const }));
    const expected = ruleOne(named, share, seed);
    const split = (samples: PictureSample[], rule?: 1) => [
      ...splitIndices({ labels: LABELS, samples }, { validationShare: share, seed, rule }).validation,
    ];
    expect(split(named)).toEqual(expected);
    const keyed = named.map((sample, i) => ({ ...sample, key: `k${i}` }));
    expect(split(keyed, 1)).toEqual(expected);
    expect(split(keyed)).not.toEqual(expected);
    expect(split(keyed.map((sample) => ({ ...sample, drawnBy: sample.file })))).toEqual(expected);
  }
});
