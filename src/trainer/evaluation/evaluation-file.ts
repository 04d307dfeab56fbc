// An evaluation as two files of its run's folder: numbers as they are in .bin, what they are in .json. Named by the weights, so that those of
// other weights are never taken for it.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluated, EvaluatedPart, Evaluation, EvaluationFacts } from '#shared/evaluation/evaluation';
import { writeFileAtomic } from '../atomic';

const FOLDER = 'evaluation';

interface Header {
  format: 1;
  facts: EvaluationFacts;
  kind: Evaluation['kind'];
  part: EvaluatedPart;
  samples: number;
  labels?: string[];
  target?: string;
}

type Numbers = Int32Array | Uint32Array | Float32Array | Float64Array;

/** The arrays of an evaluation in the order of the file: those of 8 bytes a number first. */
function arraysOf(evaluation: Evaluation): Numbers[] {
  switch (evaluation.kind) {
    case 'classes':
      return [evaluation.indices, evaluation.truth, evaluation.probabilities];
    case 'masks':
      return [evaluation.indices, evaluation.counts];
    case 'number':
      return [evaluation.truth, evaluation.predicted, evaluation.indices];
  }
}

/** The same evaluation, all numbers 0. */
function empty({ kind, part, samples, labels = [], target = '' }: Header): Evaluation {
  const indices = new Int32Array(samples);
  switch (kind) {
    case 'classes':
      return { kind, part, indices, labels, truth: new Int32Array(samples), probabilities: new Float32Array(samples * labels.length) };
    case 'masks':
      return { kind, part, indices, labels, counts: new Uint32Array(samples * 3 * labels.length) };
    case 'number':
      return { kind, part, indices, target, truth: new Float64Array(samples), predicted: new Float64Array(samples) };
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
const nameOf = (part: EvaluatedPart, weights: string): string => `${part}-${weights.slice(0, 16)}`;

export function writeEvaluation(runFolder: string, { facts, evaluation }: Evaluated): void {
  const folder = join(runFolder, FOLDER);
  mkdirSync(folder, { recursive: true });
  const { kind, part, indices } = evaluation;
  const named = evaluation.kind === 'number' ? { target: evaluation.target } : { labels: evaluation.labels };
  const header: Header = { format: 1, facts, kind, part, samples: indices.length, ...named };
  const name = nameOf(part, facts.weights);
  writeFileAtomic(join(folder, `${name}.bin`), arraysOf(evaluation).map(bytesOf));
  writeFileAtomic(join(folder, `${name}.json`), JSON.stringify(header));
  for (const old of readdirSync(folder)) if (old.startsWith(`${part}-`) && !old.startsWith(name)) rmSync(join(folder, old));
}

/** Undefined where there is none of these weights and data, or it is damaged: it is made again then. */
export function readEvaluation(
  runFolder: string,
  part: EvaluatedPart,
  of: Pick<EvaluationFacts, 'weights' | 'data'>,
): Evaluated | undefined {
  const path = join(runFolder, FOLDER, nameOf(part, of.weights));
  try {
    const header = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Header;
    if (header.format !== 1 || header.facts.weights !== of.weights || header.facts.data !== of.data) return undefined;
    const evaluation = empty(header);
    const bytes = readFileSync(`${path}.bin`);
    const arrays = arraysOf(evaluation).map(bytesOf);
    if (arrays.reduce((sum, { length }) => sum + length, 0) !== bytes.length) return undefined;
    let at = 0;
    for (const array of arrays) {
      array.set(bytes.subarray(at, at + array.length));
      at += array.length;
    }
    return { facts: header.facts, evaluation };
  } catch {
    return undefined;
  }
}
