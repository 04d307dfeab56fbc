// What the sizes of many pictures come to: the middle one and the largest of all, also of more sizes than are kept, also of two versions joined.
import { expect, test } from 'vitest';
import { foundSizes, joinedSizes } from '#datasets/found-sizes';

const square = (side: number, count = 1) => ({ width: side, height: side, count });
const each = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => square(first + i));

test('of pictures of many sizes the usual one is in their middle, and the largest is known though it is not kept', () => {
  const { sizes, found } = foundSizes(each(200, 2_000));
  expect(sizes).toHaveLength(1_000);
  // The control: what is kept alone would say 200 and 1,199.
  expect(sizes[0]).toEqual(square(200));
  expect(sizes.at(-1)).toEqual(square(1_199));
  expect(found).toEqual({ usual: { width: 1_100, height: 1_100 }, largest: { width: 2_000, height: 2_000 } });
});

test('each picture counts, and each side has a middle of its own', () => {
  const { found } = foundSizes([
    { width: 100, height: 50, count: 3 },
    { width: 50, height: 100, count: 2 },
    { width: 900, height: 10, count: 1 },
  ]);
  expect(found).toEqual({ usual: { width: 100, height: 50 }, largest: { width: 900, height: 100 } });
});

test('of a version that was added to both parts count; where one is not known nothing is', () => {
  const [there, added] = [foundSizes(each(200, 2_000)), foundSizes([square(100, 5_000), square(200, 2)])];
  const joined = joinedSizes(there, added);
  expect(joined.sizes!.slice(0, 2)).toEqual([square(100, 5_000), square(200, 3)]);
  expect(joined.found).toEqual({ usual: { width: 100, height: 100 }, largest: { width: 2_000, height: 2_000 } });
  expect(joinedSizes({ sizes: undefined }, added)).toEqual({ sizes: undefined, found: undefined });
});
