// Weights in every number format of TF.js, read as TF.js itself reads them.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { directRuntime } from '#test/support/direct-runtime';
import { numbersOf } from '#trainer/own-model/number-formats';

beforeAll(directRuntime);

/** Every half float but NaNs, which equal nothing. */
const halves = Uint16Array.from({ length: 0x10000 }, (_, bits) => ((bits & 0x7c00) === 0x7c00 && bits & 0x3ff ? 0 : bits));
const bytes = Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 251);

const FORMATS = [
  ['float16', { dtype: 'float32', quantization: { dtype: 'float16' } }, halves, 2],
  ['uint8', { dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.013, min: -1.6 } }, bytes, 1],
  ['uint16', { dtype: 'float32', quantization: { dtype: 'uint16', scale: 1e-4, min: -3 } }, bytes, 2],
  ['float32', { dtype: 'float32' }, new Float32Array([1, -2.5, 1e-30, 3e30]), 4],
  ['int32', { dtype: 'int32' }, new Int32Array([1, -7, 2 ** 30]), 4],
] as const;

test.each(FORMATS)('%s', async (_, format, values, size) => {
  const raw = Uint8Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  const entry = { name: 'w', shape: [raw.length / size], ...format };
  const theirs = (await tf.io.decodeWeights(raw.buffer, [entry as tf.io.WeightsManifestEntry])).w.dataSync();
  const ours = numbersOf(entry, Buffer.from(raw));
  const scale = Math.max(...Array.from(theirs, Math.abs).filter(Number.isFinite));
  expect(ours.length).toBe(theirs.length);
  expect(ours.every((value, i) => value === theirs[i] || Math.abs(value - theirs[i]) <= 1e-6 * scale)).toBe(true);
});
