// A person's own TF.js layers model (model.json and its weights beside it) as a model of ours that a run may start from.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { EPSILON } from '#engine/layers/batch-normalization';
import { sizeOf } from '#engine/layers/layer';
import { ownNetwork } from '#engine/models/own';
import type { Network } from '#engine/network';
import type { StartWeight } from '#engine/start-weights';
import { formatBytes } from '#shared/bytes';
import { isNestedTooDeep, parseLayersFile, parseOwnLayers, parseWeightsManifest } from '#shared/layers-file';
import { BYTES_OF_NUMBER } from '#shared/model-cards';
import type { OwnLayer } from '#shared/own-layers';
import { OWN_MODEL } from '#shared/run-spec';
import { loadModel, pictureFacts, type SavedModel } from '../saved-model';
import { NamedWeights } from './named-weights';
import { refused } from './refused';
import { readTopology } from './topology';
import { translate, type WeightSource } from './translate';
import { MOST_BYTES, readWeights } from './weight-files';

const MOST_JSON_BYTES = 64 * 2 ** 20;
/** Where the file lets pictures have any size: only for looking whether its layers fit each other. */
const ANY_SIDE = 224;

/** @throws FailureError bad-model, naming what is wrong with it */
export function readOwnModel(file: string): SavedModel {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw refused(file, 'there is no such file. Choose the model.json of a TF.js layers model.');
  if (found.size > MOST_JSON_BYTES)
    throw refused(file, 'it is too large for a description of layers. Choose the model.json, not the weights.');
  const text = readFileSync(file, 'utf8');
  if (isNestedTooDeep(text)) throw refused(file, 'its lists lie too deep in each other. Save the model again.');
  const parsed = parseLayersFile(text);
  if (!parsed) throw refused(file, 'it is no TF.js model, or it was cut short. Choose the model.json of a TF.js layers model.');
  const { format, modelTopology, weightsManifest, userDefinedMetadata } = parsed;
  if (format === 'graph-model') throw refused(file, 'it is a graph model, which cannot be trained further. Save it as a layers model.');
  if (userDefinedMetadata?.overbatch !== undefined && isOwnForm(weightsManifest)) return ownExport(file, text);

  const topology = readTopology(file, modelTopology);
  const { layers: translated, sources } = translate(file, topology);
  const layers = parseOwnLayers(translated);
  if (!layers) throw refused(file, 'one of its layers has a size or setting that no layer has. Save the model again.');
  const { byName, sha256 } = readWeights(file, text, weightsManifest);
  const { network, inputShape } = built(file, layers, topology.inputShape);
  const weights = gathered(file, network, sources, byName);
  const labels = userDefinedMetadata?.labels?.length === network.classes ? userDefinedMetadata.labels : unnamed(network.classes);
  const facts = pictureFacts(labels, inputShape);
  const source = { name: basename(dirname(file)), sha256 };
  return { network, weights, sha256, metadata: { overbatch: 1, model: OWN_MODEL, options: { ownLayers: layers }, source, ...facts } };
}

const OWN_FILE = 'model.json';

/** As Overbatch writes weights; what kept its words and was saved anew by another program lies otherwise. */
const isOwnForm = (manifest: unknown): boolean =>
  parseWeightsManifest(manifest)
    ?.flatMap(({ paths }) => paths)
    .join() === 'weights.bin';

/** One that Overbatch wrote, whatever its model is. */
function ownExport(file: string, text: string): SavedModel {
  if (basename(file) !== OWN_FILE)
    throw refused(file, `a model of Overbatch is called ${OWN_FILE}. Give it that name, in a folder of its own with its weights.bin.`);
  const folder = dirname(file);
  const saved = loadModel(folder);
  const hash = createHash('sha256').update(text);
  for (const { buffer, byteOffset, byteLength } of saved.weights) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  const sha256 = hash.digest('hex');
  return { ...saved, metadata: { ...saved.metadata, source: saved.metadata.source ?? { name: basename(folder), sha256 } } };
}

/** Names that are no class of anybody's, so that another last layer is put in their place. */
const unnamed = (classes: number): string[] => Array.from({ length: classes }, (_, i) => `output ${i + 1}`);

function built(file: string, layers: OwnLayer[], [height, width, channels]: (number | null)[] = [null, null, 3]) {
  const inputShape = [height ?? ANY_SIDE, width ?? ANY_SIDE, channels ?? 3];
  const head = layers.findLast(({ kind }) => kind === 'dense' || kind === 'conv2d');
  const outputs = head?.kind === 'dense' ? head.units : head?.kind === 'conv2d' ? head.filters : 0;
  if (inputShape[2] !== 1 && inputShape[2] !== 3)
    throw refused(file, `it takes pictures of ${inputShape[2]} channels; here they have 1 (grey) or 3 (colour).`);
  try {
    const network: Network = { ...ownNetwork(inputShape, outputs, { ownLayers: layers }), options: { ownLayers: layers } };
    return { network, inputShape };
  } catch (error) {
    throw refused(file, `its layers do not fit each other. ${(error as Error).message}`);
  }
}

/** In the network's order; each checked against the shape it must have. */
function gathered(
  file: string,
  { weights }: Network,
  sources: readonly WeightSource[],
  byName: ReadonlyMap<string, StartWeight>,
): Float32Array[] {
  const bytes = weights.reduce((sum, { shape }) => sum + BYTES_OF_NUMBER * sizeOf(shape), 0);
  if (!(bytes <= MOST_BYTES)) throw refused(file, `its weights take more than ${formatBytes(MOST_BYTES)}.`);
  const named = new NamedWeights(file, byName);
  return weights.map(({ shape }, i) => {
    const { absent, epsilon } = sources[i];
    if (absent !== undefined) return new Float32Array(sizeOf(shape)).fill(absent);
    const { name, found } = named.take(sources[i]);
    if (!found.values.every(Number.isFinite))
      throw refused(file, `its weights of "${name}" hold what is no number. Save the model as it was before its training went wrong.`);
    if (found.shape.join() !== shape.join())
      throw refused(file, `its weights of "${name}" have the shape ${found.shape.join(' × ')} instead of ${shape.join(' × ')}.`);
    // Ours adds another small number to the variance: what it adds too much is taken off beforehand.
    return epsilon === undefined || epsilon === EPSILON ? found.values : found.values.map((value) => value + (epsilon - EPSILON));
  });
}
