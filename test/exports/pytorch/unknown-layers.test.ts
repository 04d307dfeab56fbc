// A layer with a setting that the exports do not write is refused: it would become another one without a word.
import { expect, it } from 'vitest';
import { averagePooling2d } from '#engine/layers/average-pooling-2d';
import { relu } from '#engine/layers/relu';
import { relu6 } from '#engine/layers/relu6';
import type { Layer } from '#engine/layers/layer';
import { transposedPadding } from '#exports/channels-first';
import { layerInCode } from '#exports/pytorch/layers';

const SHAPE = [8, 8, 4];
const code = (layer: Layer): string => layerInCode(layer, [SHAPE]).call('self.layer', ['x']);
const changed = (layer: Layer, config: object): Layer => ({ ...layer, config: { ...layer.config, ...config } });

it('activations', () => {
  expect([code(relu()([SHAPE])), code(relu6()([SHAPE]))], 'control').toEqual(['F.relu(x)', 'F.relu6(x)']);
  expect(() => code(changed(relu()([SHAPE]), { activation: 'swish' }))).toThrow('Activation with activation swish is in no export yet');
  expect(() => code(changed(relu6()([SHAPE]), { max_value: 4 }))).toThrow('ReLU with max_value 4 is in no export yet');
});

it('means over windows that reach out unevenly', () => {
  const layer = averagePooling2d({ poolSize: 3 })([SHAPE]);
  expect(code(layer), 'control').toContain('F.avg_pool2d(x, 3');
  expect(() => code(changed(layer, { strides: [2, 2] }))).toThrow('further out on one side');
});

it('transposed convolutions that leave gaps', () => {
  expect(transposedPadding(3, 2), 'control').toEqual([0, 1]);
  expect(() => transposedPadding(2, 3)).toThrow('leaves gaps');
});
