// What plans measured: the newest of each size, for the engine, the settings and the device they were measured with.
import { expect, test } from 'vitest';
import { measuredSettings, type Measurement } from '#shared/measurement';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { addDataset, getDataset } from '#store/datasets';
import { readMeasurements, rememberMeasurement } from '#store/measurements';
import { manifest, openTestStore } from './samples';

const measurement = (engine: string, at: string, peakBytes = 1, micros = [2]): Measurement => ({
  engine,
  points: micros.map((micro) => ({ micro, peakBytes, milliseconds: 3 })),
  at,
});

test('each engine is kept apart, of this device and these settings', () => {
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

test('a plan of few sizes takes nothing away from what another measured', () => {
  const db = openTestStore();
  const here = { settings: 'a', device: 'this one' };
  rememberMeasurement(db, here, measurement('wasm 1', '2026-01-01', 5, [2, 8, 32]));
  rememberMeasurement(db, here, measurement('wasm 1', '2026-01-02', 6, [1, 8]));
  const [{ points, at }] = readMeasurements(db, here);
  expect(points.map(({ micro, peakBytes }) => [micro, peakBytes])).toEqual([
    [1, 6],
    [2, 5],
    [8, 6],
    [32, 5],
  ]);
  expect(at).toBe('2026-01-02');
});

test('what was known of the pace stays where a newer plan does not say it', () => {
  const db = openTestStore();
  const here = { settings: 'a', device: 'this one' };
  const known = { pace: { piece: 1 } as Measurement['pace'], disturbed: 0.3 };
  rememberMeasurement(db, here, { ...measurement('wasm 1', '2026-01-01'), ...known });
  // A run's own plan.
  rememberMeasurement(db, here, measurement('wasm 1', '2026-01-02'));
  expect(readMeasurements(db, here)[0]).toMatchObject({ ...known, at: '2026-01-02' });
  rememberMeasurement(db, here, { ...measurement('wasm 1', '2026-01-03'), pace: { piece: 2 } as Measurement['pace'] });
  const [{ pace, disturbed }] = readMeasurements(db, here);
  expect([pace, disturbed]).toEqual([{ piece: 2 }, undefined]);
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
