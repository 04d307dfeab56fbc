// One installation or removal of an engine at a time, across the app, the CLI and the tests.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { enginesFolder } from './locate';

export async function withLock<T>(kind: NativeKind, work: () => Promise<T>): Promise<T> {
  const file = join(enginesFolder(), `${kind}.lock`);
  await mkdir(enginesFolder(), { recursive: true });
  if (!(await take(file))) {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(owner)) {
      const problem = `Another Overbatch (process ${owner}) is installing or removing this engine. Wait until it is done, or end it; if there is none, delete ${file}.`;
      throw new FailureError({ kind: 'engine-install', problem });
    }
    // Its owner died without leaving; what it was doing is resumed or started again.
    await rm(file, { force: true });
    if (!(await take(file))) return withLock(kind, work);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
