// Inputs with the run's own answers, which an export is compared with: samples the run held out, or noise where its data is gone.
import { existsSync } from 'node:fs';
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { readManifest } from '#datasets/manifest';
import { sizeOf } from '#engine/layers/layer';
import { prediction } from '#engine/predict';
import { randomStream, truncatedNormal } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { References } from '#exports/exporter';
import type { EngineChoice } from '#shared/engine';
import { FailureError, toFailure, type Failure } from '#shared/failure';
import type { Receipt } from '#shared/run-event';
import { loadEngine } from '../backend';
import { openTrainingData } from '../open-training-data';
import type { SavedModel } from '../saved-model';
import { turn } from '../turn';

const COUNT = 32;
/** At once: little beside the model itself. */
const TOGETHER = 4;
const READ_BYTES = 64e6;
const BYTES = 256;
const SEED = 32;

/** @param datasetFolder of the version the run was trained on, where anybody knows it */
export async function referencesOf(
  model: SavedModel,
  receipt: Receipt | undefined,
  datasetFolder: string | undefined,
  onAnswered: (share: number) => void,
): Promise<References> {
  const { raw, count, why } = await rawOf(model, receipt, datasetFolder);
  const outputs = await answers(model, receipt?.engine.name, raw, count, onAnswered);
  // As the first layer takes them, in the engine's own precision.
  const scale = 'table' in model.metadata ? 1 : Math.fround(model.metadata.preprocessing.scale);
  const from = why === undefined ? 'held-out' : 'noise';
  return { count, from, ...(why !== undefined && { why }), inputs: raw.map((value) => value * scale), outputs };
}

interface Raw {
  /** Bytes of pictures as numbers, or the numbers of rows. */
  raw: Float32Array;
  count: number;
  /** Of noise. */
  why?: string;
}

/** What was held out, or noise and why it is that. */
async function rawOf(model: SavedModel, receipt: Receipt | undefined, folder: string | undefined): Promise<Raw> {
  const found = await heldOut(model, receipt, folder);
  return typeof found === 'string' ? { raw: noise(model), count: COUNT, why: found } : found;
}

async function heldOut({ network }: SavedModel, receipt: Receipt | undefined, folder: string | undefined): Promise<Raw | string> {
  if (!receipt) return 'the run has no receipt, which says what it held out';
  if (folder === undefined || !existsSync(folder)) return 'the data of the run is no longer there';
  const { spec, dataset } = receipt;
  try {
    const { contentHash } = await readManifest(folder);
    if (contentHash !== dataset.contentHash) return 'the data there is not what the run was trained on';
    const data = await openTrainingData(folder, { ...spec, workers: 0 }, READ_BYTES);
    try {
      const indices = spread(data.validation);
      if (indices.length === 0) return 'the run held nothing out';
      if (data.inputShape.join() !== network.inputShape.join()) return 'the data of the run has another shape than its model takes';
      return { raw: Float32Array.from(data.read({ indices }, 0, indices.length).pixels), count: indices.length };
    } finally {
      await data.close();
    }
  } catch (error) {
    if (error instanceof FailureError) return WHY[error.failure.kind] ?? 'the data of the run could not be read';
    throw error;
  }
}

/** In few words and without paths: these leave the computer. */
const WHY: Partial<Record<Failure['kind'], string>> = {
  'dataset-missing': 'a part of the data of the run is no longer there',
  'dataset-invalid': 'the data of the run is damaged',
  'no-permission': 'Overbatch may not read the data of the run',
  'out-of-memory': 'there was too little memory to read the data of the run',
};

/** From everywhere: data packed class by class has only the first class in front. */
const spread = (all: Int32Array): Int32Array =>
  all.length <= COUNT ? all : Int32Array.from({ length: COUNT }, (_, i) => all[Math.floor((i * all.length) / COUNT)]);

function noise({ network, metadata }: SavedModel): Float32Array {
  const random = randomStream(SEED);
  const draw = 'table' in metadata ? truncatedNormal(random) : () => Math.floor(BYTES * random());
  return Float32Array.from({ length: COUNT * sizeOf(network.inputShape) }, draw);
}

/** The run's own, or where that is gone, the best there is. */
async function engineThatLoads(engine: EngineChoice = 'auto'): Promise<Runtime> {
  try {
    return await loadEngine(engine);
  } catch (error) {
    if (toFailure(error).kind !== 'engine-unavailable') throw error;
    return loadEngine('auto');
  }
}

async function answers(
  { network, weights, metadata }: SavedModel,
  engine: EngineChoice | undefined,
  raw: Float32Array,
  count: number,
  onAnswered: (share: number) => void,
): Promise<Float32Array> {
  const runtime = await engineThatLoads(engine);
  const specs = [sampleSpecs(network, TOGETHER)[0], ...weightSpecs(network)];
  const compiled = runtime.compile('export', prediction(network, metadata.output === 'value' ? 'values' : 'probabilities'), specs);
  const kept = weights.map((values, i) => tensor(values, specs[i + 1].shape, 'float32'));
  const [taken, given] = [sizeOf(network.inputShape), sizeOf(network.outputShape)];
  const outputs = new Float32Array(count * given);
  try {
    for (let start = 0; start < count; start += TOGETHER) {
      // Of the last piece some may be missing: they are zero, and their answers are passed over.
      const piece = new Float32Array(TOGETHER * taken);
      piece.set(raw.subarray(start * taken, Math.min(count, start + TOGETHER) * taken));
      const input = tensor(piece, specs[0].shape, 'float32');
      const [output] = compiled.call([input, ...kept]);
      outputs.set((await output.data()).subarray(0, (Math.min(count, start + TOGETHER) - start) * given), start * given);
      dispose([input, output]);
      onAnswered(Math.min(1, (start + TOGETHER) / count));
      await turn();
    }
    return outputs;
  } finally {
    dispose(kept);
    compiled.dispose();
  }
}
