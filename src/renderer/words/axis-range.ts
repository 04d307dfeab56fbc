// Which part of an axis is looked at: closer, wider, further along; never beyond its ends.
import type { Series } from './chart-series';

export interface Range {
  from: number;
  to: number;
}

/** From where the axis begins to the last point of any line. */
export function wholeRange(series: readonly Pick<Series, 'points'>[], { xMin = 0 }: { xMin?: number | 'auto' }): Range {
  const all = series.flatMap(({ points }) => points);
  const [least, most] = all.reduce(([low, high], { x }) => [Math.min(low, x), Math.max(high, x)], [Infinity, -Infinity]);
  return { from: xMin === 'auto' ? least : 0, to: most };
}

/** Closer than a thousandth there is nothing to see. */
const LEAST_SHARE = 1e-3;

/**
 * @param times of its width: below 1 closer, above 1 wider
 * @param about what stays where it is
 * @returns undefined where all of it is shown
 */
export function zoomed(range: Range, whole: Range, times: number, about = (range.from + range.to) / 2): Range | undefined {
  const all = whole.to - whole.from;
  const width = Math.max(LEAST_SHARE * all, times * (range.to - range.from));
  if (width >= all) return undefined;
  const from = about - ((about - range.from) * width) / (range.to - range.from);
  return within({ from, to: from + width }, whole);
}

/** @param share of what is shown: above 0 further along */
export function panned(range: Range, whole: Range, share: number): Range {
  const by = share * (range.to - range.from);
  return within({ from: range.from + by, to: range.to + by }, whole);
}

function within({ from, to }: Range, whole: Range): Range {
  const by = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
  return { from: from + by, to: to + by };
}
