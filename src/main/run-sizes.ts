// What runs take on the disk, read from their folders, and kept for as long as those are as they were.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CHECKPOINTS } from '#shared/checkpoint-place';
import { NOTHING_ON_DISK, type RunSize } from '#shared/run-weights';
import { FILES_OF_RUN, MODEL_FILES } from './run-files';

export interface Measured {
  id: string;
  folder: string;
  /** One of the person's own may hold anything else, which is not the run's. */
  isOwn: boolean;
  areWeightsDeleted: boolean;
}

type Parts = Pick<RunSize, 'weights' | 'checkpoints' | 'rest'>;

/** So many folders are looked into at once: the disk is others', too. */
const AT_ONCE = 16;
/** What is in them is written beside and renamed, which they show by their times. */
const FOLDERS = ['.', CHECKPOINTS, 'evaluation'];

export class RunSizes {
  readonly #kept = new Map<string, { stamp: string; parts: Parts }>();
  #all?: Promise<Record<string, RunSize>>;

  /** Of thousands of runs, by whoever comes back to a page: asked again meanwhile, the one walk answers. */
  all(runs: () => readonly Measured[]): Promise<Record<string, RunSize>> {
    return (this.#all ??= this.of(runs()).finally(() => (this.#all = undefined)));
  }

  async of(runs: readonly Measured[]): Promise<Record<string, RunSize>> {
    const sizes: Record<string, RunSize> = {};
    const waiting = [...runs];
    const work = async () => {
      for (let run = waiting.pop(); run; run = waiting.pop()) sizes[run.id] = sizeOf(await this.#partsOf(run), run);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return sizes;
  }

  async #partsOf(run: Measured): Promise<Parts> {
    const stamp = await stampOf(run.folder);
    const kept = this.#kept.get(run.id);
    if (kept?.stamp === stamp) return kept.parts;
    const parts = await measured(run);
    this.#kept.set(run.id, { stamp, parts });
    return parts;
  }
}

const sizeOf = ({ weights, checkpoints, rest }: Parts, { areWeightsDeleted }: Measured): RunSize =>
  areWeightsDeleted ? { ...NOTHING_ON_DISK, rest, goes: weights + checkpoints } : { weights, checkpoints, rest, goes: 0 };

async function stampOf(folder: string): Promise<string> {
  const times: number[] = [];
  for (const name of FOLDERS)
    times.push(
      await stat(path.join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    );
  return `${folder} ${times.join(' ')}`;
}

async function measured({ folder, isOwn }: Measured): Promise<Parts> {
  const parts = { weights: 0, checkpoints: 0, rest: 0 };
  for (const entry of await entriesOf(folder)) {
    if (!isOwn && !FILES_OF_RUN.includes(entry.name)) continue;
    const of = entry.name === CHECKPOINTS ? 'checkpoints' : MODEL_FILES.includes(entry.name) ? 'weights' : 'rest';
    parts[of] += await bytesOf(folder, entry);
  }
  return parts;
}

/** What goes while it is looked at, or cannot be read, counts for nothing. */
const entriesOf = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true }).catch(() => []);

async function bytesOf(folder: string, entry: Dirent): Promise<number> {
  const file = path.join(folder, entry.name);
  if (entry.isFile())
    return stat(file).then(
      ({ size }) => size,
      () => 0,
    );
  if (!entry.isDirectory()) return 0;
  let sum = 0;
  for (const each of await entriesOf(file)) sum += await bytesOf(file, each);
  return sum;
}
