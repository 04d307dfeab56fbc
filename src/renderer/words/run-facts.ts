// The settings of a run and what it came to, as names and values: in the history, and in its receipt.
import { withMark } from '#shared/language';
import { formatBytes } from '#shared/bytes';
import type { RunDetail, RunSummary } from '#shared/run-record';
import { isTable, samplesNoun } from '#shared/data-sort';
import { earlyEndSentence } from '#shared/early-stopping';
import { mainScores, mainWords } from '#shared/metric-words';
import { MODEL_CARDS } from '#shared/model-cards';
import { hasBatchNorm } from '#shared/model-settings';
import type { Metrics, Receipt } from '#shared/run-event';
import { batchNormOf } from '#shared/run-spec';
import { BATCH_NORM_LABELS, engineLabel, OPTIMIZER_LABELS, startLabel, TRAINED_LABELS } from './choices';
import { moreSettings } from './more-settings';
import { keptWords } from './kept-words';
import { count, counted, loss, percent } from './numbers';
import { batchWords, epochsWords } from './run-words';

export type Fact = [name: string, value: string];

export const ENGINE_CHOSEN = 'Engine chosen';

export function settingsFacts({ spec, datasetName, micro, sort }: Pick<RunSummary, 'spec' | 'datasetName' | 'micro' | 'sort'>): Fact[] {
  const started: Fact[] =
    spec.start && spec.start !== 'scratch'
      ? [
          ['Started from', startLabel(spec.start)],
          ['What was trained', TRAINED_LABELS[spec.trains ?? 'everything']],
        ]
      : [];
  const more = moreSettings({ ...spec, loss: spec.loss ?? (sort === 'regression' ? 'squared-error' : 'softmax-cross-entropy') });
  return [
    ['Data set', datasetName],
    ['Model', MODEL_CARDS[spec.model].label],
    ...started,
    ['Batch', batchWords(spec.batch, micro)],
    ...(hasBatchNorm(spec) ? [['Batch normalization', BATCH_NORM_LABELS[batchNormOf(spec)]] satisfies Fact] : []),
    ['Memory budget', spec.budgetBytes === undefined ? 'What is free' : formatBytes(spec.budgetBytes)],
    ['Epochs', count(spec.epochs)],
    ['Optimizer', OPTIMIZER_LABELS[spec.optimizer]],
    ['Learning rate', withMark(spec.learningRate)],
    ['Validation share', percent(spec.validationShare)],
    ['Seed', String(spec.seed)],
    [ENGINE_CHOSEN, engineLabel(spec.engine)],
    ...more.map(({ name, value }): Fact => [name, value]),
  ];
}

/** How well it did, of which samples. */
export function resultFacts({ sort, epochsDone }: Pick<RunDetail, 'sort' | 'epochsDone'>, receipt: Receipt): Fact[] {
  const { spec, final, dataset, endedEarly, model, done = { epochs: epochsDone, steps: undefined } } = receipt;
  const kept = keptWords(receipt);
  const epoch = model?.epoch === undefined ? '' : `, of epoch ${count(model.epoch)}`;
  const of = (metrics: Metrics): string => `${metricsWords(metrics)}${epoch}`;
  const tested = dataset.test ? `, ${count(dataset.test)} to test` : '';
  const early = endedEarly && earlyEndSentence(endedEarly, final.validation ? 'validation' : 'training', model?.of === 'best epoch');
  return [
    [
      'Trained',
      `${epochsWords({ epochsDone: done.epochs, spec })} epochs${done.steps === undefined ? '' : `, ${counted(done.steps, 'step', 'steps')}`}`,
    ],
    ...(kept === undefined ? [] : [['Model', kept] satisfies Fact]),
    ['Validation', final.validation ? of(final.validation) : `No ${samplesNoun(sort)} were held out`],
    ...(final.test ? [['Test', of(final.test)] satisfies Fact] : []),
    ['Training', of(final.train)],
    [isTable(sort) ? 'Rows' : 'Pictures', `${count(dataset.train)} to train, ${count(dataset.validation)} to check${tested}`],
    ...(early === undefined ? [] : [['Ended early', early] satisfies Fact]),
  ];
}

function metricsWords({ accuracy, loss: value, scores }: Metrics): string {
  const numbers = mainScores(scores);
  return `${numbers ? mainWords(numbers) : `${percent(accuracy)} right`}, loss ${loss(value)}`;
}

/** With how many weights, and in what memory. */
export function costFacts({ parameters, trained, peakBytes, budgetBytes }: Receipt): Fact[] {
  const weights = trained === undefined ? count(parameters) : `${count(parameters)}, of which ${count(trained)} were trained`;
  return [
    ['Weights in the model', weights],
    ['Peak memory', `${formatBytes(peakBytes)} of ${formatBytes(budgetBytes)} allowed`],
  ];
}
