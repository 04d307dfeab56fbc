// A trained model of pictures kept loaded: its weights on the engine, its captured functions, each made when it is first needed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dispose, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { withPooledConvolutions } from '#engine/fused-network';
import { gradCam, gradCamSpecs, scoreOf } from '#engine/grad-cam';
import type { PictureMetadata } from '#engine/layers-model';
import { BudgetMeter } from '#engine/meter';
import type { Network } from '#engine/network';
import { prediction } from '#engine/predict';
import type { CompiledFunction, TensorFunction, TensorSpec } from '#engine/runtime';
import { sampleSpecs, weightSpecs } from '#engine/step';
import { sizeOf } from '#engine/layers/layer';
import type { EngineChoice } from '#shared/engine';
import { FailureError, toFailure } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { loadEngine } from '../backend';
import { defaultBudgetBytes } from '../free-memory';
import { loadModel } from '../saved-model';

/** Pictures at once: more gain nothing. Fewer where their inputs alone would fill memory. */
const MOST_AT_ONCE = 32;
const MOST_VALUES_AT_ONCE = 2 ** 21;

export interface OpenModel {
  readonly metadata: PictureMetadata;
  readonly network: Network;
  /** Numbers of pictures that are computed at once without waste, rising; smaller once so many did not fit into memory. */
  readonly sizes: readonly number[];
  /** The largest of them. */
  readonly atOnce: number;
  /** Probabilities [count, …outputs] of inputs [count, height, width, channels]. @throws FailureError out-of-memory */
  predict(inputs: Uint8Array, count: number): Promise<Float32Array>;
  /** The same, of classes, before softmax. */
  logits(inputs: Uint8Array, count: number): Promise<Float32Array>;
  /** Host memory that an answer needs beside the engine's, until what is returned is called. @throws FailureError out-of-memory */
  hold(bytes: number): () => void;
  /** Grad-CAM at that place of the network: the map, and the probabilities. */
  gradCam(input: Uint8Array, place: number, label: number): Promise<{ map: Float32Array; probabilities: Float32Array }>;
  dispose(): void;
}

/** @param budgetBytes that of its run, where it had one; otherwise what is free @throws FailureError bad-model, engine-unavailable */
export async function openModel(folder: string, engine: EngineChoice, budgetBytes = runBudget(folder)): Promise<OpenModel> {
  const { network, weights, metadata } = loadModel(folder);
  if ('table' in metadata) {
    throw new FailureError({ kind: 'bad-model', path: folder, problem: 'it answers about rows of a table, not about pictures.' });
  }
  const runtime = await loadEngine(engine);
  const meter = new BudgetMeter(runtime.meter);
  meter.limitBytes = budgetBytes ?? defaultBudgetBytes(runtime.report);
  // As validation runs it.
  const executed = runtime.poolsConvolutions ? withPooledConvolutions(network) : network;
  const kept = weights.map((values, i) => tensor(values, network.weights[i].shape, 'float32'));
  const compiled = new Map<string, CompiledFunction>();
  // Each under a name of its own: what one needed says nothing of another.
  const compile = (name: string, fn: TensorFunction, specs: TensorSpec[], count: number): CompiledFunction => {
    const known = compiled.get(name);
    if (known) return known;
    // An allocation that fails inside the engine may end the process: what can be known before is asked before.
    const neededBytes = meter.inUseBytes + bytesOf(specs.slice(0, specs.length - kept.length)) + (runtime.forecast?.(name, fn, specs) ?? 0);
    if (neededBytes > meter.limitBytes)
      throw new FailureError({ kind: 'out-of-memory', neededBytes, availableBytes: meter.limitBytes, micro: count });
    const made = runtime.compile(name, fn, specs);
    compiled.set(name, made);
    return made;
  };
  const forget = (name: string): void => {
    compiled.get(name)?.dispose();
    compiled.delete(name);
  };
  let atOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(MOST_VALUES_AT_ONCE / sizeOf(network.inputShape))));
  const [inputSize, outputSize] = [sizeOf(network.inputShape), sizeOf(network.outputShape)];

  const run = async (fn: CompiledFunction, given: Tensor[], size: number): Promise<Float32Array[]> => {
    let outputs: Tensor[] = [];
    try {
      outputs = meter.call(fn, [...given, ...kept], size);
      return await Promise.all(outputs.map(async (output) => (await output.data()) as Float32Array));
    } finally {
      dispose([...given, ...outputs]);
    }
  };

  const sizes = (): number[] => [...new Set([1, Math.ceil(atOnce / 4), atOnce])];
  /** What is missing of the next larger size is zero, and its answers are passed over. */
  const predictSome = async (as: As, inputs: Uint8Array, count: number): Promise<Float32Array> => {
    const size = sizes().find((one) => one >= count)!;
    const name = `${as} ${size}`;
    try {
      const fn = compile(name, prediction(executed, as), [sampleSpecs(network, size)[0], ...weightSpecs(network)], size);
      const whole = new Float32Array(size * inputSize);
      whole.set(inputs);
      const [answers] = await run(fn, [tensor(whole, [size, ...network.inputShape], 'float32')], size);
      return answers.subarray(0, count * outputSize);
    } catch (error) {
      if (size > 1 && toFailure(error).kind === 'out-of-memory') forget(name);
      throw error;
    }
  };

  /** In pieces of what fits into memory. */
  const predictAll = async (as: As, inputs: Uint8Array, count: number): Promise<Float32Array> => {
    const answers = new Float32Array(count * outputSize);
    for (let done = 0; done < count;) {
      const some = Math.min(atOnce, count - done);
      try {
        answers.set(await predictSome(as, inputs.subarray(done * inputSize, (done + some) * inputSize), some), done * outputSize);
        done += some;
      } catch (error) {
        if (some === 1 || toFailure(error).kind !== 'out-of-memory') throw error;
        atOnce = Math.min(atOnce, Math.ceil(some / 2));
      }
    }
    return answers;
  };

  return {
    metadata,
    network,
    get sizes() {
      return sizes();
    },
    get atOnce() {
      return atOnce;
    },
    predict: (inputs, count) => predictAll('probabilities', inputs, count),
    logits: (inputs, count) => predictAll('values', inputs, count),
    hold(bytes) {
      meter.park(bytes, 1);
      return () => meter.unpark(bytes);
    },
    async gradCam(input, place, label) {
      const fn = compile(`where ${place}`, gradCam(network, place), gradCamSpecs(network), 1);
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

type As = 'probabilities' | 'values';

const bytesOf = (specs: readonly TensorSpec[]): number => specs.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);

/** What the person allowed the run. */
function runBudget(folder: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')) as { spec?: Partial<RunSpec> }).spec?.budgetBytes;
  } catch {
    // A model without its receipt is asked all the same.
    return undefined;
  }
}
