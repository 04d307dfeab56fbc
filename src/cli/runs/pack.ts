// `runs export --out FILE.zip`: runs whole, as one file for another computer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatBytes } from '#shared/bytes';
import type { RunSummary } from '#shared/run-record';
import type { Unloaded } from '#shared/run-file/transfer';
import { fromStored } from '#store/location';
import { getRunRow } from '#store/runs';
import { unloadRun } from '#store/transfer/unload-run';
import { packRuns } from '#trainer/transfer/pack-runs';
import type { ReadHistory } from './history';
import type { RunsOptions } from './options';

export async function packCommand(
  { db, folders, say }: ReadHistory,
  runs: readonly RunSummary[],
  file: string,
  { json, 'without-models': withoutModels }: RunsOptions,
): Promise<void> {
  const beside = mkdtempSync(path.join(tmpdir(), 'overbatch-runs-'));
  try {
    const unloaded: Unloaded[] = [];
    for (const { id } of runs) {
      const rows = path.join(beside, id);
      await unloadRun(db, id, rows);
      const { folder, model_folder: modelFolder } = getRunRow(db, id);
      unloaded.push({ rows, runFolder: fromStored(folders.root, modelFolder ?? folder) });
    }
    const { bytes, models } = await packRuns({ out: file, runs: unloaded, withModels: !withoutModels });
    if (json) say(JSON.stringify({ kind: 'exported', file, runs: runs.length, models, bytes }));
    else say(`Wrote ${runs.length} runs, ${models} of them with their model, to ${path.basename(file)} (${formatBytes(bytes)}).`);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
