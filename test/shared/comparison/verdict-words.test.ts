// Verdicts in words.
import { expect, it } from 'vitest';
import type { SamplesVerdict } from '#shared/comparison/comparison';
import { comparedSentences, hundreds, verdictSentence } from '#shared/comparison/verdict-words';

const named = { baseline: 'A', other: 'B', samples: 'pictures' };
const verdict: SamplesVerdict = {
  kind: 'samples',
  test: 'McNemar',
  metric: 'accuracy',
  part: 'validation',
  samples: 540,
  baseline: 0.9,
  other: 0.912,
  difference: 0.012,
  interval: { low: -0.011, high: 0.034 },
  p: 0.31,
  corrected: 0.31,
  compared: 1,
  counts: { both: 470, onlyBaseline: 16, onlyOther: 22, neither: 32, power: 0.2, detectable: 0.031 },
};

it('says which is better, by how much, how sure that is and what would be found', () => {
  expect(verdictSentence(verdict, named)).toBe(
    '“B” is better than “A” by 1.2 points (95 % interval −1.1 to 3.4); with 540 held-out pictures a difference this size appears by luck in 31 of 100 cases, so it may be luck. As many pictures show a true difference reliably, 80 times in 100, from 3.1 points on.',
  );
  expect(
    verdictSentence(
      { ...verdict, difference: -0.031, interval: { low: -0.05, high: -0.012 }, p: 0.0004, corrected: 0.0008, compared: 2 },
      named,
    ),
  ).toBe(
    '“B” is worse than “A” by 3.1 points (95 % interval 1.2 to 5.0); with 540 held-out pictures a difference this size appears by luck in fewer than 0.1 of 100 cases, so it is hardly luck.',
  );
});

it('among many comparisons says what it is worth there', () => {
  expect(verdictSentence({ ...verdict, p: 0.03, corrected: 0.09, compared: 3 }, named)).toMatch(
    /in 3\.0 of 100 cases \(9\.0 among 3 comparisons\), so it may be luck/,
  );
});

it('less is better of what is off', () => {
  const off = {
    ...verdict,
    metric: 'off-by',
    test: 'bootstrap',
    counts: undefined,
    difference: -1.5,
    interval: { low: -2, high: -1.034 },
    p: 0.001,
    corrected: 0.001,
  } as const;
  expect(verdictSentence(off, { ...named, samples: 'rows' })).toMatch(/^“B” is better than “A” by 1\.5 \(95 % interval 1\.034 to 2\);/);
});

it('says where nothing tells them apart', () => {
  const same = { ...verdict, difference: 0, counts: { ...verdict.counts!, onlyBaseline: 0, onlyOther: 0 } };
  expect(verdictSentence(same, named)).toBe('“B” and “A” get the very same of 540 held-out pictures right.');
  expect(verdictSentence({ ...verdict, difference: 0 }, named)).toBe('“B” and “A” come to the same on 540 held-out pictures.');
});

it('says why it refuses, with the next step', () => {
  expect(verdictSentence({ kind: 'refused', because: 'other-samples', baseline: 360, other: 361, shared: 72 }, named)).toBe(
    '“A” holds out 360 pictures and “B” 361, and only 72 are the same, because their seeds or validation shares differ. Train both with the same of each.',
  );
  const data = { baseline: 'digits, version 1', other: 'digits, version 2' };
  expect(verdictSentence({ kind: 'refused', because: 'other-data' }, { ...named, data })).toBe(
    '“A” was trained on digits, version 1, and “B” on digits, version 2, so their held-out pictures are not the same. Train both on the same version.',
  );
  expect(verdictSentence({ kind: 'refused', because: 'not-judged', run: 'baseline', problem: 'Why.' }, named)).toBe(
    '“A” could not be judged: Why.',
  );
});

it('says of repeats what they are, and leaves out that they hold out other samples', () => {
  const samples = { kind: 'refused', because: 'other-samples', baseline: 360, other: 360, shared: 72 } as const;
  expect(comparedSentences({ runId: 'b', samples, isRepeat: true }, named)).toEqual([
    '“B” and “A” differ by their seeds alone: how far they are apart is luck.',
  ]);
  expect(comparedSentences({ runId: 'b', samples: verdict, isRepeat: true }, named)).toEqual([
    expect.stringMatching(/differ by their seeds alone/),
    expect.stringMatching(/^These two runs alone: “B” is better/),
  ]);
  expect(comparedSentences({ runId: 'b', samples }, named)).toHaveLength(1);
});

it.each([
  [0.0009, 'fewer than 0.1'],
  [0.046, '4.6'],
  [0.31, '31'],
  [0.996, 'over 99'],
  [1, '100'],
])('%f is %s of 100', (share, words) => {
  expect(hundreds(share)).toBe(words);
});

it('near the level it is said with as many digits as tell it from that', () => {
  expect([0.0494, 0.0496, 0.04998, 0.05, 0.0504, 0.0506].map(hundreds)).toEqual(['4.9', '4.96', '4.998', '5.0', '5.04', '5.1']);
});

it('one sample alone tells nothing', () => {
  expect(verdictSentence({ kind: 'refused', because: 'one-sample' }, named)).toBe(
    '“B” and “A” were judged by one of the pictures alone, which cannot tell which is better. Hold out more of them.',
  );
});
