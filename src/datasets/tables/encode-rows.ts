// The second pass over a table: every row that can be used, as packed numbers and a target; the others by line, with the reason.
import { locale } from '#shared/language';
import type { FileProblem } from '#shared/dataset';
import { throwIfCancelled } from '../watch';
import { isMissing } from './cells';
import type { Decision } from './decide';
import { cellEncoder } from './encode';
import { readRows } from './rows';
import { isAsWide, MOST_NAMED, type SurveyWatch } from './survey';
import { counted } from '../class-counts';

export interface EncodedRow {
  line: number;
  /** One number each input; the array is used again for the next row. */
  values: Float32Array;
  /** A class's place, or the value. */
  target: number;
}

export type RowSink = (row: EncodedRow) => void;

/** Rows that are left out, named up to MOST_NAMED and counted beyond. */
export class LeftOutRows {
  readonly problems: FileProblem[] = [];
  count = 0;

  add(line: number, kind: FileProblem['kind'], message: string): void {
    this.count++;
    if (this.count <= MOST_NAMED) this.problems.push({ file: `line ${line}`, kind, message, severity: 'error' });
  }

  /** With one more that says how many were not named. */
  all(): FileProblem[] {
    const more = this.count - this.problems.length;
    if (more === 0) return this.problems;
    const message = `${more.toLocaleString(locale)} more rows are left out for reasons like these.`;
    return [...this.problems, { file: 'and so on', kind: 'left-out', message, severity: 'error' }];
  }
}

export interface Encoding {
  rows: number;
  leftOut: LeftOutRows;
}

/** `sink` may answer a promise every so often through `flush`, awaited between batches of rows. */
export async function encodeRows(
  path: string,
  decision: Decision,
  sink: RowSink,
  { onBytes, signal, flush }: SurveyWatch & { flush?: () => Promise<void> } = {},
): Promise<Encoding> {
  const { format, names, target, inputs } = decision;
  const encoders = inputs.map(({ place, column }) => ({ place, encode: cellEncoder(column, format) }));
  const readTarget = targetReader(decision);
  const values = new Float32Array(inputs.length);
  const leftOut = new LeftOutRows();
  let rows = 0;
  let isHeader = format.header;
  for await (const batch of readRows(path, format, onBytes)) {
    throwIfCancelled(signal);
    for (const { line, cells } of batch) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (!isAsWide(cells, names.length)) {
        const found = `This row has ${counted(cells.length, 'cell', 'cells')} instead of ${names.length}.`;
        leftOut.add(line, 'ragged-row', `${found} Correct it in the file, or leave it out.`);
        continue;
      }
      const value = readTarget(cells[target]);
      if (Number.isNaN(value)) {
        const cell = cells[target];
        if (isMissing(cell))
          leftOut.add(line, 'no-target', `This row has no value in "${names[target]}", so nothing can be learnt from it.`);
        else leftOut.add(line, 'not-a-value', `"${cell.slice(0, 40)}" in "${names[target]}" is no number.`);
        continue;
      }
      for (const [i, { place, encode }] of encoders.entries()) values[i] = oneForm(encode(cells[place]));
      rows++;
      sink({ line, values, target: value });
    }
    await flush?.();
  }
  return { rows, leftOut };
}

/** NaN and zero have several forms in bits; the content of a version has one. */
const oneForm = (value: number): number => (Number.isNaN(value) ? NaN : value === 0 ? 0 : value);

function targetReader({ task, labels, names, target, format }: Decision): (cell: string) => number {
  if (task === 'regression') return cellEncoder({ kind: 'number', name: names[target], missing: 0, origin: 0, flag: false }, format);
  const places = new Map(labels.map((label, place) => [label, place]));
  return (cell) => (isMissing(cell) ? NaN : (places.get(cell) ?? NaN));
}
