// `runs import FILE`: runs of another computer into the app's history, all of them or none; what is there stays as it is.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { loadedSentences } from '#shared/run-file/transfer';
import { dataFolder, foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { loadRuns } from '#store/transfer/load-runs';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { badUsage, type RunsOptions } from './options';

export async function importCommand(words: string[], { json }: RunsOptions, say: (text: string) => void): Promise<number> {
  if (words.length !== 1) throw badUsage('Name one file of runs.');
  const folders = foldersIn(dataFolder());
  mkdirSync(folders.runs, { recursive: true });
  const { folder, runs } = await unpackRuns(path.resolve(words[0]), folders.runs);
  try {
    const db = openStore(folders.database);
    try {
      const loaded = await loadRuns({ db, folders }, runs);
      if (json) for (const run of loaded) say(JSON.stringify({ kind: 'imported', ...run }));
      else say(loadedSentences(loaded));
    } finally {
      closeStore(db);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
