// Every page in every state that looks different.
import { COMPARE_SCENES } from './compare-scenes';
import { HELP_SCENES } from './help-scenes';
import { scene } from './make-scene';
import { QUALITY_SCENES } from './quality-scenes';
import { SETTINGS_SCENES } from './settings-scenes';
import { OWN } from './own-model';
import { DISK_SCENES } from './disk-scenes';
import { PLAN_SCENES } from './plan-scenes';
import { RECORD_SCENES } from './record-scenes';
import { live, RUN_SCENES, sentence } from './run-scenes';
import type { Scene } from './scene';
import { TROUBLE_SCENES } from './trouble-scenes';
import { MANY_PICTURES, MASKED, PREDICTION, WHERE } from './asked-things';
import { PLAN, run } from './run-things';
import { BIRD_VERSIONS, BIRD_VIEW, BIRDS, DIGITS, previews, REPORT, WASM } from './things';

const STOPPED_SURVEY = {
  id: 'a',
  name: 'survey-2026',
  parent: 'northern gardens',
  begunAt: new Date().toISOString(),
  done: 4120,
  total: 20_000,
};

const many = [
  run(),
  run({
    id: 'b',
    name: 'Birds with the big model, second try after Anna sorted the wrens',
    datasetName: BIRDS.name,
    state: 'stopped',
    resumable: true,
    engine: 'TensorFlow on the processor',
    seconds: 4210,
    peakBytes: 1.9e9,
    validationAccuracy: 0.8342,
    spec: { ...run().spec, model: 'resnet-18', batch: 1024 },
    micro: 16,
    tags: ['anna', 'baseline', 'wrens'],
    note: 'Try again with the new pictures of April, and with augmentation.',
    pinned: true,
  }),
  run({
    id: 'c',
    state: 'failed',
    failure: sentence,
    hasModel: false,
    validationAccuracy: undefined,
    validationLoss: undefined,
    seconds: 12,
    resumable: true,
  }),
  run({ id: 'd', state: 'interrupted', resumable: true, hasModel: false, validationAccuracy: 0.91, seconds: 31 }),
  { ...live, id: 'e' },
  run({
    id: 'f',
    engine: 'TensorFlow on the processor',
    epochsDone: 17,
    endedEarly: { epoch: 17, waited: 8, best: 9 },
    spec: { ...run().spec, epochs: 60, patience: 8 },
  }),
  run({ id: 'g', engine: 'TensorFlow on the processor', state: 'stopped', epochsDone: 11_756, spec: { ...run().spec, epochs: 13_000 } }),
];
const unequal = {
  ...PLAN,
  verdict: {
    kind: 'not-identical' as const,
    because: 'this model has batch normalization, which looks at the samples of one piece at a time instead of the whole batch',
    remedy: 'choose a model without batch normalization, or allow enough memory for the batch in one piece',
  },
};
const versions: Partial<Scene> = { datasets: [...BIRD_VERSIONS, DIGITS], thumbnails: previews(BIRDS), view: BIRD_VIEW };
const measure: Scene['press'] = [['button', 'Measure']];

export const SCENES: Record<string, Scene> = {
  ...TROUBLE_SCENES,
  ...DISK_SCENES,
  'data-empty': scene('#/data', { datasets: [] }),
  'data-checking': scene('#/data', {
    chosen: { token: 't', name: 'survey-2026' },
    silent: ['checkFolder'],
    press: [['button', 'Choose folder…']],
    events: [{ kind: 'import-progress', progress: { stage: 'check', done: 1210, total: 4012 } }],
  }),
  'data-importing': scene('#/data', {
    chosen: { token: 't', name: 'survey-2026' },
    report: REPORT,
    silent: ['importFolder'],
    press: [
      ['button', 'Choose folder…'],
      ['button', (say) => new RegExp(say('Import {0}', '\\d.*'))],
    ],
    events: [{ kind: 'import-progress', progress: { stage: 'decode', done: 1210, total: 4012 } }],
  }),
  'data-stopped': scene('#/data', {
    datasets: [DIGITS],
    thumbnails: previews(DIGITS),
    stopped: [STOPPED_SURVEY, { ...STOPPED_SURVEY, id: 'b', parent: 'southern gardens', done: 12 }],
  }),
  'data-stopped-alone': scene('#/data', { datasets: [], stopped: [STOPPED_SURVEY] }),
  'data-report': scene('#/data', {
    datasets: [],
    chosen: { token: 't', name: 'survey-2026' },
    report: REPORT,
    press: [['button', 'Choose folder…']],
  }),
  'data-likely-masks': scene('#/data', {
    datasets: [],
    chosen: { token: 't', name: 'cells' },
    report: {
      ...REPORT,
      classes: [
        { label: 'cells', count: 240, bytes: 61_000_000 },
        { label: 'outlines', count: 240, bytes: 480_000 },
      ],
      summary: '2 classes, 480 pictures, no split found.',
      likelyMasks:
        'The two folders look like pictures (240 files in "cells") and their masks (240 files in "outlines"), not like two classes.',
    },
    press: [['button', 'Choose folder…']],
  }),
  'data-blocked': scene('#/data', {
    datasets: [],
    chosen: { token: 't', name: 'holiday' },
    report: {
      ...REPORT,
      classes: REPORT.classes.slice(0, 1),
      summary: '1 class, 1,204 pictures, no split found.',
      blocking: [
        'There is only one class folder, "blackbird", and at least two are needed. If its own folders are the classes, choose that folder instead.',
      ],
    },
    press: [['button', 'Choose folder…']],
  }),
  'data-refused': scene('#/data', { datasets: [], chosen: { token: 't', name: 'birds' }, press: [['button', 'Choose folder…']] }),
  'data-list': scene('#/data', { datasets: [DIGITS, BIRDS], thumbnails: [...previews(DIGITS), ...previews(BIRDS)] }),
  'data-samples': scene('#/data', { datasets: [BIRDS], thumbnails: previews(BIRDS), press: [['button', 'Samples…']] }),
  'data-version': scene('#/data/birds2', versions),
  'data-version-chosen': scene('#/data/birds2', {
    ...versions,
    press: [
      ['button', /^wren/],
      ['option', /^wren: wren\/IMG_3812/],
    ],
  }),
  'data-version-facts': scene('#/data/birds2', { ...versions, press: [['tab', 'Classes and split']] }),
  'data-version-list': scene('#/data/birds2', { ...versions, press: [['tab', (say) => say('Versions ({0})', '3')]] }),
  'data-version-delete': scene('#/data/birds2', {
    ...versions,
    press: [
      ['tab', (say) => say('Versions ({0})', '3')],
      ['button', (say) => say('Delete version {0}', '2')],
    ],
  }),
  'data-version-broken': scene('#/data/birds2', { ...versions, view: undefined }),
  'data-needed': scene('#/data', {
    datasets: [DIGITS, BIRDS],
    thumbnails: [...previews(DIGITS), ...previews(BIRDS)],
    runs: [run({ state: 'paused', resumable: true, hasModel: false })],
    press: [['button', (say) => say('Remove {0}', 'digits')]],
  }),
  'data-removed': scene('#/data', {
    datasets: [DIGITS, BIRDS],
    thumbnails: [...previews(DIGITS), ...previews(BIRDS)],
    press: [['button', (say) => say('Remove {0}', 'digits')]],
  }),
  'plan-empty': scene('#/plan', { datasets: [] }),
  'plan-fresh': scene('#/plan'),
  'plan-own': scene('#/plan', { draft: { model: 'own' } }),
  'plan-own-chosen': scene('#/plan', { models: [OWN], draft: { model: 'own', start: `model:${OWN.id}`, trains: 'head' } }),
  'plan-own-refused': scene('#/plan', { draft: { model: 'own' }, press: [['button', 'Choose file…']] }),
  'plan-unlike-classes': scene('#/plan', { ...versions, draft: { model: 'mobilenet-v2' } }),
  'plan-weighted-classes': scene('#/plan', { ...versions, draft: { more: { classWeights: 'auto' } } }),
  'plan-more': scene('#/plan', { press: [['heading', 'More settings']] }),
  'plan-more-set': scene('#/plan', {
    draft: { more: { schedule: 'step', dropout: 0.2, augment: { flip: 0.5, rotate: 10 }, savers: ['recompute'], momentum: 0.8 } },
    press: [
      ['heading', 'More settings'],
      ['heading', 'Against learning by heart'],
    ],
  }),
  'plan-measuring': scene('#/plan', { silent: ['planRun'], press: measure }),
  'plan-pieces': scene('#/plan', {
    plan: { plan: PLAN, engine: WASM },
    press: measure,
    draft: { memory: 'limit', budget: '2 GB', pieces: 'fixed', epochs: '30', batch: '256' },
  }),
  'plan-unequal': scene('#/plan', {
    plan: { plan: unequal, engine: WASM },
    press: measure,
    draft: { model: 'resnet-18', memory: 'limit', budget: '2 GB' },
  }),
  'plan-whole': scene('#/plan', {
    plan: { plan: { ...run().plan!, pieces: [256], micro: 256, peakBytes: 148e6, budgetBytes: 5.2e9 }, engine: WASM },
    press: measure,
  }),
  ...HELP_SCENES,
  ...PLAN_SCENES,
  'plan-words': scene('#/plan', { press: [['button', 'What the words mean']] }),
  'plan-no-fit': scene('#/plan', {
    planFailure: { kind: 'out-of-memory', neededBytes: 24e6, availableBytes: 4e6, micro: 1 },
    press: measure,
    draft: { memory: 'limit', budget: '4 MB' },
  }),
  'plan-leave-wrong': scene('#/plan', { draft: { memory: 'limit', leave: 'much' } }),
  'plan-wrong': scene('#/plan', {
    draft: {
      batch: '-1',
      learningRate: 'fast',
      validation: '95',
      memory: 'limit',
      budget: '2 apples',
      seed: '1.5',
      epochs: '',
      pieces: 'fixed',
      micro: '0',
    },
  }),
  ...RUN_SCENES,
  'history-empty': scene('#/history'),
  'history-list': scene('#/history', { runs: many }),
  'history-filter': scene('#/history', { runs: many, press: [['button', 'Filter']] }),
  'history-columns': scene('#/history', { runs: many, press: [['button', 'Columns']] }),
  'history-ordered': scene('#/history', {
    runs: many,
    press: [
      ['button', 'Columns'],
      ['checkbox', (say) => `${say('Learning rate')}, ${say('optimizer')}`],
      ['checkbox', (say) => `${say('Seed')}, ${say('held out')}`],
      ['checkbox', (say) => `${say('Training loss')}, ${say('test part')}`],
      ['checkbox', (say) => `${say('Ended')}, ${say('engine')}`],
      ['button', 'Columns'],
      ['button', /^Batch/],
    ],
  }),
  'history-views': scene('#/history', { runs: many, press: [['button', 'Views']] }),
  'history-marks': scene('#/history', { runs: many, press: [['button', (say) => say('Tags and note of {0}', many[1].name)]] }),
  // What is written stays there: Save can be pressed again.
  'history-marks-held': scene('#/history', {
    runs: many,
    markFailure: { kind: 'database-busy', path: '/data/overbatch.db' },
    press: [
      ['button', (say) => say('Tags and note of {0}', many[1].name)],
      ['button', 'Save'],
      ['button', 'Save'],
    ],
  }),
  'history-weights': scene('#/history/done', { runs: [run({ hasModel: false, weightsDeletedAt: new Date().toISOString() })] }),
  'history-weights-needed': scene('#/history/done', {
    runs: [run({ id: 'second', name: 'digits, begun with another', spec: { ...run().spec, start: 'run:done' } }), run()],
    press: [['button', 'Delete weights, keep history']],
  }),
  'history-run': scene('#/history/done', { runs: many }),
  'history-run-busy': scene('#/history/done', { runs: [live, ...many], current: 'live' }),
  ...RECORD_SCENES,
  ...COMPARE_SCENES,
  'history-receipt-failed': scene('#/history/c/receipt', { runs: many }),
  'history-failed': scene('#/history/c', { runs: many }),
  'history-gone': scene('#/history/none', { runs: many }),
  'model-empty': scene('#/model'),
  'model-fresh': scene('#/model/done/try', { runs: many }),
  'model-take': scene('#/model/done/take', { runs: many }),
  'model-take-saved': scene('#/model/done/take', { runs: many, press: [['button', (say) => say('Save {0}', say('One web page'))]] }),
  'model-take-busy': scene('#/model/done/take', {
    runs: many,
    silent: ['exportModel'],
    press: [['button', (say) => say('Save {0}', say('One web page'))]],
    events: [{ kind: 'export-progress', progress: { stage: 'checking', share: 0.4 } }],
  }),
  ...QUALITY_SCENES,
  ...SETTINGS_SCENES,
  'model-answer': scene('#/model/done/try', { runs: many, prediction: PREDICTION, press: [['button', 'Choose pictures…']] }),
  'model-refused': scene('#/model/done/try', { runs: many, press: [['button', 'Choose pictures…']] }),
  'model-where': scene('#/model/done/try', {
    runs: many,
    prediction: PREDICTION,
    where: WHERE,
    press: [
      ['button', 'Choose pictures…'],
      ['button', 'Where did it look?'],
    ],
  }),
  'model-many': scene('#/model/done/try', {
    runs: many,
    prediction: PREDICTION,
    ...MANY_PICTURES,
    press: [
      ['button', 'Choose pictures…'],
      ['option', /IMG_2003/],
    ],
  }),
  'model-mask': scene('#/model/done/try', { runs: many, prediction: MASKED, press: [['button', 'Choose pictures…']] }),
  engine: scene('#/data', { press: [['button', 'Engine WebAssembly']] }),
  'engine-installing': scene('#/data', {
    silent: ['installEngine'],
    press: [
      ['button', 'Engine WebAssembly'],
      ['button', (say) => say('Install {0}', say('TensorFlow for the processor'))],
    ],
  }),
};
