// The runs: written down when they start, renamed, hidden and brought back; a row of the history each.
import type { RunState, RunSummary, TestResult } from '#shared/run-record';
import type { DataSort } from '#shared/data-sort';
import type { EngineName, EngineReport } from '#shared/engine';
import { ENGINE_LABELS } from '#shared/engine';
import type { EarlyEnd } from '#shared/early-stopping';
import { FailureError } from '#shared/failure';
import { mainScores, type MainScores } from '#shared/metric-words';
import type { Plan } from '#shared/plan';
import type { KeptModel, Metrics, Receipt } from '#shared/run-event';
import { unlike, usualName } from '#shared/run-name';
import type { RunSpec } from '#shared/run-spec';
import type { Task } from '#shared/table';
import type { Database } from './database';
import { REPEATS_EXACTLY } from './exact-repeat';
import { marksOf, type MarksRow } from './run-marks';
import { KEPT_FOLDERS } from './run-weights';

/** The columns of a run as SQLite returns them, as far as a list of runs shows them. */
interface ListedRow extends MarksRow {
  key: number;
  id: string;
  name: string;
  state: Exclude<RunState, 'paused'>;
  paused: 0 | 1;
  spec: string;
  dataset_id: string | null;
  dataset_name: string;
  folder: string;
  owner_pid: number;
  started_at: string;
  session_at: string;
  finished_at: string | null;
  engine_name: EngineName | null;
  micro: number | null;
  peak_bytes: number | null;
  seconds_before: number;
  seconds: number | null;
  train_loss: number | null;
  validation_loss: number | null;
  validation_accuracy: number | null;
  scores: string | null;
  checkpoint_folder: string | null;
  model_folder: string | null;
  weights_deleted_at: string | null;
  failure: string | null;
  dataset_kind: string | null;
  dataset_task: Task | null;
  dataset_hash: string | null;
  receipt_kind: string | null;
  receipt_labels: number | null;
  receipt_test: string | null;
  receipt_model: string | null;
  receipt_early: string | null;
  epochs_done: number | null;
  repeats_exactly: 0 | 1 | null;
  repeat_of: string | null;
}

export interface RunRow extends ListedRow {
  engine: string | null;
  plan: string | null;
  receipt: string | null;
}

/** Of what is long, no more than that: of thousands of runs it would take seconds to hand over. */
const LISTED = `key, id, name, state, paused, spec, dataset_id, dataset_name, folder, owner_pid, started_at, session_at, finished_at,
  json_extract(engine, '$.name') AS engine_name, json_extract(plan, '$.micro') AS micro, peak_bytes, seconds_before, seconds, train_loss, validation_loss, validation_accuracy, scores, ${KEPT_FOLDERS}, failure, repeat_of,
  tags, note, pinned,
  (SELECT kind FROM datasets WHERE datasets.id = dataset_id) AS dataset_kind,
  (SELECT task FROM datasets WHERE datasets.id = dataset_id) AS dataset_task,
  (SELECT content_hash FROM datasets WHERE datasets.id = dataset_id) AS dataset_hash,
  json_extract(receipt, '$.dataset.kind') AS receipt_kind, json_array_length(receipt, '$.dataset.labels') AS receipt_labels,
  json_extract(receipt, '$.final.test') AS receipt_test, json_extract(receipt, '$.model') AS receipt_model,
  json_extract(receipt, '$.endedEarly') AS receipt_early,
  (SELECT max(epoch) FROM epochs WHERE epochs.run = runs.key) AS epochs_done,
  (SELECT ${REPEATS_EXACTLY} FROM runs AS first WHERE first.id = runs.repeat_of) AS repeats_exactly`;

const COLUMNS = `${LISTED}, engine, plan, receipt`;

export interface NewRun {
  id: string;
  spec: RunSpec;
  /** Where the run writes; as the caller wants to read it back. */
  folder: string;
  datasetName: string;
  /** Absent for data that was never imported here, e.g. a folder given to the CLI. */
  datasetId?: string;
  name?: string;
  /** The run it repeats. */
  repeatOf?: string;
  /** Where it waited for its turn under that name. */
  queueId?: string;
}

/** Writes the run down as running, owned by this process. */
export function createRun(
  db: Database,
  { id, spec, folder, datasetName, datasetId, name, repeatOf, queueId }: NewRun,
  now = new Date(),
): void {
  db.run(
    `INSERT INTO runs (id, name, state, spec, dataset_id, dataset_name, folder, owner_pid, started_at, session_at, repeat_of)
       VALUES (@id, @name, 'running', @spec, @datasetId, @datasetName, @folder, @pid, @now, @now, @repeatOf)`,
    {
      id,
      name: freeName(db, name ?? usualName(datasetName, spec), queueId),
      spec: JSON.stringify(spec),
      datasetId: datasetId ?? null,
      datasetName,
      folder,
      repeatOf: repeatOf ?? null,
      pid: process.pid,
      now: now.toISOString(),
    },
  );
}

/** Unlike that of any run and of any that waits, but for this one. Hidden ones count, too: they may be brought back. */
export function freeName(db: Database, name: string, queueId?: string): string {
  const sql = 'SELECT name FROM runs UNION SELECT name FROM queue WHERE name IS NOT NULL AND id IS NOT @queueId';
  return unlike(name, new Set(db.all<{ name: string }>(sql, { queueId: queueId ?? null }).map((row) => row.name)));
}

/** A run that goes on from its checkpoint, owned by this process again. */
export function reopenRun(db: Database, id: string, now = new Date()): void {
  getRunRow(db, id);
  db.run(
    `UPDATE runs SET state = 'running', paused = 0, failure = NULL, finished_at = NULL, owner_pid = @pid, session_at = @now, deleted_at = NULL
       WHERE id = @id`,
    { id, pid: process.pid, now: now.toISOString() },
  );
}

/** A run that is made longer. */
export function changeSpec(db: Database, id: string, spec: RunSpec): void {
  db.run('UPDATE runs SET spec = @spec WHERE id = @id', { id, spec: JSON.stringify(spec) });
}

export const findRunRow = (db: Database, id: string): RunRow | undefined =>
  db.get<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE id = @id`, { id });

export function getRunRow(db: Database, id: string): RunRow {
  const row = findRunRow(db, id);
  if (!row) throw notThere();
  return row;
}

/** Asked many times a second while one trains: of all that a row holds, the name alone. */
export function runName(db: Database, id: string): string {
  const row = db.get<{ name: string }>('SELECT name FROM runs WHERE id = @id', { id });
  if (!row) throw notThere();
  return row.name;
}

const notThere = () => new FailureError({ kind: 'bad-setting', problem: 'This run is not in the history any more.' });

/** Newest first, without the deleted ones. */
export function listRuns(db: Database): RunSummary[] {
  return db.all<ListedRow>(`SELECT ${LISTED} FROM runs WHERE deleted_at IS NULL ORDER BY started_at DESC, key DESC`).map(runSummary);
}

/** Names of those that began with it: what they would be planned again and exported with. */
export function runsBegunWith(db: Database, start: string): string[] {
  const sql = `SELECT name FROM runs WHERE json_extract(spec, '$.start') = @start AND deleted_at IS NULL ORDER BY started_at DESC, key DESC`;
  return db.all<{ name: string }>(sql, { start }).map(({ name }) => name);
}

export function renameRun(db: Database, id: string, name: string): void {
  getRunRow(db, id);
  db.run('UPDATE runs SET name = @name WHERE id = @id', { id, name });
}

export function deleteRun(db: Database, id: string, now = new Date()): void {
  if (getRunRow(db, id).state === 'running') {
    throw new FailureError({ kind: 'bad-setting', problem: 'This run is still training. Stop it first, then delete it.' });
  }
  db.run('UPDATE runs SET deleted_at = @now WHERE id = @id AND deleted_at IS NULL', { id, now: now.toISOString() });
}

export function restoreRun(db: Database, id: string): void {
  getRunRow(db, id);
  db.run('UPDATE runs SET deleted_at = NULL WHERE id = @id', { id });
}

/** receipt.json of the finished run, kept when its folder is gone. */
export function saveReceipt(db: Database, id: string, receipt: Receipt): void {
  getRunRow(db, id);
  db.run('UPDATE runs SET receipt = @receipt WHERE id = @id', { id, receipt: JSON.stringify(receipt) });
}

export function runSummary(row: ListedRow): RunSummary {
  // The app knows the data of its own runs only; one of the CLI goes on there.
  const isLeft = row.dataset_id !== null && row.state !== 'running' && row.state !== 'completed';
  // Nobody ended it: from its start, by its seed, it comes to what it would have.
  const begins =
    isLeft && row.checkpoint_folder === null && row.weights_deleted_at === null && (row.paused === 1 || row.state === 'interrupted');
  return {
    id: row.id,
    name: row.name,
    state: row.state === 'stopped' && row.paused ? 'paused' : row.state,
    spec: JSON.parse(row.spec) as RunSpec,
    datasetId: row.dataset_id ?? '',
    datasetName: row.dataset_name,
    sort: sortOfRow(row),
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    engine: row.engine_name === null ? undefined : ENGINE_LABELS[row.engine_name],
    micro: row.micro ?? undefined,
    peakBytes: row.peak_bytes ?? undefined,
    seconds: row.seconds ?? undefined,
    epochsDone: row.epochs_done ?? 0,
    ...(row.repeats_exactly !== null && { repeatsExactly: row.repeats_exactly === 1 }),
    ...(row.receipt_model !== null && { keptModel: JSON.parse(row.receipt_model) as KeptModel }),
    ...(row.state === 'completed' && row.receipt_early !== null && { endedEarly: JSON.parse(row.receipt_early) as EarlyEnd }),
    trainLoss: row.train_loss ?? undefined,
    validationLoss: row.validation_loss ?? undefined,
    validationAccuracy: row.validation_accuracy ?? undefined,
    ...(row.scores !== null && { validationScores: JSON.parse(row.scores) as MainScores }),
    ...(row.receipt_test !== null && { test: testResult(JSON.parse(row.receipt_test) as Metrics) }),
    resumable: begins || (isLeft && row.checkpoint_folder !== null),
    ...(begins && { begins }),
    extendable: row.checkpoint_folder !== null && row.dataset_id !== null && row.state === 'completed',
    hasModel: row.model_folder !== null,
    ...(row.weights_deleted_at !== null && { weightsDeletedAt: row.weights_deleted_at }),
    failure: row.failure ?? undefined,
    ...marksOf(row),
  };
}

function testResult({ samples, accuracy, scores }: Metrics): TestResult {
  const main = mainScores(scores);
  return { samples, accuracy, ...(main && { scores: main }) };
}

/** By its data set, or by its receipt where the app does not know the data. */
function sortOfRow({ dataset_kind, dataset_task, receipt_kind, receipt_labels }: ListedRow): DataSort {
  if (dataset_kind === 'table') return dataset_task ?? 'classification';
  if (receipt_kind === 'table') return receipt_labels ? 'classification' : 'regression';
  return (dataset_kind ?? receipt_kind) === 'segmentation' ? 'masks' : 'pictures';
}

export function parsePlan(row: RunRow): Plan | undefined {
  return row.plan === null ? undefined : (JSON.parse(row.plan) as Plan);
}

export const parseEngine = ({ engine }: RunRow): EngineReport | undefined =>
  engine === null ? undefined : (JSON.parse(engine) as EngineReport);

export function parseReceipt({ receipt }: RunRow): Receipt | undefined {
  return receipt === null ? undefined : (JSON.parse(receipt) as Receipt);
}
