// Runs that come in where something of theirs is already: nothing that is there is lost, and each names what it belongs to.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { removeDeletedWeights } from '#main/deleted-weights';
import { removeLeftovers } from '#main/leftovers';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { deleteWeights } from '#store/run-weights';
import { getRun } from '#store/run-detail';
import { createRun, deleteRun, getRunRow, listRuns } from '#store/runs';
import { loadRuns } from '#store/transfer/load-runs';
import { fillHidden, insertHidden } from '#store/transfer/hidden-run';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { computer, exported, imported, trainedRun, type Computer } from '#test/support/run-files';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';
const OTHER = ID.replace('0a', '0b');

const filesOf = ({ folders }: Computer, id = ID) => readdirSync(path.join(folders.runs, id), { recursive: true }).map(String).sort();

it('gives a run whose weights were removed those of its own file, and takes them back where the import fails', async () => {
  const here = computer();
  trainedRun(here, ID);
  const [before, file] = [filesOf(here), await exported(here, [ID])];
  expect(await imported(here, await exported(here, [ID], false))).toMatchObject([{ outcome: 'here' }]);
  deleteWeights(here.db, [ID]);
  expect(await imported(here, file)).toMatchObject([{ outcome: 'completed' }]);
  for (const [gone, outcome] of [
    [() => deleteWeights(here.db, [ID]), 'completed'],
    [() => deleteRun(here.db, ID), 'restored'],
  ] as const) {
    gone();
    await removeDeletedWeights(here.folders, here.db, (error) => expect.unreachable(String(error)));
    expect([filesOf(here).includes('weights.bin'), getRun(here.db, ID).hasModel]).toEqual([false, false]);
    const without = filesOf(here);
    here.db.exec(`CREATE TEMP TRIGGER full BEFORE UPDATE OF model_folder ON runs BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await expect(imported(here, file)).rejects.toThrow();
    expect(filesOf(here)).toEqual(without);
    here.db.exec('DROP TRIGGER full');
    expect(await imported(here, file)).toMatchObject([{ id: ID, outcome }]);
    expect(filesOf(here)).toEqual(before);
    expect(getRun(here.db, ID)).toMatchObject({ hasModel: true });
    expect(listRuns(here.db)[0]).not.toHaveProperty('weightsDeletedAt');
  }
});

it('removes no folder that was there, whoever it is of', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  const own = path.join(there.folders.runs, ID, 'checkpoints');
  mkdirSync(own, { recursive: true });
  expect(await imported(there, await exported(here, [ID]))).toMatchObject([{ id: ID, outcome: 'imported' }]);
  expect(existsSync(own)).toBe(true);
  expect(getRunRow(there.db, ID)).toMatchObject({ folder: `runs/${ID}-2`, model_folder: `runs/${ID}-2` });
  expect(filesOf(there, `${ID}-2`)).toEqual(filesOf(here));
});

it('a repeat names the run that it repeats and begins with, under the id that this one has here', async () => {
  const [here, there] = [computer(), computer()];
  const spec = { ...DEFAULT_SPEC, start: `run:${ID}` as const };
  trainedRun(here, ID);
  trainedRun(here, OTHER, spec);
  here.db.run('UPDATE runs SET repeat_of = @ID WHERE id = @OTHER', { ID, OTHER });
  // A stranger has the id of the first.
  createRun(there.db, { id: ID, spec: DEFAULT_SPEC, folder: `runs/${ID}`, datasetName: 'others' });
  // The newest first, as a history lists them.
  const [repeat, first] = await imported(there, await exported(here, [OTHER, ID]));
  expect([repeat.id, first.outcome]).toEqual([OTHER, 'renumbered']);
  expect(getRunRow(there.db, OTHER).repeat_of).toBe(first.id);
  expect(getRun(there.db, OTHER).spec).toEqual({ ...spec, start: `run:${first.id}` });
  // Known again, under those ids; and one that comes later finds the one that is known.
  expect(await imported(there, await exported(here, [OTHER, ID]))).toMatchObject([{ outcome: 'here' }, { id: first.id, outcome: 'here' }]);
  const later = computer();
  createRun(later.db, { id: ID, spec: DEFAULT_SPEC, folder: `runs/${ID}`, datasetName: 'others' });
  await imported(later, await exported(here, [ID]));
  await imported(later, await exported(here, [OTHER, ID]));
  expect(getRunRow(later.db, OTHER).repeat_of).toBe(first.id);
});

it('lets others take their turn while thousands of rows come in and are known again, and shows a run when all of it is there', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  const { runs } = await unpackRuns(await exported(here, [ID]), there.folders.runs);
  const rows = Array.from({ length: 3_000 }, (_, i) => `[${i + 1},1,0.5,0.5,10,${i},0.1,100]\n`);
  // One far behind, as a file may have it: nothing is done for each that lacks.
  writeFileSync(path.join(runs[0].rows, 'steps.jsonl'), [...rows, '[9007199254740050,1,0.25,0.5,10,9000,0.1,100]\n'].join(''));
  let [turns, isLoading] = [0, true];
  const loading = loadRuns(there, runs).finally(() => (isLoading = false));
  while (isLoading) {
    expect(listRuns(there.db)).toEqual([]);
    turns++;
    await turn();
  }
  await loading;
  expect(turns).toBeGreaterThan(3);
  expect(getRun(there.db, ID).steps.at(-1)).toMatchObject({ loss: 0.25 });
  expect(there.db.get('SELECT count(*) AS blocks, sum(steps) AS steps FROM step_blocks')).toEqual({ blocks: 30, steps: 3_000 });
  expect(readFileSync(path.join(there.folders.runs, ID, 'weights.bin'), 'utf8')).toBe('weights!');
});

it('forgets what a cut-off import has written down, a day later', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  const { runs } = await unpackRuns(await exported(here, [ID]), there.folders.runs);
  const dayBefore = new Date(Date.now() - 25 * 3_600_000);
  for (const now of [dayBefore, new Date()])
    await fillHidden(there.db, (work) => Promise.resolve(work()), { key: insertHidden(there.db, runs[0], now), run: runs[0] }, now);
  await removeLeftovers(there.folders, there.db);
  expect(there.db.all('SELECT DISTINCT run FROM steps')).toEqual([{ run: 2 }]);
  expect(listRuns(there.db)).toEqual([]);
});
