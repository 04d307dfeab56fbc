// What all lines of a chart come to at one place of its x axis, and where such places are.
import { wholeRange, type Range } from './axis-range';
import type { Series } from './chart-series';
import { count } from './numbers';

/** Who owns where a chart is read and what it shows, so that two charts go together. */
export interface Reader {
  at?: number;
  move: (x: number | undefined) => void;
  /** Undefined: all of it. */
  show: (range: Range | undefined) => void;
}

/** Of a chart's axes, what reading it needs. */
interface ReadAxes {
  x: string;
  xMin?: number | 'auto';
  xMax?: number;
  tickX?: (value: number) => string;
  sayY: (value: number) => string;
}

/** What there is, what of it is shown, and where in that a line has a value. */
export interface Shown {
  whole: Range;
  shown: Range;
  places: number[];
}

export function shownOf(series: readonly Series[], { xMin, xMax }: ReadAxes): Shown {
  const whole = wholeRange(series, { xMin });
  const shown = { from: typeof xMin === 'number' ? xMin : whole.from, to: xMax ?? whole.to };
  return { whole, shown, places: placesOf(series, shown) };
}

/** Read at one of the places; index -1: at none yet. */
export interface Reading extends Shown {
  index: number;
  place?: number;
  words: string;
}

export function readingOf(of: Shown, series: readonly Series[], { x, tickX = count, sayY }: ReadAxes, at: number | undefined): Reading {
  const index = at === undefined ? -1 : nearestPlace(of.places, at);
  if (index < 0) return { ...of, index, words: 'Point at it, or use the arrow keys.' };
  const place = of.places[index];
  return { ...of, index, place, words: readingWords(x, tickX(place), readAt(series, place), sayY) };
}

/** What another line smooths is read from that; a line that is no measure, not at all. */
const isRead = ({ kind }: Series): boolean => kind === 'line' || kind === 'points';

/** Where any line has a point, in order. */
export function placesOf(series: readonly Series[], { from = -Infinity, to = Infinity } = {}): number[] {
  const places = series.filter(isRead).flatMap(({ points }) => points.filter(({ x, y }) => x >= from && x <= to && Number.isFinite(y)));
  return [...new Set(places.map(({ x }) => x))].sort((a, b) => a - b);
}

/** Its index; -1 where there is no place. */
export function nearestPlace(places: readonly number[], x: number): number {
  const after = firstAfter(places.length, (i) => places[i], x);
  const before = after - 1;
  if (before < 0) return places.length === 0 ? -1 : 0;
  return after < places.length && places[after] - x < x - places[before] ? after : before;
}

/** By halves: there may be thousands. */
function firstAfter(count: number, valueAt: (i: number) => number, x: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(middle) <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Read {
  name: string;
  /** Its newest value there: lines over time have theirs at other places. Undefined before its first. */
  y?: number;
}

export function readAt(series: readonly Series[], x: number): Read[] {
  return series.filter(isRead).map(({ name, short, points }) => {
    const point = newestPoint(points, x);
    return { name: short ?? name, ...(point && { y: point.y }) };
  });
}

const newestPoint = (points: Series['points'], x: number) => points[firstAfter(points.length, (i) => points[i].x, x) - 1];

/** The points that are read, each in the colour of its line. */
export const dotsAt = (series: readonly Series[], x: number) =>
  series.filter(isRead).flatMap(({ points, colour }) => {
    const point = newestPoint(points, x);
    return point && Number.isFinite(point.y) ? [{ ...point, colour }] : [];
  });

/** "Epoch 12: A 0.0830, B 0.0912." */
export const readingWords = (axis: string, x: string, read: readonly Read[], say: (value: number) => string): string =>
  `${axis} ${x}: ${read.map(({ name, y }) => `${name} ${y === undefined || !Number.isFinite(y) ? '–' : say(y)}`).join(', ')}`;
