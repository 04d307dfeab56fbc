// How good a model is, for whoever is given it: by samples it did not learn from, and how far that may be believed. In English, as all that an export writes.
import { isTable, sortOfFacts } from '#shared/data-sort';
import { mainScores } from '#shared/metric-words';
import type { Receipt } from '#shared/run-event';
import { percentInEnglish, scoresInEnglish } from './in-english';

/** Undefined where nothing was held out, or nothing is known of the run. */
export function howGood(receipt?: Pick<Receipt, 'dataset' | 'final' | 'testScoresBefore'>): string | undefined {
  const { test, validation } = receipt?.final ?? {};
  const judged = test ?? validation;
  if (!receipt || !judged) return undefined;
  const noun = isTable(sortOfFacts(receipt.dataset)) ? 'rows' : 'pictures';
  const scores = mainScores(judged.scores);
  const words = scores ? scoresInEnglish(scores) : `${percentInEnglish(judged.accuracy)} right`;
  const isChosenBy = !test || (receipt.testScoresBefore ?? 0) > 0;
  return [
    `On ${judged.samples.toLocaleString('en')} ${test ? 'test' : 'validation'} ${noun}, which it did not learn from: ${words}.`,
    ...(isChosenBy ? [`The model may have been chosen by these: expect a little less of new ${noun}.`] : []),
  ].join(' ');
}
