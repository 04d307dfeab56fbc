// Verdicts of two models by what they said of the same samples; and their refusal where the samples are not the same.
import { expect, it } from 'vitest';
import { randomStream } from '#engine/random';
import { conclusionOf } from '#shared/comparison/comparison';
import { disagreements } from '#shared/comparison/disagreements';
import { sampleVerdict } from '#shared/comparison/sample-verdict';
import type { ClassEvaluation, Evaluated, Evaluation, MaskEvaluation, NumberEvaluation } from '#shared/evaluation/evaluation';

const evaluated = (evaluation: Evaluation, data = 'd'): Evaluated => ({
  facts: { weights: 'w', data, sort: 'pictures', validation: evaluation.indices.length, test: 0 },
  evaluation,
});
const order = (n: number, from = 0): Int32Array => Int32Array.from({ length: n }, (_, i) => i + from);

/** Two classes; true where the model is right. */
function classes(right: boolean[], indices = order(right.length)): ClassEvaluation {
  const truth = Int32Array.from(right, (_, i) => i % 2);
  const probabilities = Float32Array.from(right.flatMap((isRight, i) => (isRight === (truth[i] === 0) ? [0.9, 0.1] : [0.2, 0.8])));
  return { kind: 'classes', part: 'validation', labels: ['a', 'b'], indices, truth, probabilities };
}

/** So many both, only the first, only the second, neither. */
function pair(...[both, first, second, neither]: number[]): [Evaluated, Evaluated] {
  const run = (times: number, isRight: boolean): boolean[] => new Array<boolean>(times).fill(isRight);
  return [
    evaluated(classes([...run(both + first, true), ...run(second + neither, false)])),
    evaluated(classes([...run(both, true), ...run(first, false), ...run(second, true), ...run(neither, false)])),
  ];
}

const random = () => randomStream(1, 1);
const tested = (first: Evaluated, second: Evaluated) => {
  const verdict = sampleVerdict(first, second, random());
  if (verdict.kind === 'refused') throw new Error(verdict.because);
  return verdict;
};

it('classes: counts who is right where, and says better only where luck does not say it, too', () => {
  const unclear = tested(...pair(480, 20, 27, 13));
  expect(unclear).toMatchObject({ test: 'McNemar', metric: 'accuracy', samples: 540, baseline: 500 / 540, other: 507 / 540 });
  expect(unclear.counts).toMatchObject({ both: 480, onlyBaseline: 20, onlyOther: 27, neither: 13 });
  expect(unclear.p).toBeGreaterThan(0.3);
  expect(conclusionOf(unclear)).toBe('not shown');
  expect(unclear.interval.low).toBeLessThan(0);

  const [first, second] = pair(480, 8, 40, 12);
  expect(conclusionOf(tested(first, second))).toBe('better');
  expect(conclusionOf(tested(second, first))).toBe('worse');
  expect(conclusionOf(tested(first, first))).toBe('same');
});

it('numbers: by how far they are off on average, where less is better', () => {
  const truth = Float64Array.from({ length: 60 }, (_, i) => i);
  const off = (by: (i: number) => number): Evaluated => {
    const evaluation: NumberEvaluation = {
      kind: 'number',
      part: 'validation',
      target: 'y',
      indices: order(60),
      truth,
      predicted: truth.map((value, i) => value + by(i)),
    };
    return evaluated(evaluation);
  };
  const nearer = tested(
    off((i) => 4 + (i % 3)),
    off((i) => 2 + (i % 4)),
  );
  expect(nearer).toMatchObject({ test: 'bootstrap', metric: 'off-by', baseline: 5, other: 3.5, difference: -1.5 });
  expect(conclusionOf(nearer)).toBe('better');
  expect(nearer.interval.low).toBeLessThan(-1.5);
  expect(nearer.interval.high).toBeGreaterThan(-1.5);
  const alike = tested(
    off((i) => 4 + (i % 3)),
    off((i) => 4 + ((i + 1) % 3) + (i === 7 ? 0.3 : 0)),
  );
  expect(conclusionOf(alike)).toBe('not shown');
});

it('of one sample nothing is shown: numbers and masks are refused, classes come to no verdict', () => {
  const number = (predicted: number[]): Evaluated => {
    const truth = Float64Array.from(predicted, () => 1);
    const indices = order(predicted.length);
    return evaluated({ kind: 'number', part: 'validation', target: 'y', indices, truth, predicted: Float64Array.from(predicted) });
  };
  expect(sampleVerdict(number([8]), number([5]), random())).toEqual({ kind: 'refused', because: 'one-sample' });
  expect(conclusionOf(tested(number([8, 9]), number([5, 6])))).toBe('not shown');
  const one = tested(...pair(0, 1, 0, 0));
  expect([one.p, conclusionOf(one)]).toEqual([1, 'not shown']);
  // Whatever comes to no number shows nothing.
  expect(conclusionOf({ ...one, corrected: NaN })).toBe('not shown');
});

it('pictures without a class tell no masks apart', () => {
  const nothing: MaskEvaluation = { kind: 'masks', part: 'validation', labels: ['a', 'b'], indices: order(3), counts: new Uint32Array(18) };
  expect(tested(evaluated(nothing), evaluated(nothing))).toMatchObject({ difference: 0, p: 1, interval: { low: 0, high: 0 } });
});

it('masks: by the mean IoU of all pictures, drawn again with both models’ masks', () => {
  const masks = (both: (i: number) => number): Evaluated => {
    const evaluation: MaskEvaluation = {
      kind: 'masks',
      part: 'validation',
      labels: ['ground', 'thing'],
      indices: order(40),
      counts: Uint32Array.from(Array.from({ length: 40 }, (_, i) => [900, 900, 900, both(i), 100, 100]).flat()),
    };
    return evaluated(evaluation);
  };
  const better = tested(
    masks((i) => 60 + (i % 5)),
    masks((i) => 70 + (i % 7)),
  );
  expect(better).toMatchObject({ test: 'bootstrap', metric: 'iou' });
  expect(better.difference).toBeGreaterThan(0.05);
  expect(conclusionOf(better)).toBe('better');
  const alike = tested(
    masks((i) => 60 + (i % 5)),
    masks((i) => 60 + ((i + 2) % 5) + (i === 3 ? 1 : 0)),
  );
  expect(conclusionOf(alike)).toBe('not shown');
});

it('is the same each time it is asked', () => {
  const truth = Float64Array.from({ length: 30 }, (_, i) => i);
  const one = evaluated({ kind: 'number', part: 'validation', target: 'y', indices: order(30), truth, predicted: truth.map((v) => v + 1) });
  const two = evaluated({
    kind: 'number',
    part: 'validation',
    target: 'y',
    indices: order(30),
    truth,
    predicted: truth.map((v, i) => v + (i % 3)),
  });
  expect(tested(one, two)).toEqual(tested(one, two));
});

it('refuses what was not judged by the same samples, and says how many are', () => {
  const right = new Array<boolean>(10).fill(true);
  const first = evaluated(classes(right));
  expect(sampleVerdict(first, evaluated(classes(right, order(10, 7))), random())).toEqual({
    kind: 'refused',
    because: 'other-samples',
    baseline: 10,
    other: 10,
    shared: 3,
  });
  expect(sampleVerdict(first, evaluated(classes(right), 'another version'), random())).toMatchObject({ because: 'other-data' });
  const renamed: ClassEvaluation = { ...classes(right), labels: ['a', 'c'] };
  expect(sampleVerdict(first, evaluated(renamed), random())).toMatchObject({ because: 'other-task' });
  // The very same samples are compared (control).
  expect(sampleVerdict(first, evaluated(classes(right)), random()).kind).toBe('samples');
});

it('names the samples that one alone gets right', () => {
  const [first, second] = pair(3, 2, 1, 1);
  const found = disagreements(first.evaluation, second.evaluation);
  expect(found.counts).toEqual({ baselineBetter: 2, otherBetter: 1 });
  expect(found.baselineBetter.map(({ index }) => index)).toEqual([3, 4]);
  expect(found.otherBetter).toEqual([{ index: 5, truth: 1, baseline: 0, other: 1 }]);
  expect(disagreements(first.evaluation, first.evaluation).counts).toEqual({ baselineBetter: 0, otherBetter: 0 });
});
