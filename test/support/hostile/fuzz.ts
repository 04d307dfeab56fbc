// Seeded changes to whole inputs, each read by what ships and, where a reference can tell, compared with what it reads.
import type { Answer, Reference } from '../reference/reader';
import { Draw } from './mutate';
import type { HostileHost } from './host';
import type { HostileOutcome } from './protocol';
import { PACKED, type Hostile, type Subject } from './subjects';

export interface Fuzzed {
  count: number;
  accepted: number;
  refused: number;
  compared: number;
  /** Read by us and not by the reference, with its words. */
  alone: string[];
  /** What may not be: faults, crashes, hangs, unnamed files, differences; each with the index that makes it again. */
  wrong: string[];
}

/** Two decoders of JPEG round differently; everything else must be the same. */
const JPEG = { largest: 16, mean: 1 };

export async function fuzz(
  name: string,
  subject: Subject,
  indices: Iterable<number>,
  host: HostileHost,
  reference?: Reference,
): Promise<Fuzzed> {
  const found: Fuzzed = { count: 0, accepted: 0, refused: 0, compared: 0, alone: [], wrong: [] };
  for (const index of indices) {
    found.count++;
    const hostile = subject(new Draw(index));
    const outcome = await host.read(hostile.input);
    const wrong = wrongWith(outcome);
    if (wrong) found.wrong.push(`${name} ${index}: ${wrong}`);
    if (outcome.kind === 'refused') found.refused++;
    if (outcome.kind !== 'accepted') continue;
    found.accepted++;
    if (!reference || !hostile.question || outcome.pictures.length === 0) continue;
    const answer = await reference.ask(hostile.question.kind, hostile.question.bytes);
    if ('refused' in answer) found.alone.push(`${name} ${index}: ${answer.refused}`);
    else {
      const different = differenceFrom(answer, outcome, hostile);
      if (different !== undefined) found.compared++;
      if (different) found.wrong.push(`${name} ${index}: ${different}`);
    }
  }
  return found;
}

/** What is never right, whatever was read. */
export function wrongWith(outcome: HostileOutcome): string | undefined {
  switch (outcome.kind) {
    case 'fault':
      return outcome.message;
    case 'crash':
      return `it ended, ${outcome.how}`;
    case 'hang':
      return 'it took longer than 2 s';
    case 'refused':
      return outcome.file === '' || !isSentence(outcome.message) ? `refused without a reason: "${outcome.message}"` : undefined;
    case 'accepted': {
      const unnamed = outcome.problems.find(({ file, message }) => file === '' || !isSentence(message));
      if (unnamed) return `left out without a reason: ${JSON.stringify(unnamed)}`;
      const odd = outcome.pictures.find(({ file, label }) => file.startsWith('/') || file.split('/').includes('..') || label === undefined);
      if (odd) return `a picture of no place: ${odd.file}`;
      // What was packed intact comes out intact, or not at all.
      const changed = outcome.pictures.find(({ file, pixels, width }) => width === 0 && !file.includes('#') && !isPacked(pixels));
      return changed ? `${changed.file} is none of what was packed` : undefined;
    }
  }
}

const isPacked = (bytes: Uint8Array | undefined) => bytes !== undefined && PACKED.has(Buffer.from(bytes).toString('latin1'));

const isSentence = (text: string) => /^.{10,}[.!?]$/s.test(text);

/** Undefined where nothing can be compared, '' where they agree. */
function differenceFrom(
  answer: Extract<Answer, { body: Buffer }>,
  outcome: Extract<HostileOutcome, { kind: 'accepted' }>,
  { question }: Hostile,
): string | undefined {
  const { first, second, body } = answer;
  if (question!.kind === 'p') {
    const [{ width, height, pixels }] = outcome.pictures;
    if (!pixels) return undefined;
    if (width !== first || height !== second) return `${width} × ${height}, and the reference reads ${first} × ${second}`;
    return pixelDifference(pixels, body, isJpegInside(question!.bytes) ? JPEG : { largest: 0, mean: 0 });
  }
  const ours = Buffer.concat(outcome.pictures.map(({ pixels }) => pixels!));
  if (outcome.pictures.length !== first) return `${outcome.pictures.length} pictures, and the reference reads ${first}`;
  return ours.equals(body) ? '' : 'other values than the reference reads';
}

const isJpegInside = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8;

export function pixelDifference(ours: Uint8Array, theirs: Uint8Array, bound: { largest: number; mean: number }): string {
  if (ours.length !== theirs.length) return `${ours.length} values, and the reference reads ${theirs.length}`;
  let [largest, sum] = [0, 0];
  for (let i = 0; i < ours.length; i++) {
    const off = Math.abs(ours[i] - theirs[i]);
    sum += off;
    if (off > largest) largest = off;
  }
  const mean = sum / ours.length;
  return largest > bound.largest || mean > bound.mean ? `off by ${mean.toFixed(2)} on average, ${largest} at most` : '';
}
