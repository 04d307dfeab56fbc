// A table's version as its page shows it: every column's values as bars, learnt from and held out apart, and its first rows as they were read.
import { locale, word } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import type { SplitSettings } from '#shared/dataset-view';
import type { UsedColumn } from '#shared/table';
import type { ColumnView, SplitBar, TableView } from '#shared/table-view';
import { Stretches, valueBars } from './bars';
import { openTable, type PackedTable } from './packed-table';
import { splitTable } from './split-table';
import { Moments } from './sketch';
import { cellOf, float32, originOf } from './cell-words';
import { day, short } from './value-words';

const TOGETHER = 4096;
const MOST_ROWS = 100;
/** Where a cell has none. */
const MISSING = word('missing');

/** @throws FailureError dataset-missing, dataset-invalid */
export async function viewTable(folder: string, settings: SplitSettings): Promise<TableView> {
  const table = await openTable(folder, 0);
  try {
    const { manifest, targets, places } = table;
    const { task, target, columns, labels, file, columnsLeftOut, leftOut } = manifest;
    const { train, validation } = splitTable(table, settings);
    const isHeld = new Uint8Array(manifest.count);
    for (const row of validation) isHeld[row] = 1;
    const asColumn: UsedColumn =
      task === 'classification'
        ? { kind: 'category', name: target, missing: 0, categories: labels, other: false, ownMissing: false }
        : { kind: 'number', name: target, missing: 0, origin: 0, flag: false };
    const views = [
      viewColumn(asColumn, 'target', (see) => targets.forEach((value, row) => see(value, isHeld[row]))),
      ...columns.map((column, place) =>
        viewColumn(column, 'input', (see) => eachValue(table, place, (value, row) => see(value, isHeld[row]))),
      ),
    ];
    const first = Array.from({ length: Math.min(MOST_ROWS, manifest.count) }, (_, i) => i);
    const packed = table.read(first);
    const rows = first.map((row): TableView['rows'][number] => ({
      line: places[3 * row],
      side: isHeld[row] ? 'validation' : 'train',
      cells: [cellOf(asColumn, targets[row]), ...columns.map((column, place) => cellOf(column, packed[row * columns.length + place]))],
    }));
    const classes = task === 'classification' ? classCounts(labels, train, targets) : [];
    const sides = { train: train.length, validation: validation.length };
    return { task, target, columns: views, ...sides, classes, file, columnsLeftOut, leftOut, rows };
  } finally {
    table.close();
  }
}

function classCounts(labels: readonly string[], train: Iterable<number>, targets: ArrayLike<number>): TableView['classes'] {
  const counts = new Array<number>(labels.length).fill(0);
  for (const row of train) counts[targets[row]]++;
  return labels.map((label, i) => ({ label, train: counts[i] }));
}

/** Reads in pieces: nothing is held whole. */
function eachValue(table: PackedTable, place: number, see: (value: number, row: number) => void): void {
  const { columns, count } = table.manifest;
  for (let start = 0; start < count; start += TOGETHER) {
    const length = Math.min(TOGETHER, count - start);
    const rows = table.read(Int32Array.from({ length }, (_, i) => start + i));
    for (let i = 0; i < length; i++) see(rows[i * columns.length + place], start + i);
  }
}

type See = (value: number, isHeld: number) => void;

function viewColumn(column: UsedColumn, use: ColumnView['use'], each: (see: See) => void): ColumnView {
  const { name, kind, missing } = column;
  const facts = { name, kind, use, missing };
  switch (kind) {
    case 'number':
    case 'date':
      return { ...facts, isRange: true, ...rangeView(column, each) };
    case 'boolean':
    case 'category':
      return { ...facts, isRange: false, ...valueView(column, each) };
    default:
      return assertNever(kind);
  }
}

/** Two passes over the column: its ends, then its stretches. */
function rangeView(column: UsedColumn, each: (see: See) => void): Pick<ColumnView, 'bars' | 'words'> {
  const moments = new Moments();
  const origin = originOf(column);
  let isWhole = true;
  each((value) => {
    if (Number.isNaN(value)) return;
    moments.add(value + origin);
    isWhole &&= Number.isInteger(value + origin);
  });
  if (moments.count === 0) return { bars: [], words: '' };
  const say = column.kind === 'date' ? day : (value: number) => short(float32(value));
  const stretches = new Stretches(moments.least, moments.most, isWhole, say);
  const bars = Array.from({ length: stretches.count }, (_, place): SplitBar => ({
    label: stretches.label(place),
    train: 0,
    validation: 0,
  }));
  each((value, isHeld) => {
    if (!Number.isNaN(value)) bars[stretches.of(value + origin)][isHeld ? 'validation' : 'train']++;
  });
  const mean = column.kind === 'date' ? '' : `, mean ${short(Number(moments.mean.toPrecision(4)))}`;
  return { bars, words: `${say(moments.least)} to ${say(moments.most)}${mean}` };
}

function valueView(column: UsedColumn, each: (see: See) => void): Pick<ColumnView, 'bars' | 'words'> {
  const counts = new Map<string, SplitBar>();
  each((value, isHeld) => {
    const label = cellOf(column, value) || MISSING;
    let bar = counts.get(label);
    if (!bar) counts.set(label, (bar = { label, train: 0, validation: 0 }));
    bar[isHeld ? 'validation' : 'train']++;
  });
  const shown = valueBars(new Map([...counts].map(([label, { train, validation }]) => [label, train + validation])));
  const rest = new Map(counts);
  const bars = shown.map(({ label, count }, i): SplitBar => {
    const own = rest.get(label);
    const isOthers = i === shown.length - 1 && (!own || own.train + own.validation !== count);
    if (own && !isOthers) {
      rest.delete(label);
      return own;
    }
    const others = [...rest.values()];
    const validation = others.reduce((sum, bar) => sum + bar.validation, 0);
    return { label, train: count - validation, validation };
  });
  const values = counts.has(MISSING) ? counts.size - 1 : counts.size;
  return { bars, words: `${values.toLocaleString(locale)} ${values === 1 ? word('value') : 'different values'}` };
}
