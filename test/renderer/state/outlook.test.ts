// What a plan shows is measured where it was, and says what measuring did not look at by the forecast.
import { expect, test } from 'vitest';
import { forecastOutlook, measuredOutlook, type Outlook } from '#renderer/state/outlook';
import type { BatchForecast, RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';

const asked = { batch: 200, micro: 32, pieces: [32, 32], peakBytes: 2e6, wholeBatchBytes: 9e6, updatesPerEpoch: 6 } as BatchForecast;
const forecast = { asked, budgetBytes: 4e6, basis: 'shapes', engine: { name: 'wasm' } } as RunForecast;
const plan = { batch: 256, micro: 32, pieces: [32, 32], peakBytes: 1.9e6, wholeBatchBytes: 3e6, secondsPerEpoch: 2 } as Plan;
const { engine } = forecast;
const ran = { runId: 'run-1', secondsPerEpoch: 0.5, micro: 32, at: '2026-01-01' };
const seen: RunForecast = { ...forecast, ran, asked: { ...asked, secondsPerEpoch: ran.secondsPerEpoch } };

test('the forecast is of the batch that was asked for; one that cannot run is none', () => {
  expect(forecastOutlook(forecast, 256)).toMatchObject({ batch: 256, budgetBytes: 4e6, basis: 'shapes', peakBytes: 2e6 });
  expect(forecastOutlook({ ...forecast, basis: 'measured' }, 256)?.basis).toBe('before');
  expect(forecastOutlook({ ...forecast, asked: { batch: 256, neededBytes: 9e6 } }, 256)).toBeUndefined();
});

test('measured is measured, the whole batch as the plan and then the receipt say it; how often it updates is known from the forecast', () => {
  expect(measuredOutlook({ plan, engine }, forecast)).toMatchObject({
    basis: 'now',
    peakBytes: 1.9e6,
    wholeBatchBytes: 3e6,
    updatesPerEpoch: 6,
    secondsPerEpoch: 2,
  });
  expect(measuredOutlook({ plan, engine }).updatesPerEpoch).toBeUndefined();
});

test('measured while others were at work, the time is a span, unless a run or a plan with these settings tells it', () => {
  const disturbed = { ...plan, disturbed: 0.5 };
  expect(measuredOutlook({ plan: disturbed, engine })).toMatchObject({ secondsPerEpoch: 1, timesApart: 2 });
  const ofRun = measuredOutlook({ plan: disturbed, engine }, seen);
  expect([ofRun.ran, ofRun.secondsPerEpoch, ofRun.timesApart]).toEqual([ran, 0.5, undefined]);
  const before: RunForecast = { ...forecast, basis: 'measured', asked: { ...asked, secondsPerEpoch: 1.8 } };
  expect(measuredOutlook({ plan: disturbed, engine }, before)).toMatchObject({ secondsPerEpoch: 1.8, timesApart: undefined });
  // It is said of the time that stands there: that of the plan before, which nobody disturbed.
  const said = (known?: RunForecast) => measuredOutlook({ plan: disturbed, engine }, known).disturbed;
  expect([said(), said(seen), said(before), said({ ...before, disturbed: 0.3 })]).toEqual([0.5, 0.5, undefined, 0.3]);
  expect(forecastOutlook(seen, 256)?.ran).toBe(ran);
  expect(forecastOutlook(forecast, 256)?.ran).toBeUndefined();
});

test('what plans and runs of these settings took may come again: all of it is in the span', () => {
  const ends = ({ secondsPerEpoch = NaN, timesApart = 1 }: Outlook) => [secondsPerEpoch / timesApart, secondsPerEpoch * timesApart];
  const of = (known: RunForecast) => ends(measuredOutlook({ plan, engine }, known));
  expect(of(seen)).toEqual([expect.closeTo(0.5, 9), expect.closeTo(2, 9)]);
  const before: RunForecast = { ...forecast, basis: 'measured', asked: { ...asked, secondsPerEpoch: 2.5 } };
  expect(of(before)).toEqual([expect.closeTo(2, 9), expect.closeTo(2.5, 9)]);
  // Controls: what was expected alone, cut otherwise, or measured beside others, says less than what is measured now.
  for (const less of [
    { ...before, basis: 'shapes' as const },
    { ...before, disturbed: 0.5 },
    { ...seen, asked: { ...asked, micro: 16, secondsPerEpoch: 0.5 } },
  ])
    expect(of(less)).toEqual([2, 2]);
});
