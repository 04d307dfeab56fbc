// What is said before a run is repeated: nothing where nothing differs, and a sentence for each thing that does.
import { expect, test } from 'vitest';
import type { EngineReport } from '#shared/engine';
import type { Machine } from '#shared/machine';
import { differences, type Before, type Now } from '#shared/repeat';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';

const engine: EngineReport = { name: 'tensorflow-cpu', version: 'TensorFlow 2.21.0', reason: '', skipped: [] };
const machine: Machine = { system: 'linux x64', processor: 'One', threads: 4, memoryBytes: 8e9 };
const receipt = {
  engine,
  machine,
  versions: { overbatch: '0.1.0', tfjs: '4.22.0', node: '20' },
  plan: { micro: 64 },
  reason: 'completed',
} as unknown as Receipt;
const now: Now = { engineVersion: 'TensorFlow 2.21.0', otherEngine: 'wasm', overbatch: '0.1.0', machine };

const said = (spec: Partial<RunSpec>, of: Partial<Receipt>, then: Partial<Now> = {}): string[] => {
  const before: Before = { spec: { ...DEFAULT_SPEC, ...spec }, engine, receipt: { ...receipt, ...of } };
  return differences(before, { ...now, ...then });
};

test('the same computer, program and engine: nothing to say', () => {
  expect(said({}, {})).toEqual([]);
  expect(said({}, {}, { machine: { ...machine, memoryBytes: 1 } })).toEqual([]);
  // Of a card that it did not run on.
  expect(said({}, {}, { machine: { ...machine, graphics: ['Card'] } })).toEqual([]);
  expect(said({ start: 'run:1' }, { startWeights: 'a' }, { startWeights: 'a' })).toEqual([]);
  expect(said({}, { extendedAfter: 3 })).toEqual([]);
  expect(said({}, { recoveries: [{ during: 'validation' }] as Receipt['recoveries'] })).toEqual([]);
});

test.each<[string, Partial<RunSpec>, Partial<Receipt>, Partial<Now>]>([
  ['which cannot be used here now: it would run on WebAssembly', {}, {}, { engineVersion: null }],
  ['It ran with TensorFlow 2.21.0, and here is TensorFlow 2.22.0', {}, {}, { engineVersion: 'TensorFlow 2.22.0' }],
  ['made by Overbatch 0.1.0, and this is 0.2.0', {}, {}, { overbatch: '0.2.0' }],
  ['on another computer (One, 4 threads, linux x64)', {}, {}, { machine: { ...machine, threads: 2 } }],
  [
    'on another computer (One, 4 threads, A, linux x64)',
    {},
    { engine: { ...engine, name: 'tensorflow-cuda' }, machine: { ...machine, graphics: ['A'] } },
    { machine: { ...machine, graphics: ['B'] } },
  ],
  ['does not say on which computer', {}, { machine: undefined }, {}],
  ['trained further since', { start: 'run:1' }, { startWeights: 'a' }, { startWeights: 'b' }],
  ['of at most 64 from the first step', {}, { recoveries: [{ during: 'training' }] as Receipt['recoveries'] }, {}],
  ['of at most 64 from the first step', {}, { recoveries: [{ during: 'resumed' }] as Receipt['recoveries'] }, {}],
  ['Parts of it were made with TensorFlow', {}, { madeBefore: [{ engine: { ...engine, version: 'TensorFlow 2.20.0' }, machine }] }, {}],
  ['made longer after epoch 3', { schedule: 'cosine' }, { extendedAfter: 3 }, {}],
  ['ended early', {}, { reason: 'stopped' }, {}],
])('%s', (words, spec, of, then) => {
  const sentences = said(spec, of, then);
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toContain(words);
});

test('a run that ended before it had a receipt is said to be unknown', () => {
  expect(differences({ spec: DEFAULT_SPEC, engine }, now)).toEqual([expect.stringContaining('before it had a receipt')]);
});
