// Why a plan cannot be started, or put into the queue, as it is.
import { fits, type RunForecast } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';

export interface ToStart {
  /** Absent where a setting is wrong. */
  spec?: Pick<RunSpec, 'budgetBytes'>;
  isMeasured: boolean;
  /** Why these settings cannot run, if measuring found that out. */
  problem?: string;
  /** The newest answer is of these settings; it may be that there is no forecast of them. */
  isAbout: boolean;
  /** Free memory has changed since. */
  isStale: boolean;
  forecast?: Pick<RunForecast, 'asked'>;
  isTraining: boolean;
  /** Memory of this computer; absent: not known yet. */
  totalBytes?: number;
  /** Why there is no room on the disk for what it saves; absent: there is, as far as is known. */
  lacksRoom?: string;
}

/** What takes the memory that is free is looked at when its turn comes: what the run that trains holds is free then. */
export function mayFitLater({ spec, isMeasured, problem, forecast, isTraining, totalBytes = Infinity }: ToStart): boolean {
  if (!isTraining || !spec || spec.budgetBytes !== undefined || isMeasured || problem || !forecast) return false;
  return !fits(forecast.asked) && forecast.asked.neededBytes <= totalBytes;
}

/** What they need is being counted: a start waits for that, which may speak against it. */
export const isCounting = ({ spec, problem, isMeasured, isAbout, isStale }: ToStart): boolean =>
  spec !== undefined && !problem && !isMeasured && !isAbout && !isStale;

/** In a sentence; undefined: it can be, as far as is known. */
export function startHindrance(plan: ToStart): string | undefined {
  const { spec, problem, isMeasured, isAbout, forecast, isTraining, lacksRoom } = plan;
  if (!spec) return 'Correct the marked settings first.';
  if (problem) return 'These settings cannot run; change them, or measure again.';
  // One that waits may find room when its turn comes.
  if (lacksRoom !== undefined && !isTraining) return lacksRoom;
  if (isMeasured) return undefined;
  if (isAbout && forecast && !fits(forecast.asked) && !mayFitLater(plan))
    return `These settings do not fit: change them first${isTraining ? '' : ', or press Measure to try them'}.`;
  return undefined;
}
