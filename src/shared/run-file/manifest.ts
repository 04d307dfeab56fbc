// Runs as one file that goes between computers (docs/run-file.md): a zip archive whose list names every part with its size and SHA-256.
import { locale } from '../language';
import * as v from 'valibot';
import { IdSchema } from '../identifiers';

export const RUN_FILE_FORMAT = 'overbatch-runs';
export const RUN_FILE_VERSION = 1;
export const RUN_FILE_ENDING = '.runs.zip';
/** The same where a double click goes by what stands behind the last dot, and "zip" is another program's: Windows and macOS. */
export const SHORT_RUN_FILE_ENDING = '.obruns';

export const isRunFileName = (name: string): boolean =>
  [RUN_FILE_ENDING, SHORT_RUN_FILE_ENDING].some((ending) => name.toLowerCase().endsWith(ending));

/** The list of what is in it. */
export const MANIFEST = 'overbatch-runs.json';
export const MOST_MANIFEST_BYTES = 16e6;
export const MOST_RUNS = 1_000;
export const TOO_MANY_RUNS = `A file holds at most ${MOST_RUNS.toLocaleString(locale)} runs. Export fewer at once.`;

export const ExportedRunsSchema = v.pipe(
  v.array(IdSchema),
  v.minLength(1, 'Choose the runs to export.'),
  v.maxLength(MOST_RUNS, TOO_MANY_RUNS),
);

/** What of a run is a part of its own, with the most bytes that one is read of: more was not written by any Overbatch. */
export const PARTS = {
  'run.json': 1e6,
  // Every list of runs reads in it.
  'receipt.json': 2e6,
  'steps.jsonl': 2e9,
  'epochs.jsonl': 256e6,
  'events.jsonl': 64e6,
  'model/model.json': 64e6,
  'model/weights.bin': 4e9,
} as const;
export type PartName = keyof typeof PARTS | EvaluationPart;

/** What its model said of the samples of a part of its data; named by that and the weights. */
export type EvaluationPart = `evaluation/${'validation' | 'test'}-${string}.${'json' | 'bin'}`;
const EVALUATION = /^evaluation\/(?:validation|test)-[0-9a-f]{16}\.(?:json|bin)$/;
const MOST_EVALUATION_BYTES = 2e9;

export const isEvaluation = (name: string): name is EvaluationPart => EVALUATION.test(name);
const isPart = (name: string): name is PartName => Object.hasOwn(PARTS, name) || isEvaluation(name);
export const mostBytes = (name: PartName): number => (isEvaluation(name) ? MOST_EVALUATION_BYTES : PARTS[name]);

/** Without these there is no run; weights need their network, and the other way round. */
const NEEDED: readonly PartName[] = ['run.json', 'steps.jsonl', 'epochs.jsonl', 'events.jsonl'];
const TOGETHER: readonly PartName[] = ['model/model.json', 'model/weights.bin', 'receipt.json'];

const PartSchema = v.pipe(
  v.strictObject({
    name: v.custom<PartName>((name) => typeof name === 'string' && isPart(name)),
    bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  }),
  v.check(({ name, bytes }) => bytes <= mostBytes(name)),
);
export type Part = v.InferOutput<typeof PartSchema>;

const PartsSchema = v.pipe(
  v.array(PartSchema),
  v.check((parts) => new Set(parts.map(({ name }) => name)).size === parts.length),
  v.check((parts) => NEEDED.every((needed) => parts.some(({ name }) => name === needed))),
  v.check(
    (parts) => !parts.some(({ name }) => name.startsWith('model/')) || TOGETHER.every((one) => parts.some(({ name }) => name === one)),
  ),
);

const ManifestSchema = v.strictObject({
  format: v.literal(RUN_FILE_FORMAT),
  version: v.literal(RUN_FILE_VERSION),
  /** The program that wrote it. */
  overbatch: v.pipe(v.string(), v.maxLength(100)),
  savedAt: v.pipe(v.string(), v.maxLength(40)),
  /** The parts of the first lie in "runs/1", those of the second in "runs/2". */
  runs: v.pipe(v.array(v.strictObject({ parts: PartsSchema })), v.minLength(1), v.maxLength(MOST_RUNS)),
});
export type Manifest = v.InferOutput<typeof ManifestSchema>;

export const pathOf = (run: number, name: PartName): string => `runs/${run + 1}/${name}`;

const VersionSchema = v.object({ format: v.literal(RUN_FILE_FORMAT), version: v.number() });

/** The list, or what is wrong with it, behind "cannot be imported:". */
export function parseManifest(text: string): Manifest | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'its list of parts is damaged. Copy the file again, or export the runs again.' };
  }
  const about = v.safeParse(VersionSchema, value);
  if (!about.success) return { problem: 'it is no file of runs. Choose one that was made by Export runs.' };
  if (about.output.version > RUN_FILE_VERSION)
    return { problem: 'it was made by a newer Overbatch. Update this one, and import it again.' };
  const read = v.safeParse(ManifestSchema, value);
  return read.success ? read.output : { problem: 'its list of parts is damaged. Copy the file again, or export the runs again.' };
}
