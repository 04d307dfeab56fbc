// Which concatenations are put together again in the backward pass.
import { describe, expect, it } from 'vitest';
import { concatenate } from '#engine/layers/concatenate';
import { conv2d } from '#engine/layers/conv-2d';
import { relu } from '#engine/layers/relu';
import { amoebaNetD } from '#engine/models/amoebanet-d';
import { resnet18 } from '#engine/models/resnet-18';
import { uNet } from '#engine/models/u-net';
import { NetworkBuilder, type Network } from '#engine/network';
import { usableSavers, withFreeSavings, withSavers } from '#engine/savers/saver-plan';
import { skipNet } from '#test/support/saver-readings';

const isConcatenation = ({ nodes }: Network): boolean[] => nodes.map(({ layer }) => layer.className === 'Concatenate');
const chosen = (network: Network): number => withFreeSavings(network).savers?.recomputed.filter((is) => is).length ?? 0;

/** Two branches beside each other, whose whole a convolution reads; `parts` of the branches are read by another one, too. */
function branches(parts: number, behind: number): Network {
  const net = new NetworkBuilder([8, 8, 3]);
  const convolve = (x: number, filters = 8): number => net.add(conv2d({ filters, kernelSize: 3, useBias: false }), x);
  const pair = [convolve(net.input), convolve(net.input)];
  for (const branch of pair.slice(0, parts)) convolve(branch);
  let x = convolve(net.add(concatenate(), ...pair));
  for (let i = 0; i < behind; i++) x = net.add(relu(), convolve(x));
  return net.build();
}

describe('concatenations', () => {
  it('every one of a U-Net, heavy or light, with either normalization, and nothing else', () => {
    for (const options of [{}, { separable: true }, { normalization: 'group' }] as const) {
      const network = uNet([32, 32, 3], 1, 4, options);
      expect(withFreeSavings(network).savers?.recomputed).toEqual(isConcatenation(network));
    }
  });

  it('not of parts that nothing else keeps, and not where it would be the worst moment itself', () => {
    expect([branches(0, 4), branches(1, 4), branches(2, 4), branches(1, 0)].map(chosen)).toEqual([0, 1, 1, 0]);
  });

  it('networks without any stay as they are', () => {
    const network = resnet18([32, 32, 3], 10);
    expect(withFreeSavings(network)).toBe(network);
  });

  it('AmoebaNet-D keeps what its activations make of them instead', () =>
    expect(chosen(amoebaNetD([32, 32, 3], 10, { layers: 3, filters: 16 }))).toBe(0));

  it('savers that are asked for keep to it, but for 8 bits, in which parts would be rounded apart', () => {
    const network = skipNet(12, 2);
    const kinds = withSavers(network, ['recompute']).savers!.recomputed;
    expect(kinds).toEqual(isConcatenation(network));
    expect(withSavers(network, ['int8-activations']).savers!.recomputed.some((is, place) => is && isConcatenation(network)[place])).toBe(
      false,
    );
    expect(withFreeSavings(withSavers(network, ['recompute'])).savers!.names).toEqual(['recompute']);
    expect(usableSavers(network)).toEqual(['light-layers', 'recompute', 'int8-activations']);
  });
});
