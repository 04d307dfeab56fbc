// METHOD's table, row 11: the search on a made-up device whose curve of memory is known. The right size, few trials, weights as they were.
import { zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { equalPieces, evenSize } from '#engine/pieces';
import { makePlan } from '#engine/planner';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import { carrySpecs } from '#engine/step';
import type { Plan } from '#shared/plan';
import type { FailureError } from '#shared/failure';
import { directRuntime } from '#test/support/direct-runtime';
import { plainSgd, tinyNetwork, withBench } from '#test/support/tiny';

const BATCH = 4096;
const FIXED = 4_000_000;
const EACH = 1_000;
/** Sizes that a search may try, however large the batch. */
const MOST_TRIALS = 14;
const network = tinyNetwork();

let real: Runtime;
beforeAll(async () => {
  real = await directRuntime();
});

interface Device {
  /** Bytes of a step with so many samples. */
  curve(micro: number): number;
  /** What other programs of the process hold before the plan begins. */
  used?: number;
  /** Bytes beyond which the device itself fails, in these words. */
  room?: number;
  says?: string;
}

/** What a step computes is nothing; what it needs is the device's curve. */
function madeUp({ curve, used = 0, room = Infinity, says = '' }: Device): { runtime: Runtime; tried: number[] } {
  const tried: number[] = [];
  let high = 0;
  const runtime: Runtime = {
    ...real,
    meter: { inUseBytes: () => used, peakBytes: () => used + high, resetPeak: () => (high = 0) },
    compile(name, fn, specs) {
      const micro = Number(/_step_(\d+)$/.exec(name)?.[1]);
      const compiled = real.compile(name, fn, specs);
      if (Number.isNaN(micro)) return compiled;
      const call = () => {
        if (tried.at(-1) !== micro) tried.push(micro);
        const bytes = curve(micro);
        if (bytes > room) throw new Error(says);
        high = Math.max(high, bytes);
        return carrySpecs(network).map(({ shape }) => zeros(shape));
      };
      return { ...compiled, call };
    },
  };
  return { runtime, tried };
}

async function search(device: Device, budgetBytes: number): Promise<{ plan: Plan; tried: number[] }> {
  const { runtime, tried } = madeUp(device);
  const plan = await withBench(runtime, network, plainSgd(), async (bench) => {
    const before = await snapshotLearner(bench.learner);
    const request = { batch: BATCH, micro: 'auto' as const, budgetBytes, train: BATCH, validation: 0 };
    const made = await makePlan(bench, { ...request, pause: () => Promise.resolve(), now: () => 0 });
    expect(await snapshotLearner(bench.learner)).toEqual(before);
    return made;
  });
  expect(tried.length).toBeLessThanOrEqual(MOST_TRIALS);
  expect(plan.pieces).toEqual(equalPieces(BATCH, plan.micro));
  return { plan, tried };
}

const line = (micro: number): number => FIXED + EACH * micro;
/** The best there is: the largest of the equal pieces that fit. */
const best = (curve: (micro: number) => number, budget: number): number => {
  let most = 1;
  while (most < BATCH && curve(most + 1) <= budget) most++;
  return evenSize(BATCH, most);
};

describe('the search for N_μ', () => {
  it.each([1, 3, 20, 100, 700, 5000])('on a line, room for %i', async (fit) => {
    const budget = line(fit);
    const { plan } = await search({ curve: line }, budget);
    expect(plan.micro).toBe(best(line, budget));
  });

  it.each([1, 40, 300, 2000])('on steps of a megabyte, room for %i', async (fit) => {
    const steps = (micro: number): number => 2 ** 20 * Math.ceil(line(micro) / 2 ** 20);
    const budget = steps(fit);
    const { plan } = await search({ curve: steps }, budget);
    expect(steps(plan.micro)).toBeLessThanOrEqual(budget);
    // No line tells where the step is on which the best size stands.
    expect(plan.micro).toBeGreaterThanOrEqual(0.6 * best(steps, budget));
  });

  it.each([1000, 3000])('where each measurement is off by up to 3 in 100, room for %i', async (fit) => {
    const random = randomStream(11);
    const seen = new Map<number, number>();
    const noisy = (micro: number): number => {
      const bytes = line(micro) * (1 + 0.03 * (2 * random() - 1));
      seen.set(micro, Math.max(seen.get(micro) ?? 0, bytes));
      return bytes;
    };
    const budget = line(fit);
    const { plan } = await search({ curve: noisy }, budget);
    // Of the size it takes, nothing was seen above the budget.
    expect(seen.get(plan.micro)!).toBeLessThanOrEqual(budget);
    expect(plan.peakBytes).toBe(seen.get(plan.micro));
  });

  it('where a part is in use already: the budget is what this run may add', async () => {
    const budget = line(100);
    const { plan } = await search({ curve: line, used: 9 * FIXED }, budget);
    expect(plan.micro).toBe(best(line, budget));
  });

  it('on a device that never runs out: the whole batch, and an end', async () => {
    const { plan } = await search({ curve: () => FIXED }, 2 * FIXED);
    expect(plan.pieces).toEqual([BATCH]);
  });

  it('control: doubling until it fails does not end there', () => {
    const { runtime } = madeUp({ curve: () => FIXED });
    let trials = 0;
    for (let micro = 1; trials <= 10 * MOST_TRIALS; micro *= 2, trials++) {
      runtime.compile(`any_step_${micro}`, () => [], []).call([]);
      if (runtime.meter.peakBytes() > 2 * FIXED) break;
    }
    expect(trials).toBeGreaterThan(MOST_TRIALS);
  });

  it.each([
    'OOM when allocating tensor with shape[100,4096,32] and type float on /device:GPU:0 by allocator GPU_0_bfc',
    'failed to allocate 1.51G (1617277696 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY',
    'Could not create cudnn handle: CUDNN_STATUS_ALLOC_FAILED',
    'Operation received an exception:Status: 1, message: could not create a memory object',
    'std::bad_alloc',
    'RangeError: Array buffer allocation failed',
    'abort("Cannot enlarge memory arrays.',
  ])('where the device itself ends below the budget and says: %s', async (says) => {
    const { plan } = await search({ curve: line, room: line(700), says }, line(3000));
    expect(plan.micro).toBeGreaterThan(200);
    expect(line(plan.micro)).toBeLessThanOrEqual(line(700));
  });

  it('another error is no size that does not fit', async () => {
    await expect(search({ curve: line, room: line(700), says: 'No kernel of that name.' }, line(3000))).rejects.toThrow('No kernel');
  });

  it('not even one sample: both numbers, and nothing was touched', async () => {
    const failure = await search({ curve: line }, FIXED).catch((error: unknown) => error);
    expect((failure as FailureError).failure).toMatchObject({
      kind: 'out-of-memory',
      micro: 1,
      neededBytes: line(1),
      availableBytes: FIXED,
    });
  });
});
