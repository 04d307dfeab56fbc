// What every engine's memory savers are held to: the same bits where they promise them, fewer bytes, nothing left behind. Run by the tests of each engine.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { withCodedPooling } from '#engine/coded-pooling';
import { batchNormalization } from '#engine/layers/batch-normalization';
import { groupNormalization } from '#engine/layers/group-normalization';
import { sizeOf } from '#engine/layers/layer';
import { resnet8 } from '#engine/models/resnet-8';
import { vitTiny } from '#engine/models/vit-tiny';
import type { Network } from '#engine/network';
import { equalPieces } from '#engine/pieces';
import type { Runtime } from '#engine/runtime';
import { withFreeSavings, withSavers } from '#engine/savers/saver-plan';
import { SAVER_NAMES, type SaverName } from '#shared/run-spec';
import { feedForwardNet, gradientError, keepingConcatenations, readStep, residualNet, scalingInput, skipNet } from './saver-readings';

const bitsOf = (values: Float32Array[]): string => values.map((v) => Buffer.from(v.buffer).toString('base64')).join(' ');

const EXACT: SaverName[][] = [['recompute'], ['light-layers'], ['recompute', 'light-layers']];
const EIGHT: SaverName[][] = [
  ['int8-activations'],
  ['int8-activations', 'light-layers'],
  ['int8-activations', 'recompute', 'light-layers'],
];

/** Most that may remain, a tenth above what was measured. */
export type Shares = Record<SaverName | 'all', number>;

export interface Bounds {
  residual: Shares;
  feedForward: Shares;
  /** Of the input that is made again, the least share that a deep and narrow net must hold less; 0.8 unless said. */
  narrowInput?: number;
}

export function saversSuite(load: () => Promise<Runtime>, bounds: Bounds): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  describe.each([
    ['residual net with BatchNorm', () => residualNet(12, 3)],
    ['feed-forward transformer blocks', () => feedForwardNet(6, 3)],
    ['attention over patches', () => vitTiny([12, 12, 3], 3, { patch: 2, blocks: 2, width: 24 })],
    ['residual net normalized by groups', () => resnet8([12, 12, 3], 3, { normalization: 'group' })],
  ])('%s', (_name, make) => {
    it.each(EXACT.map((names) => [names.join(' and '), names] as const))('%s: the same bits, at any pieces', async (_, names) => {
      for (const pieces of [[7], equalPieces(7, 3)]) {
        const tensors = memory().numTensors;
        const plain = await readStep(runtime, make(), pieces);
        const saving = await readStep(runtime, withSavers(make(), names), pieces);
        expect(bitsOf(saving.carry)).toBe(bitsOf(plain.carry));
        expect(memory().numTensors).toBe(tensors);
      }
    });

    it.each(EIGHT.map((names) => [names.join(' and '), names] as const))(
      '%s: close, not equal; the loss is untouched',
      async (_, names) => {
        const tensors = memory().numTensors;
        const network = make();
        const plain = await readStep(runtime, network, [7]);
        const saving = await readStep(runtime, withSavers(network, names), [7]);
        const again = await readStep(runtime, withSavers(network, names), [7]);
        expect(saving.carry[0]).toEqual(plain.carry[0]);
        expect(bitsOf(again.carry)).toBe(bitsOf(saving.carry));
        const error = gradientError(network, saving.carry, plain.carry);
        expect(error).toBeGreaterThan(1e-5);
        expect(error).toBeLessThan(0.1);
        expect(memory().numTensors).toBe(tensors);
      },
    );
  });

  it('control: a gradient a fifth off is caught, and so is the last bit', async () => {
    const network = feedForwardNet(6, 3);
    const { carry } = await readStep(runtime, network, [7]);
    const off = carry.map((values) => values.map((v) => 1.2 * v));
    expect(gradientError(network, off, carry)).toBeGreaterThan(0.1);
    expect(bitsOf(carry.map((v) => v.map((x) => x * (1 + 2 ** -23))))).not.toBe(bitsOf(carry));
  });

  describe.each([
    ['pooling', batchNormalization, () => ({ ...runtime, codesPooling: false })],
    // As every run has it: pooling keeps no part where the engine has codes for it, ReLU behind what it is not fused with does.
    ['an activation', groupNormalization, () => runtime],
  ])('concatenations are put together again where %s keeps a part of them, asked for or not', (_name, normalize, load) => {
    const net = (side: number): Network => skipNet(side, 2, normalize);

    it('there are some', () => {
      const network = load().codesPooling ? withCodedPooling(net(12)) : net(12);
      const chosen = withFreeSavings(network).savers?.recomputed ?? [];
      expect(network.nodes.filter(({ layer }, place) => layer.className === 'Concatenate' && chosen[place])).toHaveLength(2);
    });

    it.each([[], ...EXACT].map((names) => [names.join(' and ') || 'not', names] as const))(
      '%s: the same bits as kept',
      async (_, names) => {
        for (const pieces of [[7], equalPieces(7, 3)]) {
          const tensors = memory().numTensors;
          const keeping = await readStep(load(), keepingConcatenations(net(12)), pieces);
          const plain = await readStep(load(), withSavers(net(12), names), pieces);
          expect(bitsOf(plain.carry)).toBe(bitsOf(keeping.carry));
          expect(memory().numTensors).toBe(tensors);
        }
      },
    );

    it('fewer bytes by those of the parts that are there anyway', async () => {
      const [side, n] = [32, 16];
      const plain = await readStep(load(), net(side), [n]);
      const keeping = await readStep(load(), keepingConcatenations(net(side)), [n]);
      const skips = 4 * n * (side ** 2 * 8 + (side / 2) ** 2 * 16);
      expect((keeping.peakBytes - plain.peakBytes) / skips).toBeGreaterThan(0.95);
    });
  });

  const asLayer = (network: Network): Network => scalingInput(network, { isCheap: true });
  const wide = (): Network => skipNet(40, 2);
  it.each([
    // The most is held while the gradient goes back, and when the forward pass has ended.
    ['of a net as wide as its input', wide, wide, 0.95],
    [
      'of a deep net far narrower than its input',
      () => feedForwardNet(8, 12, 2, 8),
      () => feedForwardNet(8, 12, 2, 8),
      bounds.narrowInput ?? 0.8,
    ],
    ['scaled by a layer', wide, () => asLayer(wide()), 0.95],
  ])('the input %s is made again: the same bits as kept, fewer bytes by its own', async (_, kept, make, share) => {
    const n = 8;
    for (const names of [[], ...EXACT]) {
      const tensors = memory().numTensors;
      const keeping = await readStep(runtime, withSavers(scalingInput(kept(), { isCheap: false }), names), [n]);
      const plain = await readStep(runtime, withSavers(make(), names), [n]);
      expect(bitsOf(plain.carry)).toBe(bitsOf(keeping.carry));
      expect(memory().numTensors).toBe(tensors);
      const input = 4 * n * sizeOf(make().inputShape);
      if (names.length === 0) expect((keeping.peakBytes - plain.peakBytes) / input).toBeGreaterThan(share);
    }
  });

  describe('counted bytes of one micro-batch, as a share of the same net without savers', () => {
    const needs = (network: Network, names: SaverName[] = []): Promise<number> =>
      readStep(runtime, withSavers(network, names), [16]).then(({ peakBytes }) => peakBytes);

    it.each([
      ['deep residual net', () => residualNet(24, 8), bounds.residual],
      ['feed-forward transformer blocks', () => feedForwardNet(12, 6, 16), bounds.feedForward],
    ] as const)('%s', async (_, make, most) => {
      const network = make();
      const plain = await needs(network);
      for (const name of SAVER_NAMES) expect((await needs(network, [name])) / plain, name).toBeLessThan(most[name]);
      expect((await needs(network, [...SAVER_NAMES])) / plain, 'all three').toBeLessThan(most.all);
    });
  });
}
