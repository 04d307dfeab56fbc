// Whether a run of a file is one that is here: by its settings, its start and all its rows.
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { parseRow, type RowsName } from '#shared/run-file/record';
import { identityText, type Staged } from '#shared/run-file/transfer';
import type { RunSpec } from '#shared/run-spec';
import type { Database } from '../database';
import { linesOf } from './rows-of-run';

interface Known {
  key: number;
  spec: string;
  started_at: string;
}

export const isTaken = (db: Database, id: string): boolean => db.get('SELECT key FROM runs WHERE id = @id', { id }) !== undefined;

/** The id that it has here, or is to get: its own, or where that is another's one that the same file leads to again. */
export async function idHere(db: Database, run: Staged): Promise<{ id: string; isKnown: boolean }> {
  const ids = [run.record.id, derivedId(run)];
  for (const id of ids) {
    const known = db.get<Known>('SELECT key, spec, started_at FROM runs WHERE id = @id', { id });
    if (!known) return { id, isKnown: false };
    // Its rows may be millions: they are not read where it began at another moment.
    const isOfThatMoment = Date.parse(known.started_at) === Date.parse(run.record.startedAt);
    if (isOfThatMoment && (await identityOf(db, known)) === run.identity) return { id, isKnown: true };
  }
  throw new Error(`Two other runs have the ids ${ids.join(' and ')}.`);
}

function derivedId({ record, identity }: Staged): string {
  const hex = createHash('sha256').update(`${record.id} ${identity}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

async function identityOf(db: Database, { key, spec, started_at: startedAt }: Known): Promise<string> {
  const sum = async (name: RowsName): Promise<string> => {
    const hash = createHash('sha256');
    for (const lines of linesOf(db, key, name)) {
      await turn();
      for (const line of lines.split('\n')) {
        const row = parseRow(name, line);
        if (row) hash.update(JSON.stringify(row));
      }
    }
    return hash.digest('hex');
  };
  const record = { spec: JSON.parse(spec) as RunSpec, startedAt };
  return createHash('sha256')
    .update(identityText(record, { steps: await sum('steps.jsonl'), epochs: await sum('epochs.jsonl') }))
    .digest('hex');
}
