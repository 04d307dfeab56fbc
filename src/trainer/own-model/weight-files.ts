// The weights of a TF.js layers model from its shards, by name. Sizes, paths and number formats are the file's claims: all sizes are checked before
// a byte is read, those of each group's shards before they are.
import { locale } from '#shared/language';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StartWeight } from '#engine/start-weights';
import { formatBytes } from '#shared/bytes';
import { parseWeightsManifest, type WeightEntry, type WeightGroup } from '#shared/layers-file';
import { BYTES_OF_NUMBER } from '#shared/model-cards';
import { numbersOf } from './number-formats';
import { refused } from './refused';

/** In memory, a quarter of a billion numbers: more does not train on a desktop. */
export const MOST_BYTES = 2 ** 30;
const BYTES = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 } as const;

export interface ReadWeights {
  byName: Map<string, StartWeight>;
  /** Of model.json and all shards. */
  sha256: string;
}

/** @param text of model.json @throws FailureError bad-model */
export function readWeights(file: string, text: string, manifest: unknown): ReadWeights {
  const groups = parseWeightsManifest(manifest);
  if (!groups) throw refused(file, 'its list of weights is damaged, or in a number format that is not known.');
  const total = groups.reduce((sum, group) => sum + numbersIn(group) * BYTES_OF_NUMBER, 0);
  if (!(total <= MOST_BYTES)) throw refused(file, `its weights take more than ${formatBytes(MOST_BYTES)}.`);
  const hash = createHash('sha256').update(text);
  const byName = new Map<string, StartWeight>();
  for (const group of groups) {
    const bytes = readShards(file, group);
    hash.update(bytes);
    let at = 0;
    for (const entry of group.weights) {
      const end = at + bytesOfWeight(entry);
      byName.set(entry.name, { shape: entry.shape, values: numbersOf(entry, bytes.subarray(at, end)) });
      at = end;
    }
  }
  return { byName, sha256: hash.digest('hex') };
}

const bytesOfWeight = ({ shape, dtype, quantization }: WeightEntry): number =>
  shape.reduce((a, b) => a * b, BYTES[quantization?.dtype ?? dtype]);
const numbersIn = ({ weights }: WeightGroup): number => weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
const bytesOf = ({ weights }: WeightGroup): number => weights.reduce((sum, entry) => sum + bytesOfWeight(entry), 0);

function readShards(file: string, group: WeightGroup): Buffer {
  const shards = group.paths.map((path) => {
    if (!isBeside(path)) throw refused(file, `it names weights outside its folder ("${path}"). Put all its files into one folder.`);
    const shard = join(dirname(file), path);
    const found = statSync(shard, { throwIfNoEntry: false });
    if (!found?.isFile()) throw refused(file, `its weights ${path} are missing. Put all its files into one folder.`);
    return { shard, size: found.size };
  });
  const [wanted, there] = [bytesOf(group), shards.reduce((sum, { size }) => sum + size, 0)];
  if (there !== wanted) {
    const names = group.paths.join(', ');
    throw refused(
      file,
      `its weights ${names} have ${there.toLocaleString(locale)} bytes instead of ${wanted.toLocaleString(locale)}. Copy the files again.`,
    );
  }
  return Buffer.concat(shards.map(({ shard }) => readFileSync(shard)));
}

/** A plain name, or one in a folder below. */
const isBeside = (path: string): boolean =>
  path !== '' && !/[\\:\0]/.test(path) && !path.startsWith('/') && !path.split('/').some((part) => part === '..' || part === '');
