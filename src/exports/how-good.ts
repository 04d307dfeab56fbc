// How good a model is, for whoever is given it: by samples it did not learn from, and how far that may be believed.
import { samplesNoun, sortOfFacts } from '#shared/data-sort';
import { mainScores, mainWords } from '#shared/metric-words';
import { percent } from '#shared/percent';
import type { Receipt } from '#shared/run-event';

/** Undefined where nothing was held out, or nothing is known of the run. */
export function howGood(receipt?: Pick<Receipt, 'dataset' | 'final' | 'testScoresBefore'>): string | undefined {
  const { test, validation } = receipt?.final ?? {};
  const judged = test ?? validation;
  if (!receipt || !judged) return undefined;
  const noun = samplesNoun(sortOfFacts(receipt.dataset));
  const scores = mainScores(judged.scores);
  const words = scores ? mainWords(scores) : `${percent(judged.accuracy)} right`;
  const isChosenBy = !test || (receipt.testScoresBefore ?? 0) > 0;
  return [
    `On ${judged.samples.toLocaleString('en')} ${test ? 'test' : 'validation'} ${noun}, which it did not learn from: ${words}.`,
    ...(isChosenBy ? [`The model may have been chosen by these: expect a little less of new ${noun}.`] : []),
  ].join(' ');
}
