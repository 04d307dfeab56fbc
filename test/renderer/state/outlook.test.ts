// What a plan shows is measured where it was, and says what measuring did not look at by the forecast.
import { expect, test } from 'vitest';
import { forecastOutlook, measuredOutlook } from '#renderer/state/outlook';
import type { BatchForecast, RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';

const asked = { batch: 200, micro: 32, pieces: [32, 32], peakBytes: 2e6, wholeBatchBytes: 9e6, updatesPerEpoch: 6 } as BatchForecast;
const forecast = { asked, budgetBytes: 4e6, basis: 'shapes', engine: { name: 'wasm' } } as RunForecast;
const plan = { batch: 256, micro: 32, pieces: [32, 32], peakBytes: 1.9e6, wholeBatchBytes: 3e6, secondsPerEpoch: 2 } as Plan;
const { engine } = forecast;
const at = '2026-01-02';
/** Of a run that began a day before. */
const ran = { runId: 'run-1', secondsPerEpoch: 0.5, micro: 32, at: '2026-01-01' };
const seen = { ...forecast, ran };

test('the forecast is of the batch that was asked for; one that cannot run is none', () => {
  expect(forecastOutlook(forecast, 256)).toMatchObject({ batch: 256, budgetBytes: 4e6, basis: 'shapes', peakBytes: 2e6 });
  expect(forecastOutlook({ ...forecast, basis: 'measured' }, 256)?.basis).toBe('before');
  expect(forecastOutlook({ ...forecast, asked: { batch: 256, neededBytes: 9e6 } }, 256)).toBeUndefined();
});

test('measured is measured, the whole batch as the plan and then the receipt say it; how often it updates is known from the forecast', () => {
  expect(measuredOutlook({ plan, engine, at }, forecast)).toMatchObject({
    basis: 'now',
    peakBytes: 1.9e6,
    wholeBatchBytes: 3e6,
    updatesPerEpoch: 6,
    secondsPerEpoch: 2,
  });
  expect(measuredOutlook({ plan, engine, at }).updatesPerEpoch).toBeUndefined();
});

test('measured while others were at work, the time is a span, unless a run with these settings tells it', () => {
  const disturbed = { ...plan, disturbed: 0.5 };
  expect(measuredOutlook({ plan: disturbed, engine, at })).toMatchObject({ secondsPerEpoch: 1, timesApart: 2 });
  const ofRun = measuredOutlook({ plan: disturbed, engine, at }, seen);
  expect([ofRun.ran, ofRun.secondsPerEpoch, ofRun.timesApart]).toEqual([ran, 0.5, undefined]);
  expect(forecastOutlook(seen, 256)?.ran).toBe(ran);
  expect(forecastOutlook(forecast, 256)?.ran).toBeUndefined();
});

test('the time of a run is that of no plan cut otherwise, nor of one measured later with nobody else at work', () => {
  const before = measuredOutlook({ plan, engine, at: '2025-12-31' }, seen);
  expect([before.ran, before.secondsPerEpoch]).toEqual([ran, 0.5]);
  for (const measured of [
    { plan, engine, at },
    { plan: { ...plan, micro: 16 }, engine, at: '2025-12-31' },
  ]) {
    const { ran: told, secondsPerEpoch } = measuredOutlook(measured, seen);
    expect([told, secondsPerEpoch]).toEqual([undefined, 2]);
  }
});
