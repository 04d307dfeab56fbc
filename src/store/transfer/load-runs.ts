// Runs of another computer into the history: all of a file or none, and nothing that is here is changed.
import { FailureError } from '#shared/failure';
import type { Loaded, Staged } from '#shared/run-file/transfer';
import { startRun } from '#shared/start-settings';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '../database';
import { toStored, type Folders } from '../location';
import { freeName, restoreRun } from '../runs';
import { fillHidden, forgetHidden, insertHidden, type Write } from './hidden-run';
import { idHere, isTaken } from './known-run';
import { freeFolder, Moves } from './moves';
import { takeModel } from './take-model';

export interface Place {
  db: Database;
  folders: Folders;
  /** Absent: who holds the history is waited for as long as SQLite does. */
  write?: Write;
}

interface Arrival {
  run: Staged;
  id: string;
  /** Of the hidden row; absent: the run is here already. */
  key?: number;
}

/** In its order. */
export async function loadRuns(place: Place, staged: readonly Staged[], now = new Date()): Promise<Loaded[]> {
  const { db, write = (work) => Promise.resolve().then(work) } = place;
  const arrivals: Arrival[] = [];
  const hidden: number[] = [];
  try {
    for (const run of staged) {
      const { id, isKnown } = await idHere(db, run);
      if (isKnown) {
        arrivals.push({ run, id });
        continue;
      }
      const key = await write(() => insertHidden(db, run, now));
      hidden.push(key);
      arrivals.push({ run, id, key });
      await fillHidden(db, write, { key, run }, now);
    }
    return await write(() => shownAll(place, arrivals));
  } catch (error) {
    for (const key of hidden) await write(() => forgetHidden(db, key));
    throw error;
  }
}

/** At one moment: until then nobody sees any of them. */
function shownAll({ db, folders }: Place, arrivals: readonly Arrival[]): Loaded[] {
  const moves = new Moves();
  const ids = new Map(arrivals.map(({ run, id }) => [run.record.id, id]));
  try {
    return db.transaction(() =>
      arrivals.map(({ run, id, key }) =>
        key === undefined ? found({ db, folders }, { run, id }, moves) : shown({ db, folders }, { run, id, key }, { ids, moves }),
      ),
    );
  } catch (error) {
    moves.undo();
    throw error;
  }
}

interface Found {
  name: string;
  deleted_at: string | null;
}

/** One that is here comes back where it was deleted, and takes the model of the file where it has none. */
function found({ db, folders }: Place, { run, id }: Arrival, moves: Moves): Loaded {
  const { name, deleted_at: deletedAt } = db.get<Found>('SELECT name, deleted_at FROM runs WHERE id = @id', { id })!;
  if (deletedAt !== null) restoreRun(db, id);
  const hasTaken = run.hasModel && takeModel(db, folders, { id, run }, moves);
  return { id, name, outcome: deletedAt !== null ? 'restored' : hasTaken ? 'completed' : 'here' };
}

function shown(
  { db, folders }: Place,
  { run: { record, runFolder, hasModel }, id, key }: Required<Arrival>,
  { ids, moves }: { ids: ReadonlyMap<string, string>; moves: Moves },
): Loaded {
  if (isTaken(db, id)) {
    const problem = `"${record.name}" was just brought here by another import. Import the file again.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const name = freeName(db, record.name);
  const place = freeFolder(folders.runs, id);
  moves.move(runFolder, place);
  const folder = toStored(folders.root, place);
  db.run(
    `UPDATE runs SET id = @id, name = @name, spec = @spec, folder = @folder, model_folder = @model, repeat_of = @repeatOf, deleted_at = NULL,
         dataset_id = (SELECT id FROM datasets WHERE content_hash = @dataHash) WHERE key = @key`,
    {
      key,
      id,
      name,
      folder,
      spec: JSON.stringify(beginningWith(ids, record.spec)),
      model: hasModel ? folder : null,
      repeatOf: record.repeatOf === null ? null : (ids.get(record.repeatOf) ?? record.repeatOf),
      dataHash: record.dataHash,
    },
  );
  return { id, name, outcome: id === record.id ? 'imported' : 'renumbered' };
}

/** Where it began with a run of the same file, that one's id here. */
function beginningWith(ids: ReadonlyMap<string, string>, spec: RunSpec): RunSpec {
  const start = ids.get(startRun(spec.start) ?? '');
  return start === undefined ? spec : { ...spec, start: `run:${start}` };
}
