// How values spread, as a few bars: stretches of equal width of a range, or the most frequent values.
import { word } from '#shared/language';
import type { Bar } from '#shared/table-view';
import { short } from './value-words';

const MOST_STRETCHES = 16;
/** Values with bars of their own; the others are one together. */
const MOST_VALUES = 8;

/** Stretches of [least, most], as many as there are different whole numbers where those are few. */
export class Stretches {
  readonly count: number;
  readonly #width: number;
  readonly #isEach: boolean;

  constructor(
    private readonly least: number,
    most: number,
    isWhole: boolean,
    private readonly say: (value: number) => string = short,
  ) {
    const values = isWhole ? most - least + 1 : Infinity;
    this.#isEach = values <= MOST_STRETCHES;
    this.count = most > least ? Math.min(values, MOST_STRETCHES) : 1;
    this.#width = this.#isEach ? 1 : (most - least) / this.count || 1;
  }

  /** The place of a value's stretch. */
  of(value: number): number {
    return Math.min(this.count - 1, Math.max(0, Math.floor((value - this.least) / this.#width)));
  }

  label(place: number): string {
    const from = this.least + place * this.#width;
    return this.#isEach || this.count === 1 ? this.say(from) : `${this.say(rounded(from))} to ${this.say(rounded(from + this.#width))}`;
  }
}

/** Without the dust of a binary fraction. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** @param values a sample of a column's */
export function rangeBars(values: readonly number[], say?: (value: number) => string): Bar[] {
  if (values.length === 0) return [];
  let [least, most, isWhole] = [Infinity, -Infinity, true];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    isWhole &&= Number.isInteger(value);
  }
  const stretches = new Stretches(least, most, isWhole, say);
  const counts = new Array<number>(stretches.count).fill(0);
  for (const value of values) counts[stretches.of(value)]++;
  return counts.map((count, place) => ({ label: stretches.label(place), count }));
}

/** The most frequent first, what is left together. `more`: rows whose values were not counted one by one. */
export function valueBars(values: ReadonlyMap<string, number>, more = 0): Bar[] {
  const ordered = [...values].sort((a, b) => b[1] - a[1]);
  const shown = ordered
    .slice(0, ordered.length === MOST_VALUES + 1 ? MOST_VALUES + 1 : MOST_VALUES)
    .map(([label, count]) => ({ label, count }));
  const rest = ordered.slice(shown.length).reduce((sum, [, count]) => sum + count, 0) + more;
  return rest > 0 ? [...shown, { label: word('others'), count: rest }] : shown;
}
