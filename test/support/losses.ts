// Every loss and its slope against its definition, whole and cut; run on every engine by the tests beside it.
import { clone, engine, tensor, tidy, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { absoluteError } from '#engine/objectives/losses/absolute-error';
import { batchDice } from '#engine/objectives/losses/batch-dice';
import { binaryCrossEntropy } from '#engine/objectives/losses/binary-cross-entropy';
import { binaryCrossEntropyDice } from '#engine/objectives/losses/binary-cross-entropy-dice';
import { dice } from '#engine/objectives/losses/dice';
import { huber } from '#engine/objectives/losses/huber';
import { sigmoidFocal } from '#engine/objectives/losses/sigmoid-focal';
import { softmaxCrossEntropy } from '#engine/objectives/losses/softmax-cross-entropy';
import { softmaxFocal } from '#engine/objectives/losses/softmax-focal';
import { squaredError } from '#engine/objectives/losses/squared-error';
import type { Loss } from '#engine/objectives/objective';
import { randomStream } from '#engine/random';
import type { Runtime, TensorFunction, TensorSpec } from '#engine/runtime';
import * as defined from './loss-definitions';
import type { Definition, Plain } from './loss-definitions';

/** What targets look like: class indices, yes or no, some of them masked, values. */
type Targets = 'class' | 'class, some ignored' | 'yes or no' | 'yes or no, some masked' | 'values';

interface Case {
  name: string;
  loss: Loss;
  definition: Definition;
  targets: Targets;
  /** Shape of one sample's output. */
  shape: number[];
}

const IGNORED = 255;
const WEIGHTS = [1, 10, 0.5];
const PIXELS = [3, 2, 3];
/** Samples; one of them is masked or ignored whole where the case masks. */
const N = 7;

const CASES: Case[] = [
  { name: 'softmax cross-entropy', loss: softmaxCrossEntropy(), definition: defined.classes(), targets: 'class', shape: [3] },
  ...(['position', 'sample'] as const).flatMap((reduction): Case[] => [
    {
      name: `softmax cross-entropy of pixels, mean by ${reduction}`,
      loss: softmaxCrossEntropy({ ignore: IGNORED, reduction }),
      definition: defined.classes({ ignore: IGNORED, perSample: reduction === 'sample' }),
      targets: 'class, some ignored',
      shape: PIXELS,
    },
    {
      name: `binary cross-entropy of masks, mean by ${reduction}`,
      loss: binaryCrossEntropy({ reduction, outputWeights: WEIGHTS }),
      definition: defined.yesNo({ outputWeights: WEIGHTS, perSample: reduction === 'sample' }),
      targets: 'yes or no, some masked',
      shape: PIXELS,
    },
  ]),
  {
    name: 'softmax cross-entropy, classes 1:10, smoothed',
    loss: softmaxCrossEntropy({ classWeights: WEIGHTS, labelSmoothing: 0.1 }),
    definition: defined.classes({ classWeights: WEIGHTS, labelSmoothing: 0.1 }),
    targets: 'class',
    shape: [3],
  },
  {
    name: 'softmax cross-entropy, smoothed',
    loss: softmaxCrossEntropy({ labelSmoothing: 0.2 }),
    definition: defined.classes({ labelSmoothing: 0.2 }),
    targets: 'class',
    shape: [3],
  },
  {
    name: 'softmax cross-entropy of pixels, weighted, smoothed, ignored',
    loss: softmaxCrossEntropy({ classWeights: WEIGHTS, labelSmoothing: 0.1, ignore: IGNORED }),
    definition: defined.classes({ classWeights: WEIGHTS, labelSmoothing: 0.1, ignore: IGNORED }),
    targets: 'class, some ignored',
    shape: PIXELS,
  },
  ...[0, 1, 2, 2.5].map((gamma): Case => ({
    name: `softmax focal loss, γ ${gamma}`,
    loss: softmaxFocal({ gamma, classWeights: WEIGHTS }),
    definition: defined.classes({ gamma, classWeights: WEIGHTS }),
    targets: 'class',
    shape: [3],
  })),
  { name: 'multi-label cross-entropy', loss: binaryCrossEntropy(), definition: defined.yesNo(), targets: 'yes or no', shape: [5] },
  { name: 'focal loss', loss: sigmoidFocal(), definition: defined.focal(0.25, 2), targets: 'yes or no, some masked', shape: PIXELS },
  {
    name: 'focal loss, γ 1.5, unbalanced',
    loss: sigmoidFocal({ gamma: 1.5, alpha: -1 }),
    definition: defined.focal(-1, 1.5),
    targets: 'yes or no',
    shape: [4],
  },
  { name: 'Dice of pictures', loss: dice(), definition: defined.pictureDice(1), targets: 'yes or no, some masked', shape: PIXELS },
  {
    name: 'binary cross-entropy + Dice',
    loss: binaryCrossEntropyDice(),
    definition: defined.entropyAndDice(1),
    targets: 'yes or no, some masked',
    shape: PIXELS,
  },
  { name: 'squared error', loss: squaredError(), definition: defined.squared, targets: 'values', shape: [4] },
  { name: 'absolute error', loss: absoluteError(), definition: defined.absolute, targets: 'values', shape: [4] },
  { name: 'Huber', loss: huber({ delta: 0.7 }), definition: defined.huberOf(0.7), targets: 'values', shape: [4] },
];

/** Row 5: what the Dice loss over the batch is for seven pictures at once, and what pieces of 4 and 3 would make of it. */
const [WHOLE_DICE, CUT_DICE] = [0.492902, 0.482188];

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

interface Batch extends Plain {
  output: Float32Array;
}

/** Sample weights go from 0 to 2; the first sample is masked whole where targets mask. */
function batchOf({ shape, targets }: Pick<Case, 'shape' | 'targets'>, spread = 3): Batch {
  const random = randomStream(11, shape.length);
  const [channels, positions] = [shape[shape.length - 1], size(shape.slice(0, -1))];
  const output = Float32Array.from({ length: N * size(shape) }, () => Math.fround(spread * (2 * random() - 1)));
  const isClass = targets.startsWith('class');
  const count = isClass ? N * positions : N * size(shape);
  const ofFirst = count / N;
  const target = Float32Array.from({ length: count }, (_, i) => {
    const draw = random();
    const masks = targets.includes('some') && (i < ofFirst || random() < 0.3);
    if (isClass) return masks ? IGNORED : Math.floor(draw * channels);
    if (targets === 'values') return Math.fround(4 * draw - 2);
    return masks ? -1 : Number(draw < 0.4);
  });
  const sampleWeights = Float32Array.from({ length: N }, (_, i) => (i % 3 === 2 ? 0 : 0.5 + 0.25 * i));
  return { n: N, positions, channels, output, target, sampleWeights };
}

/** [output, target, sample weights] → [sum, weight, slope of the sum]. */
const lossFunction =
  (loss: Loss): TensorFunction =>
  ([output, target, sampleWeights]) => {
    let weight!: Scalar;
    const { value, grads } = engine().gradients(() => {
      const sums = loss.sum(output, [target], sampleWeights as Tensor1D);
      weight = engine().keep(sums.weight);
      return sums.sum;
    }, [output]);
    const copy = clone(weight);
    weight.dispose();
    return [value, copy, ...grads];
  };

interface Computed {
  sum: number;
  weight: number;
  slope: Float32Array;
}

function computeOn(runtime: Runtime, loss: Loss, shape: number[], batch: Batch, from = 0, to = N): Computed {
  const n = to - from;
  const [{ shape: targetShape, dtype }] = loss.targets(shape);
  const specs: TensorSpec[] = [
    { shape: [n, ...shape], dtype: 'float32' },
    { shape: [n, ...targetShape], dtype },
    { shape: [n], dtype: 'float32' },
  ];
  const target = (batch.target as Float32Array).slice((from * batch.target.length) / N, (to * batch.target.length) / N);
  const inputs: Tensor[] = tidy(() => [
    tensor(batch.output.slice(from * size(shape), to * size(shape)), specs[0].shape),
    tensor(dtype === 'int32' ? Int32Array.from(target) : target, specs[1].shape, dtype),
    tensor((batch.sampleWeights as Float32Array).slice(from, to), specs[2].shape),
  ]);
  const compiled = runtime.compile('loss', lossFunction(loss), specs);
  const outputs = compiled.call(inputs);
  const [sum, weight, slope] = outputs.map((t) => Float32Array.from(t.dataSync()));
  [...inputs, ...outputs].forEach((t) => t.dispose());
  compiled.dispose();
  return { sum: sum[0], weight: weight[0], slope };
}

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

/** Values and slopes of every loss on two engines. */
export function expectSameBits(one: () => Runtime, other: () => Runtime): void {
  it.each(CASES)('$name gives the same bits captured and op by op', ({ loss, targets, shape }) => {
    const batch = batchOf({ shape, targets });
    expect(computeOn(one(), loss, shape, batch)).toEqual(computeOn(other(), loss, shape, batch));
  });
}

export function lossSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  const compute = (...args: Tail<Parameters<typeof computeOn>>): Computed => computeOn(runtime, ...args);
  const worst = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
    Array.from(expected, (v, i) => Math.abs(found[i] - v)).reduce((a, b) => Math.max(a, b), 0);

  describe.each(CASES)('$name', ({ loss, definition, targets, shape }) => {
    it('is its definition, and so is its slope', () => {
      const batch = batchOf({ shape, targets });
      const found = compute(loss, shape, batch);
      const output = Float64Array.from(batch.output);
      const expected = definition(output, batch);
      expect(Math.abs(found.sum - expected.sum) / expected.sum).toBeLessThan(1e-6);
      expect(Math.abs(found.weight - expected.weight) / expected.weight).toBeLessThan(1e-6);
      expect(worst(found.slope, defined.slopeOf(definition, output, batch))).toBeLessThan(2e-6);
    });

    it('is the sum of its pieces’', () => {
      const batch = batchOf({ shape, targets });
      const whole = compute(loss, shape, batch);
      const pieces = [compute(loss, shape, batch, 0, 3), compute(loss, shape, batch, 3, 4), compute(loss, shape, batch, 4, N)];
      const total = (of: 'sum' | 'weight') => pieces.reduce((sum, piece) => sum + piece[of], 0);
      expect(Math.abs(total('sum') - whole.sum) / whole.sum).toBeLessThan(1e-6);
      expect(Math.abs(total('weight') - whole.weight) / whole.weight).toBeLessThan(1e-6);
      // Slopes here reach 20: one bit there is 2e-6; measured 2e-7, because TensorFlow rounds eˣ otherwise at the end of a row of registers.
      expect(
        worst(
          pieces.flatMap(({ slope }) => [...slope]),
          whole.slope,
        ),
      ).toBeLessThan(1e-6);
    });

    it('stays finite for outputs of ±1000, with the slope of its definition', () => {
      const batch = batchOf({ shape, targets }, 1000);
      const found = compute(loss, shape, batch);
      const expected = definition(Float64Array.from(batch.output), batch);
      expect(found.slope.every(Number.isFinite)).toBe(true);
      expect(Math.abs(found.sum - expected.sum)).toBeLessThan(1e-5 * Math.max(1, expected.sum));
    });

    it('of no weight is 0 over 0, not NaN', () => {
      const batch = { ...batchOf({ shape, targets }), sampleWeights: new Float32Array(N) };
      const { sum, weight, slope } = compute(loss, shape, batch);
      expect([sum, weight]).toEqual([0, 0]);
      expect(slope.every((s) => s === 0)).toBe(true);
    });
  });

  describe('row 5: the Dice loss over the batch', () => {
    const masks = { shape: PIXELS, targets: 'yes or no' } as const;

    it('is its definition in one piece', () => {
      const batch = { ...batchOf(masks), sampleWeights: new Float32Array(N).fill(1) };
      const found = compute(batchDice(), PIXELS, batch);
      const output = Float64Array.from(batch.output);
      expect(found.sum / found.weight).toBeCloseTo(defined.wholeDice(1)(output, batch).sum / N, 6);
      expect(worst(found.slope, defined.slopeOf(defined.wholeDice(1), output, batch))).toBeLessThan(1e-6);
    });

    it('control: in pieces it is another number, this one', () => {
      const batch = { ...batchOf(masks), sampleWeights: new Float32Array(N).fill(1) };
      const pieces = [compute(batchDice(), PIXELS, batch, 0, 4), compute(batchDice(), PIXELS, batch, 4, N)];
      const cut = pieces.reduce((sum, piece) => sum + piece.sum, 0) / N;
      const whole = compute(batchDice(), PIXELS, batch).sum / N;
      expect(whole).toBeCloseTo(WHOLE_DICE, 6);
      expect(cut).toBeCloseTo(CUT_DICE, 6);
    });
  });
}
