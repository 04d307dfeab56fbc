// The layers of a TF.js layers model in the order they run, each with the places of those it reads: sequential and functional ones, also inside
// each other. Nothing of the file is trusted.
import { locale } from '#shared/language';
import { parseContainer, parseInputShape, parseModelEntry, parseReference, type Container, type LayerEntry } from '#shared/layers-file';
import { MOST_LAYERS } from '#shared/own-layers';
import { refused } from './refused';

export interface FileLayer {
  className: string;
  name: string;
  /** Names of the models that it lies in, the outermost first. */
  within: readonly string[];
  config: Readonly<Record<string, unknown>>;
  /** Places in the list; −1 is the input of all. */
  inputs: number[];
}

export interface Topology {
  layers: FileLayer[];
  /** Place of the one that answers. */
  output: number;
  /** Height, width, channels, where the file says them; null: any. */
  inputShape?: (number | null)[];
}

/** @throws FailureError bad-model */
export function readTopology(file: string, topology: unknown): Topology {
  const root = parseModelEntry(topology);
  if (!root) throw refused(file, 'it holds no list of layers. Save the model as a TF.js layers model.');
  const reading: Reading = { file, layers: [], entries: 0 };
  const output = addModel(reading, root, -1, []);
  return { layers: reading.layers, output, inputShape: reading.inputShape };
}

interface Reading {
  file: string;
  layers: FileLayer[];
  /** Layers, inputs and models seen so far. */
  entries: number;
  inputShape?: (number | null)[];
}

const isModel = ({ class_name }: LayerEntry): boolean => ['Model', 'Functional', 'Sequential'].includes(class_name);

/** Answers the place of its output. */
function addModel(reading: Reading, model: LayerEntry, input: number, outer: readonly string[]): number {
  const container = parseContainer(model);
  if (!container) throw refused(reading.file, 'its list of layers is damaged. Save the model again.');
  reading.entries += container.layers.length;
  if (reading.entries > MOST_LAYERS) throw refused(reading.file, `it has more than ${MOST_LAYERS.toLocaleString(locale)} layers.`);
  const within = [...outer, nameOf(model)];
  if (model.class_name === 'Sequential')
    return container.layers.reduce((before, layer) => addLayer(reading, layer, [before], within), input);
  return addFunctional(reading, container, input, within);
}

function addFunctional(
  reading: Reading,
  { layers, input_layers, output_layers }: Container,
  input: number,
  within: readonly string[],
): number {
  const { file } = reading;
  const [inputs, outputs] = [referencesIn(input_layers), referencesIn(output_layers)];
  if (inputs.length > 1 || outputs.length !== 1)
    throw refused(
      file,
      `it has ${Math.max(1, inputs.length)} inputs and ${outputs.length} outputs, and one of each is what is trained here.`,
    );
  const places = new Map<string, number>();
  /** By the name of one that each reads and that is not there yet. */
  const waiting = new Map<string, Called[]>();
  for (const layer of layers) {
    const ready: Called[] = [{ layer, from: layer.class_name === 'InputLayer' ? undefined : sourcesOf(file, layer) }];
    for (let next = ready.pop(); next; next = ready.pop()) {
      const missing = next.from?.find((name) => !places.has(name));
      if (missing !== undefined) {
        waiting.set(missing, [...(waiting.get(missing) ?? []), next]);
        continue;
      }
      const name = nameOf(next.layer);
      if (places.has(name)) throw refused(file, `two of its layers are called "${name}". Give each a name of its own.`);
      places.set(name, addLayer(reading, next.layer, next.from?.map((one) => places.get(one)!) ?? [input], within));
      ready.push(...(waiting.get(name) ?? []));
      waiting.delete(name);
    }
  }
  for (const [{ layer }] of waiting.values()) throw refused(file, `its layer "${nameOf(layer)}" reads one that is not there.`);
  const output = places.get(outputs[0]);
  if (output === undefined) throw refused(file, `its output "${outputs[0]}" is none of its layers.`);
  return output;
}

interface Called {
  layer: LayerEntry;
  /** Names of those it reads; undefined: the input. */
  from?: string[];
}

/** Answers its place. */
function addLayer(reading: Reading, layer: LayerEntry, inputs: number[], within: readonly string[]): number {
  const { layers, file } = reading;
  if (inputs.length === 0) throw refused(file, `its layer "${nameOf(layer)}" reads none of the others. Save the model again.`);
  if (isModel(layer)) {
    if (inputs.length !== 1)
      throw refused(file, `its part "${nameOf(layer)}" has ${inputs.length} inputs, and one is what is trained here.`);
    return addModel(reading, layer, inputs[0], within);
  }
  const config = configOf(layer);
  if (layers.length === 0) reading.inputShape ??= parseInputShape(config.batch_shape ?? config.batch_input_shape);
  if (layer.class_name === 'InputLayer') return inputs[0];
  layers.push({ className: layer.class_name, name: nameOf(layer), within, config, inputs });
  return layers.length - 1;
}

const configOf = ({ config }: LayerEntry): Readonly<Record<string, unknown>> => (Array.isArray(config) ? {} : config);

function nameOf(layer: LayerEntry): string {
  const { name } = configOf(layer);
  return layer.name ?? (typeof name === 'string' ? name : '');
}

/** Names of the layers it reads. @throws FailureError bad-model where it is used more than once */
function sourcesOf(file: string, layer: LayerEntry): string[] {
  const calls = layer.inbound_nodes ?? [];
  if (calls.length !== 1)
    throw refused(file, `its layer "${nameOf(layer)}" is used ${calls.length} times, and once is what is trained here.`);
  return referencesIn(calls[0]);
}

/** Every [name, node, tensor] inside, in order: Keras 2 nests them in lists, Keras 3 in objects. */
function referencesIn(value: unknown): string[] {
  const name = parseReference(value);
  if (name !== undefined) return [name];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}
