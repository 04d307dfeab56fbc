// What is typed becomes a spec or a sentence at its field; nothing kept by an earlier start can break the form.
import { expect, test } from 'vitest';
import { DEFAULT_DRAFT, draftOf, parseNumber, readDraft, restoreDraft, type Draft } from '#renderer/state/draft';
import { DEFAULT_SPEC } from '#shared/run-spec';

const problemsOf = (over: Partial<Draft>) => readDraft({ ...DEFAULT_DRAFT, ...over }).problems;

test('the untouched form is the default spec', () => {
  expect(readDraft(DEFAULT_DRAFT)).toEqual({ spec: DEFAULT_SPEC, problems: {} });
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
  const draft: Draft = { ...DEFAULT_DRAFT, model: 'resnet-18', batchNorm: 'exact', memory: 'limit', budget: '512 MiB', batch: 'half typ' };
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
