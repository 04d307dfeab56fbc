// The first line of an evaluation, for the window and the command line alike: what the model comes to, with its count and interval; and how
// far that may be believed.
import { fixed, locale, word } from '../language';
import { assertNever } from '../assert-never';
import { isTable, samplesNoun, type DataSort } from '../data-sort';
import { fourDigits } from '../metric-words';
import { percent } from '../percent';
import { answersOf } from './confusion';
import type { Evaluated, EvaluatedPart, EvaluationFacts } from './evaluation';
import { classOverlaps, meanIou, pixelsRight } from './overlap';
import { residualFigures } from './residuals';
import { wilson, type Interval } from './wilson';

/** "91.9 to 95.9", in percent; a bound is 0 or 100 only where it is, or where the share could be. */
export function boundWords({ low, high }: Interval, digits: 0 | 1): string {
  const unit = 10 ** digits;
  const rounded = (share: number): number => Math.round(100 * unit * share) / unit;
  const least = low < 1 ? Math.min(rounded(low), 100 - 1 / unit) : 100;
  const most = high > 0 ? Math.max(rounded(high), 1 / unit) : 0;
  return `${fixed(least, digits)} to ${fixed(most, digits)}`;
}

/** As the first line and the terminal have them. */
export const intervalWords = (interval: Interval): string => boundWords(interval, 1);

/** "94.2 % of 540 held-out pictures right (95 % interval 91.9 to 95.9)". */
export function headline({ evaluation, facts }: Evaluated): string {
  const { part, indices } = evaluation;
  const samples = seenSamples(indices.length, part, facts.sort);
  switch (evaluation.kind) {
    case 'classes': {
      const answers = answersOf(evaluation);
      const right = answers.reduce((sum, answer, sample) => sum + Number(answer === evaluation.truth[sample]), 0);
      const share = right / indices.length;
      return `${percent(share)} of ${samples} right (95 % interval ${intervalWords(wilson(right, indices.length))})`;
    }
    case 'masks': {
      const overlaps = classOverlaps(evaluation);
      return `Mean IoU ${fixed(meanIou(overlaps), 3)} over ${samples}; ${percent(pixelsRight(overlaps))} of the pixels right`;
    }
    case 'number': {
      const { mae, r2 } = residualFigures(evaluation);
      const explained = Number.isNaN(r2) ? '' : `; R² ${fixed(r2, 3)}`;
      return `Off by ${fourDigits(mae)} on average over ${samples}${explained}`;
    }
    default:
      return assertNever(evaluation);
  }
}

/** "540 held-out pictures", "1 test row". */
export function seenSamples(amount: number, part: EvaluatedPart, sort: DataSort): string {
  const number = amount.toLocaleString(locale);
  if (amount !== 1) return part === 'test' ? `${number} test ${samplesNoun(sort)}` : `${number} held-out ${samplesNoun(sort)}`;
  if (part === 'test') return isTable(sort) ? '1 test row' : '1 test picture';
  return isTable(sort) ? '1 held-out row' : '1 held-out picture';
}

/** How the next step is taken where it is read. */
const STEPS = {
  window: { test: 'choose that part', rows: 'ask the model about it in "Try it"' },
  terminal: { test: 'add --part test', rows: 'ask the model about it (npm run ask)' },
} as const;

/** Whether the figure tells of samples nobody ever chose by, and what to do where it does not. */
export function trustWords(evaluated: Evaluated, where: keyof typeof STEPS): string {
  const { facts, notKept } = evaluated;
  const own = evaluated.evaluation.part === 'test' ? testWords(facts) : validationWords(facts, STEPS[where]);
  const engine = facts.engine === undefined ? [] : [`It was judged with ${facts.engine}, as the engine of the run is not used here.`];
  return [own, ...engine, ...(notKept === undefined ? [] : [notKept])].join(' ');
}

function testWords({ sort, testScoresBefore: times = 0 }: EvaluationFacts): string {
  const noun = samplesNoun(sort);
  if (times > 0) {
    const seen = times === 1 ? word('once') : `${times} times`;
    return `Nothing was learnt from these ${noun}, but they were scored ${seen} before, and the run went on: when it ended may have been chosen by them, so this may be better than on new ${noun}.`;
  }
  return `Nothing was learnt from these ${noun} and nothing in this run was chosen by them: expect about this on new ${noun} of the same kind, unless you chose this run among others by it.`;
}

function validationWords({ sort, chosenBy, test }: EvaluationFacts, steps: (typeof STEPS)[keyof typeof STEPS]): string {
  const noun = samplesNoun(sort);
  const belief =
    chosenBy === undefined
      ? `Each time you choose among runs by this figure, it becomes a little better than on new ${noun}.`
      : `This is likely better than on new ${noun}, because ${chosenBy}.`;
  if (test > 0) return `${belief} The ${test.toLocaleString(locale)} test ${noun} say more: ${steps.test}.`;
  const remedy = isTable(sort)
    ? `keep a table of ${noun} that no run has seen and ${steps.rows}.`
    : `keep some ${noun} in a folder "test" beside "train" and import them together.`;
  return `${belief} For a figure to rely on, ${remedy}`;
}
