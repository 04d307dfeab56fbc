// The confusion matrix: how many samples of each class were said to be of which.
import type { ClassEvaluation } from './evaluation';

/** Each sample's most probable class; of equal ones the first. */
export function answersOf({ probabilities, labels, truth }: Pick<ClassEvaluation, 'probabilities' | 'labels' | 'truth'>): Int32Array {
  const classes = labels.length;
  return Int32Array.from(truth, (_, sample) => {
    let best = 0;
    const at = sample * classes;
    for (let label = 1; label < classes; label++) if (probabilities[at + label] > probabilities[at + best]) best = label;
    return best;
  });
}

/** classes × classes; a row is what is so, a column what was said. */
export function confusionMatrix(truth: Int32Array, answers: Int32Array, classes: number): Uint32Array {
  const matrix = new Uint32Array(classes * classes);
  truth.forEach((label, sample) => matrix[label * classes + answers[sample]]++);
  return matrix;
}

export interface Confusion {
  truth: number;
  answer: number;
  count: number;
}

/** Pairs of classes that were taken for one another, the most frequent first; `of`: of that class alone, with what else was taken for it. */
export function confusions(matrix: Uint32Array, classes: number, of?: number): Confusion[] {
  const pairs: Confusion[] = [];
  matrix.forEach((count, place) => {
    const [truth, answer] = [Math.floor(place / classes), place % classes];
    const isWanted = of === undefined || of === truth || of === answer;
    if (isWanted && truth !== answer && count > 0) pairs.push({ truth, answer, count });
  });
  return pairs.sort((a, b) => b.count - a.count);
}
