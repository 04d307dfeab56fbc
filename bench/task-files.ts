// The files that all contestants start from: one mini-batch of samples and the initial weights, written once, read by each.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialWeights } from '#engine/initialize';
import type { Network } from '#engine/network';
import { randomStream } from '#engine/random';
import { normalizations } from '#engine/statistics';
import type { Samples } from '#engine/training-data';
import { buildNetwork } from './networks';
import type { Task } from './protocol';

const SEED = 1;

/** Of BatchNorm's offset, in standard deviations of what it normalizes. */
const OFFSET = 6;

/**
 * The weights a run would start from, but with offsets of BatchNorm that open every other channel's ReLU and close the rest: of a million
 * activations some lie so near zero that rounding alone opens or closes them. With the usual offsets PyTorch's own gradient of MobileNetV2
 * differs by 5 % between its two layouts, and nobody's result could be checked.
 */
function wellConditioned(task: Task): Float32Array[] {
  const network = networkOf(task);
  if (normalizations(network).length === 0) return initialWeights(network, SEED);
  // ReLU6 has two ends to stay away from.
  const { open, scale } = task.network === 'mobilenet-v2' ? { open: OFFSET / 2, scale: 0.5 } : { open: OFFSET, scale: 1 };
  return initialWeights(network, SEED).map((values, i) => {
    if (network.weights[i].name === 'gamma') return values.fill(scale);
    return network.weights[i].name === 'beta' ? values.map((_, channel) => (channel % 2 === 0 ? open : -OFFSET)) : values;
  });
}

export const networkOf = ({ network, size, channels, classes }: Task): Network => buildNetwork(network, [size, size, channels], classes);

/** Random pictures, whose label (or mask) shows in their brightness so that there is something to learn, and weights to start from. */
export async function writeTaskFiles(task: Omit<Task, 'samplesFile' | 'weightsFile'>, folder: string): Promise<Task> {
  const complete: Task = { ...task, samplesFile: join(folder, 'samples'), weightsFile: join(folder, 'weights') };
  const random = randomStream(SEED);
  const pictureBytes = task.size * task.size * task.channels;
  const labels = Int32Array.from({ length: task.batch }, () => Math.floor(task.classes * random()));
  const masks = hasMasks(complete) ? discs(task.batch, task.size, random) : undefined;
  const pixels = Uint8Array.from({ length: task.batch * pictureBytes }, (_, i) => {
    const share = masks ? masks[Math.floor(i / task.channels)] : labels[Math.floor(i / pictureBytes)] / task.classes;
    return Math.floor(127 * (random() + share));
  });
  await writeFile(complete.samplesFile, Buffer.concat([pixels, masks ?? Buffer.from(labels.buffer)]));
  await writeFile(complete.weightsFile, joinWeights(wellConditioned(complete)));
  return complete;
}

/** Answers the samples start … start + size − 1. */
export async function readSamples(task: Task): Promise<(start: number, size: number) => Samples> {
  const bytes = await readFile(task.samplesFile);
  const pictureBytes = task.size * task.size * task.channels;
  const rest = bytes.buffer.slice(bytes.byteOffset + task.batch * pictureBytes, bytes.byteOffset + bytes.length);
  const pixels = (start: number, size: number) => bytes.subarray(start * pictureBytes, (start + size) * pictureBytes);
  if (hasMasks(task)) {
    const masks = new Uint8Array(rest);
    const maskBytes = task.size * task.size;
    return (start, size) => {
      const taken = Float32Array.from(masks.subarray(start * maskBytes, (start + size) * maskBytes));
      return { pixels: pixels(start, size), labels: new Int32Array(size), targets: [taken] };
    };
  }
  const labels = new Int32Array(rest);
  return (start, size) => ({ pixels: pixels(start, size), labels: labels.subarray(start, start + size) });
}

const hasMasks = ({ network }: Task): boolean => network === 'u-net';

/** A mask of 0 and 1 a picture, row by row: a disc somewhere in it. */
function discs(count: number, size: number, random: () => number): Uint8Array {
  const masks = new Uint8Array(count * size * size);
  for (let n = 0; n < count; n++) {
    const [x, y, radius] = [size * random(), size * random(), (size / 2) * random()];
    for (let i = 0; i < size; i++)
      for (let k = 0; k < size; k++) masks[(n * size + i) * size + k] = (i - y) ** 2 + (k - x) ** 2 < radius ** 2 ? 1 : 0;
  }
  return masks;
}

export const joinWeights = (weights: Float32Array[]): Buffer =>
  Buffer.concat(weights.map((w) => Buffer.from(w.buffer, w.byteOffset, w.byteLength)));

export const splitWeights = (network: Network, bytes: Buffer): Float32Array[] => splitValues(network, new Float32Array(copyOf(bytes)));

/** The same written in double precision. */
export const splitDoubles = (network: Network, bytes: Buffer): Float64Array[] => splitValues(network, new Float64Array(copyOf(bytes)));

const copyOf = (bytes: Buffer) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

function splitValues<T extends Float32Array | Float64Array>(network: Network, values: T): T[] {
  let start = 0;
  return network.weights.map(({ shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return values.slice(start, (start += size)) as T;
  });
}
