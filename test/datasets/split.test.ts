// Every sample is in one part at most, test samples are in none, and the draw depends on seed and names alone.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitIndices } from '#datasets/split';
import type { SplitName } from '#shared/dataset';

type Samples = { file: string; label: number; split: SplitName }[];
const LABELS = ['a', 'b', 'c'];
const samplesOf = (counts: number[], split: SplitName = 'none'): Samples =>
  counts.flatMap((count, label) => Array.from({ length: count }, (_, i) => ({ file: `${split}/${LABELS[label]}/${i}.png`, label, split })));
const split = (samples: Samples, validationShare = 0.2, seed = 1) => splitIndices({ labels: LABELS, samples }, { validationShare, seed });
const namesIn = (samples: Samples, indices: Int32Array) => [...indices].map((i) => samples[i].file).sort();

describe('without a split of its own', () => {
  test('a share of each class is held out', () => {
    const samples = samplesOf([100, 50, 10]);
    const { train, validation, ownSplit } = split(samples);
    const held = LABELS.map((_, label) => [...validation].filter((i) => samples[i].label === label).length);
    expect(held).toEqual([20, 10, 2]);
    expect(train.length).toBe(128);
    expect(ownSplit).toBe(false);
  });

  test('for any counts, share and seed: all samples once, one of each class to learn from', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.integer({ min: 0, max: 0xffffffff }),
        (counts, share, seed) => {
          const samples = samplesOf(counts);
          const { train, validation } = split(samples, share, seed);
          expect([...train, ...validation].sort((a, b) => a - b)).toEqual(samples.map((_, i) => i));
          expect(new Set([...train].map((i) => samples[i].label)).size).toBe(3);
        },
      ),
      { seed: 7 },
    );
  });

  test('the order of the files changes nothing; the seed does', () => {
    const samples = samplesOf([40, 40, 40]);
    const reversed = [...samples].reverse();
    expect(namesIn(samples, split(samples).validation)).toEqual(namesIn(reversed, split(reversed).validation));
    expect(namesIn(samples, split(samples, 0.2, 2).validation)).not.toEqual(namesIn(samples, split(samples).validation));
  });

  test('a sample held out stays held out when the share grows', () => {
    const samples = samplesOf([40, 40, 40]);
    const larger = new Set(split(samples, 0.3).validation);
    for (const index of split(samples, 0.1).validation) expect(larger.has(index)).toBe(true);
  });
});

describe('with a split of its own', () => {
  test('its validation part wins over any share, and test samples are in neither', () => {
    const samples = [...samplesOf([4, 4, 4], 'train'), ...samplesOf([1, 1, 1], 'validation'), ...samplesOf([2, 2, 2], 'test')];
    const { train, validation, ownSplit } = split(samples, 0.5);
    expect(ownSplit).toBe(true);
    expect(new Set([...train].map((i) => samples[i].split))).toEqual(new Set(['train']));
    expect([train.length, validation.length]).toEqual([12, 3]);
    expect(namesIn(samples, validation).every((name) => name.startsWith('validation/'))).toBe(true);
  });

  test('of training and test alone, validation is drawn from training', () => {
    const samples = [...samplesOf([10, 10, 10], 'train'), ...samplesOf([5, 5, 5], 'test')];
    const { train, validation, ownSplit } = split(samples);
    expect(ownSplit).toBe(false);
    expect([train.length, validation.length]).toEqual([24, 6]);
    expect([...train, ...validation].every((i) => samples[i].split === 'train')).toBe(true);
  });
});
