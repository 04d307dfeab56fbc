// What a plan shows is measured where it was, and says what measuring did not look at by the forecast.
import { expect, test } from 'vitest';
import { forecastOutlook, measuredOutlook } from '#renderer/state/outlook';
import type { BatchForecast, RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';

const asked = { batch: 200, micro: 32, pieces: [32, 32], peakBytes: 2e6, wholeBatchBytes: 9e6, updatesPerEpoch: 6 } as BatchForecast;
const forecast = { asked, budgetBytes: 4e6, basis: 'shapes', engine: { name: 'wasm' } } as RunForecast;
const plan = { batch: 256, pieces: [32, 32], peakBytes: 1.9e6, wholeBatchBytes: 3e6, secondsPerEpoch: 2 } as Plan;

test('the forecast is of the batch that was asked for; one that cannot run is none', () => {
  expect(forecastOutlook(forecast, 256)).toMatchObject({ batch: 256, budgetBytes: 4e6, basis: 'shapes', peakBytes: 2e6 });
  expect(forecastOutlook({ ...forecast, basis: 'measured' }, 256)?.basis).toBe('before');
  expect(forecastOutlook({ ...forecast, asked: { batch: 256, neededBytes: 9e6 } }, 256)).toBeUndefined();
});

test('measured is measured, the whole batch as the plan and then the receipt say it; how often it updates is known from the forecast', () => {
  const { engine } = forecast;
  expect(measuredOutlook({ plan, engine }, forecast)).toMatchObject({
    basis: 'now',
    peakBytes: 1.9e6,
    wholeBatchBytes: 3e6,
    updatesPerEpoch: 6,
    secondsPerEpoch: 2,
  });
  expect(measuredOutlook({ plan, engine }).updatesPerEpoch).toBeUndefined();
});

test('measured while others were at work, the time is a span; that of a run with these settings goes before all', () => {
  const { engine } = forecast;
  const disturbed = { ...plan, disturbed: 0.5 };
  expect(measuredOutlook({ plan: disturbed, engine })).toMatchObject({ secondsPerEpoch: 1, timesApart: 2 });
  const ran = { secondsPerEpoch: 0.5, at: '2026-01-01', isTraining: true };
  const seen = { ...forecast, ran };
  expect(measuredOutlook({ plan: disturbed, engine }, seen)).toMatchObject({ ran, secondsPerEpoch: 0.5, timesApart: undefined });
  expect(forecastOutlook(seen, 256)).toMatchObject({ ran, secondsPerEpoch: 0.5 });
  expect(forecastOutlook(forecast, 256)?.ran).toBeUndefined();
});
