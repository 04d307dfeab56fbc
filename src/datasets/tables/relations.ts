// How each input column goes with the target, and what lies far outside: gathered row by row in the second pass.
import { fixed } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import type { UsedColumn } from '#shared/table';
import type { Decision } from './decide';
import type { EncodedRow } from './encode-rows';
import { Moments } from './sketch';

/** So much of the target's variance, or so many rows right, by one column alone, is no coincidence. */
const NEARLY_ALL = 0.999;
const FEWEST_ROWS = 20;
/** A column with nearly as many values as rows tells everything and nothing. */
const MOST_VALUES_SHARE = 0.5;

export interface Outliers {
  count: number;
  /** The farthest, as in the file. */
  value: number;
  line: number;
}

export interface Relation {
  add(value: number, target: number, line: number): void;
  /** A sentence's end where this column alone gives the target away. */
  leak(): string | undefined;
  outliers?: Outliers;
}

/** @param fences of number columns: what lies beyond is an outlier */
export function relations({ inputs, task, labels }: Decision, fences: readonly ([number, number] | undefined)[]): Relation[] {
  return inputs.map(({ column }, i) =>
    task === 'regression' ? regressionRelation(column, fences[i]) : classRelation(column, labels.length, fences[i]),
  );
}

export const relate =
  (all: readonly Relation[]) =>
  ({ values, target, line }: EncodedRow): void => {
    for (const [i, relation] of all.entries()) relation.add(values[i], target, line);
  };

class Fenced {
  outliers?: Outliers;
  #middle = 0;

  constructor(
    private readonly origin: number,
    private readonly fence: [number, number] | undefined,
  ) {
    if (fence) this.#middle = (fence[0] + fence[1]) / 2;
  }

  look(packed: number, line: number): void {
    if (!this.fence) return;
    const value = packed + this.origin;
    if (value >= this.fence[0] && value <= this.fence[1]) return;
    const { count = 0, value: worst = this.#middle } = this.outliers ?? {};
    const isFarther = Math.abs(value - this.#middle) > Math.abs(worst - this.#middle);
    this.outliers = { count: count + 1, value: isFarther ? value : worst, line: isFarther ? line : (this.outliers?.line ?? line) };
  }
}

const originOf = (column: UsedColumn): number => (column.kind === 'number' || column.kind === 'date' ? column.origin : 0);

/** The target is a number: correlation with numbers, and between the categories' means. */
function regressionRelation(column: UsedColumn, fence?: [number, number]): Relation {
  const fenced = new Fenced(originOf(column), fence);
  const [x, y] = [new Moments(), new Moments()];
  let together = 0;
  const groups = new Map<number, Moments>();
  const isGrouped = column.kind === 'category';
  return {
    add(value, target, line) {
      if (Number.isNaN(value)) return;
      const before = x.mean;
      x.add(value);
      y.add(target);
      together += (value - before) * (target - y.mean);
      if (isGrouped) momentsIn(groups, value).add(target);
      else fenced.look(value, line);
    },
    leak() {
      if (x.count < FEWEST_ROWS || y.squares === 0) return undefined;
      if (isGrouped) {
        const within = [...groups.values()].reduce((sum, group) => sum + group.squares, 0);
        const isFine = groups.size > MOST_VALUES_SHARE * x.count;
        return !isFine && 1 - within / y.squares >= NEARLY_ALL ? 'its categories alone give the target’s value' : undefined;
      }
      const correlation = x.squares > 0 ? together / Math.sqrt(x.squares * y.squares) : 0;
      return Math.abs(correlation) >= NEARLY_ALL ? `it goes exactly with the target (correlation ${fixed(correlation, 4)})` : undefined;
    },
    get outliers() {
      return fenced.outliers;
    },
  };
}

/** The target is a class: a category of one class each, or numbers whose ranges do not meet. */
function classRelation(column: UsedColumn, classes: number, fence?: [number, number]): Relation {
  const fenced = new Fenced(originOf(column), fence);
  const perValue = new Map<number, Float64Array>();
  const perClass = new Map<number, Moments>();
  const counts = new Float64Array(classes);
  const isCounted = column.kind === 'category' || column.kind === 'boolean';
  return {
    add(value, target, line) {
      if (Number.isNaN(value)) return;
      counts[target]++;
      if (!isCounted) {
        momentsIn(perClass, target).add(value);
        fenced.look(value, line);
        return;
      }
      let row = perValue.get(value);
      if (!row) perValue.set(value, (row = new Float64Array(classes)));
      row[target]++;
    },
    leak() {
      const rows = counts.reduce((a, b) => a + b, 0);
      const present = counts.filter((count) => count > 0);
      if (rows < FEWEST_ROWS || present.length < 2) return undefined;
      if (isCounted) {
        const right = [...perValue.values()].reduce((sum, row) => sum + Math.max(...row), 0);
        const isTold = right >= NEARLY_ALL * rows && perValue.size <= MOST_VALUES_SHARE * rows && Math.max(...present) < 0.99 * rows;
        return isTold ? 'its values alone tell the class' : undefined;
      }
      if (Math.min(...present) < FEWEST_ROWS / 2) return undefined;
      const ranges = [...perClass.values()].sort((a, b) => a.least - b.least);
      const isApart = ranges.every((range, i) => i === 0 || range.least > ranges[i - 1].most);
      return isApart ? 'its values lie in ranges of their own for every class' : undefined;
    },
    get outliers() {
      return fenced.outliers;
    },
  };
}

function momentsIn(groups: Map<number, Moments>, key: number): Moments {
  let group = groups.get(key);
  if (!group) groups.set(key, (group = new Moments()));
  return group;
}

/** Far out by Tukey (1977): three times the middle half's width beyond it. */
export const fenceOf = (lower: number, upper: number): [number, number] | undefined =>
  upper > lower ? [lower - 3 * (upper - lower), upper + 3 * (upper - lower)] : undefined;

export const hasOutliers = (column: UsedColumn): boolean => {
  switch (column.kind) {
    case 'number':
      return true;
    case 'boolean':
    case 'category':
    case 'date':
      return false;
    default:
      return assertNever(column);
  }
};
