// After a restore nothing goes from the disk that was kept before it: deletions that were undone since are, and what is gone is told as gone.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeDeletedWeights } from '#main/deleted-weights';
import { removeLeftovers } from '#main/leftovers';
import { IMPORTING } from '#shared/importing';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Database } from '#store/database';
import { addDataset, deleteDataset, getDataset, markFreed, restoreDataset, unneededDatasets } from '#store/datasets';
import { keepAlive } from '#store/keep-alive';
import { foldersIn } from '#store/location';
import { deleteWeights, markWeightsRemoved, restoreWeights } from '#store/run-weights';
import { deleteRun, getRunRow, restoreRun } from '#store/runs';
import { manifest, openTestStore, startTestRun, temporaryFolder } from './samples';

/** One folder, and its history as it was backed up and as it is. */
function twoHistories() {
  const folders = foldersIn(temporaryFolder());
  const both = ['backup', 'present'].map((name) => openTestStore(path.join(folders.root, `${name}.db`)));
  const [backup, present] = both;
  const place = (...names: string[]) => {
    const folder = path.join(folders.root, ...names);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const run = (id: string, where = both) => {
    writeFileSync(path.join(place('runs', id), 'model.json'), '{}');
    for (const db of where) {
      startTestRun(db, id);
      db.run(`UPDATE runs SET state = 'completed', model_folder = folder WHERE id = @id`, { id });
    }
  };
  const version = (id: string, where = both) => {
    writeFileSync(path.join(place('datasets', id), 'manifest.json'), '{}');
    for (const db of where) addDataset(db, { id, manifest: { ...manifest, contentHash: id }, folder: `datasets/${id}`, bytesOnDisk: 1 });
  };
  const isThere = (...names: string[]) => existsSync(path.join(folders.root, ...names));
  /** The next start of the restored one. */
  const restored = async (replaced: Database | undefined = present) => {
    keepAlive(backup, folders, replaced);
    await removeLeftovers(folders, backup);
    await removeDeletedWeights(folders, backup, (error) => {
      throw error;
    });
  };
  return { folders, backup, present, run, version, isThere, restored };
}

test('data whose removal was undone since stays; what is still removed goes', async () => {
  const { backup, present, version, isThere, restored } = twoHistories();
  for (const id of ['undone', 'removed']) version(id);
  for (const id of ['undone', 'removed']) deleteDataset(backup, id);
  deleteDataset(present, 'undone');
  restoreDataset(present, 'undone');
  deleteDataset(present, 'removed');
  expect(unneededDatasets(backup)).toHaveLength(2);
  await restored();
  expect([isThere('datasets', 'undone'), isThere('datasets', 'removed')]).toEqual([true, false]);
  expect(unneededDatasets(backup)).toEqual([]);
});

test('removed data that a later run needs stays', async () => {
  const { backup, present, version, isThere, restored, run } = twoHistories();
  version('needed');
  deleteDataset(backup, 'needed');
  run('later', [present]);
  present.run(`UPDATE runs SET dataset_id = 'needed' WHERE id = 'later'`);
  deleteDataset(present, 'needed');
  await restored();
  expect([isThere('datasets', 'needed'), isThere('runs', 'later', 'model.json')]).toEqual([true, true]);
});

test('weights and runs whose deletion was undone since stay, and those that a later run begins with', async () => {
  const { backup, present, isThere, restored, run } = twoHistories();
  for (const id of ['weights', 'whole', 'started-from', 'deleted', 'both']) run(id);
  for (const db of [backup, present]) {
    deleteWeights(db, ['weights', 'both']);
    for (const id of ['whole', 'started-from', 'deleted', 'both']) deleteRun(db, id);
  }
  restoreWeights(present, ['weights', 'both']);
  for (const id of ['whole', 'both']) restoreRun(present, id);
  run('later', [present]);
  present.run(`UPDATE runs SET spec = @spec WHERE id = 'later'`, { spec: JSON.stringify({ ...DEFAULT_SPEC, start: 'run:started-from' }) });
  await restored();
  const kept = ['weights', 'whole', 'started-from', 'both', 'later', 'deleted'].filter((id) => isThere('runs', id, 'model.json'));
  expect(kept).toEqual(['weights', 'whole', 'started-from', 'both', 'later']);
  expect(getRunRow(backup, 'weights').model_folder).toBe('runs/weights');
});

test('where the replaced history cannot be read, all that is on the disk stays', async () => {
  const { folders, backup, isThere, run, version } = twoHistories();
  version('data');
  run('run');
  deleteDataset(backup, 'data');
  deleteRun(backup, 'run');
  keepAlive(backup, folders);
  await removeLeftovers(folders, backup);
  await removeDeletedWeights(folders, backup, () => {});
  expect([isThere('datasets', 'data'), isThere('runs', 'run', 'model.json')]).toEqual([true, true]);
});

test('what was removed since is gone in the restored one too', async () => {
  const { folders, backup, present, run, version, restored } = twoHistories();
  version('data');
  run('run');
  deleteDataset(present, 'data');
  markFreed(present, 'data');
  deleteWeights(present, ['run']);
  markWeightsRemoved(present, 'run');
  rmSync(path.join(folders.datasets, 'data'), { recursive: true });
  rmSync(path.join(folders.runs, 'run', 'model.json'));
  await restored();
  const { model_folder: model, weights_deleted_at: deletedAt } = getRunRow(backup, 'run');
  expect([model, typeof deletedAt]).toEqual([null, 'string']);
  expect(backup.get('SELECT 1 FROM datasets WHERE id = @id AND freed_at IS NOT NULL', { id: 'data' })).toBeDefined();
  expect(getDataset(backup, 'data').summary.id).toBe('data');
});

test('a version of which the backup does not know is not taken for an import that was cut off', async () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const { folders, present, version, isThere, restored } = twoHistories();
  version(id, [present]);
  mkdirSync(path.join(folders.datasets, IMPORTING + id));
  await restored();
  expect([isThere('datasets', id, 'manifest.json'), isThere('datasets', IMPORTING + id)]).toEqual([true, false]);
});
