// Every loss with its settings, its definition and its name in bench/pytorch/reference_losses.py; targets that suit it; and computing it on an engine.
import { clone, engine, tensor, tidy, type Scalar, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { absoluteError } from '#engine/objectives/losses/absolute-error';
import { binaryCrossEntropy } from '#engine/objectives/losses/binary-cross-entropy';
import { binaryCrossEntropyDice } from '#engine/objectives/losses/binary-cross-entropy-dice';
import { dice } from '#engine/objectives/losses/dice';
import { huber } from '#engine/objectives/losses/huber';
import { ofClasses } from '#engine/objectives/losses/of-classes';
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

export interface Case {
  name: string;
  loss: Loss;
  definition: Definition;
  targets: Targets;
  /** Shape of one sample's output. */
  shape: number[];
  torch: { kind: string } & Record<string, unknown>;
}

const IGNORED = 255;
const WEIGHTS = [1, 10, 0.5];
export const PIXELS = [3, 2, 3];
/** Samples; one of them is masked or ignored whole where the case masks. */
export const N = 7;

export const CASES: Case[] = [
  {
    name: 'softmax cross-entropy',
    loss: softmaxCrossEntropy(),
    definition: defined.classes(),
    targets: 'class',
    shape: [3],
    torch: { kind: 'cross_entropy' },
  },
  ...(['position', 'sample'] as const).flatMap((reduction): Case[] => [
    {
      name: `softmax cross-entropy of pixels, mean by ${reduction}`,
      loss: softmaxCrossEntropy({ ignore: IGNORED, reduction }),
      definition: defined.classes({ ignore: IGNORED, perSample: reduction === 'sample' }),
      targets: 'class, some ignored',
      shape: PIXELS,
      torch: { kind: 'cross_entropy', ignore: IGNORED, perSample: reduction === 'sample' },
    },
    {
      name: `binary cross-entropy of masks, mean by ${reduction}`,
      loss: binaryCrossEntropy({ reduction, outputWeights: WEIGHTS }),
      definition: defined.yesNo({ outputWeights: WEIGHTS, perSample: reduction === 'sample' }),
      targets: 'yes or no, some masked',
      shape: PIXELS,
      torch: { kind: 'binary_cross_entropy', outputWeights: WEIGHTS, perSample: reduction === 'sample' },
    },
  ]),
  {
    name: 'softmax cross-entropy, classes 1:10, smoothed',
    loss: softmaxCrossEntropy({ classWeights: WEIGHTS, labelSmoothing: 0.1 }),
    definition: defined.classes({ classWeights: WEIGHTS, labelSmoothing: 0.1 }),
    targets: 'class',
    shape: [3],
    torch: { kind: 'cross_entropy', classWeights: WEIGHTS, labelSmoothing: 0.1 },
  },
  {
    name: 'softmax cross-entropy, smoothed',
    loss: softmaxCrossEntropy({ labelSmoothing: 0.2 }),
    definition: defined.classes({ labelSmoothing: 0.2 }),
    targets: 'class',
    shape: [3],
    torch: { kind: 'cross_entropy', labelSmoothing: 0.2 },
  },
  {
    name: 'softmax cross-entropy of pixels, weighted, smoothed, ignored',
    loss: softmaxCrossEntropy({ classWeights: WEIGHTS, labelSmoothing: 0.1, ignore: IGNORED }),
    definition: defined.classes({ classWeights: WEIGHTS, labelSmoothing: 0.1, ignore: IGNORED }),
    targets: 'class, some ignored',
    shape: PIXELS,
    torch: { kind: 'cross_entropy', classWeights: WEIGHTS, labelSmoothing: 0.1, ignore: IGNORED },
  },
  ...[0, 1, 2, 2.5].map((gamma): Case => ({
    name: `softmax focal loss, γ ${gamma}`,
    loss: softmaxFocal({ gamma, classWeights: WEIGHTS }),
    definition: defined.classes({ gamma, classWeights: WEIGHTS }),
    targets: 'class',
    shape: [3],
    torch: { kind: 'softmax_focal', gamma, classWeights: WEIGHTS },
  })),
  {
    name: 'multi-label cross-entropy',
    loss: binaryCrossEntropy(),
    definition: defined.yesNo(),
    targets: 'yes or no',
    shape: [5],
    torch: { kind: 'binary_cross_entropy' },
  },
  {
    name: 'focal loss',
    loss: sigmoidFocal(),
    definition: defined.focal(0.25, 2),
    targets: 'yes or no, some masked',
    shape: PIXELS,
    torch: { kind: 'sigmoid_focal', alpha: 0.25, gamma: 2 },
  },
  {
    name: 'focal loss, γ 1.5, unbalanced',
    loss: sigmoidFocal({ gamma: 1.5, alpha: -1 }),
    definition: defined.focal(-1, 1.5),
    targets: 'yes or no',
    shape: [4],
    torch: { kind: 'sigmoid_focal', alpha: -1, gamma: 1.5 },
  },
  {
    name: 'Dice of pictures',
    loss: dice(),
    definition: defined.pictureDice(1),
    targets: 'yes or no, some masked',
    shape: PIXELS,
    torch: { kind: 'dice', smooth: 1 },
  },
  {
    name: 'binary cross-entropy + Dice',
    loss: binaryCrossEntropyDice(),
    definition: defined.entropyAndDice(1),
    targets: 'yes or no, some masked',
    shape: PIXELS,
    torch: { kind: 'binary_cross_entropy_dice', smooth: 1 },
  },
  {
    name: 'Dice loss of pixels with a class each',
    loss: ofClasses(dice(), IGNORED),
    definition: defined.ofClasses(defined.pictureDice(1), IGNORED),
    targets: 'class, some ignored',
    shape: PIXELS,
    torch: { kind: 'dice', smooth: 1, ofClasses: IGNORED },
  },
  {
    name: 'binary cross-entropy + Dice of pixels with a class each',
    loss: ofClasses(binaryCrossEntropyDice(), IGNORED),
    definition: defined.ofClasses(defined.entropyAndDice(1), IGNORED),
    targets: 'class, some ignored',
    shape: PIXELS,
    torch: { kind: 'binary_cross_entropy_dice', smooth: 1, ofClasses: IGNORED },
  },
  { name: 'squared error', loss: squaredError(), definition: defined.squared, targets: 'values', shape: [4], torch: { kind: 'mse' } },
  { name: 'absolute error', loss: absoluteError(), definition: defined.absolute, targets: 'values', shape: [4], torch: { kind: 'l1' } },
  {
    name: 'Huber',
    loss: huber({ delta: 0.7 }),
    definition: defined.huberOf(0.7),
    targets: 'values',
    shape: [4],
    torch: { kind: 'huber', delta: 0.7 },
  },
];

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export interface Batch extends Plain {
  output: Float32Array;
}

/** Sample weights go from 0 to 2; the first sample is masked whole where targets mask. */
export function batchOf({ shape, targets }: Pick<Case, 'shape' | 'targets'>, spread = 3): Batch {
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

export interface Computed {
  sum: number;
  weight: number;
  slope: Float32Array;
}

export function computeOn(runtime: Runtime, loss: Loss, shape: number[], batch: Batch, from = 0, to = N): Computed {
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
