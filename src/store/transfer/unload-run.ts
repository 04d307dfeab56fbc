// What the history holds of a run, as parts of a file that goes to another computer. Nothing in them says where on this one something lay.
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '#shared/failure';
import { ROWS_NAMES, TOLD_STATES, type RowsName, type RunRecord } from '#shared/run-file/record';
import { shortened } from '#shared/run-file/told';
import type { Unloaded } from '#shared/run-file/transfer';
import { withoutFolders, withoutPaths, withoutPlaces } from '#shared/without-paths';
import type { Database } from '../database';
import { fromStored } from '../location';
import { getRunRow, parseEngine, parsePlan, parseReceipt, type RunRow } from '../runs';
import { linesOf } from './rows-of-run';

interface History {
  db: Database;
  /** The data folder. */
  root: string;
}

/** @param folder is made, and holds its rows @throws FailureError bad-setting of a run that trains */
export async function unloadRun({ db, root }: History, id: string, folder: string): Promise<Unloaded> {
  const row = getRunRow(db, id);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(recordOf(row), null, 2));
  const receipt = parseReceipt(row);
  if (receipt) await writeFile(path.join(folder, 'receipt.json'), JSON.stringify(withoutPaths(receipt), null, 2));
  for (const name of ROWS_NAMES) await writeLines(db, row.key, name, folder);
  const { folder: runFolder, model_folder: modelFolder } = row;
  return { rows: folder, runFolder: fromStored(root, modelFolder ?? runFolder), hasModel: modelFolder !== null };
}

async function writeLines(db: Database, run: number, name: RowsName, folder: string): Promise<void> {
  const file = await open(path.join(folder, name), 'wx');
  try {
    for (const lines of linesOf(db, run, name)) await file.write(lines);
  } finally {
    await file.close();
  }
}

function recordOf(row: RunRow): RunRecord {
  const state = TOLD_STATES.find((told) => told === row.state);
  if (!state) throw new FailureError({ kind: 'bad-setting', problem: `"${row.name}" is training. Export it when it has ended.` });
  return {
    id: row.id,
    name: row.name,
    state,
    spec: withoutPlaces(JSON.parse(row.spec) as RunRecord['spec']),
    datasetName: row.dataset_name,
    dataHash: row.dataset_hash ?? parseReceipt(row)?.dataset.contentHash ?? null,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    engine: withoutPlaces(parseEngine(row)) ?? null,
    plan: withoutPlaces(parsePlan(row)) ?? null,
    peakBytes: row.peak_bytes,
    seconds: row.seconds,
    trainLoss: row.train_loss,
    validationLoss: row.validation_loss,
    validationAccuracy: row.validation_accuracy,
    scores: row.scores === null ? null : (JSON.parse(row.scores) as RunRecord['scores']),
    failure: row.failure === null ? null : shortened(withoutFolders(row.failure)),
    repeatOf: row.repeat_of,
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
  };
}
