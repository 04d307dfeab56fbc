// What plans measured: the newest of each engine, for the settings and the device they were measured with.
import { expect, test } from 'vitest';
import { measuredSettings, type Measurement } from '#shared/measurement';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { addDataset, getDataset } from '#store/datasets';
import { readMeasurements, rememberMeasurement } from '#store/measurements';
import { manifest, openTestStore } from './samples';

const measurement = (engine: string, at: string, peakBytes = 1): Measurement => ({
  engine,
  batch: 8,
  budgetBytes: 100,
  points: [{ micro: 2, peakBytes, milliseconds: 3 }],
  fit: { fixedBytes: 1, bytesPerSample: 2 },
  verified: { micro: 2, peakBytes },
  at,
});

test('the newest of each engine is kept, of this device and these settings', () => {
  const db = openTestStore();
  const here = { settings: 'a', device: 'this one' };
  rememberMeasurement(db, here, measurement('wasm 1', '2026-01-01'));
  rememberMeasurement(db, here, measurement('wasm 1', '2026-01-02', 7));
  rememberMeasurement(db, here, measurement('wasm 2', '2026-01-03'));
  const read = (of: Partial<typeof here> = {}) => readMeasurements(db, { ...here, ...of });
  expect(read().sort((a, b) => (a.engine < b.engine ? -1 : 1))).toEqual([
    measurement('wasm 1', '2026-01-02', 7),
    measurement('wasm 2', '2026-01-03'),
  ]);
  expect([read({ settings: 'b' }), read({ device: 'another' })]).toEqual([[], []]);
});

test('settings are the same where a piece is: whatever the batch, the rate and what is held out, not whatever is computed', () => {
  const db = openTestStore();
  addDataset(db, { id: 'd', manifest, folder: 'x', bytesOnDisk: 1 });
  const { summary } = getDataset(db, 'd');
  const of = (changed: Partial<RunSpec> = {}) => measuredSettings({ ...DEFAULT_SPEC, ...changed }, summary);
  for (const same of [
    { batch: 7 },
    { micro: 3 },
    { epochs: 2 },
    { learningRate: 1 },
    { seed: 5 },
    { batchNorm: 'per-micro-batch' },
    { dropout: undefined },
  ] as const)
    expect([same, of(same)]).toEqual([same, of()]);
  for (const other of [{ model: 'mlp' }, { optimizer: 'sgd' }, { dropout: 0.1 }, { batchNorm: 'frozen' }, { clipNorm: 1 }] as const)
    expect([other, of(other)]).not.toEqual([other, of()]);
  expect(measuredSettings(DEFAULT_SPEC, { ...summary, labels: ['one'] })).not.toBe(of());
});
