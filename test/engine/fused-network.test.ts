// Which layers become one node, and which must not.
import { describe, expect, it } from 'vitest';
import { withPooledConvolutions } from '#engine/fused-network';
import { add } from '#engine/layers/add';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { conv2d } from '#engine/layers/conv-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { lenet } from '#engine/models/lenet';
import { resnet8 } from '#engine/models/resnet-8';
import { smallCnn } from '#engine/models/small-cnn';
import { NetworkBuilder, type Network } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { tinyNetwork } from '#test/support/tiny';

const kinds = ({ nodes }: Network): string[] => nodes.map(({ layer }) => layer.className);
const pooling = { poolSize: 2, strides: 2 };

/** Convolution, ReLU and pooling; */
function block(options: { filters: number; kernelSize: number; strides?: number; useBias?: boolean }, pool = pooling): Network {
  const net = new NetworkBuilder([8, 8, 2]);
  net.add(maxPooling2d(pool), net.add(relu(), net.add(conv2d(options), net.input)));
  return net.build();
}

describe('convolution, ReLU and pooling in a row', () => {
  it('become one node of the same shape, whose weights stay in their places', () => {
    for (const network of [lenet([28, 28, 1], 10), smallCnn([8, 8, 1], 10), tinyNetwork()]) {
      const fused = withPooledConvolutions(network);
      const blocks = kinds(network).filter((kind) => kind === 'MaxPooling2D').length;
      expect(blocks).toBeGreaterThan(0);
      expect(fused.nodes.length).toBe(network.nodes.length - 2 * blocks);
      expect(kinds(fused).filter((kind) => kind === 'OverbatchPooledConvolution').length).toBe(blocks);
      expect(kinds(fused)).not.toContain('MaxPooling2D');
      expect(fused.weights).toBe(network.weights);
      expect(fused.nodes[fused.nodes.length - 1].layer).toBe(network.nodes[network.nodes.length - 1].layer);
      for (const { layer, firstWeight } of fused.nodes)
        expect(layer.weights).toEqual(network.weights.slice(firstWeight, firstWeight + layer.weights.length));
      for (const [place, { inputs }] of fused.nodes.entries()) for (const from of inputs) expect(from).toBeLessThan(place);
    }
  });

  it.each([
    ['a stride', block({ filters: 4, kernelSize: 3, strides: 2 })],
    ['no bias', block({ filters: 4, kernelSize: 3, useBias: false })],
    ['a large kernel', block({ filters: 4, kernelSize: 9 })],
    ['overlapping windows', block({ filters: 4, kernelSize: 3 }, { poolSize: 3, strides: 2 })],
    ['BatchNorm between', tinyNetwork({ batchNorm: true })],
    ['dropout between', tinyNetwork({ dropoutRate: 0.5 })],
    ['no pooling', resnet8([32, 32, 3], 10)],
    ['bfloat16', { ...tinyNetwork(), precision: 'bfloat16' } satisfies Network],
    ['activations kept otherwise', withSavers(tinyNetwork(), ['int8-activations'])],
  ])('stay as they are with %s', (_name, network) => {
    expect(kinds(withPooledConvolutions(network))).toEqual(kinds(network));
  });

  it('stay as they are where somebody else reads what is between them', () => {
    const net = new NetworkBuilder([4, 4, 2]);
    const rectified = net.add(relu(), net.add(conv2d({ filters: 2, kernelSize: 3 }), net.input));
    const pooled = net.add(maxPooling2d(pooling), rectified);
    const other = net.add(maxPooling2d(pooling), net.add(batchNormalization(), rectified));
    net.add(add(), pooled, other);
    const network = net.build();
    expect(kinds(withPooledConvolutions(network))).toEqual(kinds(network));
  });
});
