// What a plan means as far as it is known: measured where it was measured with these very settings, forecast otherwise.
import type { EngineReport } from '#shared/engine';
import { fits, type RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';
import type { Measured } from './planning.svelte';

export type Outlook = Pick<
  Plan,
  'batch' | 'pieces' | 'peakBytes' | 'wholeBatchBytes' | 'budgetBytes' | 'memory' | 'verdict' | 'secondsBefore'
> & {
  /** 'shapes': counted, nothing was run; 'before': from an earlier measurement; 'now': measured with these settings. */
  basis: 'shapes' | 'before' | 'now';
  /** Absent until something is known of this computer's speed. */
  secondsPerEpoch?: number;
  /** It may be so many times less or more; absent: measured. */
  timesApart?: number;
  updatesPerEpoch?: number;
  engine: EngineReport;
};

/** @param forecast of the same settings: it knows what was not measured, such as the whole of a batch that runs in pieces */
export function measuredOutlook({ plan, engine }: Pick<Measured, 'plan' | 'engine'>, forecast?: RunForecast): Outlook {
  const asked = forecast && fits(forecast.asked) ? forecast.asked : undefined;
  const wholeBatchBytes = plan.pieces.length === 1 ? plan.wholeBatchBytes : Math.max(plan.wholeBatchBytes, asked?.wholeBatchBytes ?? 0);
  return { ...plan, wholeBatchBytes, engine, basis: 'now', updatesPerEpoch: asked?.updatesPerEpoch };
}

/** Undefined where the asked batch cannot run at all. @param batch as asked for, which may be more than there is to learn from */
export function forecastOutlook({ asked, budgetBytes, engine, basis }: RunForecast, batch: number): Outlook | undefined {
  return fits(asked) ? { ...asked, batch, budgetBytes, engine, basis: basis === 'measured' ? 'before' : 'shapes' } : undefined;
}
