// Runs side by side: what differs first, and results beside the baseline's.
import { expect, it } from 'vitest';
import { resultRows, settingRows } from '#renderer/words/compare-words';
import type { RunSummary } from '#shared/run-record';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';

const run = (spec: Partial<RunSpec>, also: Partial<RunSummary> = {}): RunSummary => ({
  id: 'r',
  name: 'r',
  state: 'completed',
  spec: { ...DEFAULT_SPEC, ...spec },
  datasetId: 'd',
  datasetName: 'digits',
  sort: 'pictures',
  startedAt: '2026-11-30T10:00:00.000Z',
  epochsDone: 15,
  resumable: false,
  extendable: true,
  hasModel: true,
  ...also,
});

it('the settings that differ come first, with their units, in the order in which a run tells them', () => {
  const rows = settingRows([run({}), run({ learningRate: 0.01, dropout: 0.2 }), run({ batch: 64, budgetBytes: 2e9 })]);
  const differing = rows.filter(({ differs }) => differs);
  expect(rows.slice(0, differing.length)).toEqual(differing);
  expect(differing).toEqual([
    { name: 'Batch', values: ['256', '256', '64'], differs: true },
    { name: 'Memory budget', values: ['What is free', 'What is free', '2.00 GB'], differs: true },
    { name: 'Learning rate', values: ['0.005', '0.01', '0.005'], differs: true },
    { name: 'Dropout', values: ['–', '20.0 %', '–'], differs: true },
  ]);
  // Runs that are alike have none that differs (control).
  expect(settingRows([run({}), run({})]).some(({ differs }) => differs)).toBe(false);
});

it('an exact repeat, which names the engine that was found for the first run, differs in nothing; another engine does', () => {
  const wasm = { engine: 'WebAssembly' };
  const again = settingRows([run({}, wasm), run({ engine: 'wasm' }, wasm)]);
  expect(again.some(({ differs }) => differs)).toBe(false);
  expect(again).toContainEqual({ name: 'Engine', values: ['WebAssembly', 'WebAssembly'], differs: false });
  expect(settingRows([run({}, wasm), run({}, { engine: 'Plain JavaScript' })])[0]).toMatchObject({ name: 'Engine', differs: true });
  // One that has not begun yet has only what was chosen.
  expect(settingRows([run({}, wasm), run({ engine: 'wasm' })])[0]).toMatchObject({ name: 'Engine chosen', differs: true });
});

it('results have their direction and signed differences from the first', () => {
  const rows = resultRows([
    run({}, { validationAccuracy: 0.9, validationLoss: 0.4, peakBytes: 2e9, seconds: 30 }),
    run({}, { validationAccuracy: 0.912, validationLoss: 0.5, peakBytes: 1e9, seconds: 30 }),
    run({}, { validationLoss: NaN }),
  ]);
  const row = (name: string) => rows.find((found) => found.name === name)!;
  expect(row('Validation, right')).toMatchObject({
    better: 'higher',
    texts: ['90.0 %', '91.2 %', '–'],
    deltas: [undefined, { text: '+1.2 points', isBetter: true }, undefined],
  });
  expect(row('Validation loss').deltas).toEqual([undefined, { text: '+0.100', isBetter: false }, undefined]);
  expect(row('Peak memory').deltas[1]).toEqual({ text: '−1.00 GB', isBetter: true });
  expect(row('Time').deltas[1]).toEqual({ text: '0' });
  // Less than is told of it is neither better nor worse.
  const [a, b] = [run({}, { seconds: 0.2 }), run({}, { seconds: 0.23 })];
  expect(resultRows([a, b]).find(({ name }) => name === 'Time')).toMatchObject({
    texts: ['0.2 s', '0.2 s'],
    deltas: [undefined, { text: '0' }],
  });
  expect(rows.map(({ name }) => name)).not.toContain('Test, right');
});

it('of numbers less off is better, of R² more', () => {
  const rows = resultRows([
    run({}, { validationAccuracy: NaN, validationScores: { r2: 0.5, off: 40 } }),
    run({}, { validationAccuracy: NaN, validationScores: { r2: 0.45, off: 43.2 } }),
  ]);
  expect(rows.slice(0, 2)).toMatchObject([
    { name: 'Validation, R²', texts: ['0.500', '0.450'], deltas: [undefined, { text: '−0.05', isBetter: false }] },
    { name: 'Validation, off by on average', texts: ['40', '43.2'], deltas: [undefined, { text: '+3.2', isBetter: false }] },
  ]);
});
