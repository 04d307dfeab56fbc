// "How good is it" in every state that looks different.
import type { VersionView } from '#shared/dataset-view';
import { classEvaluation, evaluated, maskEvaluation, numberEvaluation } from './evaluations';
import { scene } from './make-scene';
import type { Scene } from './scene';
import { run } from './run-things';
import { BIRD_VIEW, DIGITS } from './things';

const DIGITS_VIEW: VersionView = {
  ...BIRD_VIEW,
  labels: DIGITS.labels,
  width: 8,
  height: 8,
  channels: 1,
  sampleLabels: Int32Array.from({ length: 1797 }, (_, i) => Math.floor(i / 5) % 10),
  sides: new Uint8Array(1797).fill(2),
};
export const QUALITY_SCENES: Record<string, Scene> = {
  'model-quality': scene('#/model/done/quality', {
    runs: [run()],
    view: DIGITS_VIEW,
    evaluated: evaluated(classEvaluation(DIGITS.labels, 359)),
  }),
  'model-quality-test': scene('#/model/done/quality', {
    runs: [run({ test: { samples: 200, accuracy: 0.93 } })],
    view: DIGITS_VIEW,
    evaluated: evaluated(classEvaluation(DIGITS.labels, 359), { test: 200, chosenBy: 'the epoch that was kept was chosen by them' }),
  }),
  'model-quality-cell': scene('#/model/done/quality', {
    runs: [run()],
    view: DIGITS_VIEW,
    evaluated: evaluated(classEvaluation(DIGITS.labels, 359)),
    press: [
      ['button', (say) => new RegExp(`${say('{0}, recognized', ' 8')}$`)],
      ['option', (say) => new RegExp(`^${say('is {0}', '8')}`)],
    ],
  }),
  'model-quality-many': scene('#/model/done/quality', {
    runs: [run()],
    view: DIGITS_VIEW,
    evaluated: evaluated(
      classEvaluation(
        Array.from({ length: 120 }, (_, i) => `species ${i + 1}`),
        10_000,
      ),
    ),
  }),
  'model-quality-computing': scene('#/model/done/quality', {
    runs: [run()],
    silent: ['evaluateRun'],
    events: [{ kind: 'evaluation-progress', runId: 'done', part: 'validation', done: 120, total: 359 }],
  }),
  'model-quality-gone': scene('#/model/done/quality', { runs: [run()] }),
  'model-quality-masks': scene('#/model/done/quality', {
    runs: [run({ sort: 'masks' })],
    evaluated: evaluated(maskEvaluation(['background', 'nucleus'], 90)),
  }),
  'model-quality-masks-missed': scene('#/model/done/quality', {
    runs: [run({ sort: 'masks' })],
    evaluated: evaluated(maskEvaluation(['background', 'circle', 'polygon'], 90, 'polygon')),
  }),
  'model-quality-masks-busy': scene('#/model/done/quality', {
    runs: [run({ sort: 'masks' }), { ...run({ id: 'live', state: 'running' }), hasModel: false }],
    current: 'live',
    evaluated: evaluated(maskEvaluation(['background', 'nucleus'], 90)),
    press: [['button', 'Compute now']],
  }),
  'model-quality-all-right': scene('#/model/done/quality', {
    runs: [run()],
    view: DIGITS_VIEW,
    evaluated: evaluated(classEvaluation([...DIGITS.labels.slice(0, 9), 'great spotted woodpecker'], 359, 0.005)),
  }),
  'model-quality-number': scene('#/model/done/quality', {
    runs: [run({ sort: 'regression' })],
    evaluated: evaluated(numberEvaluation('progression', 90)),
  }),
  'model-quality-rows': scene('#/model/done/quality', {
    runs: [run({ sort: 'classification' })],
    evaluated: evaluated(classEvaluation(['Adelie', 'Chinstrap', 'Gentoo'], 68)),
    press: [['button', (say) => new RegExp(`${say('{0}, recognized', 'Gentoo')}$`)]],
  }),
};
