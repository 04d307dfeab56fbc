// The Compare page: three runs that differ in one setting, one of them with other held-out samples, and what is missing of one.
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { Comparison, Disagreements, SamplesVerdict } from '#shared/comparison/comparison';
import type { DataSort } from '#shared/data-sort';
import { answersOf } from '#shared/evaluation/confusion';
import { classOverlaps } from '#shared/evaluation/overlap';
import type { MainScores } from '#shared/metric-words';
import type { RunDetail } from '#shared/run-record';
import { classEvaluation, maskEvaluation, numberEvaluation } from './evaluations';
import { scene } from './make-scene';
import type { Scene } from './scene';
import { run } from './run-things';

const at = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const baseline = run({ startedAt: at(90) });
const smaller = run(
  {
    id: 'small',
    name: 'digits, Small CNN, batch 64',
    startedAt: at(60),
    spec: { ...baseline.spec, batch: 64 },
    validationAccuracy: 0.9832,
    validationLoss: 0.071,
    seconds: 61.2,
    peakBytes: 11.9e6,
  },
  24,
);
/** Not as good at any epoch, and less so at some. */
const worse = (of: RunDetail): RunDetail => ({
  ...of,
  epochs: of.epochs.map((epoch) => ({
    ...epoch,
    validationAccuracy: epoch.validationAccuracy - 0.03 - 0.02 * Math.sin(epoch.epoch),
    validationLoss: epoch.validationLoss + 0.1 + 0.05 * Math.sin(epoch.epoch),
  })),
});
const other = worse(
  run({
    id: 'seed',
    name: 'digits, Small CNN, batch 256, second seed',
    startedAt: at(30),
    spec: { ...baseline.spec, seed: 2 },
    validationAccuracy: 0.9666,
  }),
);

const verdict: SamplesVerdict = {
  kind: 'samples',
  test: 'McNemar',
  metric: 'accuracy',
  part: 'validation',
  baseline: 0.9778,
  other: 0.9832,
  difference: 0.0056,
  interval: { low: -0.0072, high: 0.0183 },
  p: 0.56,
  corrected: 0.56,
  compared: 1,
  samples: 359,
  counts: { both: 348, onlyBaseline: 3, onlyOther: 5, neither: 3, power: 0.08, detectable: 0.021 },
};
const comparison: Comparison = {
  baseline: baseline.id,
  others: [
    { runId: smaller.id, samples: verdict },
    { runId: other.id, samples: { kind: 'refused', because: 'other-samples', baseline: 359, other: 359, shared: 71 } },
  ],
};
const resampled = (metric: 'iou' | 'off-by', first: number, second: number): Comparison => {
  const difference = second - first;
  const interval = { low: difference - 0.1, high: difference + 0.1 };
  return {
    baseline: baseline.id,
    others: [
      {
        runId: smaller.id,
        samples: { ...verdict, counts: undefined, metric, test: 'bootstrap', baseline: first, other: second, difference, interval },
      },
    ],
  };
};
const disagreements: Disagreements = {
  part: 'validation',
  labels: [...'0123456789'],
  baselineBetter: [
    { index: 12, truth: 3, baseline: 3, other: 8 },
    { index: 40, truth: 9, baseline: 9, other: 4 },
    { index: 71, truth: 1, baseline: 1, other: 7 },
  ],
  otherBetter: [5, 18, 33, 90, 91].map((index, i) => ({ index, truth: i, baseline: 9 - i, other: i })),
  counts: { baselineBetter: 3, otherBetter: 5 },
};
const runs = [other, smaller, baseline];

const third = run({
  id: 'third',
  name: 'digits, Small CNN, batch 1,024',
  startedAt: at(10),
  spec: { ...baseline.spec, batch: 1024, learningRate: 0.02 },
  validationAccuracy: 0.951,
  seconds: 40,
});
const whole = run({
  id: 'whole',
  name: 'digits, Small CNN, batch 32',
  startedAt: at(20),
  spec: { ...baseline.spec, batch: 32 },
  validationAccuracy: 0.9721,
  seconds: 88,
  peakBytes: 18.1e6,
});

const said = classEvaluation([...'0123456789'], 359);
/** The other is right about some of what the baseline is wrong about, and wrong about some others. */
const elsewhere = answersOf(said).map((answer, i) => (i % 23 === 0 ? (answer + 3) % 10 : i % 3 === 0 ? said.truth[i] : answer));
const comparedAnswers: ComparedAnswers = {
  kind: 'classes',
  labels: said.labels,
  indices: said.indices,
  truth: said.truth,
  answers: [answersOf(said), elsewhere],
};

/** More classes than a matrix has room for. */
const species = Array.from({ length: 40 }, (_, i) => `species ${i + 1}`);
const manySaid = classEvaluation(species, 800);
const many: ComparedAnswers = {
  kind: 'classes',
  labels: species,
  indices: manySaid.indices,
  truth: manySaid.truth,
  answers: [answersOf(manySaid), answersOf(manySaid).map((answer, i) => (i % 17 === 0 ? (answer + 1) % 40 : answer))],
};

const penguins = ['Adelie', 'Chinstrap', 'Gentoo'];
const rowsSaid = classEvaluation(penguins, 67);
const rows: ComparedAnswers = {
  kind: 'classes',
  labels: penguins,
  indices: rowsSaid.indices,
  truth: rowsSaid.truth,
  answers: [answersOf(rowsSaid), answersOf(rowsSaid).map((answer, i) => (i % 19 === 0 ? 0 : answer))],
};

/** The same two runs of other data. */
const ofSort = (sort: DataSort, scores: MainScores) =>
  runs.map((each) => ({
    ...each,
    sort,
    validationScores: scores,
    epochs: each.epochs.map((epoch) => ({ ...epoch, scores: { validation: scores } })),
  }));
const masks = [maskEvaluation(['ground', 'leaf', 'soil between the rows'], 40), maskEvaluation(['a', 'b', 'c'], 31)];
const maskAnswers: ComparedAnswers = { kind: 'masks', labels: masks[0].labels, overlaps: masks.map((one) => classOverlaps(one)) };
const prices = numberEvaluation('price in thousands', 442);
const numberAnswers: ComparedAnswers = {
  kind: 'number',
  target: prices.target,
  indices: prices.indices,
  truth: prices.truth,
  predicted: [prices.predicted, prices.predicted.map((value, i) => (value + prices.truth[i]) / 2)],
};

/** As many others that came to the same, over another number of epochs. */
const longer = run({
  ...third,
  id: 'longer',
  name: 'digits, Small CNN, batch 1,024 (2)',
  startedAt: at(5),
  spec: { ...third.spec, epochs: 90 },
});

export const COMPARE_SCENES: Record<string, Scene> = {
  'history-ticked': scene('#/history', {
    runs,
    press: [
      ['checkbox', (say) => new RegExp(`^${say('Tick {0}, {1}', baseline.name, '(?!second)')}`)],
      ['checkbox', (say) => new RegExp(`^${say('Tick {0}, {1}', smaller.name, '')}`)],
    ],
  }),
  'compare-two': scene('#/history/compare/done.small', { runs, comparison, disagreements, comparedAnswers }),
  'compare-three': scene('#/history/compare/done.small.seed', {
    runs,
    comparison,
    disagreements,
    press: [['button', (say) => new RegExp(say('{0} alike', `\\d+ ${say('settings')}`))]],
  }),
  'compare-picture': scene('#/history/compare/done.small', {
    runs,
    comparison,
    disagreements,
    press: [['button', (say) => `${say('is {0}; ', '3')}A: 3; B: 8`]],
  }),
  'compare-hidden': scene('#/history/compare/done.small.seed', {
    runs,
    comparison,
    disagreements,
    press: [['button', `C: ${other.name}`]],
  }),
  'compare-cell': scene('#/history/compare/done.small', {
    runs,
    comparison,
    disagreements,
    comparedAnswers,
    press: [['button', (say) => new RegExp(`^\\+\\d: ${say('{0}, recognized', '0')} \\(A`)]],
  }),
  'compare-many': scene('#/history/compare/done.small', { runs, comparison, disagreements, comparedAnswers: many }),
  'compare-rows': scene('#/history/compare/done.small', {
    runs: runs.map((each) => ({ ...each, sort: 'classification' as const })),
    comparison,
    disagreements: {
      ...disagreements,
      labels: penguins,
      baselineBetter: [{ index: 4, truth: 1, baseline: 1, other: 0 }],
      otherBetter: [{ index: 9, truth: 2, baseline: 0, other: 2 }],
      counts: { baselineBetter: 1, otherBetter: 1 },
    },
    comparedAnswers: rows,
    press: [['button', (say) => new RegExp(`^${say('{0} of {1}, taken for {2}', `\\d+ ${say('rows')}`, 'Chinstrap', 'Adelie')}$`)]],
  }),
  'compare-masks': scene('#/history/compare/done.small', {
    runs: ofSort('masks', { iou: 0.81, dice: 0.89 }),
    comparison: resampled('iou', 0.81, 0.83),
    disagreements: { ...disagreements, baselineBetter: [], counts: { baselineBetter: 0, otherBetter: 5 } },
    comparedAnswers: maskAnswers,
  }),
  'compare-numbers': scene('#/history/compare/done.small', {
    runs: ofSort('regression', { r2: 0.62, off: 43.2 }),
    comparison: resampled('off-by', 43.2, 40.1),
    comparedAnswers: numberAnswers,
  }),
  'compare-repeats': scene('#/history/compare/done.small.third', {
    runs: [...runs, third],
    comparison,
    disagreements,
    comparedAnswers,
    press: [
      ['checkbox', 'Mean of repeats'],
      ['button', 'Look closer'],
    ],
  }),
  'compare-epochs': scene('#/history/compare/done.longer.third.small', { runs: [...runs, third, longer], comparison }),
  'compare-whole': scene('#/history/compare/done.whole', { runs: [...runs, whole] }),
  'compare-judging': scene('#/history/compare/done.small', { runs, silent: ['compareRuns'] }),
  'compare-gone': scene('#/history/compare/done.none', { runs }),
};
