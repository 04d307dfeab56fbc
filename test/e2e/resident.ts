// How much memory the app's processes hold, as the system counts it.
import { readFileSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';

/** What ends meanwhile holds nothing. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + resident(pid), 0);
}

/** Of all processes of the app together. */
export async function appBytes(app: ElectronApplication): Promise<number> {
  return residentBytes(await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid)));
}

function resident(pid: number): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
