// What standardizes a table's rows: medians, means and deviations of a run's training part alone, so that validation stays unseen.
import type { ColumnFit, TableFit, UsedColumn } from '#shared/table';
import { Moments, quantile } from './sketch';

/** Rows read at a time. */
const TOGETHER = 4096;
/** A median is exact of up to so many rows; of more, that of so many taken evenly. */
const MOST_SORTED = 2_000_000;

export interface PackedRows {
  columns: readonly UsedColumn[];
  /** float32, row after row. */
  read(indices: Int32Array): Float32Array;
  /** Of a row, a class's place or a value. */
  targets: Float64Array;
}

/** @param train ascending; at least one */
export function fitTable({ columns, read, targets }: PackedRows, train: Int32Array, isRegression: boolean): TableFit {
  const gatherers = columns.map((column) => gatherer(column, train.length));
  for (let start = 0; start < train.length; start += TOGETHER) {
    const rows = read(train.subarray(start, start + TOGETHER));
    for (let i = 0; i < rows.length; i += columns.length) {
      for (let c = 0; c < columns.length; c++) gatherers[c].add(rows[i + c], start + i / columns.length);
    }
  }
  const fit: TableFit = { columns: gatherers.map((one) => one.fit()) };
  if (!isRegression) return fit;
  const moments = new Moments();
  for (const index of train) moments.add(targets[index]);
  return { ...fit, target: { mean: moments.mean, deviation: moments.deviation || 1 } };
}

interface Gatherer {
  add(value: number, place: number): void;
  fit(): ColumnFit;
}

function gatherer(column: UsedColumn, rows: number): Gatherer {
  if (column.kind === 'category') return mostFrequent(column.categories.length + 1);
  // Where nothing is missing no median is asked for.
  return column.kind === 'boolean' ? standard(mostFrequent(2)) : standard(column.flag ? median(rows) : zero);
}

const zero: Gatherer = { add: () => {}, fit: () => ({ fill: 0 }) };

/** Filled where missing, then standardized: mean and deviation are of the column as the model gets it. */
function standard(filling: Gatherer): Gatherer {
  const present = new Moments();
  let missing = 0;
  return {
    add(value, place) {
      if (Number.isNaN(value)) missing++;
      else {
        present.add(value);
        filling.add(value, place);
      }
    },
    fit() {
      const { fill } = present.count > 0 ? filling.fit() : { fill: 0 };
      const count = present.count + missing;
      if (count === 0) return { fill, mean: 0, deviation: 1 };
      const shift = fill - present.mean;
      const mean = present.mean + (shift * missing) / count;
      const squares = present.squares + (shift * shift * missing * present.count) / count;
      return { fill, mean, deviation: Math.sqrt(squares / count) || 1 };
    },
  };
}

function median(rows: number): Gatherer {
  const every = Math.max(1, Math.ceil(rows / MOST_SORTED));
  const kept: number[] = [];
  return {
    add: (value, place) => void (place % every === 0 && kept.push(value)),
    fit: () => ({ fill: kept.length > 0 ? quantile(Float64Array.from(kept).sort(), 0.5) : 0 }),
  };
}

function mostFrequent(values: number): Gatherer {
  const counts = new Float64Array(values);
  return {
    add: (value) => void (Number.isNaN(value) || counts[value]++),
    fit: () => ({ fill: counts.indexOf(Math.max(...counts)) }),
  };
}
