// What a plan means as far as it is known: measured where it was measured with these very settings, forecast otherwise.
import type { EngineReport } from '#shared/engine';
import { isDisturbed, undisturbed } from '#shared/disturbance';
import { fits, type Beside, type RanPace, type RunForecast } from '#shared/forecast';
import type { Plan } from '#shared/plan';
import type { Expected } from '#shared/queue';
import { spanOfAll, type TimeSpan } from '#shared/time-span';
import type { Measured } from './planning.svelte';

export type Outlook = Pick<
  Plan,
  'batch' | 'pieces' | 'peakBytes' | 'wholeBatchBytes' | 'budgetBytes' | 'memory' | 'verdict' | 'secondsBefore'
> & {
  beside?: Beside;
  /** 'shapes': counted, nothing was run; 'before': from an earlier measurement; 'now': measured with these settings. */
  basis: 'shapes' | 'before' | 'now';
  /** Its time is that of such a run, not of a plan. */
  ran?: RanPace;
  /** Absent until something is known of this computer's speed. */
  secondsPerEpoch?: number;
  /** It may be so many times less or more; absent: measured. */
  timesApart?: number;
  /** Share of the work that others took whenever its time was measured. */
  disturbed?: number;
  updatesPerEpoch?: number;
  engine: EngineReport;
};

/** @param forecast of the same settings: it knows what a plan does not say */
export function measuredOutlook({ plan, engine }: Pick<Measured, 'plan' | 'engine'>, forecast?: RunForecast): Outlook {
  const asked = forecast && fits(forecast.asked) ? forecast.asked : undefined;
  const isAlike = asked?.micro === plan.micro;
  const time = timeOf(plan, isAlike ? forecast : undefined);
  const ran = isAlike ? forecast?.ran : undefined;
  return { ...plan, ...time, ran, beside: forecast?.beside, engine, basis: 'now', updatesPerEpoch: asked?.updatesPerEpoch };
}

/** As measured, and as other plans and runs of these settings say it. @param forecast cut as the plan is */
function timeOf(plan: Plan, forecast?: RunForecast): TimeSpan & Pick<Outlook, 'disturbed'> {
  const measured = { ...undisturbed(plan.secondsPerEpoch, plan.disturbed), disturbed: plan.disturbed };
  const { asked, basis, disturbed, ran } = forecast ?? {};
  const isSure = ran !== undefined || !isDisturbed({ disturbed });
  if (!asked || !fits(asked) || asked.secondsPerEpoch === undefined || (basis === 'shapes' && !ran)) return measured;
  const before = { secondsPerEpoch: asked.secondsPerEpoch, timesApart: asked.timesApart };
  if (isDisturbed(plan)) return { ...before, disturbed: basis === 'measured' ? disturbed : plan.disturbed };
  return isSure ? { ...measured, ...spanOfAll([measured, before]) } : measured;
}

/** Undefined where the asked batch cannot run at all. @param batch as asked for, which may be more than there is to learn from */
export function forecastOutlook(forecast: RunForecast, batch: number): Outlook | undefined {
  const { asked, budgetBytes, engine, basis, beside, disturbed, ran } = forecast;
  if (!fits(asked)) return undefined;
  return {
    ...asked,
    ran,
    batch,
    budgetBytes,
    engine,
    beside,
    disturbed,
    basis: basis === 'measured' ? 'before' : 'shapes',
  };
}

/** For a run that waits. */
export const expectedOf = ({ pieces, peakBytes, secondsBefore = 0, secondsPerEpoch, timesApart }: Outlook, epochs: number): Expected => ({
  pieces: pieces.length,
  micro: Math.max(...pieces),
  peakBytes,
  ...(secondsPerEpoch !== undefined && { seconds: secondsBefore + secondsPerEpoch * epochs, timesApart }),
});
