// The author's own split, with class folders inside: train/cat/1.png, val/cat/2.png, test/dog/3.png.
import type { Entry, Source } from '../sources/source';
import { ClassTree } from './class-tree';
import { dataRoot } from './data-root';
import type { Importer } from './importer';
import { splitNamed } from './split-name';

type FolderEntry = Extract<Entry, { kind: 'folder' }>;

const foldersIn = (entries: readonly Entry[]) => entries.filter((entry): entry is FolderEntry => entry.kind === 'folder');

export const splitClassFolders: Importer = {
  async list({ source, chosen }, watch) {
    if (chosen !== undefined) return undefined;
    const parts = foldersIn(await source.list(await dataRoot(source, watch.signal), watch.signal));
    if (!(await areSplits(source, parts))) return undefined;
    const tree = new ClassTree(source, watch);
    for (const part of parts) await tree.addClasses(await source.list(part.path, watch.signal), splitNamed(part.name)!);
    return tree.listing('split-class-folders');
  },
};

/** Every folder is named like a part of a split and one is for training; otherwise "test" may well be a class. */
async function areSplits(source: Source, parts: readonly FolderEntry[]): Promise<boolean> {
  const splits = parts.map(({ name }) => splitNamed(name));
  if (!splits.includes('train') || splits.includes(undefined)) return false;
  for (const { path } of parts) {
    if (foldersIn(await source.list(path)).length === 0) return false;
  }
  return true;
}
