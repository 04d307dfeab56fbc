// How far a mini-batch is, told call by call of the engine, and of slow ones alone sent on.
import { expect, it, test } from 'vitest';
import { exactBatchNorm } from '#engine/exact-batch-norm/exact';
import { accumulate, trainMiniBatch, type Workbench } from '#engine/mbp';
import type { PieceProgress } from '#shared/piece-progress';
import { dispose } from '@tensorflow/tfjs-core';
import { directRuntime } from '#test/support/direct-runtime';
import { plainSgd, readFrom, residualNetwork, tinyData, tinyNetwork, withBench } from '#test/support/tiny';
import { ofSlowBatches } from '#trainer/slow-batches';

it('tells each piece of each mini-batch, in order', async () => {
  const data = tinyData(8);
  const told: PieceProgress[] = [];
  await withBench(await directRuntime(), tinyNetwork(), plainSgd(), async (bench: Workbench) => {
    bench.onPiece = (progress) => told.push(progress);
    for (let i = 0; i < 2; i++) await trainMiniBatch(bench, [3, 3, 2], 0.1, readFrom(data, data.train));
  });
  expect(told).toEqual([1, 2].flatMap((step) => [3, 6, 8].map((done) => ({ step, done, samples: 8 }))));
});

it('tells each round of a mini-batch that is worked stage by stage', async () => {
  const data = tinyData(8);
  const told: PieceProgress[] = [];
  const network = { ...residualNetwork(), batchNorm: 'exact' as const };
  await withBench(await directRuntime(), network, plainSgd(), (bench: Workbench) => {
    bench.exact = exactBatchNorm(network);
    bench.onPiece = (progress) => told.push(progress);
    dispose(accumulate(bench, [4, 4], readFrom(data, data.train)));
    return Promise.resolve();
  });
  const passes = told[0].passes!;
  expect(passes).toBeGreaterThan(2);
  expect(told.map(({ pass, done }) => [pass, done])).toEqual(
    Array.from({ length: passes }, (_, pass) => [4, 8].map((done) => [pass + 1, done])).flat(),
  );
});

/** A clock that is moved by hand. */
function listening() {
  const sent: [step: number, done: number][] = [];
  let at = 0;
  const hear = ofSlowBatches(
    ({ step, done }) => sent.push([step, done]),
    () => at,
  );
  /** A mini-batch of four pieces. */
  const work = (step: number, milliseconds: number): void => {
    for (let done = 1; done <= 4; done++) {
      at += milliseconds;
      hear({ step, done, samples: 4 });
    }
  };
  const wait = (milliseconds: number) => (at += milliseconds);
  return { sent, work, wait };
}

test('quick mini-batches say nothing; of slow ones every piece is told from the second on, and the first once it has lasted', () => {
  const quick = listening();
  for (const step of [1, 2, 3]) quick.work(step, 10);
  expect(quick.sent).toEqual([]);
  const slow = listening();
  for (const step of [1, 2]) slow.work(step, 200);
  expect(slow.sent).toEqual([[1, 3], [1, 4], ...[1, 2, 3, 4].map((done): [number, number] => [2, done])]);
});

test('what lies between two mini-batches, such as validation, makes neither slow', () => {
  const { sent, work, wait } = listening();
  for (const step of [1, 2, 3]) {
    work(step, 10);
    wait(5_000);
  }
  expect(sent).toEqual([]);
});

test('at most ten a second, and always the end', () => {
  const { sent, work } = listening();
  for (const step of [1, 2]) work(step, 99);
  expect(sent.filter(([step]) => step === 2)).toEqual([
    [2, 1],
    [2, 3],
    [2, 4],
  ]);
});
