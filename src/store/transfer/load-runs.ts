// Runs of another computer into the history: all of a file or none, and nothing that is here is changed.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import path from 'node:path';
import { parseRow, ROWS_NAMES, type Row, type RowsName } from '#shared/run-file/record';
import { identityText, type Loaded, type Staged } from '#shared/run-file/transfer';
import { sortedTags } from '#shared/run-marks';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '../database';
import { toStored, type Folders } from '../location';
import { freeName, restoreRun } from '../runs';
import { addBlocks } from '../step-blocks';
import { addRow, linesOf } from './rows-of-run';

const BROUGHT = 'Brought here from another computer. Its checkpoints stayed there, so it cannot go on here.';

/** In its order. */
export function loadRuns(db: Database, folders: Folders, staged: readonly Staged[], now = new Date()): Loaded[] {
  const placed: string[] = [];
  /** Runs whose id was another's here: what repeats them names their new one. */
  const renumbered = new Map<string, string>();
  try {
    return db.transaction(() =>
      staged.map((run) => {
        const known = knownAs(db, run);
        if (known) return known;
        const id = idFor(db, run);
        if (id !== run.record.id) renumbered.set(run.record.id, id);
        const folder = path.join(folders.runs, id);
        const name = freeName(db, run.record.name);
        insert(db, { run, id, name, folder: toStored(folders.root, folder), repeatOf: run.record.repeatOf }, renumbered, now);
        // What lies there is of no run: one that was cut off here.
        rmSync(folder, { recursive: true, force: true });
        renameSync(run.runFolder, folder);
        placed.push(folder);
        return { id, name, outcome: id === run.record.id ? 'imported' : 'renumbered' } satisfies Loaded;
      }),
    );
  } catch (error) {
    for (const folder of placed) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Known {
  key: number;
  id: string;
  name: string;
  spec: string;
  started_at: string;
  deleted_at: string | null;
}

const find = (db: Database, id: string): Known | undefined =>
  db.get<Known>('SELECT key, id, name, spec, started_at, deleted_at FROM runs WHERE id = @id', { id });

/** The very same run that is here, under its own id or the one that it got here. */
function knownAs(db: Database, run: Staged): Loaded | undefined {
  for (const id of [run.record.id, derivedId(run)]) {
    const known = find(db, id);
    if (!known || identityOf(db, known) !== run.identity) continue;
    if (known.deleted_at !== null) restoreRun(db, id);
    return { id, name: known.name, outcome: known.deleted_at === null ? 'here' : 'restored' };
  }
  return undefined;
}

const idFor = (db: Database, run: Staged): string => (find(db, run.record.id) ? derivedId(run) : run.record.id);

/** The same file again leads to the same id. */
function derivedId({ record, identity }: Staged): string {
  const hex = createHash('sha256').update(`${record.id} ${identity}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

function identityOf(db: Database, { key, spec, started_at: startedAt }: Known): string {
  const sum = (name: RowsName): string => {
    const hash = createHash('sha256');
    for (const lines of linesOf(db, key, name))
      for (const line of lines.split('\n')) {
        const row = parseRow(name, line);
        if (row) hash.update(JSON.stringify(row));
      }
    return hash.digest('hex');
  };
  const record = { spec: JSON.parse(spec) as RunSpec, startedAt };
  return createHash('sha256')
    .update(identityText(record, { steps: sum('steps.jsonl'), epochs: sum('epochs.jsonl') }))
    .digest('hex');
}

interface New {
  run: Staged;
  id: string;
  name: string;
  folder: string;
  repeatOf: string | null;
}

function insert(db: Database, { run, id, name, folder, repeatOf }: New, renumbered: ReadonlyMap<string, string>, now: Date): void {
  const { record, receipt, hasModel } = run;
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  db.run(
    `INSERT INTO runs (id, name, state, spec, dataset_id, dataset_name, folder, owner_pid, started_at, session_at, finished_at, engine, plan, receipt,
         peak_bytes, seconds, train_loss, validation_loss, validation_accuracy, scores, model_folder, failure, repeat_of, tags, note)
       VALUES (@id, @name, @state, @spec, (SELECT id FROM datasets WHERE content_hash = @dataHash), @datasetName, @folder, @pid, @startedAt, @startedAt,
         @finishedAt, @engine, @plan, @receipt, @peakBytes, @seconds, @trainLoss, @validationLoss, @validationAccuracy, @scores, @modelFolder, @failure,
         @repeatOf, @tags, @note)`,
    {
      id,
      name,
      // An interrupted one is begun again by who goes on with it, and would forget what it came to.
      state: record.state === 'interrupted' ? 'stopped' : record.state,
      spec: JSON.stringify(record.spec),
      dataHash: record.dataHash,
      datasetName: record.datasetName,
      folder,
      pid: process.pid,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      engine: json(record.engine),
      plan: json(record.plan),
      receipt,
      peakBytes: record.peakBytes,
      seconds: record.seconds,
      trainLoss: record.trainLoss,
      validationLoss: record.validationLoss,
      validationAccuracy: record.validationAccuracy,
      scores: json(record.scores),
      modelFolder: hasModel ? folder : null,
      failure: record.failure,
      repeatOf: repeatOf === null ? null : (renumbered.get(repeatOf) ?? repeatOf),
      tags: JSON.stringify(sortedTags(record.tags)),
      note: record.note,
    },
  );
  const { key } = find(db, id)!;
  for (const rows of ROWS_NAMES) addRows(db, key, rows, path.join(run.rows, rows));
  addBlocks(db, key, 1, db.get<{ step: number | null }>('SELECT max(step) AS step FROM steps WHERE run = @key', { key })?.step ?? 0);
  addRow(db, key, 'events.jsonl', [now.toISOString(), 'note', BROUGHT]);
}

/** Written by our own process, which has found each of them right. */
function addRows<Name extends RowsName>(db: Database, run: number, name: Name, file: string): void {
  for (const line of linesIn(file)) addRow(db, run, name, JSON.parse(line) as Row<Name>);
}

const PIECE_BYTES = 1 << 20;

function* linesIn(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  const piece = Buffer.alloc(PIECE_BYTES);
  try {
    let rest = '';
    for (let count: number; (count = readSync(handle, piece)) > 0;) {
      const lines = (rest + decoder.write(piece.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(handle);
  }
}
