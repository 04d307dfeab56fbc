// A trained model of pictures kept loaded: its weights on the engine, its captured functions, each made when it is first needed.
import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { withPooledConvolutions } from '#engine/fused-network';
import { gradCam, gradCamSpecs, scoreOf } from '#engine/grad-cam';
import type { PictureMetadata } from '#engine/layers-model';
import { BudgetMeter } from '#engine/meter';
import type { Network } from '#engine/network';
import { prediction } from '#engine/predict';
import type { CompiledFunction } from '#engine/runtime';
import { sampleSpecs, weightSpecs } from '#engine/step';
import { sizeOf } from '#engine/layers/layer';
import type { EngineChoice } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { loadEngine } from '../backend';
import { defaultBudgetBytes } from '../free-memory';
import { loadModel } from '../saved-model';

/** Pictures at once: more gain nothing. Fewer where their inputs alone would fill memory. */
const MOST_AT_ONCE = 32;
const MOST_VALUES_AT_ONCE = 2 ** 21;

export interface OpenModel {
  readonly metadata: PictureMetadata;
  readonly network: Network;
  /** Pictures that `predict` takes fastest. */
  readonly atOnce: number;
  /** Probabilities [count, …outputs] of inputs [count, height, width, channels]; count up to `atOnce`. */
  predict(inputs: Uint8Array, count: number): Promise<Float32Array>;
  /** Grad-CAM at that place of the network: the map, and the probabilities. */
  gradCam(input: Uint8Array, place: number, label: number): Promise<{ map: Float32Array; probabilities: Float32Array }>;
  dispose(): void;
}

/** @throws FailureError bad-model, engine-unavailable */
export async function openModel(folder: string, engine: EngineChoice): Promise<OpenModel> {
  const { network, weights, metadata } = loadModel(folder);
  if ('table' in metadata) {
    throw new FailureError({ kind: 'bad-model', path: folder, problem: 'it answers about rows of a table, not about pictures.' });
  }
  const runtime = await loadEngine(engine);
  const meter = new BudgetMeter(runtime.meter);
  meter.limitBytes = defaultBudgetBytes(runtime.report);
  // As validation runs it.
  const executed = runtime.poolsConvolutions ? withPooledConvolutions(network) : network;
  const kept = weights.map((values, i) => tensor(values, network.weights[i].shape, 'float32'));
  const compiled = new Map<string, CompiledFunction>();
  const compile = (name: string, make: () => CompiledFunction): CompiledFunction => {
    const known = compiled.get(name) ?? make();
    compiled.set(name, known);
    return known;
  };
  const atOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(MOST_VALUES_AT_ONCE / sizeOf(network.inputShape))));

  const run = async (fn: CompiledFunction, given: Tensor[], size: number): Promise<Float32Array[]> => {
    let outputs: Tensor[] = [];
    try {
      outputs = meter.call(fn, [...given, ...kept], size);
      return await Promise.all(outputs.map(async (output) => (await output.data()) as Float32Array));
    } finally {
      dispose([...given, ...outputs]);
    }
  };

  return {
    metadata,
    network,
    atOnce,
    async predict(inputs, count) {
      // Two sizes: what is missing of the larger one is zero, and its answers are passed over.
      const size = count === 1 ? 1 : atOnce;
      const fn = compile(`predict ${size}`, () =>
        runtime.compile('predict', prediction(executed), [sampleSpecs(network, size)[0], ...weightSpecs(network)]),
      );
      const whole = new Float32Array(size * sizeOf(network.inputShape));
      whole.set(inputs);
      const [answers] = await run(fn, [tensor(whole, [size, ...network.inputShape], 'float32')], size);
      return answers.subarray(0, count * sizeOf(network.outputShape));
    },
    async gradCam(input, place, label) {
      const fn = compile('gradient', () => runtime.compile('where', gradCam(network, place), gradCamSpecs(network)));
      const given = [tensor(Float32Array.from(input), [1, ...network.inputShape], 'float32'), tensor(scoreOf(label, network.classes))];
      const [map, probabilities] = await run(fn, given, 1);
      return { map, probabilities };
    },
    dispose() {
      for (const fn of compiled.values()) fn.dispose();
      compiled.clear();
      dispose(kept);
    },
  };
}
