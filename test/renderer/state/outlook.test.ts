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

test('measured is measured; the whole of a batch that runs in pieces was not, so the larger figure is told', () => {
  const { engine } = forecast;
  expect(measuredOutlook({ plan, engine }, forecast)).toMatchObject({
    basis: 'now',
    peakBytes: 1.9e6,
    wholeBatchBytes: 9e6,
    updatesPerEpoch: 6,
  });
  expect(measuredOutlook({ plan: { ...plan, pieces: [256] }, engine }, forecast).wholeBatchBytes).toBe(3e6);
  expect(measuredOutlook({ plan, engine }).updatesPerEpoch).toBeUndefined();
});
