// The scale of the loss: when it halves and doubles.
import { expect, it } from 'vitest';
import { afterUpdate, firstLossScale, isScaled, smaller, type LossScale } from '#engine/loss-scale';
import { tinyNetwork } from '#test/support/tiny';

const scaled = { ...tinyNetwork(), precision: 'float16' } as const;

it('is there where products are computed in float16, and nowhere else', () => {
  expect(firstLossScale(scaled)).toEqual({ value: 4096, since: 0 });
  for (const network of [tinyNetwork(), { ...tinyNetwork(), precision: 'bfloat16' } as const]) {
    expect(isScaled(network)).toBe(false);
    expect(firstLossScale(network)).toBeUndefined();
  }
});

it('halves down to 1 and no further', () => {
  const seen: number[] = [];
  for (let scale: LossScale | undefined = { value: 8, since: 7 }; scale; scale = smaller(scale)) seen.push(scale.value);
  expect(seen).toEqual([8, 4, 2, 1]);
  expect(smaller({ value: 8, since: 7 })).toEqual({ value: 4, since: 0 });
});

it('doubles after 2,000 updates without change, up to a most', () => {
  let scale: LossScale = { value: 4096, since: 0 };
  for (let update = 1; update < 2000; update++) scale = afterUpdate(scale);
  expect(scale).toEqual({ value: 4096, since: 1999 });
  expect(afterUpdate(scale)).toEqual({ value: 8192, since: 0 });
  for (let update = 0; update < 50_000; update++) scale = afterUpdate(scale);
  expect(scale.value).toBe(2 ** 24);
});
