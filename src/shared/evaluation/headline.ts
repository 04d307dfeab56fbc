// The first line of an evaluation, for the window and the command line alike: what the model comes to, with its count and interval; and how
// far that may be believed.
import { fourDigits } from '../metric-words';
import { percent } from '../percent';
import { answersOf } from './confusion';
import type { Evaluated, EvaluatedPart, Evaluation } from './evaluation';
import { classOverlaps, meanIou, pixelsRight } from './overlap';
import { residualFigures } from './residuals';
import { wilson, type Interval } from './wilson';

const tenth = (share: number): string => (100 * share).toFixed(1);
const SEEN: Record<EvaluatedPart, string> = { validation: 'held-out', test: 'test' };

/** "91.9 to 95.9". */
export const intervalWords = ({ low, high }: Interval): string => `${tenth(low)} to ${tenth(high)}`;

/** "94.2 % of 540 held-out pictures right (95 % interval 91.9 to 95.9)". `noun`: what the samples are, "pictures". */
export function headline(evaluation: Evaluation, noun: string): string {
  const { part, indices } = evaluation;
  const samples = `${indices.length.toLocaleString('en')} ${SEEN[part]} ${noun}`;
  switch (evaluation.kind) {
    case 'classes': {
      const answers = answersOf(evaluation);
      const right = answers.reduce((sum, answer, sample) => sum + Number(answer === evaluation.truth[sample]), 0);
      const share = right / indices.length;
      return `${percent(share)} of ${samples} right (95 % interval ${intervalWords(wilson(right, indices.length))})`;
    }
    case 'masks': {
      const overlaps = classOverlaps(evaluation);
      return `Mean IoU ${meanIou(overlaps).toFixed(3)} over ${samples}; ${percent(pixelsRight(overlaps))} of the pixels right`;
    }
    case 'number': {
      const { mae, r2 } = residualFigures(evaluation);
      const explained = Number.isNaN(r2) ? '' : `; R² ${r2.toFixed(3)}`;
      return `Off by ${fourDigits(mae)} on average over ${samples}${explained}`;
    }
  }
}

/** Whether the figure tells of samples nobody ever chose by, and what to do where it does not. */
export function trustWords({ facts, evaluation }: Evaluated, noun: string): string {
  if (evaluation.part === 'test')
    return `Nothing was learnt from these ${noun} and nothing was chosen by them: expect about this on new ${noun} of the same kind.`;
  const chosen = facts.chosenBy === undefined ? '' : `, because ${facts.chosenBy}`;
  const isOptimistic = chosen !== '' ? `This is likely better than on new ${noun}${chosen}.` : '';
  const choices = `Each time you choose among runs by this figure, it becomes a little better than on new ${noun}.`;
  const remedy =
    facts.test > 0
      ? `The ${facts.test.toLocaleString('en')} test ${noun} say more: choose that part.`
      : noun === 'pictures'
        ? 'For a figure to rely on, keep some pictures in a folder "test" beside "train" and import them together.'
        : `For a figure to rely on, keep a table of ${noun} that no run has seen and ask the model about it in "Try it".`;
  return [isOptimistic || choices, remedy].join(' ');
}
