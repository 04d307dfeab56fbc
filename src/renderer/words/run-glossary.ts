// The words of a run's figures and curves, each in a sentence, for somebody who meets them for the first time.
import { samplesNoun, type DataSort } from '#shared/data-sort';
import { MASK_SCORES_HELP } from '#shared/metric-words';
import { glossary } from './glossary';

/** They mean the same before a run and in it. */
const OF_THE_PLAN = new Set(['Update', 'Epoch', 'Loss', 'Validation', 'Learning rate']);

export function runGlossary(sort: DataSort): [term: string, meaning: string][] {
  const noun = samplesNoun(sort);
  return [
    ...glossary(sort).filter(([term]) => OF_THE_PLAN.has(term)),
    ['Step', 'An update, counted from the beginning of the run.'],
    ...scoreWords(sort),
    [
      'Learning by heart',
      `Training still gets better while validation gets worse: the model remembers its ${noun} instead of what they have in common.`,
    ],
    ['Log scale', 'The chart is stretched where the loss is small, so that small losses can be told apart too.'],
    ['Smoothing', 'Draws the course without its ups and downs; what was measured stays faint behind it.'],
    ['Checkpoint', 'Where a run stands, saved on the disk: paused or interrupted, it goes on from there.'],
  ];
}

function scoreWords(sort: DataSort): [term: string, meaning: string][] {
  if (sort === 'masks') return [['IoU and Dice', MASK_SCORES_HELP]];
  if (sort === 'regression')
    return [
      ['R²', 'How much of the differences between rows the model explains: 1 is all, 0 is no better than always saying the mean.'],
      ['Off by', 'How far the answers are from the right numbers, on average.'],
    ];
  return [['Accuracy', `How many ${samplesNoun(sort)} of a hundred get the right answer.`]];
}
