// Random small networks for property tests: a recipe that shrinks, and the network it makes.
import fc from 'fast-check';
import { add } from '#engine/layers/add';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { flatten } from '#engine/layers/flatten';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { NetworkBuilder, type Network } from '#engine/network';

type Block =
  | { kind: 'convolution'; filters: number; kernelSize: number; strides: number }
  | { kind: 'residual'; kernelSize: number }
  | { kind: 'pooling' }
  | { kind: 'relu' };

export interface NetRecipe {
  /** Height, width, channels. */
  shape: [number, number, number];
  blocks: Block[];
  head: 'flatten' | 'average';
  /** Units of a hidden layer; 0 for none. */
  hidden: number;
  classes: number;
}

const kernelSize = fc.integer({ min: 1, max: 3 });

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.constant({ kind: 'relu' as const }),
  fc.constant({ kind: 'pooling' as const }),
  fc.record({
    kind: fc.constant('convolution' as const),
    filters: fc.integer({ min: 1, max: 4 }),
    kernelSize,
    strides: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('residual' as const), kernelSize }),
);

export const netRecipe: fc.Arbitrary<NetRecipe> = fc.record({
  shape: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 3 })),
  blocks: fc.array(block, { maxLength: 4 }),
  head: fc.constantFrom('flatten', 'average'),
  hidden: fc.integer({ min: 0, max: 5 }),
  classes: fc.integer({ min: 2, max: 4 }),
});

export function makeNetwork({ shape, blocks, head, hidden, classes }: NetRecipe): Network {
  const net = new NetworkBuilder(shape);
  let x = net.input;
  for (const made of blocks) {
    switch (made.kind) {
      case 'relu':
        x = net.add(relu(), x);
        break;
      case 'pooling':
        x = net.add(maxPooling2d({ poolSize: 2, strides: 2 }), x);
        break;
      case 'convolution':
        x = net.add(conv2d(made), x);
        break;
      case 'residual': {
        const filters = net.shape(x)[2];
        x = net.add(add(), x, net.add(relu(), net.add(conv2d({ filters, kernelSize: made.kernelSize }), x)));
      }
    }
  }
  x = net.add(head === 'flatten' ? flatten() : globalAveragePooling2d(), x);
  if (hidden > 0) x = net.add(relu(), net.add(dense({ units: hidden }), x));
  net.add(dense({ units: classes }), x);
  return net.build();
}
