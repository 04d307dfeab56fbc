// Peaks by size of piece, counted from the shapes of the run's functions: nothing is computed.
import type { ExactBatchNorm } from '#engine/exact-batch-norm/exact';
import { Forecaster, forecastPeak, residentBytes, type Forecast } from '#engine/forecast';
import type { Network } from '#engine/network';
import type { Objective } from '#engine/objectives/objective';
import type { Optimizer } from '#engine/optimizers';
import type { Runtime } from '#engine/runtime';
import { ENGINE_LABELS } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { forecastExtraction } from '../features/extract';
import type { Look } from './peak-curve';

/** @param exact how a mini-batch runs stage by stage, if it does */
export function lookAtShapes(runtime: Runtime, network: Network, optimizer: Optimizer, objective: Objective, exact?: ExactBatchNorm): Look {
  const said = sayer(runtime, network, optimizer, objective, exact);
  return (micros) => micros.map((micro) => ({ micro, peakBytes: forecastPeak(said(micro)) }));
}

/** Of its gradients alone: without updates and validation. */
export function lookAtSteps(runtime: Runtime, network: Network, optimizer: Optimizer, objective: Objective): Look {
  const said = sayer(runtime, network, optimizer, objective);
  return (micros) => micros.map((micro) => ({ micro, peakBytes: said(micro).stepBytes }));
}

/** Nothing is written down before it is asked for; what sizes have in common is kept from one to the next. */
function sayer(
  runtime: Runtime,
  network: Network,
  optimizer: Optimizer,
  objective: Objective,
  exact?: ExactBatchNorm,
): (micro: number) => Forecast {
  let forecaster: Forecaster | undefined;
  return (micro) => {
    if (!runtime.forecast) throw cannotSay(runtime);
    forecaster ??= new Forecaster(runtime, runtime.forecast, network, optimizer, objective, exact);
    return forecaster.of(micro);
  };
}

/** Of one call of the part that is not trained, which makes the features of so many pictures. */
export const lookAtExtraction =
  (runtime: Runtime, frozen: Network, optimizer: Optimizer): Look =>
  (micros) => {
    if (!runtime.forecast) throw cannotSay(runtime);
    const resident = residentBytes(frozen, optimizer);
    return micros.map((micro) => ({ micro, peakBytes: resident + forecastExtraction(runtime, frozen, micro) }));
  };

function cannotSay({ report }: Runtime): FailureError {
  const problem = `${ENGINE_LABELS[report.name]} cannot say beforehand what a run needs. Measure it instead.`;
  return new FailureError({ kind: 'bad-setting', problem });
}
