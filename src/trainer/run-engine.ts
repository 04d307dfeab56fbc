// The engine for a run, loaded when its data is known: with how many threads TensorFlow computes is settled when it is loaded.
import type { Runtime } from '#engine/runtime';
import { computesBestAlone } from '#engine/work';
import type { RunSpec } from '#shared/run-spec';
import { loadEngine } from './backend';
import { buildModel } from './build-model';
import type { OpenData } from './open-training-data';

/**
 * From the spec and the data alone, never from a plan or a recovery: a run that is taken up again computes as it began.
 * @throws FailureError engine-unavailable
 */
export function loadEngineOf(spec: RunSpec, data: OpenData): Promise<Runtime> {
  const largest = spec.micro === 'auto' ? spec.batch : Math.min(spec.micro, spec.batch);
  return loadEngine(spec.engine, computesBestAlone(buildModel(spec.model, spec, data), largest));
}
