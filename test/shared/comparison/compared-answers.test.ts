// What several models say of the same samples is sent once: classes as one place a sample, masks as sums a class, numbers as they are.
import { expect, it } from 'vitest';
import { comparedAnswers } from '#shared/comparison/compared-answers';
import { confusionMatrix } from '#shared/evaluation/confusion';
import { classOverlaps } from '#shared/evaluation/overlap';
import { classEvaluation, maskEvaluation, numberEvaluation } from '#test/support/window/evaluations';

it('of classes keeps what each says, which makes both confusion matrices', () => {
  const baseline = classEvaluation(['a', 'b', 'c'], 60);
  // The other is right about everything.
  const other = {
    ...baseline,
    probabilities: Float32Array.from(baseline.probabilities, (_, i) => Number(i % 3 === baseline.truth[Math.floor(i / 3)])),
  };
  const answers = comparedAnswers(baseline, [other]);
  if (answers.kind !== 'classes') throw new Error(answers.kind);
  const [first, second] = answers.answers.map((own) => confusionMatrix(answers.truth, own, 3));
  expect([...second]).toEqual([20, 0, 0, 0, 20, 0, 0, 0, 20]);
  expect(first.reduce((sum, count) => sum + count)).toBe(60);
  // The baseline makes mistakes (control).
  expect([...first]).not.toEqual([...second]);
});

it('of masks and numbers keeps what their tables are made of; others are read one at a time', () => {
  const masks = maskEvaluation(['ground', 'leaf'], 9);
  let read = 0;
  const others = (function* () {
    read++;
    yield { ...masks, counts: masks.counts.map((value) => (value === 1000 ? 1200 : value)) };
    read++;
  })();
  expect(read).toBe(0);
  const answers = comparedAnswers(masks, others);
  if (answers.kind !== 'masks') throw new Error(answers.kind);
  expect(answers.overlaps[0]).toEqual(classOverlaps(masks));
  expect(answers.overlaps[1][0].iou).toBeLessThan(answers.overlaps[0][0].iou);
  const numbers = numberEvaluation('price', 20);
  expect(comparedAnswers(numbers, [{ ...numbers, predicted: numbers.truth }])).toEqual({
    kind: 'number',
    target: 'price',
    indices: numbers.indices,
    truth: numbers.truth,
    predicted: [numbers.predicted, numbers.truth],
  });
});
