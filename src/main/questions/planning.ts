// Questions about a run whose settings are being chosen: what it will need, and whether pieces come to the same as the whole batch.
import type { Handlers } from '../answer';
import { rememberedMeasurements } from '../remembered-plans';
import type { Services } from '../services';
import { plannedRun } from './runs';

type Questions = Pick<Handlers, 'forecastRun' | 'leaveForecast' | 'checkPieces' | 'cancelCheck'>;

export function planningQuestions(services: Services): Questions {
  const { db, planning } = services;
  return {
    forecastRun: (datasetId, spec) =>
      planning.forecast({ ...plannedRun(services, datasetId, spec), remembered: rememberedMeasurements(db, datasetId, spec) }),
    leaveForecast: () => planning.leave(),
    checkPieces: (datasetId, spec) => planning.check(plannedRun(services, datasetId, spec)),
    cancelCheck: () => planning.cancelCheck(),
  };
}
