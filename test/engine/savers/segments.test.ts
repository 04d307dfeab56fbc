// Where networks are cut, and which outputs are computed again: laws over random networks, known answers for known ones.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add } from '#engine/layers/add';
import { conv2d } from '#engine/layers/conv-2d';
import { dense } from '#engine/layers/dense';
import { globalAveragePooling2d } from '#engine/layers/global-average-pooling-2d';
import { maxPooling2d } from '#engine/layers/max-pooling-2d';
import { relu } from '#engine/layers/relu';
import { resnet18 } from '#engine/models/resnet-18';
import { smallCnn } from '#engine/models/small-cnn';
import { NetworkBuilder, type Network } from '#engine/network';
import { recomputedLayers } from '#engine/savers/light-layers';
import { usableSavers, withSavers } from '#engine/savers/saver-plan';
import { chooseCuts } from '#engine/savers/segments';
import { feedForwardNet } from '#test/support/saver-readings';

/** A chain of equal convolutions. */
function chain(length: number): Network {
  const net = new NetworkBuilder([8, 8, 4]);
  let x = net.input;
  for (let i = 0; i < length; i++) x = net.add(conv2d({ filters: 4, kernelSize: 3, useBias: false }), x);
  net.add(dense({ units: 2 }), net.add(globalAveragePooling2d(), x));
  return net.build();
}
const none = (network: Network): boolean[] => network.nodes.map(() => false);
/** Activations of a chain cut so that are kept at once at most: one for each cut before a segment, and the segment's own. */
const keptBy = (cuts: number[], length: number): number => {
  const ends = [0, ...cuts, length];
  return Math.max(...ends.slice(1).map((end, i) => i + end - ends[i]));
};

describe('cuts', () => {
  it('a chain of n equal layers keeps about √(2n) instead of n', () => {
    for (const length of [16, 36, 100]) {
      const cuts = chooseCuts(chain(length), none(chain(length)));
      expect(keptBy(cuts, length)).toBeLessThanOrEqual(Math.sqrt(2 * length) + 3);
    }
  });

  it('control: one cut in the middle keeps far more', () => expect(keptBy([50], 100)).toBeGreaterThan(Math.sqrt(2 * 100) + 3));

  it('a net of two layers is not cut', () => expect(chooseCuts(chain(1), none(chain(1)))).toEqual([]));

  it('random nets with skips: ascending places inside the network', () => {
    const step = fc.record({
      kind: fc.constantFrom('conv', 'relu', 'add', 'pool'),
      from: fc.nat(50),
      filters: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const net = new NetworkBuilder([16, 16, 3]);
        const places = [net.add(conv2d({ filters: 4, kernelSize: 3 }), net.input)];
        for (const { kind, from, filters } of steps) {
          const x = places[from % places.length];
          if (kind === 'conv') places.push(net.add(conv2d({ filters, kernelSize: 1 }), x));
          else if (kind === 'relu') places.push(net.add(relu(), x));
          else if (kind === 'pool') places.push(net.add(maxPooling2d({ poolSize: 2, strides: 1 }), x));
          else
            places.push(
              net.add(
                add(),
                x,
                places.find((other) => net.shape(other)[2] === net.shape(x)[2])!,
              ),
            );
        }
        net.add(dense({ units: 2 }), net.add(globalAveragePooling2d(), places[places.length - 1]));
        const network = net.build();
        const cuts = chooseCuts(network, recomputedLayers(network, { light: true, eightBits: false }));
        expect(cuts).toEqual([...new Set(cuts)].sort((a, b) => a - b));
        for (const cut of cuts) expect(cut > 0 && cut < network.nodes.length).toBe(true);
      }),
    );
  });
});

describe('outputs computed again', () => {
  const namesOf = (network: Network): string[] =>
    recomputedLayers(network, { light: true, eightBits: false }).flatMap((is, place) => (is ? [network.nodes[place].layer.className] : []));

  it('ResNet-18: normalization and the ReLU behind it; not a ReLU behind a sum, not pooling, which shrinks', () => {
    const names = namesOf(resnet18([64, 64, 3], 10));
    const count = (name: string): number => names.filter((other) => other === name).length;
    expect([count('BatchNormalization'), count('Activation'), count('MaxPooling2D'), count('Add')]).toEqual([20, 9, 0, 0]);
  });

  it('a ReLU straight behind a convolution stays: nothing else keeps what it is computed from', () =>
    expect(namesOf(smallCnn([16, 16, 3], 4))).not.toContain('Activation'));

  it('transformer blocks: every GELU and every layer normalization', () => {
    const names = namesOf(feedForwardNet(4, 3));
    expect(names.filter((name) => name === 'LayerNormalization').length).toBe(4);
    expect(names.filter((name) => name === 'Activation').length).toBe(3);
  });

  it('8 bits alone: what looks for its output in its input', () => {
    const network = resnet18([64, 64, 3], 10);
    const names = network.nodes
      .filter((_, i) => recomputedLayers(network, { light: false, eightBits: true })[i])
      .map((n) => n.layer.className);
    expect(names).toEqual(['MaxPooling2D']);
  });
});

it('says which savers a network can use, those that keep the result first', () => {
  expect(usableSavers(resnet18([64, 64, 3], 10))).toEqual(['light-layers', 'recompute', 'int8-activations']);
  expect(usableSavers(chain(1))).toEqual(['int8-activations']);
  expect(withSavers(chain(4)).savers).toBeUndefined();
});
