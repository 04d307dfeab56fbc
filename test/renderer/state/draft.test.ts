// What is typed becomes a spec or a sentence at its field; nothing kept by an earlier start can break the form.
import { expect, test } from 'vitest';
import { DEFAULT_DRAFT, draftOf, parseNumber, readDraft, restoreDraft, type Draft } from '#renderer/state/draft';
import { defaultSpec } from '#shared/default-spec';
import { DEFAULT_SPEC, batchNormOf, type RunSpec } from '#shared/run-spec';
import { MORE_FIELDS } from '#renderer/words/more-settings';

const problemsOf = (over: Partial<Draft>) => readDraft({ ...DEFAULT_DRAFT, ...over }).problems;

const USUAL = defaultSpec('pictures');

test('the untouched form is the default spec', () => {
  expect(readDraft(DEFAULT_DRAFT)).toEqual({ spec: USUAL, problems: {} });
});

test('numbers as people type them', () => {
  expect(['1,024', ' 256 ', '0,005', '0.005', '1e-3'].map(parseNumber)).toEqual([1024, 256, 0.005, 0.005, 0.001]);
  expect(['', 'fast', '1,02,4'].map(parseNumber)).toEqual([NaN, NaN, NaN]);
});

test.each([
  ['batch', { batch: '0' }, 'at least 1'],
  ['batch', { batch: '-1' }, 'at least 1'],
  ['batch', { batch: '1000000000' }, 'at most 1,000,000'],
  ['batch', { batch: '2.5' }, 'whole number'],
  ['batch', { batch: '' }, 'must be a number'],
  ['micro', { pieces: 'fixed', micro: '0' }, 'at least 1'],
  ['budget', { memory: 'limit', budget: '2 apples' }, '512 MB'],
  ['budget', { memory: 'limit', budget: '0 MB' }, '512 MB'],
  ['budget', { memory: 'limit', budget: '4' }, 'with its unit'],
  ['epochs', { epochs: 'many' }, 'must be a number'],
  ['learningRate', { learningRate: '0' }, 'above zero'],
  ['validation', { validation: '95' }, '1 to 90 percent'],
  ['seed', { seed: '1.5' }, 'whole number'],
] as const)('%s: %o is refused with a sentence', (field, over, words) => {
  const problems = problemsOf(over);
  expect(Object.keys(problems)).toEqual([field]);
  expect(problems[field]).toContain(words);
});

test('what is not chosen cannot be wrong', () => {
  expect(problemsOf({ memory: 'free', budget: 'nonsense', pieces: 'auto', micro: 'nonsense' })).toEqual({});
});

test('a draft comes back as it was kept', () => {
  const draft: Draft = {
    ...DEFAULT_DRAFT,
    model: 'resnet-18',
    batchNorm: 'exact',
    memory: 'limit',
    budget: '512 MiB',
    batch: 'half typ',
    more: { schedule: 'cosine', augment: { flip: 0.5 } },
  };
  expect(restoreDraft(JSON.stringify(draft))).toEqual(draft);
});

test.each([null, '', 'no json', 'null', '[]', '{"model":"gone","batch":7}'])('a damaged draft (%s) is the default', (kept) => {
  expect(restoreDraft(kept)).toEqual(DEFAULT_DRAFT);
});

test('the form of a spec means that spec', () => {
  const spec = {
    ...DEFAULT_SPEC,
    batchNorm: 'exact' as const,
    micro: 32,
    budgetBytes: 30_000_001,
    validationShare: 0.07,
    learningRate: 1e-7,
  };
  expect(readDraft(draftOf(spec)).spec).toEqual(spec);
});

test('a start is asked for where the model has one, with the statistics it brings; elsewhere it means nothing', () => {
  const draft: Draft = { ...DEFAULT_DRAFT, model: 'efficientnet-lite0', start: 'imagenet' };
  const { spec } = readDraft(draft);
  expect(spec).toEqual({ ...USUAL, model: 'efficientnet-lite0', start: 'imagenet', trains: 'head' });
  expect(batchNormOf(spec!)).toBe('frozen');
  expect(draftOf(spec!)).toEqual(draft);
  expect(restoreDraft(JSON.stringify(draft))).toEqual(draft);
  expect(draftOf({ ...spec!, trains: undefined }).trains).toBe('everything');
  expect(readDraft({ ...draft, model: 'resnet-8' }).spec).toEqual({ ...USUAL, model: 'resnet-8' });
  expect(Object.keys(problemsOf({ ...draft, batchNorm: 'exact' }))).toEqual(['batchNorm']);
  expect(problemsOf({ ...draft, batchNorm: 'exact', trains: 'everything' })).toEqual({});
});

/** Between them, every setting that the form has no field for. */
const RICH: RunSpec[] = [
  {
    ...DEFAULT_SPEC,
    optimizer: 'momentum',
    momentum: 0.8,
    schedule: 'step',
    stepEpochs: 2.5,
    stepFactor: 0.5,
    warmupEpochs: 0.5,
    l2: 1e-4,
    weightDecay: 0.02,
    clipNorm: 1,
    ema: 0.99,
    labelSmoothing: 0.1,
    classWeights: 'auto',
    dropout: 0.2,
    augment: { flip: 0.5, rotate: 10 },
    inputSize: 96,
    workers: 0,
    savers: ['recompute'],
    precision: 'bfloat16',
    finalModel: 'best',
    patience: 6,
    minEpochs: 10,
  },
  { ...DEFAULT_SPEC, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, loss: 'focal', focalGamma: 1.5 },
  { ...DEFAULT_SPEC, model: 'resnet-18', normalization: 'group', width: 0.5 },
  { ...DEFAULT_SPEC, optimizer: 'rmsprop', alpha: 0.9 },
  { ...DEFAULT_SPEC, model: 'mlp', categories: 'embedded' },
];

test('what the form has no field for is planned again as it was, also after a restart, and can be cleared', () => {
  const covered = new Set(RICH.flatMap((spec) => Object.keys(draftOf(spec).more)));
  expect([...covered].sort()).toEqual([...MORE_FIELDS].sort());
  for (const spec of RICH) {
    const draft = draftOf(spec);
    expect(readDraft(restoreDraft(JSON.stringify(draft))).spec).toEqual(spec);
    expect(readDraft({ ...draft, more: {} }).spec).toEqual({ ...DEFAULT_SPEC, optimizer: spec.optimizer, model: spec.model });
  }
});

test('what a run set and the form now contradicts is said at that setting', () => {
  const draft = draftOf({ ...DEFAULT_SPEC, optimizer: 'momentum', momentum: 0.8 });
  const { spec, problems } = readDraft({ ...draft, optimizer: 'adam' });
  expect(spec).toBeUndefined();
  expect(Object.keys(problems)).toEqual(['momentum']);
  expect(problems.momentum).toContain('Leave it out');
  const wide = readDraft({ ...draftOf({ ...DEFAULT_SPEC, model: 'resnet-18', width: 0.5 }), model: 'lenet' });
  expect(wide.problems).toEqual({ width: 'LeNet-5 comes in one width only. Leave the width out.' });
});

test('kept settings that are none, or cannot be, are left out', () => {
  const kept = { more: { ema: 0.99, dropout: 7, schedule: 'zigzag', batch: 4, made: 'up' } };
  expect(restoreDraft(JSON.stringify(kept))).toEqual({ ...DEFAULT_DRAFT, more: { ema: 0.99 } });
});
