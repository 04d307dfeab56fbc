// Precision, recall and F1 of each class, with the counts they come from and the bounds they lie between.
import { wilson, type Interval } from './wilson';

export interface ClassFigures {
  /** Samples that are of the class, that were said to be, and that are both. */
  support: number;
  said: number;
  right: number;
  /** Of those said to be of the class the share that is; NaN where none was. */
  precision: number;
  precisionWithin: Interval;
  /** Of those of the class the share that was found; NaN where there is none. */
  recall: number;
  recallWithin: Interval;
  /** NaN where there is none and none was said to be. */
  f1: number;
}

/** @param matrix of confusionMatrix */
export function classFigures(matrix: Uint32Array, classes: number): ClassFigures[] {
  return Array.from({ length: classes }, (_, label) => {
    let [support, said] = [0, 0];
    for (let other = 0; other < classes; other++) {
      support += matrix[label * classes + other];
      said += matrix[other * classes + label];
    }
    const right = matrix[label * classes + label];
    return {
      support,
      said,
      right,
      precision: right / said,
      precisionWithin: wilson(right, said),
      recall: right / support,
      recallWithin: wilson(right, support),
      f1: (2 * right) / (support + said),
    };
  });
}

/** Means over the classes that occur, in what is so or in what was said; a ratio of an empty side counts as 0. As scikit-learn's "macro". */
export function macroFigures(figures: readonly ClassFigures[]): { precision: number; recall: number; f1: number } {
  const known = figures.filter(({ support, said }) => support + said > 0);
  const mean = (of: (figure: ClassFigures) => number) => known.reduce((sum, figure) => sum + (of(figure) || 0), 0) / known.length;
  return { precision: mean(({ precision }) => precision), recall: mean(({ recall }) => recall), f1: mean(({ f1 }) => f1) };
}
