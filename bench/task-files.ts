// The files that all contestants start from: one mini-batch of samples and the initial weights, written once, read by each.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initialWeights } from '#engine/initialize';
import type { Network } from '#engine/network';
import { randomStream } from '#engine/random';
import type { Samples } from '#engine/training-data';
import { buildNetwork } from './networks';
import type { Task } from './protocol';

const SEED = 1;

export const networkOf = ({ network, size, channels, classes }: Task): Network => buildNetwork(network, [size, size, channels], classes);

/** Random pictures, whose label shows in their brightness so that there is something to learn, and the weights a run would start from. */
export async function writeTaskFiles(task: Omit<Task, 'samplesFile' | 'weightsFile'>, folder: string): Promise<Task> {
  const complete: Task = { ...task, samplesFile: join(folder, 'samples'), weightsFile: join(folder, 'weights') };
  const random = randomStream(SEED);
  const pictureBytes = task.size * task.size * task.channels;
  const labels = Int32Array.from({ length: task.batch }, () => Math.floor(task.classes * random()));
  const pixels = Uint8Array.from({ length: task.batch * pictureBytes }, (_, i) => {
    const share = labels[Math.floor(i / pictureBytes)] / task.classes;
    return Math.floor(128 * (random() + share));
  });
  await writeFile(complete.samplesFile, Buffer.concat([pixels, Buffer.from(labels.buffer)]));
  await writeFile(complete.weightsFile, joinWeights(initialWeights(networkOf(complete), SEED)));
  return complete;
}

/** Answers the samples start … start + size − 1. */
export async function readSamples(task: Task): Promise<(start: number, size: number) => Samples> {
  const bytes = await readFile(task.samplesFile);
  const pictureBytes = task.size * task.size * task.channels;
  const labels = new Int32Array(bytes.buffer.slice(bytes.byteOffset + task.batch * pictureBytes, bytes.byteOffset + bytes.length));
  return (start, size) => ({
    pixels: bytes.subarray(start * pictureBytes, (start + size) * pictureBytes),
    labels: labels.subarray(start, start + size),
  });
}

export const joinWeights = (weights: Float32Array[]): Buffer =>
  Buffer.concat(weights.map((w) => Buffer.from(w.buffer, w.byteOffset, w.byteLength)));

export function splitWeights(network: Network, bytes: Buffer): Float32Array[] {
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  let start = 0;
  return network.weights.map(({ shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return values.slice(start, (start += size));
  });
}
