// What the history has told of a run that is to be exported, as an import on the other computer will read it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError } from '#shared/failure';
import { parseReceipt, parseRecord } from '#shared/run-file/record';
import type { Receipt } from '#shared/run-event';

export interface Told {
  name: string;
  receipt?: Receipt;
}

/** @throws FailureError bad-setting where an import would refuse it */
export function readTold(rows: string): Told {
  const text = readFileSync(join(rows, 'run.json'), 'utf8');
  const record = parseRecord(text);
  const { name } = record ?? (JSON.parse(text) as Told);
  if (!record) throw refused(name, 'what the history says of it');
  const file = join(rows, 'receipt.json');
  if (!existsSync(file)) return { name };
  const receipt = parseReceipt(readFileSync(file, 'utf8'));
  if (!receipt || receipt.dataset.contentHash !== (record.dataHash ?? receipt.dataset.contentHash)) throw refused(name, 'its receipt');
  return { name, receipt };
}

const refused = (run: string, what: string): FailureError =>
  new FailureError({
    kind: 'bad-setting',
    problem: `"${run}" cannot be exported: ${what} is of an older Overbatch, or damaged. Export the others without it.`,
  });
