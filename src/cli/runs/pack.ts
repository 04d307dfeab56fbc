// `runs export --out FILE.zip`: runs whole, as one file for another computer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatBytes } from '#shared/bytes';
import type { RunSummary } from '#shared/run-record';
import { MOST_RUNS, TOO_MANY_RUNS } from '#shared/run-file/manifest';
import type { Unloaded } from '#shared/run-file/transfer';
import { unloadRun } from '#store/transfer/unload-run';
import { packRuns } from '#trainer/transfer/pack-runs';
import type { ReadHistory } from './history';
import { badUsage, type RunsOptions } from './options';

export async function packCommand(
  { db, folders, say }: ReadHistory,
  runs: readonly RunSummary[],
  file: string,
  { json, 'without-models': withoutModels }: RunsOptions,
): Promise<void> {
  if (runs.length > MOST_RUNS) throw badUsage(TOO_MANY_RUNS);
  const beside = mkdtempSync(path.join(tmpdir(), 'overbatch-runs-'));
  try {
    const unloaded: Unloaded[] = [];
    for (const { id } of runs) unloaded.push(await unloadRun({ db, root: folders.root }, id, path.join(beside, id)));
    const { bytes, models } = await packRuns({ out: file, runs: unloaded, withModels: !withoutModels });
    if (json) say(JSON.stringify({ kind: 'exported', file, runs: runs.length, models, bytes }));
    else say(`Wrote ${runs.length} runs, ${models} of them with their model, to ${path.basename(file)} (${formatBytes(bytes)}).`);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
