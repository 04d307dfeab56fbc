// What an export writes, an import takes: what it would refuse is found out here, by the name of the run.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { toFailure } from '#shared/failure';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { deleteWeights } from '#store/run-weights';
import { getRun } from '#store/run-detail';
import { listRuns, saveReceipt } from '#store/runs';
import { packRuns } from '#trainer/transfer/pack-runs';
import { unpackRuns } from '#trainer/transfer/unpack-runs';
import { computer, exported, imported, receipt, trainedRun } from '#test/support/run-files';
import { CAN_MOUNT, smallDisk } from '#test/support/small-disk';
import { temporaryFolder } from '#test/support/temporary-folder';
import { unloadRun } from '#store/transfer/unload-run';

const ID = '0a0a0a0a-1111-4222-8333-444444444444';
const OTHER = ID.replace('0a', '0b');

it('gives no model away whose weights were deleted, also while they lie there', async () => {
  const [here, there] = [computer(), computer()];
  for (const id of [ID, OTHER]) trainedRun(here, id);
  deleteWeights(here.db, [OTHER]);
  await imported(there, await exported(here, [ID, OTHER]));
  expect(Object.fromEntries(listRuns(there.db).map(({ id, hasModel }) => [id, hasModel]))).toEqual({ [ID]: true, [OTHER]: false });
});

it('names the run that no import would take, and leaves no file', async () => {
  const here = computer();
  trainedRun(here, ID);
  trainedRun(here, OTHER, { ...DEFAULT_SPEC, batch: 64 });
  const { name } = getRun(here.db, OTHER);
  const refused = async (what: RegExp, change: () => void, back: () => void) => {
    change();
    const [beside, out] = [temporaryFolder(), path.join(temporaryFolder(), 'some.runs.zip')];
    const runs = [];
    for (const id of [ID, OTHER]) runs.push(await unloadRun({ db: here.db, root: here.folders.root }, id, path.join(beside, id)));
    const error = await packRuns({ out, runs, withModels: true }).then(() => undefined, String);
    expect(error).toMatch(what);
    expect(error).toContain(`"${name}" cannot be exported`);
    expect(readdirSync(path.dirname(out))).toEqual([]);
    back();
    await expect(exported(here, [ID, OTHER])).resolves.toBeTypeOf('string');
  };
  const set = (column: string, text: string) => () => here.db.run(`UPDATE runs SET ${column} = @text WHERE id = @id`, { id: OTHER, text });
  const tags = JSON.stringify(Array.from({ length: 101 }, (_, i) => `t${i}`));
  await refused(/what the history says of it/, set('tags', tags), set('tags', '[]'));
  const told = { ...receipt, spec: { ...DEFAULT_SPEC, batch: 64 } };
  await refused(/its receipt is of an older/, set('receipt', JSON.stringify({ ...told, plan: 7 })), set('receipt', JSON.stringify(told)));
  await refused(
    /weights are not those/,
    () => saveReceipt(here.db, OTHER, { ...told, weights: 'b'.repeat(64) }),
    () => saveReceipt(here.db, OTHER, told),
  );
  const rows = (kind: string) => () => here.db.run('UPDATE run_events SET kind = @kind', { kind });
  here.db.run('DELETE FROM run_events WHERE run = (SELECT key FROM runs WHERE id = @id)', { id: ID });
  await refused(/events\.jsonl/, rows('No kind'), rows('note'));
});

it('shortens what a failure has said without end', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  here.db.run('UPDATE runs SET failure = @text', { text: 'word '.repeat(9_000) });
  here.db.run('UPDATE run_events SET message = @text', { text: 'word '.repeat(9_000) });
  expect(await imported(there, await exported(here, [ID]))).toMatchObject([{ outcome: 'imported' }]);
  expect(getRun(there.db, ID).failure).toHaveLength(10_000);
});

it.skipIf(!CAN_MOUNT)('a disk without room takes neither the file nor its runs, and says so before anything is written', async () => {
  const [here, there] = [computer(), computer()];
  trainedRun(here, ID);
  writeFileSync(
    path.join(here.folders.runs, ID, 'evaluation', readdirSync(path.join(here.folders.runs, ID, 'evaluation'))[0]),
    'x'.repeat(2e6),
  );
  const file = await exported(here, [ID]);
  const disk = smallDisk(8);
  disk.leave(1e6);
  const runs = [await unloadRun({ db: here.db, root: here.folders.root }, ID, path.join(temporaryFolder(), ID))];
  const failure = (of: Promise<unknown>) => of.then(() => undefined, toFailure);
  const packed = () => packRuns({ out: path.join(disk.folder, 'some.runs.zip'), runs, withModels: true });
  expect(await failure(packed())).toMatchObject({ kind: 'no-room', what: 'export', path: disk.folder });
  expect(await failure(unpackRuns(file, disk.folder))).toMatchObject({ kind: 'no-room', what: 'runs', path: disk.folder });
  expect(readdirSync(disk.folder)).toEqual(['ballast']);
  disk.makeRoom();
  await packed();
  await expect(imported(there, path.join(disk.folder, 'some.runs.zip'))).resolves.toHaveLength(1);
});
