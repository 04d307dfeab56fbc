// The trained model as files: model.json and weights.bin, in TF.js' layers format; and back.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  splitWeights,
  toLayersModel,
  type ModelMetadata,
  type PictureMetadata,
  type PictureOrigin,
  type TableMetadata,
} from '#engine/layers-model';
import { foundSizes } from '#datasets/found-sizes';
import { sizeOf } from '#engine/layers/layer';
import type { Network } from '#engine/network';
import { PIXEL_SCALE } from '#engine/step';
import type { PictureManifest } from '#shared/dataset';
import { FailureError } from '#shared/failure';
import { BYTES_OF_NUMBER } from '#shared/model-cards';
import { MODEL_NAMES, OWN_MODEL, type ModelName } from '#shared/run-spec';
import { hasModelFacts } from '#shared/saved-model-facts';
import type { SegmentationManifest } from '#shared/segmentation';
import { writeFilesAtomic } from './atomic';
import { buildModel } from './build-model';

export interface SavedModel {
  network: Network;
  weights: Float32Array[];
  metadata: ModelMetadata;
  /** SHA-256 of weights.bin, of the very bytes that were read. */
  sha256: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a saved model says about its inputs and answers. */
export type ModelFacts = PictureFacts | Omit<TableMetadata, Named>;
type Named = 'overbatch' | 'model' | 'options';
type PictureFacts = Omit<PictureMetadata, Named>;

export const pictureFacts = (labels: string[], inputShape: readonly number[], origin: PictureOrigin = {}): PictureFacts => ({
  labels,
  inputShape: [...inputShape],
  preprocessing: {
    range: '0 to 1',
    scale: PIXEL_SCALE,
    channels: inputShape[2] === 1 ? 'grey' : 'rgb',
    resize: 'stretched to the input size',
    ...origin,
  },
  output: 'probabilities',
});

/** Of a model that answers with masks. */
export const maskFacts = (labels: string[], inputShape: readonly number[], origin: PictureOrigin = {}): PictureFacts => ({
  ...pictureFacts(labels, inputShape, origin),
  output: 'pixel probabilities',
});

/**
 * @param receipt the text of receipt.json, where it takes its place with them
 * @returns SHA-256 of the weights, as they lie there
 */
export function saveModel(
  folder: string,
  model: ModelName,
  network: Network,
  weights: Float32Array[],
  facts: ModelFacts,
  receipt?: (sha256: string) => string,
): string {
  const saved = toLayersModel(network, weights, { overbatch: 1, model, options: network.options, ...facts });
  const sum = sha256(saved.weights);
  // The weights first: model.json is what a reader looks for.
  writeFilesAtomic([
    [join(folder, 'weights.bin'), saved.weights],
    [join(folder, 'model.json'), JSON.stringify(saved.json)],
    ...(receipt ? [[join(folder, 'receipt.json'), receipt(sum)] as const] : []),
  ]);
  return sum;
}

/** Of a version's pictures, for a network with that input. */
export function originOf(
  { width, height, sizes = [], found }: PictureManifest | SegmentationManifest,
  inputShape: readonly number[],
): PictureOrigin {
  const isStoredSo = height === inputShape[0] && width === inputShape[1];
  // A version of before these were kept still has its sizes.
  const files = found ?? (sizes.length > 0 ? foundSizes(sizes).found : undefined);
  return {
    ...(!isStoredSo && { stored: { width, height } }),
    ...(files && { files }),
  };
}

function orThrow<T>(failure: () => FailureError, read: () => T): T {
  try {
    return read();
  } catch {
    throw failure();
  }
}

/** @throws FailureError bad-model */
export function loadModel(folder: string): SavedModel {
  const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-model', path: folder, problem });
  const file = join(folder, 'model.json');
  if (!existsSync(file)) throw bad('there is no model.json in it. Choose the folder of a finished run.');
  const damaged = (): FailureError => bad('its model.json is damaged. Train the model again, or restore the file.');
  const metadata = orThrow(
    damaged,
    () => (JSON.parse(readFileSync(file, 'utf8')) as { userDefinedMetadata?: ModelMetadata }).userDefinedMetadata,
  );
  const model = ([...MODEL_NAMES, OWN_MODEL] as const).find((name) => name === metadata?.model);
  if (!metadata || !model) throw bad('it was not made by Overbatch, or by a newer one.');
  if (!hasModelFacts(metadata)) throw damaged();
  const { inputShape, options = {}, output, labels } = metadata;
  // Sides that the model cannot take were not saved by us either.
  const built = orThrow(damaged, () => buildModel(model, options, { inputShape, classes: output === 'value' ? 1 : labels.length }));
  const network: Network = 'table' in metadata ? { ...built, inputScale: 1 } : built;
  const path = join(folder, 'weights.bin');
  // Looked at before it is read: it may be any file of that name.
  const wanted = network.weights.reduce((sum, { shape }) => sum + BYTES_OF_NUMBER * sizeOf(shape), 0);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size === wanted ? readFileSync(path) : undefined;
  const weights = bytes && splitWeights(network, bytes);
  if (!weights) throw bad('its weights.bin is missing or was cut short. Train the model again, or restore the file.');
  return { network, weights, metadata, sha256: sha256(bytes) };
}
