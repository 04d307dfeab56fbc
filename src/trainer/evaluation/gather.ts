// Gathers what a model said of samples, piece by piece, into what the figures are made from.
import { locale } from '#shared/language';
import type { ModelMetadata } from '#engine/layers-model';
import { maskOf } from '#engine/pixel-classes';
import type { EvaluatedPart, Evaluation } from '#shared/evaluation/evaluation';
import { formatBytes } from '#shared/bytes';
import { FailureError } from '#shared/failure';
import { IGNORED } from '#shared/mask-index';
import type { OpenData } from '../open-training-data';
import type { ScoredPiece } from './score';

export interface Gatherer {
  add(piece: ScoredPiece): void;
  evaluation(): Evaluation;
}

/** @throws FailureError bad-setting where all answers are too many to be held */
export function gathererFor(metadata: ModelMetadata, data: OpenData, part: EvaluatedPart, indices: Int32Array): Gatherer {
  const { labels } = metadata;
  if (metadata.output === 'pixel probabilities') return gatherMasks(labels, part, indices);
  if ('table' in metadata && metadata.output === 'value') {
    const { mean, deviation } = metadata.table.fit.target ?? { mean: 0, deviation: 1 };
    return gatherNumbers(metadata.target, (output) => output * deviation + mean, data, part, indices);
  }
  return gatherClasses(labels, part, indices);
}

/** All answers at once, here, in main and in the window: what every figure is made from. */
const MOST_ANSWER_BYTES = 1e9;

function gatherClasses(labels: string[], part: EvaluatedPart, indices: Int32Array): Gatherer {
  refuseTooMany(indices.length, labels.length);
  const truth = new Int32Array(indices.length);
  const probabilities = new Float32Array(indices.length * labels.length);
  return {
    add({ start, samples, outputs }) {
      truth.set(samples.labels, start);
      probabilities.set(outputs, start * labels.length);
    },
    evaluation: () => ({ kind: 'classes', part, indices, labels, truth, probabilities }),
  };
}

function refuseTooMany(samples: number, classes: number): void {
  const bytes = Float32Array.BYTES_PER_ELEMENT * samples * classes;
  if (bytes <= MOST_ANSWER_BYTES) return;
  const many = `${samples.toLocaleString(locale)} samples, each with a probability for ${classes.toLocaleString(locale)} classes`;
  const problem = `The answers to ${many}, take ${formatBytes(bytes)}; at most ${formatBytes(MOST_ANSWER_BYTES)} are looked at. Train again with a smaller part held out.`;
  throw new FailureError({ kind: 'bad-setting', problem });
}

function gatherNumbers(
  target: string,
  inUnit: (output: number) => number,
  { targetOf }: OpenData,
  part: EvaluatedPart,
  indices: Int32Array,
): Gatherer {
  const predicted = new Float64Array(indices.length);
  const truth = Float64Array.from(indices, (index) => targetOf!(index));
  return {
    add: ({ start, outputs }) => outputs.forEach((output, i) => (predicted[start + i] = inUnit(output))),
    evaluation: () => ({ kind: 'number', part, indices, target, truth, predicted }),
  };
}

function gatherMasks(labels: string[], part: EvaluatedPart, indices: Int32Array): Gatherer {
  const counts = new Uint32Array(indices.length * 3 * labels.length);
  return {
    add({ start, size, samples, outputs }) {
      const [truth] = samples.targets as [Int32Array];
      const area = truth.length / size;
      const found = maskOf(outputs, labels.length);
      for (let i = 0; i < size; i++) {
        const at = (start + i) * 3 * labels.length;
        for (let pixel = i * area; pixel < (i + 1) * area; pixel++) {
          if (truth[pixel] === IGNORED) continue;
          counts[at + 3 * found[pixel] + 1]++;
          counts[at + 3 * truth[pixel] + 2]++;
          if (found[pixel] === truth[pixel]) counts[at + 3 * found[pixel]]++;
        }
      }
    },
    evaluation: () => ({ kind: 'masks', part, indices, labels, counts }),
  };
}
