// The parts of a .keras file that Keras does not forgive; test/deep/keras.test.ts opens such files with Keras itself.
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { INPUT, type FileLayer } from '#engine/layers-model';
import { encodeHdf5 } from '#exports/keras/hdf5';
import { kerasOrder, snakeCase } from '#exports/keras/layer-order';
import { toKeras } from '#exports/keras/to-keras';
import { EXPORT_CASES } from '#test/support/exports/cases';

const layer = (name: string, ...inputs: string[]): FileLayer => ({ className: 'Conv2D', name, config: {}, inputs, weights: [] });

it('layers are listed by their longest way to the output, and then as a walk from it meets them', () => {
  // The shortcut stands in front in the network, and is as near to the sum as the branch's second layer.
  const layers = [layer('shortcut', INPUT), layer('first', INPUT), layer('second', 'first'), layer('sum', 'second', 'shortcut')];
  expect(kerasOrder(layers).map(({ name }) => name)).toEqual(['first', 'second', 'shortcut', 'sum']);
});

it.each([
  ['Conv2D', 'conv2d'],
  ['DepthwiseConv2D', 'depthwise_conv2d'],
  ['Conv2DTranspose', 'conv2d_transpose'],
  ['BatchNormalization', 'batch_normalization'],
  ['PReLU', 'p_re_lu'],
])('%s is called %s in a weight file', (className, name) => expect(snakeCase(className)).toBe(name));

it('an HDF5 file says how long it is, and holds the values as they are', () => {
  const values = Float32Array.of(1.5, -2, 3.25);
  const file = encodeHdf5({ group: { array: { shape: [3], values } } });
  const view = new DataView(file.buffer);
  expect(Buffer.from(file.subarray(0, 8)).toString('latin1')).toBe('\x89HDF\r\n\x1a\n');
  expect(view.getBigUint64(40, true)).toBe(BigInt(file.length));
  expect([0, 1, 2].map((i) => view.getFloat32(96 + 4 * i, true))).toEqual([...values]);
});

it.each(EXPORT_CASES)('$name: its layers name only layers in front of them', ({ network, weights, metadata }) => {
  const { 'config.json': json, 'metadata.json': about } = unzipSync(toKeras(network, weights, metadata, '2026-11-30T00:00:00.000Z'));
  expect(JSON.parse(Buffer.from(about).toString())).toEqual({ keras_version: '3.15.1', date_saved: '2026-11-30T00:00:00.000Z' });
  const { layers } = (JSON.parse(Buffer.from(json).toString()) as { config: { layers: { name: string; inbound_nodes: [string][][] }[] } })
    .config;
  const seen = new Set<string>();
  for (const { name, inbound_nodes } of layers) {
    for (const [from] of inbound_nodes.flat()) expect(seen).toContain(from);
    expect(seen).not.toContain(name);
    seen.add(name);
  }
});
