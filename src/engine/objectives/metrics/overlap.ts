// Precision, recall and F1 of classes, IoU and Dice of masks: all of them from three counts a class, summed over everything before one division.
import { concat, mul, sum } from '@tensorflow/tfjs-core';
import type { Metric, Score } from '../objective';
import { channelsOf, decide, type Kind } from './decisions';

interface Counts {
  /** Found and so. */
  both: number;
  found: number;
  so: number;
}

type Ratio = (counts: Counts) => number;

const DICE: Ratio = ({ both, found, so }) => (2 * both) / (found + so);
const PRECISION: Ratio = ({ both, found }) => both / Math.max(found, 1);
const RECALL: Ratio = ({ both, so }) => both / Math.max(so, 1);
const IOU: Ratio = ({ both, found, so }) => both / (found + so - both);

function overlap(kind: Kind, ratios: readonly [string, Ratio][]): Metric {
  return {
    length: (output) => 3 * channelsOf(output),
    tally: (piece) => {
      const { predicted, actual, counted } = decide(piece, kind);
      // Classes' rows are masked already.
      const so = kind.kind === 'yes or no' && counted ? mul(actual, counted) : actual;
      return concat([sum(mul(predicted, so), 0), sum(predicted, 0), sum(so, 0)]);
    },
    scores: (counts) => {
      const channels = counts.length / 3;
      const each = Array.from({ length: channels }, (_, c) => ({
        both: counts[c],
        found: counts[channels + c],
        so: counts[2 * channels + c],
      }));
      return ratios.map(([name, ratio]) => macro(name, each, ratio));
    },
  };
}

/** The mean over the classes that occur, in what was found or in what is so; the others are NaN. A ratio of an empty side is 0. As scikit-learn. */
function macro(name: string, each: readonly Counts[], ratio: Ratio): Score {
  const values = each.map((counts) => (counts.found + counts.so > 0 ? ratio(counts) : NaN));
  return { name, value: mean(values), each: values };
}

/** Of those that are numbers; NaN where none is. */
export function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** For each class, and their mean over the classes (macro). */
export const precisionAndRecall = (kind: Kind = { kind: 'classes' }): Metric =>
  overlap(kind, [
    ['precision', PRECISION],
    ['recall', RECALL],
    ['F1', DICE],
  ]);

/** For each class of a mask, and their mean; intersections and unions are those of all pictures together. */
export const iouAndDice = (kind: Kind = { kind: 'yes or no' }): Metric =>
  overlap(kind, [
    ['IoU', IOU],
    ['Dice', DICE],
  ]);
