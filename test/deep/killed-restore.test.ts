// A restore that is killed at forty moments: the history is the old or the restored one, whole, the replaced one is lost never, and the next start brings it to its end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { randomStream } from '#engine/random';
import { backUp, listBackups } from '#store/backups';
import { connect } from '#store/driver';
import { foldersIn } from '#store/location';
import { closeStore, openStore } from '#store/open';
import { orderRestore } from '#store/restore-order';
import { addDataset } from '#store/datasets';
import { createRun } from '#store/runs';
import { DEFAULT_SPEC } from '#shared/run-spec';
import { buildProgram } from '#test/support/build-program';
import { temporaryFolder } from '#test/support/temporary-folder';
import { manifest } from '../store/sample-values';

const KILLS = 40;
const SEED = 20261201;
const RUNS = 40;
const NOTE = 'x'.repeat(50_000);

let restorer: string;
beforeAll(async () => {
  restorer = await buildProgram('test/support/killed-restore/restorer.ts', 'killed-restore');
}, 120_000);

/** Answers whether it had come to its end by then. */
async function killedAfter(milliseconds: number, root: string): Promise<boolean> {
  const child = spawn(process.execPath, [restorer, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  let hasEnded = false;
  child.stdout.on('data', () => (hasEnded = true));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await once(child, 'close');
  clearTimeout(timer);
  return hasEnded;
}

/** Half of the runs are in the backup; all of them in the present one. */
function made(root: string): { name: string } {
  const folders = foldersIn(root);
  const db = openStore(folders.database);
  addDataset(db, { id: 'digits', manifest, folder: 'datasets/digits', bytesOnDisk: 1_000 });
  const add = (from: number, to: number) => {
    for (let n = from; n < to; n++) {
      createRun(db, { id: `run-${n}`, spec: DEFAULT_SPEC, folder: `runs/run-${n}`, datasetId: 'digits', datasetName: 'digits' });
      db.run('UPDATE runs SET note = @note WHERE id = @id', { note: NOTE, id: `run-${n}` });
    }
  };
  add(0, RUNS / 2);
  const { name } = backUp(db, folders.backups, 'daily', new Date('2026-11-30T00:00:00Z'));
  add(RUNS / 2, RUNS);
  closeStore(db);
  return { name };
}

/** Read as a copy, so that nothing here touches what goes on. */
function runsIn(file: string): number {
  const copy = path.join(temporaryFolder(), 'copy.db');
  cpSync(file, copy);
  const db = connect(copy);
  try {
    expect(db.pragma('integrity_check')).toBe('ok');
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    return db.get<{ n: number }>('SELECT count(*) AS n FROM runs')!.n;
  } finally {
    db.close();
  }
}

test(`${KILLS} kills at random moments: the old or the restored one, whole, and the next start ends it`, { timeout: 600_000 }, async () => {
  const from = path.join(temporaryFolder(), 'data');
  const { name } = made(from);
  const fresh = () => {
    const folders = foldersIn(path.join(temporaryFolder(), 'data'));
    cpSync(from, folders.root, { recursive: true });
    writeFileSync(`${folders.database}.unwritten`, 'said');
    orderRestore(folders, name);
    return folders;
  };
  const begun = performance.now();
  expect(await killedAfter(120_000, fresh().root)).toBe(true);
  const whole = performance.now() - begun;
  const random = randomStream(SEED);
  const seen = { old: 0, between: 0, restored: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    const folders = fresh();
    const hasEnded = await killedAfter(whole * (0.2 + 0.8 * random()), folders.root);
    const replaced = () => listBackups(folders.backups).find(({ why }) => why === 'replaced')?.name;
    const isThere = existsSync(folders.database);
    if (isThere && replaced() === undefined) {
      expect(runsIn(folders.database)).toBe(RUNS);
      seen.old += 1;
    } else if (isThere) {
      expect(runsIn(folders.database)).toBe(RUNS / 2);
      seen.restored += 1;
    } else {
      expect(runsIn(path.join(folders.backups, replaced()!))).toBe(RUNS);
      seen.between += 1;
    }
    if (hasEnded) expect(runsIn(folders.database)).toBe(RUNS / 2);
    expect(await killedAfter(120_000, folders.root)).toBe(true);
    expect(runsIn(folders.database)).toBe(RUNS / 2);
    expect(runsIn(path.join(folders.backups, replaced()!))).toBe(RUNS);
    expect(existsSync(path.join(folders.backups, `${replaced()}.unwritten`))).toBe(true);
    expect(listBackups(folders.backups)).toHaveLength(2);
    rmSync(folders.root, { recursive: true, force: true });
  }
  console.log(`of ${KILLS} kills: ${JSON.stringify(seen)}; a whole restore took ${Math.round(whole)} ms`);
  expect(seen.old).toBeGreaterThan(KILLS / 5);
});
