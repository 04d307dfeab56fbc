// Pictures with masks packed, and whole runs on them, in this process.
import { join } from 'node:path';
import { importMasks } from '#datasets/masks/import-masks';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { defaultSpec } from '#shared/default-spec';
import type { RunSpec } from '#shared/run-spec';
import type { MaskOptions } from '#shared/segmentation';
import { executeRun } from '#trainer/execute-run';
import type { RunRequest } from '#trainer/run-request';
import { maskFolder, type MaskFolderOptions } from './masks';
import { temporaryFolder } from './temporary-folder';

export async function packedMasks(folder: MaskFolderOptions = {}, options: Partial<MaskOptions> = {}): Promise<string> {
  const into = join(temporaryFolder(), 'version');
  await importMasks(maskFolder({ classes: 3, ...folder }), { kind: 'segmentation', width: 16, height: 16, channels: 1, ...options }, into);
  return into;
}

export interface MaskRun {
  events: RunEvent[];
  finished: RunEventOf<'finished'>;
  outFolder: string;
}

/** With the defaults of masks, but for what is given. */
export async function runMasks(datasetFolder: string, settings: Partial<RunSpec> = {}, more: Partial<RunRequest> = {}): Promise<MaskRun> {
  const outFolder = more.outFolder ?? temporaryFolder();
  const spec: RunSpec = { ...defaultSpec('masks'), engine: 'wasm', epochs: 2, ...settings };
  const events: RunEvent[] = [];
  for await (const event of executeRun({ ...more, spec, datasetFolder, outFolder }, new AbortController().signal)) events.push(event);
  return { events, finished: events.at(-1) as RunEventOf<'finished'>, outFolder };
}
