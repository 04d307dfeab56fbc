// A data folder as one that was used: a history, a version that shares its bytes with another, runs with what they wrote; and what of it is anywhere.
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { foldersIn } from '#store/location';
import { contentsOf } from '#store/move/contents';
import { openToRead } from '#store/open-to-read';
import { closeStore, openStore } from '#store/open';
import { createRun, listRuns } from '#store/runs';

/** @param largeBytes of one of its files */
export function makeUsedFolder(root: string, { runs = 6, largeBytes = 2_500_000 } = {}): string {
  const folders = foldersIn(root);
  const write = (file: string, bytes: number | string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof bytes === 'string' ? bytes : Buffer.alloc(bytes, `${path.basename(path.dirname(file))} holds this. `));
    utimesSync(file, new Date(1.7e12), new Date(1.7e12));
  };
  const db = openStore(folders.database);
  for (let i = 0; i < runs; i++) {
    const id = `run-${i}`;
    createRun(db, { id, spec: DEFAULT_SPEC, folder: `runs/${id}`, datasetName: 'digits' });
    db.run(`UPDATE runs SET state = 'completed' WHERE id = @id`, { id });
    write(path.join(folders.runs, id, 'weights.bin'), 40_000 + i);
    write(path.join(folders.runs, id, 'checkpoints', 'step-10', 'weights.bin'), 20_000);
    write(path.join(folders.runs, id, 'receipt.json'), `{ "run": ${i} }`);
  }
  closeStore(db);
  write(path.join(folders.datasets, 'first', 'samples.bin'), largeBytes);
  mkdirSync(path.join(folders.datasets, 'second', 'empty'), { recursive: true });
  linkSync(path.join(folders.datasets, 'first', 'samples.bin'), path.join(folders.datasets, 'second', 'samples.bin'));
  symlinkSync('first', path.join(folders.datasets, 'newest'));
  write(path.join(folders.backups, 'old.db'), 5_000);
  // Not of the data: they stay.
  write(path.join(folders.logs, 'overbatch.log'), 'started\n');
  write(path.join(root, 'settings.json'), '{}');
  return root;
}

/** Everything of the data by name: what each file holds, and which runs the history has. */
export function dataIn(root: string): Record<string, string> {
  const files = contentsOf(root).map(({ name, kind, target, mtimeMs }) => {
    if (kind !== 'file') return [name, target ?? kind] as const;
    const sum = createHash('sha256')
      .update(readFileSync(path.join(root, name)))
      .digest('hex');
    return [name, `${sum} ${Math.round(mtimeMs / 1000)}`] as const;
  });
  const db = openToRead(foldersIn(root).database);
  try {
    return {
      ...Object.fromEntries(files),
      runs: listRuns(db)
        .map(({ id }) => id)
        .sort()
        .join(' '),
    };
  } finally {
    db.close();
  }
}
