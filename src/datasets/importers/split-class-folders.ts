// The author's own split, with class folders inside: train/cat/1.png, val/cat/2.png, test/dog/3.png.
import type { SplitName } from '#shared/dataset';
import { entriesOf } from '../walk';
import { ClassTree } from './class-tree';
import type { Importer } from './importer';

const SPLITS: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

const splitFolders = async (root: string) => (await entriesOf(root)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const splitOf = (name: string): SplitName | undefined => SPLITS[name.toLowerCase()];

export const splitClassFolders: Importer = {
  /** Every folder is named like a part of a split and one is for training; otherwise "test" may well be a class. */
  async recognises(root) {
    const splits = (await splitFolders(root)).map(splitOf);
    if (!splits.includes('train') || splits.includes(undefined)) return false;
    for (const name of await splitFolders(root)) {
      if ((await splitFolders(`${root}/${name}`)).length === 0) return false;
    }
    return true;
  },

  async list(root, watch) {
    const tree = new ClassTree(root, watch);
    for (const name of await splitFolders(root)) {
      const split = splitOf(name);
      if (split) await tree.addClasses(name, split);
    }
    return tree.listing('split-class-folders');
  },
};
