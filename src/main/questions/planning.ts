// Questions about a run whose settings are being chosen: what it will need, and whether pieces come to the same as the whole batch.
import fs from 'node:fs';
import os from 'node:os';
import { FailureError } from '#shared/failure';
import { machineOf } from '#shared/machine';
import { findCheck, rememberCheck } from '#store/piece-checks';
import { ranPace } from '#store/ran-pace';
import type { Handlers } from '../answer';
import { knownOfComputer, rememberedMeasurements } from '../remembered-plans';
import type { Services } from '../services';
import { plannedRun } from './begin-run';

type Questions = Pick<Handlers, 'forecastRun' | 'leaveForecast' | 'checkPieces' | 'cancelCheck'>;

export function planningQuestions(services: Services): Questions {
  const { db, log, planning, trainer, training } = services;
  return {
    async forecastRun(datasetId, spec) {
      const forecast = await planning.forecast({
        ...plannedRun(services, datasetId, spec),
        remembered: rememberedMeasurements(db, datasetId, spec),
        ...knownOfComputer(db),
      });
      const check = findCheck(db, datasetId, spec, forecast.engine);
      const ran = ranPace(db, { datasetId, spec, processor: machineOf(os, fs).processor }, forecast);
      return { ...forecast, ...(check && { check }), ...(ran && { ran }) };
    },
    leaveForecast: () => planning.leave(),
    async checkPieces(datasetId, spec) {
      if (training.runId !== undefined)
        throw new FailureError({ kind: 'bad-setting', problem: 'A run is training and has the memory. Check it when the run has ended.' });
      // Both may take all of the budget: what is asked for last is done.
      trainer.cancelPlan();
      const found = await planning.check(plannedRun(services, datasetId, spec));
      try {
        rememberCheck(db, datasetId, spec, found);
      } catch (error) {
        // Receipts will not know of it: no reason to keep the answer back.
        log.error('checks', error);
      }
      return found;
    },
    cancelCheck: () => planning.cancelCheck(),
  };
}
