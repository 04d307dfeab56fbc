// Whole runs on the shipped tables, in this process.
import { join } from 'node:path';
import { sampleFolder } from '#datasets/sample-folder';
import { importTable } from '#datasets/tables/import-table';
import type { SampleName } from '#shared/dataset';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { defaultSpec } from '#shared/default-spec';
import type { RunSpec } from '#shared/run-spec';
import type { Task } from '#shared/table';
import { executeRun } from '#trainer/execute-run';
import type { RunRequest } from '#trainer/run-request';
import { temporaryFolder } from './temporary-folder';

export async function packedSample(name: SampleName): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importTable(join(sampleFolder(name), `${name}.csv`), {}, folder);
  return folder;
}

export interface TableRun {
  events: RunEvent[];
  finished: RunEventOf<'finished'>;
  outFolder: string;
}

/** With the defaults of its task, but for what is given. */
export async function runTable(
  datasetFolder: string,
  task: Task,
  settings: Partial<RunSpec> = {},
  more: Partial<RunRequest> & { onEvent?: (event: RunEvent, stop: () => void) => void } = {},
): Promise<TableRun> {
  const { onEvent, outFolder = temporaryFolder(), ...rest } = more;
  const spec: RunSpec = { ...defaultSpec(task), engine: 'wasm', ...settings };
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, datasetFolder, outFolder, ...rest }, stop.signal)) {
    events.push(event);
    onEvent?.(event, () => stop.abort());
  }
  return { events, finished: events.at(-1) as RunEventOf<'finished'>, outFolder };
}
