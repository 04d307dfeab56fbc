// The words authors use for the parts of a split, in folders, in columns and in the names of arrays.
import type { SplitName } from '#shared/dataset';

const SPLITS: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** Undefined for a word that names no part. */
export const splitNamed = (word: string): SplitName | undefined => {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(SPLITS, key) ? SPLITS[key] : undefined;
};
