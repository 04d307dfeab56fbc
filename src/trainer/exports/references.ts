// Inputs with the run's own answers, which an export is compared with: samples the run held out, or noise where its data is gone.
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '#engine/layers/layer';
import { prediction } from '#engine/predict';
import { randomStream, truncatedNormal } from '#engine/random';
import { sampleSpecs, weightSpecs } from '#engine/step';
import type { References } from '#exports/exporter';
import { FailureError } from '#shared/failure';
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
  const held = receipt && datasetFolder !== undefined ? await heldOut(model, receipt, datasetFolder) : undefined;
  const { raw, count } = held ?? { raw: noise(model), count: COUNT };
  const outputs = await answers(model, raw, count, onAnswered);
  // As the first layer takes them, in the engine's own precision.
  const scale = 'table' in model.metadata ? 1 : Math.fround(model.metadata.preprocessing.scale);
  return { count, from: held ? 'held-out' : 'noise', inputs: raw.map((value) => value * scale), outputs };
}

interface Raw {
  /** Bytes of pictures as numbers, or the numbers of rows. */
  raw: Float32Array;
  count: number;
}

/** Undefined where the data is gone, is another version, or holds nothing out. */
async function heldOut({ network }: SavedModel, { spec, dataset }: Receipt, folder: string): Promise<Raw | undefined> {
  try {
    const data = await openTrainingData(folder, { ...spec, workers: 0 }, READ_BYTES, dataset.contentHash);
    try {
      const indices = data.validation.subarray(0, COUNT);
      const fits = data.inputShape.join() === network.inputShape.join();
      if (indices.length === 0 || !fits) return undefined;
      return { raw: Float32Array.from(data.read({ indices }, 0, indices.length).pixels), count: indices.length };
    } finally {
      await data.close();
    }
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

function noise({ network, metadata }: SavedModel): Float32Array {
  const random = randomStream(SEED);
  const draw = 'table' in metadata ? truncatedNormal(random) : () => Math.floor(BYTES * random());
  return Float32Array.from({ length: COUNT * sizeOf(network.inputShape) }, draw);
}

async function answers(
  { network, weights, metadata }: SavedModel,
  raw: Float32Array,
  count: number,
  onAnswered: (share: number) => void,
): Promise<Float32Array> {
  const runtime = await loadEngine('auto');
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
