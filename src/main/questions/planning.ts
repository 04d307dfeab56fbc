// Questions about a run whose settings are being chosen: what it will need, and whether pieces come to the same as the whole batch.
import { FailureError } from '#shared/failure';
import { findCheck, rememberCheck } from '#store/piece-checks';
import type { Handlers } from '../answer';
import { learntPaces, rememberedMeasurements } from '../remembered-plans';
import type { Services } from '../services';
import { timedForecast } from '../timed-forecast';
import { whenFree } from '../when-free';
import { plannedRun } from './begin-run';

type Questions = Pick<Handlers, 'forecastRun' | 'leaveForecast' | 'checkPieces' | 'cancelCheck'>;

export function planningQuestions(services: Services): Questions {
  const { db, disk, log, planning, trainer, training } = services;
  return {
    async forecastRun(datasetId, spec) {
      // Whether there is room for what it saves is told with it.
      void disk.look();
      const remembered = rememberedMeasurements(db, datasetId, spec);
      const forecast = await planning.forecast({
        ...plannedRun(services, datasetId, spec),
        remembered,
        learnt: learntPaces(db),
        ...(training.runId !== undefined && { isTraining: true }),
      });
      const check = findCheck(db, datasetId, spec, forecast.engine);
      return { ...timedForecast(db, { datasetId, spec, remembered }, forecast), ...(check && { check }) };
    },
    leaveForecast: () => planning.leave(),
    async checkPieces(datasetId, spec) {
      if (training.runId !== undefined)
        throw new FailureError({ kind: 'bad-setting', problem: 'A run is training and has the memory. Check it when the run has ended.' });
      // Both may take all of the budget: what is asked for last is done.
      trainer.cancelPlan();
      const found = await planning.check(plannedRun(services, datasetId, spec));
      try {
        await whenFree(() => rememberCheck(db, datasetId, spec, found));
      } catch (error) {
        // Receipts will not know of it: no reason to keep the answer back.
        log.error('checks', error);
      }
      return found;
    },
    cancelCheck: () => planning.cancelCheck(),
  };
}
