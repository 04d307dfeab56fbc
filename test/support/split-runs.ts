// Pictures with train, val and test parts of their own, and short runs on them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFolder } from '#datasets/import-folder';
import type { Receipt, RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { executeRun } from '#trainer/execute-run';
import { tinyImageFolder } from './pictures';
import { temporaryFolder } from './temporary-folder';

/** `change`: of the folder before it is packed. */
export async function splitVersion(change: (root: string) => void = () => {}): Promise<string> {
  const root = temporaryFolder();
  for (const [part, count] of [
    ['train', 8],
    ['val', 7],
    ['test', 5],
  ] as const)
    tinyImageFolder(['a', 'b', 'c'], count, root, part);
  change(root);
  const folder = join(temporaryFolder(), 'version');
  await importFolder(root, { width: 8, height: 8, channels: 1 }, folder);
  return folder;
}

interface Going {
  /** An earlier run that goes on. */
  resumes?: string;
  /** Tells the run to stop at this event. */
  stopAt?: (event: RunEvent) => boolean;
}

export async function trainOn(
  datasetFolder: string,
  settings: Partial<RunSpec> = {},
  { resumes, stopAt }: Going = {},
): Promise<{ runFolder: string; events: RunEvent[] }> {
  const runFolder = resumes ?? temporaryFolder();
  const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 8, micro: 5, epochs: 2, ...settings };
  const events: RunEvent[] = [];
  const stop = new AbortController();
  for await (const event of executeRun({ spec, datasetFolder, outFolder: runFolder, resumeFolder: resumes }, stop.signal)) {
    events.push(event);
    if (stopAt?.(event)) stop.abort();
  }
  return { runFolder, events };
}

export const receiptOf = (runFolder: string): Receipt => JSON.parse(readFileSync(join(runFolder, 'receipt.json'), 'utf8')) as Receipt;

export const changeReceipt = (runFolder: string, change: (receipt: Receipt) => Partial<Receipt>): void => {
  const receipt = receiptOf(runFolder);
  writeFileSync(join(runFolder, 'receipt.json'), JSON.stringify({ ...receipt, ...change(receipt) }));
};
