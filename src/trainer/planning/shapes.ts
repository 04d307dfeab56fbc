// Peaks by size of piece, counted from the shapes of the run's functions: nothing is computed.
import type { ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { forecast, forecastPeak } from '#engine/forecast';
import type { Network } from '#engine/network';
import type { Objective } from '#engine/objectives/objective';
import type { Optimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { ENGINE_LABELS } from '#shared/engine';
import { FailureError } from '#shared/failure';
import type { Look } from './peak-curve';

/** @param exact how a mini-batch runs stage by stage, if it does */
export const lookAtShapes =
  (runtime: Runtime, network: Network, optimizer: Optimizer, objective: Objective, exact?: ExactBatchNorm): Look =>
  (micros) => {
    const said = forecast(runtime, network, optimizer, micros, objective, exact);
    if (said) return said.map((one) => ({ micro: one.micro, peakBytes: forecastPeak(one) }));
    const problem = `${ENGINE_LABELS[runtime.report.name]} cannot say beforehand what a run needs. Measure it instead.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  };
