// Fast mode: products in bfloat16, everything else as ever.
import { dispose, memory } from '@tensorflow/tfjs-core';
import { expect, it as always } from 'vitest';
import { accumulate } from '#engine/mbp';
import { evaluate } from '#engine/evaluate';
import { resnet8 } from '#engine/models/resnet-8';
import type { Network } from '#engine/network';
import { verdictOf } from '#engine/verdict';
import { hasBfloat16 } from '#trainer/tensorflow/processor';
import { relativeL2 } from '#test/support/distance';
import { describeTensorFlow } from '#test/support/tensorflow';
import { plainSgd, readFrom, TINY_CLASSES, TINY_SHAPE, tinyData, withBench } from '#test/support/tiny';

/** Elsewhere the spec is refused. */
const it = always.skipIf(!hasBfloat16());

const PIECES = [5, 5, 3];
const exact = resnet8([...TINY_SHAPE], TINY_CLASSES);
const fast: Network = { ...exact, precision: 'bfloat16' };
const data = tinyData(13);

describeTensorFlow('fast mode', (runtime) => {
  const gradients = (network: Network): Promise<Float32Array[]> =>
    withBench(runtime(), network, plainSgd(), async (bench) => {
      const carry = accumulate(bench, PIECES, readFrom(data, data.train));
      const values = await Promise.all(carry.slice(1).map(async (t) => Float32Array.from(await t.data())));
      dispose(carry);
      return values;
    });
  const validated = (network: Network) =>
    withBench(runtime(), network, plainSgd(), (bench) => evaluate(bench, PIECES, readFrom(data, data.train), () => Promise.resolve()));

  it('rounds more than float32 and no more than bfloat16 does', async () => {
    const tensors = memory().numTensors;
    const difference = relativeL2(await gradients(fast), await gradients(exact));
    // Eight bits of mantissa: 2^-9 a number, some layers deep.
    expect(difference).toBeGreaterThan(1e-4);
    expect(difference).toBeLessThan(5e-2);
    expect(memory().numTensors).toBe(tensors);
  });

  it('gives the same bits again', async () => {
    expect(await gradients(fast)).toEqual(await gradients(fast));
  });

  it('validates in float32', async () => {
    expect(await validated(fast)).toEqual(await validated(exact));
  });

  it('is said before the run', () => {
    expect(verdictOf(fast, [13])).toMatchObject({ kind: 'not-identical' });
    expect(verdictOf(exact, [13])).toEqual({ kind: 'identical' });
  });
});
