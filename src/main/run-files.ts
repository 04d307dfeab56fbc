// What lies in a run's folder, as far as main has to know it.
import path from 'node:path';
import type { Folders } from '#store/location';
import { fromStored } from '#store/location';

/** Of the saved model. */
export const MODEL_FILES: readonly string[] = ['model.json', 'weights.bin'];
/** What a run goes on from, and the other model that could be kept. */
export const CHECKPOINTS = 'checkpoints';

/** A run of the command line may lie in a folder of the person's own, in which nothing is removed. */
export function isOwnFolder({ root, runs }: Pick<Folders, 'root' | 'runs'>, stored: string): boolean {
  const way = path.relative(runs, fromStored(root, stored));
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
}
