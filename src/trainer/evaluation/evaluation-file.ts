// An evaluation as two files of its run's folder: numbers as they are in .bin, what they are in .json with a checksum of both. Named by the
// weights, so that those of other weights are never taken for it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assertNever } from '#shared/assert-never';
import type { Evaluated, EvaluatedPart, Evaluation, EvaluationFacts } from '#shared/evaluation/evaluation';
import { writeFileAtomic } from '../atomic';

const FOLDER = 'evaluation';

interface Header {
  format: 2;
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
    default:
      return assertNever(evaluation);
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
    default:
      return assertNever(kind);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
const nameOf = (part: EvaluatedPart, weights: string): string => `${part}-${weights.slice(0, 16)}`;

function checksum(header: Header, numbers: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(JSON.stringify(header));
  for (const bytes of numbers) hash.update(bytes);
  return hash.digest('hex');
}

export const hasEvaluation = (runFolder: string, part: EvaluatedPart, weights: string): boolean =>
  existsSync(join(runFolder, FOLDER, `${nameOf(part, weights)}.json`));

/** The run's folder has to be there. */
export function writeEvaluation(runFolder: string, { facts, evaluation }: Evaluated): void {
  const folder = join(runFolder, FOLDER);
  if (!existsSync(folder)) mkdirSync(folder);
  const { kind, part, indices } = evaluation;
  const named = evaluation.kind === 'number' ? { target: evaluation.target } : { labels: evaluation.labels };
  const header: Header = { format: 2, facts, kind, part, samples: indices.length, ...named };
  const numbers = arraysOf(evaluation).map(bytesOf);
  const name = nameOf(part, facts.weights);
  writeFileAtomic(join(folder, `${name}.bin`), numbers);
  writeFileAtomic(join(folder, `${name}.json`), JSON.stringify({ header, sha256: checksum(header, numbers) }));
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
    const { header, sha256 } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as { header: Header; sha256: string };
    const bytes = readFileSync(`${path}.bin`);
    if (checksum(header, [bytes]) !== sha256 || header.format !== 2) return undefined;
    const { facts } = header;
    if (facts.weights !== of.weights || facts.data !== of.data) return undefined;
    const evaluation = empty(header);
    let at = 0;
    for (const array of arraysOf(evaluation).map(bytesOf)) {
      array.set(bytes.subarray(at, at + array.length));
      at += array.length;
    }
    return { facts, evaluation };
  } catch {
    return undefined;
  }
}
