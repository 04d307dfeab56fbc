// What the app has imported, found in its history by name: the newest version, or one by its number ("birds@2").
import { existsSync } from 'node:fs';
import type { DatasetSummary } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { getDataset, listDatasets } from '#store/datasets';
import { dataFolder, foldersIn, fromStored } from '#store/location';
import { closeStore, openStore } from '#store/open';

export function importedDatasets(): DatasetSummary[] {
  return fromHistory((db) => listDatasets(db)) ?? [];
}

export interface Imported {
  folder: string;
  /** Of its data set, newest first. */
  versions: DatasetSummary[];
}

/** Undefined when nothing imported has this name. @throws FailureError bad-setting for a version that is not there */
export function findImported(name: string): Imported | undefined {
  const match = /^(.*)@(\d+)$/.exec(name);
  const [wanted, number] = match ? [match[1], Number(match[2])] : [name, undefined];
  return fromHistory((db, root) => {
    const all = listDatasets(db);
    const newest = all.find((dataset) => dataset.name === wanted || dataset.id === wanted);
    if (!newest) return undefined;
    const versions = all.filter(({ series }) => series === newest.series).sort((a, b) => b.version - a.version);
    const version = number === undefined ? versions[0] : versions.find((one) => one.version === number);
    if (!version) {
      const numbers = versions.map((one) => one.version).reverse();
      const problem = `"${wanted}" has no version ${number}. It has ${numbers.join(', ')}.`;
      throw new FailureError({ kind: 'bad-setting', problem });
    }
    return { folder: fromStored(root, getDataset(db, version.id).folder), versions };
  });
}

/** Undefined where there is no history yet: looking makes none. */
function fromHistory<T>(read: (db: ReturnType<typeof openStore>, root: string) => T): T | undefined {
  const { database, root } = foldersIn(dataFolder());
  if (!existsSync(database)) return undefined;
  const db = openStore(database);
  try {
    return read(db, root);
  } finally {
    closeStore(db);
  }
}
