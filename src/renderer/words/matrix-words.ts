// Confusion matrices in words and colours: of one model, and what another does otherwise.
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { Disagreement } from '#shared/comparison/comparison';
import { samplesCounted, type DataSort } from '#shared/data-sort';

interface Cell {
  truth: number;
  answer: number;
}

interface Look {
  text: string;
  name: string;
  colour: 'accent' | 'bad' | 'better' | 'worse';
  /** Of the colour, percent. */
  strength: number;
}

/** More classes than this are no matrix that a person reads: their pairs are listed. */
export const MOST_IN_MATRIX = 24;

/** Letters stay readable on the strongest. */
const [FAINTEST, STRONGEST] = [10, 42];
const strengthOf = (share: number): number => (share === 0 ? 0 : FAINTEST + (STRONGEST - FAINTEST) * Math.sqrt(share));

/** "3, taken for 8"; "3, recognized". */
export const cellWords = ({ truth, answer }: Cell, labels: readonly string[]): string =>
  truth === answer ? `${labels[truth]}, recognized` : `${labels[truth]}, taken for ${labels[answer]}`;

export function matrixLook(matrix: Uint32Array, labels: readonly string[], sort: DataSort): (cell: Cell) => Look {
  const size = labels.length;
  const rowSums = labels.map((_, truth) => matrix.subarray(truth * size, (truth + 1) * size).reduce((sum, value) => sum + value, 0));
  return (cell) => {
    const value = matrix[cell.truth * size + cell.answer];
    return {
      text: value === 0 ? '·' : String(value),
      name: `${samplesCounted(value, sort)} of ${cellWords(cell, labels)}`,
      colour: cell.truth === cell.answer ? 'accent' : 'bad',
      strength: value === 0 ? 0 : strengthOf(value / rowSums[cell.truth]),
    };
  };
}

/** The other's less the baseline's: more that is right, or less that is wrong, is better. */
export function differenceLook(
  [baseline, other]: readonly [Uint32Array, Uint32Array],
  labels: readonly string[],
  letters: readonly [string, string],
): (cell: Cell) => Look {
  const size = labels.length;
  const most = baseline.reduce((largest, value, i) => Math.max(largest, Math.abs(other[i] - value)), 0);
  return (cell) => {
    const place = cell.truth * size + cell.answer;
    const difference = other[place] - baseline[place];
    return {
      text: signed(difference),
      name: differenceWords({ ...cell, baseline: baseline[place], other: other[place] }, labels, letters),
      colour: difference > 0 === (cell.truth === cell.answer) ? 'better' : 'worse',
      strength: most === 0 ? 0 : strengthOf(Math.abs(difference) / most),
    };
  };
}

export const signed = (value: number): string => (value === 0 ? '·' : `${value > 0 ? '+' : '−'}${Math.abs(value)}`);

/** "+3: cat, recognized (A 6, B 9)". */
export const differenceWords = (
  { baseline, other, ...cell }: DifferingPair,
  labels: readonly string[],
  [first, second]: readonly [string, string],
): string => `${signed(other - baseline)}: ${cellWords(cell, labels)} (${first} ${baseline}, ${second} ${other})`;

export interface DifferingPair extends Cell {
  baseline: number;
  other: number;
}

/** Pairs of classes that the two count differently, those that differ most first. */
export function differingPairs(baseline: Uint32Array, other: Uint32Array, classes: number): DifferingPair[] {
  const pairs = Array.from(baseline, (value, place) => ({
    truth: Math.floor(place / classes),
    answer: place % classes,
    baseline: value,
    other: other[place],
  })).filter((pair) => pair.baseline !== pair.other);
  return pairs.sort((a, b) => Math.abs(b.other - b.baseline) - Math.abs(a.other - a.baseline));
}

export type ClassAnswers = Extract<ComparedAnswers, { kind: 'classes' }>;

/** Whose cell was pressed: of the difference, what one of them says and the other does not. */
export type Side = 'baseline' | 'other' | 'difference';

/** The samples of a cell. */
export function samplesOf({ indices, truth, answers }: ClassAnswers, other: number, side: Side, cell: Cell): Disagreement[] {
  const found: Disagreement[] = [];
  indices.forEach((index, i) => {
    if (truth[i] !== cell.truth) return;
    const [first, second] = [answers[0][i], answers[other][i]];
    const [isFirst, isSecond] = [first === cell.answer, second === cell.answer];
    const isIn = side === 'baseline' ? isFirst : side === 'other' ? isSecond : isFirst !== isSecond;
    if (isIn) found.push({ index, truth: truth[i], baseline: first, other: second });
  });
  return found;
}
