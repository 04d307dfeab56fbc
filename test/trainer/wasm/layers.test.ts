// Layers on WebAssembly: output and gradients are the cpu backend's.
import { beforeAll, describe, expect, it } from 'vitest';
import { apart, startBackends } from '#test/engine/kernels/wasm/backends';
import { LAYER_CASES, layerValues, trialOf } from '#test/support/layer-cases';

beforeAll(startBackends);

describe.each(LAYER_CASES)('$name', (layerCase) => {
  it.each([1, 4])('of %i samples', (n) => {
    const { shapes, fn } = trialOf(layerCase, n);
    const inputs = shapes.map((shape, i) => ({ shape, values: Array.from(layerValues(shape, i)) }));
    expect(apart(fn, inputs)).toBeLessThan(2e-6);
  });
});
