// Each layer gets its own weights, also where models inside models have layers of one name; what could be either's is refused.
import { expect, test } from 'vitest';
import { NamedWeights } from '#trainer/own-model/named-weights';

/** The place of each path's kernel among the names. */
function taken(names: string[], ...paths: string[][]): number[] {
  const weights = new NamedWeights('model.json', new Map(names.map((name, i) => [name, { shape: [1], values: Float32Array.of(i) }])));
  return paths.map((path) => weights.take({ path, weight: 'kernel' }).found.values[0]);
}

const OUTER = ['model', 'conv'];
const [LEFT, RIGHT] = [
  ['model', 'left', 'conv'],
  ['model', 'right', 'conv'],
];

test('by the models around them, or by their names alone where those are unique', () => {
  expect(taken(['conv/kernel'], OUTER)).toEqual([0]);
  expect(taken(['a/b/conv/kernel'], OUTER)).toEqual([0]);
  expect(taken(['left/conv/kernel', 'right/conv/kernel'], RIGHT, LEFT)).toEqual([1, 0]);
  expect(taken(['model/conv/kernel', 'model/left/conv/kernel'], LEFT, OUTER)).toEqual([1, 0]);
  expect(taken(['left/conv/kernel', 'conv/kernel'], OUTER, LEFT)).toEqual([1, 0]);
  expect(taken(['scope/conv/kernel'], ['model', 'scope/conv'])).toEqual([0]);
});

test('never to two layers, and never by chance', () => {
  expect(() => taken(['conv/kernel'], LEFT, RIGHT)).toThrow('two of its layers are called "conv"');
  expect(() => taken(['x/conv/kernel', 'y/conv/kernel'], OUTER)).toThrow('two of its layers are called "conv"');
  expect(() => taken(['other/kernel'], OUTER)).toThrow('its weights of "conv/kernel" are missing');
});
