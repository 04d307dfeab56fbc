// What runs take on the disk, read from their folders.
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { NOTHING_ON_DISK, type RunSize } from '#shared/run-weights';
import { CHECKPOINTS, MODEL_FILES } from './run-files';

interface Measured {
  id: string;
  folder: string;
  areWeightsDeleted: boolean;
}

/** So many folders are looked into at once: the disk is others', too. */
const AT_ONCE = 16;

export async function runSizes(runs: readonly Measured[]): Promise<Record<string, RunSize>> {
  const sizes: Record<string, RunSize> = {};
  const waiting = [...runs];
  const work = async () => {
    for (let run = waiting.pop(); run; run = waiting.pop()) sizes[run.id] = await sizeOf(run);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return sizes;
}

async function sizeOf({ folder, areWeightsDeleted }: Measured): Promise<RunSize> {
  const size = { ...NOTHING_ON_DISK };
  for (const entry of await entriesOf(folder)) {
    const bytes = await bytesOf(folder, entry);
    const of = entry.name === CHECKPOINTS ? 'checkpoints' : MODEL_FILES.includes(entry.name) ? 'weights' : 'rest';
    size[areWeightsDeleted && of !== 'rest' ? 'goes' : of] += bytes;
  }
  return size;
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
