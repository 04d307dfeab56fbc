// The losses as their papers and PyTorch define them, in plain 64-bit JavaScript: what the engine's are held against.

/** One mini-batch as plain numbers, row after row. */
export interface Plain {
  /** Outputs: n samples of `positions` places with `channels` numbers each. */
  n: number;
  positions: number;
  channels: number;
  /** Class indices, n × positions long, or one number for each output. */
  target: ArrayLike<number>;
  sampleWeights: ArrayLike<number>;
}

export interface Sums {
  sum: number;
  weight: number;
}

export type Definition = (output: Float64Array, plain: Plain) => Sums;

export interface ClassOptions {
  classWeights?: number[];
  labelSmoothing?: number;
  ignore?: number;
  perSample?: boolean;
  gamma?: number;
}

const logSoftmax = (row: ArrayLike<number>): number[] => {
  const values = Array.from(row);
  const most = Math.max(...values);
  const total = Math.log(values.reduce((sum, v) => sum + Math.exp(v - most), 0));
  return values.map((v) => v - most - total);
};

/** Position means, or means of samples' means. */
function gather(plain: Plain, each: (sample: number, position: number) => Sums, perSample = false): Sums {
  const all: Sums = { sum: 0, weight: 0 };
  for (let i = 0; i < plain.n; i++) {
    const own: Sums = { sum: 0, weight: 0 };
    for (let p = 0; p < plain.positions; p++) {
      const { sum, weight } = each(i, p);
      own.sum += sum;
      own.weight += weight;
    }
    const w = plain.sampleWeights[i];
    if (perSample && own.weight === 0) continue;
    all.sum += w * (perSample ? own.sum / own.weight : own.sum);
    all.weight += w * (perSample ? 1 : own.weight);
  }
  return all;
}

/** PyTorch's cross_entropy with weight, label_smoothing and ignore_index; with gamma Lin's focal loss of softmax. */
export const classes =
  ({ classWeights, labelSmoothing = 0, ignore, perSample, gamma }: ClassOptions = {}): Definition =>
  (output, plain) =>
    gather(
      plain,
      (i, p) => {
        const place = i * plain.positions + p;
        const label = plain.target[place];
        if (label === ignore) return { sum: 0, weight: 0 };
        const logs = logSoftmax(output.subarray(place * plain.channels, (place + 1) * plain.channels));
        const weightOf = (c: number): number => classWeights?.[c] ?? 1;
        let sum = -(1 - labelSmoothing) * weightOf(label) * logs[label];
        for (let c = 0; c < plain.channels; c++) sum -= (labelSmoothing / plain.channels) * weightOf(c) * logs[c];
        if (gamma !== undefined) sum *= (1 - Math.exp(logs[label])) ** gamma;
        return { sum, weight: weightOf(label) };
      },
      perSample,
    );

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const binary = (x: number, t: number): number => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));

/** A loss of each output with its own target; `each` answers undefined where it is masked. */
const elementwise =
  (each: (x: number, t: number, channel: number) => Sums | undefined, perSample?: boolean): Definition =>
  (output, plain) =>
    gather(
      plain,
      (i, p) => {
        const all: Sums = { sum: 0, weight: 0 };
        for (let c = 0; c < plain.channels; c++) {
          const place = (i * plain.positions + p) * plain.channels + c;
          const own = each(output[place], plain.target[place], c);
          all.sum += own?.sum ?? 0;
          all.weight += own?.weight ?? 0;
        }
        return all;
      },
      perSample,
    );

/** torch.nn.functional.binary_cross_entropy_with_logits with weight, divided by the weights' sum. */
export const yesNo = ({ outputWeights, perSample }: { outputWeights?: number[]; perSample?: boolean } = {}): Definition =>
  elementwise((x, t, c) => {
    const w = outputWeights?.[c] ?? 1;
    return t < 0 ? undefined : { sum: w * binary(x, t), weight: w };
  }, perSample);

/** torchvision.ops.sigmoid_focal_loss. */
export const focal = (alpha: number, gamma: number): Definition =>
  elementwise((x, t) => {
    if (t < 0) return undefined;
    const p = sigmoid(x);
    const right = p * t + (1 - p) * (1 - t);
    const balance = alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
    return { sum: balance * (1 - right) ** gamma * binary(x, t), weight: 1 };
  });

export const squared: Definition = elementwise((y, t) => ({ sum: (y - t) ** 2, weight: 1 }));
export const absolute: Definition = elementwise((y, t) => ({ sum: Math.abs(y - t), weight: 1 }));
export const huberOf = (delta: number): Definition =>
  elementwise((y, t) => {
    const error = Math.abs(y - t);
    return { sum: error <= delta ? 0.5 * error ** 2 : delta * (error - 0.5 * delta), weight: 1 };
  });

/** 1 − Dice of every channel of one picture, or of all pictures together, averaged over channels. */
function diceLoss(output: Float64Array, plain: Plain, samples: number[], smooth: number): number {
  let total = 0;
  for (let c = 0; c < plain.channels; c++) {
    let [both, p, t] = [0, 0, 0];
    for (const i of samples)
      for (let k = 0; k < plain.positions; k++) {
        const place = (i * plain.positions + k) * plain.channels + c;
        const target = plain.target[place];
        if (target < 0) continue;
        const found = sigmoid(output[place]);
        both += found * target;
        p += found;
        t += target;
      }
    total += 1 - (2 * both + smooth) / (p + t + smooth);
  }
  return total / plain.channels;
}

const counts = (plain: Plain, i: number): boolean => {
  const size = plain.positions * plain.channels;
  return Array.from({ length: size }, (_, k) => plain.target[i * size + k]).some((t) => t >= 0);
};

export const pictureDice =
  (smooth: number): Definition =>
  (output, plain) => {
    const all: Sums = { sum: 0, weight: 0 };
    for (let i = 0; i < plain.n; i++) {
      if (!counts(plain, i)) continue;
      all.sum += plain.sampleWeights[i] * diceLoss(output, plain, [i], smooth);
      all.weight += plain.sampleWeights[i];
    }
    return all;
  };

export const wholeDice =
  (smooth: number): Definition =>
  (output, plain) => {
    const weight = Array.from(plain.sampleWeights).reduce((a, b) => a + b, 0);
    const everyone = Array.from({ length: plain.n }, (_, i) => i);
    return { sum: weight * diceLoss(output, plain, everyone, smooth), weight };
  };

export const entropyAndDice =
  (smooth: number): Definition =>
  (output, plain) => {
    const [a, b] = [yesNo({ perSample: true })(output, plain), pictureDice(smooth)(output, plain)];
    return { sum: a.sum + b.sum, weight: a.weight };
  };

/** A mask for each class, of one class index a position: yes where it is its own, masked where the index is ignored. */
export const ofClasses =
  (definition: Definition, ignore: number): Definition =>
  (output, plain) => {
    const target = Float64Array.from({ length: plain.n * plain.positions * plain.channels }, (_, i) => {
      const label = plain.target[Math.floor(i / plain.channels)];
      return label === ignore ? -1 : Number(label === i % plain.channels);
    });
    return definition(output, { ...plain, target });
  };

/** Slope of the sum in every output, by central differences. */
export function slopeOf(definition: Definition, output: Float64Array, plain: Plain): Float64Array {
  const h = 1e-5;
  return output.map((value, i) => {
    const moved = output.slice();
    moved[i] = value + h;
    const above = definition(moved, plain).sum;
    moved[i] = value - h;
    return (above - definition(moved, plain).sum) / (2 * h);
  });
}
