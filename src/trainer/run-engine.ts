// The engine for a run, loaded when its data is known: with how many threads TensorFlow computes is settled when it is loaded.
import { availableParallelism } from 'node:os';
import type { Network } from '#engine/network';
import type { Runtime } from '#engine/runtime';
import { computesBestAlone } from '#engine/work';
import type { RunSpec } from '#shared/run-spec';
import { loadEngine } from './backend';
import type { OpenData } from './open-training-data';

/**
 * From the spec and the data alone, never from a plan or a recovery: on one machine a run that is taken up again gets as many threads.
 * @throws FailureError engine-unavailable
 */
export async function loadEngineOf(spec: RunSpec, data: OpenData, network: Network): Promise<Runtime> {
  const batch = Math.min(spec.batch, data.train.length);
  const largest = spec.micro === 'auto' ? batch : Math.min(spec.micro, batch);
  return loadEngine(spec.engine, computesBestAlone(network, largest, availableParallelism()));
}
