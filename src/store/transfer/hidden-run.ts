// A run that comes in: written down in handfuls under an id that nobody shows, until all of its file are.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { ROWS_NAMES, type Row, type RowsName } from '#shared/run-file/record';
import { INCOMING, type Staged } from '#shared/run-file/transfer';
import { sortedTags } from '#shared/run-marks';
import type { Database } from '../database';
import { addBlocksFrom } from '../step-blocks';
import { linesIn } from './lines-in';
import { addRow } from './rows-of-run';

/** Work on the history, done again while another program holds it. */
export type Write = <T>(work: () => T) => Promise<T>;

const BROUGHT = 'Brought here from another computer. Its checkpoints stayed there, so it cannot go on here.';
/** At once: the window waits no longer than for these. */
const ROWS_AT_ONCE = 250;
const BLOCKS_AT_ONCE = 20;

/** All that is told of the run in rows, in handfuls with a turn between them. */
export async function fillHidden(db: Database, write: Write, { key, run }: { key: number; run: Staged }, now: Date): Promise<void> {
  for (const rows of ROWS_NAMES) await addRows(db, write, { key, rows, file: path.join(run.rows, rows) });
  for (let from: number | undefined = 1; from !== undefined; await turn()) {
    const first: number = from;
    from = await write(() => db.transaction(() => addBlocksFrom(db, key, first, BLOCKS_AT_ONCE)));
  }
  await write(() => addRow(db, key, 'events.jsonl', [now.toISOString(), 'note', BROUGHT]));
}

export const forgetHidden = (db: Database, key: number): number => db.run('DELETE FROM runs WHERE key = @key', { key });

/** Those of imports that were cut off; younger ones may be of one that is at work. */
export const forgetHiddenBefore = (db: Database, time: Date): number =>
  db.run(`DELETE FROM runs WHERE substr(id, 1, ${INCOMING.length}) = '${INCOMING}' AND deleted_at < @time`, { time: time.toISOString() });

/** @returns its key; whoever asked shows or forgets it */
export function insertHidden(db: Database, { record, receipt }: Staged, now: Date): number {
  const id = `${INCOMING}${randomUUID()}`;
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  db.run(
    `INSERT INTO runs (id, name, state, spec, dataset_name, folder, owner_pid, started_at, session_at, finished_at, engine, plan, receipt,
         peak_bytes, seconds, train_loss, validation_loss, validation_accuracy, scores, failure, tags, note, deleted_at)
       VALUES (@id, '', @state, @spec, @datasetName, '', @pid, @startedAt, @startedAt, @finishedAt, @engine, @plan, @receipt,
         @peakBytes, @seconds, @trainLoss, @validationLoss, @validationAccuracy, @scores, @failure, @tags, @note, @now)`,
    {
      id,
      // An interrupted one is begun again by who goes on with it, and would forget what it came to.
      state: record.state === 'interrupted' ? 'stopped' : record.state,
      spec: JSON.stringify(record.spec),
      datasetName: record.datasetName,
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
      failure: record.failure,
      tags: JSON.stringify(sortedTags(record.tags)),
      note: record.note,
      now: now.toISOString(),
    },
  );
  return db.get<{ key: number }>('SELECT key FROM runs WHERE id = @id', { id })!.key;
}

/** Written by our own process, which has found each of them right. */
async function addRows<Name extends RowsName>(
  db: Database,
  write: Write,
  { key, rows, file }: { key: number; rows: Name; file: string },
): Promise<void> {
  let some: string[] = [];
  const add = async () => {
    await write(() =>
      db.transaction(() => {
        for (const line of some) addRow(db, key, rows, JSON.parse(line) as Row<Name>);
      }),
    );
    some = [];
    await turn();
  };
  for (const line of linesIn(file)) if (some.push(line) === ROWS_AT_ONCE) await add();
  await add();
}
