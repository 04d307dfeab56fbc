// Forecasts and checks through the questions the window asks, by real processes: the newest counts, what was measured is handed over, and the
// memory is free when it is needed.
import { expect, test } from 'vitest';
import { ForecastHost } from '#main/forecast-host';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { eventually, startApp, value } from './app';
import { Processes, RUNS } from './processes';

const [DIES, IS_SILENT] = [4, 5];
const spec = (changed: Partial<RunSpec> = {}): RunSpec => ({ ...DEFAULT_SPEC, ...changed });

async function appWithData() {
  const app = startApp();
  const { id } = await value(app.ask('importSample', 'digits'));
  await eventually(() => app.processes.alive).toBe(0);
  const forecast = (changed?: Partial<RunSpec>) => app.ask('forecastRun', id, spec(changed));
  const processOf = async (changed?: Partial<RunSpec>) => (await value(forecast(changed))).engine.version;
  return { ...app, id, forecast, processOf };
}

test('one process answers them all, the newest question takes the place of the one before', async () => {
  const { forecast, processOf, processes } = await appWithData();
  const first = await processOf();
  const [earlier, later] = await Promise.all([forecast({ batch: 8 }), forecast({ batch: 16 })]);
  expect(earlier).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(later).toMatchObject({ ok: true, value: { engine: { version: first } } });
  expect(await processOf({ batch: 32 })).toBe(first);
  expect(processes.alive).toBe(1);
  // A process has one engine.
  expect(await processOf({ engine: 'wasm' })).not.toBe(first);
  await eventually(() => processes.alive).toBe(1);
});

test('it ends when it is left and when a run starts, beside which another can be asked', async () => {
  const { ask, forecast, id, processOf, processes, training } = await appWithData();
  await processOf();
  const silent = forecast({ seed: IS_SILENT });
  await value(ask('leaveForecast'));
  expect(await silent).toMatchObject({ failure: { kind: 'cancelled' } });
  await eventually(() => processes.alive).toBe(0);

  const before = await processOf();
  await value(ask('startRun', id, RUNS.untilStopped));
  await eventually(() => processes.alive).toBe(1);
  expect(await processOf()).not.toBe(before);
  await training.finish('stop');
});

test('a process that dies is a sentence, and the next question has another', async () => {
  const { forecast, processOf } = await appWithData();
  const first = await processOf();
  expect(await forecast({ seed: DIES })).toMatchObject({
    failure: {
      kind: 'bad-setting',
      problem: 'The program that forecasts ended (it crashed, signal 11). Change a setting to ask it again, or press Start.',
    },
  });
  expect(await processOf()).not.toBe(first);
});

test('what a plan measured is handed over for runs whose pieces are the same, and for no others', async () => {
  const { ask, events, forecast, id, training } = await appWithData();
  const measured = async (changed?: Partial<RunSpec>) => (await value(forecast(changed))).measured;
  expect(await measured()).toEqual([]);
  await value(ask('planRun', id, spec({ batch: 64, seed: 1 })));
  const points = [{ micro: 2, peakBytes: 20, milliseconds: 1 }];
  // Size by size, as it is measured.
  expect(events).toContainEqual({ kind: 'plan-measured', point: points[0] });
  expect(await measured({ batch: 512, budgetBytes: 1e9, epochs: 3, learningRate: 1, seed: 9 })).toEqual(points);
  for (const other of [{ model: 'mlp' }, { optimizer: 'sgd' }, { inputSize: 32 }, { batchNorm: 'frozen' }] as const)
    expect(await measured(other)).toEqual([]);

  // As is what a run measured at its start.
  await value(ask('startRun', id, { ...RUNS.completes, dropout: 0.5 }));
  await eventually(() => training.runId).toBeUndefined();
  expect(await measured({ dropout: 0.5 })).toEqual(points);
});

test('a size that was the end of a plan is remembered: by the next forecast, and by the run, which tries it no more', async () => {
  const { ask, events, forecast, id, training } = await appWithData();
  expect(await value(ask('planRun', id, RUNS.planDies))).toMatchObject({ diedAt: 32 });
  expect(await value(forecast(RUNS.planDies))).toMatchObject({ measuredAt: '32' });
  const sizeOf = async (changed: Partial<RunSpec> = {}): Promise<number | undefined> => {
    await value(ask('startRun', id, { ...RUNS.completes, ...changed }));
    await eventually(() => training.runId).toBeUndefined();
    const planned = events.flatMap((event) => (event.kind === 'run' && event.event.kind === 'planned' ? [event.event.plan.micro] : []));
    return planned.at(-1);
  };
  expect(await sizeOf()).toBe(16);
  // Controls: other settings, and pieces that a person asked for.
  expect(await sizeOf({ dropout: 0.25 })).toBe(32);
  expect(await sizeOf({ micro: 64 })).toBe(32);
});

test('a check is a process of its own; the newest counts, and it can be cancelled', async () => {
  const { ask, id, processes } = await appWithData();
  const check = (changed: Partial<RunSpec> = {}) => ask('checkPieces', id, spec(changed));
  const [earlier, later] = await Promise.all([check({ batch: 8 }), check({ batch: 16 })]);
  expect(earlier).toMatchObject({ failure: { kind: 'cancelled' } });
  expect(later).toEqual({ ok: true, value: { samples: 16, engine: 'js 1' } });
  const cancelled = check();
  await value(ask('cancelCheck'));
  expect(await cancelled).toMatchObject({ failure: { kind: 'cancelled' } });
  expect(await check({ seed: DIES })).toMatchObject({ failure: { kind: 'trainer-died' } });
  await eventually(() => processes.alive).toBe(0);
});

test('it is not idle while a question is open, also when another was ended meanwhile', async () => {
  const processes = new Processes();
  const host = new ForecastHost(processes.fork, 1);
  const asked = { spec: DEFAULT_SPEC, datasetFolder: '' };
  const earlier = host.forecast(asked);
  const later = host.forecast(asked);
  await expect(earlier).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(await later).toMatchObject({ engine: { name: 'js' } });
  // Then it is.
  await eventually(() => processes.alive).toBe(0);
});
