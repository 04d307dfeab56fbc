// What the figures of "How good is it" say in sentences, and that they take nothing for granted that was not counted.
import { describe, expect, test } from 'vitest';
import type { ClassEvaluation, Evaluated } from '#shared/evaluation/evaluation';
import { headline, trustWords } from '#shared/evaluation/headline';
import { biasWords } from '#shared/evaluation/residuals';
import { NOTHING_FOUND } from '#shared/evaluation/thresholds';
import { wilson } from '#shared/evaluation/wilson';
import { calibrationSummary, precisionSummary, rocSummary, thresholdSummary, within } from '#renderer/words/evaluation-words';
import { notFoundWords } from '#renderer/words/mask-quality-words';

const classes = (right: number, of: number, part: 'validation' | 'test' = 'validation'): ClassEvaluation => ({
  kind: 'classes',
  part,
  labels: ['a', 'b'],
  indices: Int32Array.from({ length: of }, (_, i) => i),
  truth: new Int32Array(of),
  probabilities: Float32Array.from({ length: 2 * of }, (_, i) => (i >> 1 < right === (i % 2 === 0) ? 0.9 : 0.1)),
});
const evaluated = (evaluation: ClassEvaluation, facts: Partial<Evaluated['facts']> = {}): Evaluated => ({
  facts: { weights: '', data: '', sort: 'pictures', validation: 1, test: 0, ...facts },
  evaluation,
});

test('the first line has the share, the count and the interval', () => {
  expect(headline(evaluated(classes(509, 540)))).toBe('94.3 % of 540 held-out pictures right (95 % interval 92.0 to 95.9)');
  expect(headline(evaluated(classes(9999, 10_000)))).toMatch(/^over 99\.9 % of 10,000/);
  expect(headline(evaluated(classes(5, 5, 'test'), { sort: 'classification' }))).toBe(
    '100.0 % of 5 test rows right (95 % interval 56.6 to 100.0)',
  );
  expect(headline(evaluated(classes(1, 1)))).toMatch(/^100\.0 % of 1 held-out picture right/);
});

test('how far it may be believed, and what to do, for pictures and rows, in the window and the terminal', () => {
  const held = classes(5, 6);
  const words = (facts: Partial<Evaluated['facts']> = {}, where: 'window' | 'terminal' = 'window') =>
    trustWords(evaluated(held, facts), where);
  expect(words()).toMatch(/^Each time you choose.*keep some pictures in a folder "test"/);
  expect(words({}, 'terminal')).toBe(words());
  expect(words({ chosenBy: 'of that' })).toMatch(/^This is likely better than on new pictures, because of that\./);
  expect(words({ test: 1200 })).toMatch(/The 1,200 test pictures say more: choose that part\.$/);
  expect(words({ test: 1200 }, 'terminal')).toMatch(/say more: add --part test\.$/);
  expect(words({ sort: 'classification' })).toMatch(/new rows.*keep a table of rows that no run has seen.*"Try it"\.$/);
  expect(words({ sort: 'regression' }, 'terminal')).toMatch(/keep a table of rows that no run has seen.*\(npm run ask\)\.$/);
  expect(words({ engine: 'WebAssembly' })).toMatch(/It was judged with WebAssembly/);
  expect(trustWords({ ...evaluated(held), notKept: 'Not kept.' }, 'window')).toMatch(/ Not kept\.$/);
});

test('a test part that was scored before the run went on is believed less', () => {
  const words = (testScoresBefore?: number) => trustWords(evaluated(classes(5, 6, 'test'), { testScoresBefore }), 'window');
  expect(words()).toMatch(
    /^Nothing was learnt from these pictures and nothing in this run was chosen.* unless you chose this run among others by it\.$/,
  );
  expect(words(1)).toMatch(/scored once before, and the run went on: .*may be better than on new pictures\.$/);
  expect(words(2)).toMatch(/scored 2 times before/);
});

test('intervals, thresholds and curves, and what of them is not there', () => {
  expect(within(0.931, { low: 0.861, high: 0.968 })).toBe('93.1 % (86 to 97)');
  expect(within(NaN, { low: 0, high: 1 })).toBe('–');
  // As many digits as the interval deserves, in a row of the same table.
  expect([within(1, { low: 0.904, high: 1 }), within(0.972, { low: 0.858, high: 0.995 })]).toEqual([
    '100.0 % (90 to 100)',
    '97.2 % (86 to 100)',
  ]);
  const curve = { positives: 45, negatives: 300, points: [] };
  expect(thresholdSummary(curve, { threshold: 0.5, right: 42, wrong: 1 }, '8', 'pictures')).toBe(
    '42 of 45 pictures of “8” are found (recall 93.3 %), and 1 other with them (precision 97.7 %).',
  );
  expect(thresholdSummary(curve, NOTHING_FOUND, '8', 'pictures')).toMatch(/^0 of 45 .* and 0 others with them \(precision –\)\.$/);
  expect(rocSummary(0.987, '8')).toMatch(/^Area 0\.987: .* in 98\.7 % of the cases/);
  expect(rocSummary(NaN, '8')).toMatch(/no curve/);
  expect(precisionSummary(NaN, 0, '8')).toMatch(/no curve/);
});

test('near a perfect share the bounds say as much as the share, and none is 100 or 0 that is not', () => {
  expect(within(0.9999, wilson(9999, 10_000))).toBe('over 99.9 % (99.9 to 100.0)');
  expect(within(0.99999, wilson(99_999, 100_000))).toBe('over 99.9 % (99.9 to 100.0)');
  expect(within(1, wilson(5, 5))).toBe('100.0 % (57 to 100)');
  expect(within(0, wilson(0, 100_000))).toBe('0.0 % (0.0 to 0.1)');
  expect(headline(evaluated(classes(99_999, 100_000)))).toMatch(/interval 99\.9 to 100\.0\)$/);
});

test('one sample is one, and a class without others has no curve', () => {
  const curve = { positives: 1, negatives: 3, points: [] };
  expect(thresholdSummary(curve, { threshold: 0.5, right: 1, wrong: 0 }, '8', 'pictures')).toMatch(/^1 of 1 picture of “8” is found/);
  expect(precisionSummary(1, 1, '8')).toMatch(/no curve/);
  expect(precisionSummary(0.9, 0.5, '8')).toMatch(/^Average precision 0\.900/);
  expect(biasWords(0)).toBe('on average it says neither too much nor too little');
  expect(biasWords(-1.5)).toBe('on average it says 1.5 too little');
});

describe('calibration', () => {
  /** Two bins of `each` answers: how sure, and the share right, of either. */
  const words = (each: number, ...bins: [confidence: number, right: number][]) => {
    const counted = bins.map(([confidence, right]) => ({ from: 0, to: 1, count: each, right: Math.round(right * each), confidence }));
    const mean = (of: number) => bins.reduce((sum, bin) => sum + bin[of], 0) / bins.length;
    const error = bins.reduce((sum, [confidence, right]) => sum + Math.abs(confidence - right), 0) / bins.length;
    return calibrationSummary({ bins: counted, error, confidence: mean(0), right: mean(1) }, 'pictures');
  };

  test('taken at its word, for less, or for more', () => {
    expect(words(1000, [0.9, 0.91], [0.99, 0.985])).toMatch(/^When the model says how sure it is, you can take it at its word\./);
    expect(words(1000, [0.97, 0.85], [0.99, 0.9])).toMatch(/^The model is surer than it may be/);
    expect(words(1000, [0.6, 0.8], [0.8, 0.9])).toMatch(/^The model is more often right than it believes/);
  });

  test('where its means agree and its bins do not, neither is said', () => {
    expect(words(1000, [0.65, 0.8], [0.95, 0.8])).toMatch(/^The model is too sure of some answers and not sure enough of others/);
  });

  test('few samples say nothing of it, unless it is far off', () => {
    expect(words(25, [0.8, 0.9], [0.95, 0.85])).toMatch(/^50 pictures are too few to say/);
    expect(words(25, [0.95, 0.5], [0.99, 0.6])).toMatch(/^The model is surer than it may be/);
  });
});

test('a class that is not found is said, which the mean over the classes hides', () => {
  const of = (iou: number, so = 100) => ({ iou, dice: iou, so, found: so, both: 0 });
  const labels = ['background', 'circle', 'polygon'];
  expect(notFoundWords(labels, [of(0.9), of(0.22), of(0.016)])).toBe(
    '“polygon” (IoU 0.016) is practically not found. The mean of 0.379 does not show it. Train longer, or mark more pictures with it.',
  );
  expect(notFoundWords(labels, [of(0.9), of(0.01), of(0.016)])).toMatch(/^“circle” \(IoU 0\.010\) and “polygon” .* are practically/);
  expect(notFoundWords(labels, [of(0.9), of(0.7), of(0.183)])).toMatch(/^“polygon” \(IoU 0\.183\) is hardly found\. The mean/);
  // The controls: found in part, and not there to be found.
  expect(notFoundWords(labels, [of(0.9), of(0.22), of(NaN, 0)])).toBeUndefined();
});
