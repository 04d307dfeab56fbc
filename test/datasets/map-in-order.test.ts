// Results in the order of the items, never more at a time than allowed, and nothing left running after a failure.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ByteBudget } from '#datasets/byte-budget';
import { mapInOrder } from '#datasets/map-in-order';

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

test('keeps the order whatever takes longest, at most so many at a time', async () => {
  let [running, most] = [0, 0];
  const results = mapInOrder([5, 1, 4, 2, 3, 0, 6], 3, async (item) => {
    most = Math.max(most, ++running);
    await sleep(item * 3);
    running--;
    return item * 10;
  });
  expect(await collect(results)).toEqual([50, 10, 40, 20, 30, 0, 60]);
  expect(most).toBe(3);
});

test('a failure ends it, after those that run have come to rest', async () => {
  let running = 0;
  const results = mapInOrder([1, 2, 3, 4, 5, 6], 4, async (item) => {
    running++;
    await sleep(item * 3);
    running--;
    if (item === 2) throw new Error('two');
    return item;
  });
  await expect(collect(results)).rejects.toThrow('two');
  expect(running).toBe(0);
});

test('a byte budget is kept, one larger than all of it runs alone, a failure gives its bytes back', async () => {
  const budget = new ByteBudget(100);
  let [used, most] = [0, 0];
  const work = (bytes: number, fails = false) =>
    budget.run(bytes, async () => {
      used += bytes;
      most = Math.max(most, bytes > 100 ? used - bytes : used);
      await sleep(2);
      used -= bytes;
      if (fails) throw new Error('failed');
    });
  const sizes = [60, 30, 50, 500, 10, 90, 20, 100, 1];
  const results = await Promise.allSettled(sizes.map((bytes, i) => work(bytes, i === 1)));
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(most).toBeLessThanOrEqual(100);
  expect(used).toBe(0);
});
