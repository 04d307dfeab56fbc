// A folder that is either complete or absent: filled beside its place and renamed when done.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * @param {string} target left alone when it exists
 * @param {(beside: string) => Promise<void>} fill
 */
export async function completeFolder(target, fill) {
  if (existsSync(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const beside = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    await fill(beside);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    // Another command of ours may have finished the same folder meanwhile; then it is as good as this one.
    if (!existsSync(target)) throw error;
  }
  return target;
}
