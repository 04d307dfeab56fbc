// From a budget to a plan that a run keeps to, or a refusal before anything is trained.
import { dispose, memory, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshotLearner } from '#engine/learner';
import { trainMiniBatch } from '#engine/mbp';
import { linear } from '#engine/models/linear';
import { fitMemory, makePlan } from '#engine/planner';
import type { Runtime } from '#engine/runtime';
import { FailureError } from '#shared/failure';
import { directRuntime } from '#test/support/direct-runtime';
import { plainSgd, readFrom, tinyData, tinyNetwork, withBench } from '#test/support/tiny';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await directRuntime();
});

const request = { batch: 64, micro: 'auto' as const, train: 100, validation: 10, pause: () => Promise.resolve(), now: () => 0 };
const plan = (settings: { budgetBytes: number; batch?: number; micro?: number | 'auto'; batchNorm?: boolean }) =>
  withBench(runtime, tinyNetwork(settings), plainSgd(), (bench) => makePlan(bench, { ...request, ...settings }));

describe('fitMemory', () => {
  it('finds a + b · N exactly on a line', () => {
    const points = [2, 8, 20].map((micro) => ({ micro, peakBytes: 1000 + 50 * micro }));
    const { fixedBytes, bytesPerSample } = fitMemory(points);
    expect(fixedBytes).toBeCloseTo(1000, 6);
    expect(bytesPerSample).toBeCloseTo(50, 6);
  });

  it('gives one point no slope', () => {
    expect(fitMemory([{ micro: 2, peakBytes: 900 }])).toEqual({ fixedBytes: 900, bytesPerSample: 0 });
  });
});

describe('makePlan', () => {
  it('takes the batch in one piece where it fits', async () => {
    const result = await plan({ budgetBytes: 1e9 });
    expect(result.pieces).toEqual([64]);
    expect(result.verdict).toEqual({ kind: 'identical' });
  });

  it('leaves no function behind that the run does not use: what it holds would be missing there', async () => {
    const held = new Set<string>();
    const tried = new Set<string>();
    const compile: Runtime['compile'] = (name, ...rest) => {
      const compiled = runtime.compile(name, ...rest);
      const short = name.replace(/^overbatch\d+_/, '');
      held.add(short);
      tried.add(short);
      return { ...compiled, call: (given) => compiled.call(given), dispose: () => (held.delete(short), compiled.dispose()) };
    };
    const whole = await plan({ budgetBytes: 1e9 });
    const budgetBytes = Math.round(whole.fit.fixedBytes + 20 * whole.fit.bytesPerSample);
    await withBench({ ...runtime, compile }, tinyNetwork(), plainSgd(), async (bench) => {
      const { micro } = await makePlan(bench, { ...request, budgetBytes });
      expect(micro).toBe(16);
      // Of 100 samples to train 64 and then 36 in three pieces of 12; of 10 to validate one.
      const pieces = [...held].filter((name) => /^(step|evaluation)_/.test(name));
      expect(pieces.sort()).toEqual(['evaluation_10', 'step_12', 'step_16']);
      expect(tried.size).toBeGreaterThan(held.size);
    });
  });

  it('works no size twice that it has just worked: only its validation is still to be tried', async () => {
    const calls = new Map<string, number>();
    const counting: Runtime = {
      ...runtime,
      compile(name, ...rest) {
        const compiled = runtime.compile(name, ...rest);
        const short = name.replace(/^overbatch\d+_/, '');
        return { ...compiled, call: (given) => (calls.set(short, (calls.get(short) ?? 0) + 1), compiled.call(given)) };
      },
    };
    const { measured, peakBytes } = await withBench(counting, tinyNetwork(), plainSgd(), (bench) =>
      makePlan(bench, { ...request, train: 64, budgetBytes: 1e9 }),
    );
    // Two pieces, twice; one validation.
    expect([calls.get('step_64'), calls.get('evaluation_10')]).toEqual([4, 1]);
    expect(peakBytes).toBe(measured.at(-1)?.peakBytes);
  });

  it('cuts into equal pieces that fit the budget, as large as fit', async () => {
    const whole = await plan({ budgetBytes: 1e9 });
    const budgetBytes = Math.round(whole.fit.fixedBytes + 20 * whole.fit.bytesPerSample);
    const result = await plan({ budgetBytes });
    expect(result.pieces.reduce((a, b) => a + b)).toBe(64);
    expect(result.micro).toBe(Math.max(...result.pieces));
    expect(result.micro).toBe(16);
    expect(result.peakBytes).toBeLessThanOrEqual(budgetBytes);
  });

  it('sees past a step of the curve, from which the first line would forbid what fits', async () => {
    const STEP = 50_000;
    const whole = await plan({ budgetBytes: 1e9 });
    const budgetBytes = Math.round(whole.fit.fixedBytes + 20 * whole.fit.bytesPerSample + STEP);
    let isAbove = false;
    const { meter } = runtime;
    const stepped: Runtime = {
      ...runtime,
      meter: {
        inUseBytes: () => meter.inUseBytes(),
        peakBytes: () => meter.peakBytes() + (isAbove ? STEP : 0),
        resetPeak: () => meter.resetPeak(),
      },
      compile(name, fn, specs) {
        const compiled = runtime.compile(name, fn, specs);
        const micro = Number(/step_(\d+)$/.exec(name)?.[1] ?? 0);
        const call: typeof compiled.call = (inputs) => {
          isAbove = micro > 4;
          return compiled.call(inputs);
        };
        return { ...compiled, call };
      },
    };
    const { micro, peakBytes } = await withBench(stepped, tinyNetwork(), plainSgd(), (bench) =>
      makePlan(bench, { ...request, budgetBytes }),
    );
    expect(peakBytes).toBeLessThanOrEqual(budgetBytes);
    expect(micro).toBe(16);
  });

  it('keeps a run inside the peak it forecast', async () => {
    const data = tinyData(64);
    const whole = await plan({ budgetBytes: 1e9 });
    await withBench(runtime, tinyNetwork(), plainSgd(), async (bench) => {
      const result = await makePlan(bench, { ...request, budgetBytes: Math.round(whole.peakBytes / 2) });
      bench.meter.limitBytes = result.peakBytes;
      bench.meter.resetPeak();
      for (let i = 0; i < 5; i++) await trainMiniBatch(bench, result.pieces, 0.1, readFrom(data, data.train));
      expect(bench.meter.peakBytes).toBeLessThanOrEqual(result.peakBytes);
    });
  });

  it('refuses no budget that is larger than one it found a plan for', async () => {
    // As engines do that capture: a function holds constants for as long as it is there.
    const capturing: Runtime = {
      ...runtime,
      compile(...given) {
        const [compiled, constants] = [runtime.compile(...given), zeros([1_500])];
        return { ...compiled, dispose: () => (dispose(constants), compiled.dispose()) };
      },
    };
    const planned = async (budgetBytes: number): Promise<boolean> => {
      try {
        const { peakBytes } = await withBench(capturing, linear([8, 8, 1], 10), plainSgd(), (bench) =>
          makePlan(bench, { ...request, budgetBytes }),
        );
        expect(peakBytes).toBeLessThanOrEqual(budgetBytes);
        return true;
      } catch (error) {
        expect((error as FailureError).failure).toMatchObject({ kind: 'out-of-memory', availableBytes: budgetBytes, micro: 1 });
        return false;
      }
    };
    const answers: boolean[] = [];
    for (let budgetBytes = 20_000; budgetBytes < 60_000; budgetBytes += 800) answers.push(await planned(budgetBytes));
    const least = answers.indexOf(true);
    expect(least).toBeGreaterThan(0);
    expect(answers.slice(least)).not.toContain(false);
  });

  it('refuses a budget below one sample with both numbers, before anything was trained', async () => {
    const failure = await plan({ budgetBytes: 1000 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FailureError);
    expect((failure as FailureError).failure).toMatchObject({ kind: 'out-of-memory', availableBytes: 1000, micro: 1 });
  });

  it('refuses a micro-batch that was asked for and does not fit', async () => {
    const whole = await plan({ budgetBytes: 1e9 });
    const failure = await plan({ budgetBytes: Math.round(whole.peakBytes / 2), micro: 64 }).catch((error: unknown) => error);
    expect((failure as FailureError).failure).toMatchObject({ kind: 'out-of-memory', micro: 64 });
  });

  it('chooses smaller pieces where the engine itself runs out below the budget, and names the piece where one was asked for', async () => {
    const whole = await plan({ budgetBytes: 1e9 });
    const most = whole.fit.fixedBytes + 20 * whole.fit.bytesPerSample;
    const limited: Runtime = {
      ...runtime,
      compile(name, fn, specs) {
        const compiled = runtime.compile(name, fn, specs);
        const micro = Number(/step_(\d+)$/.exec(name)?.[1] ?? 0);
        const call: typeof compiled.call = (inputs) => {
          if (micro <= 20) return compiled.call(inputs);
          throw new FailureError({ kind: 'out-of-memory', neededBytes: most + 1, availableBytes: most, micro: 0 });
        };
        return { ...compiled, call };
      },
    };
    const before = memory().numTensors;
    const planOn = (micro: number | 'auto') =>
      withBench(limited, tinyNetwork(), plainSgd(), (bench) => makePlan(bench, { ...request, micro, budgetBytes: 1e9 }));
    const { pieces, measured } = await planOn('auto');
    expect(pieces.reduce((a, b) => a + b)).toBe(64);
    expect(Math.max(...pieces)).toBeGreaterThan(10);
    expect(measured.every(({ micro }) => micro <= 20)).toBe(true);
    const failure = await planOn(32).catch((error: unknown) => error);
    expect((failure as FailureError).failure).toMatchObject({ kind: 'out-of-memory', availableBytes: most, micro: 32 });
    expect(memory().numTensors).toBe(before);
  });

  it('leaves weights, step count and tensors as they were', async () => {
    await withBench(runtime, tinyNetwork({ batchNorm: true }), plainSgd(), async (bench) => {
      const [before, tensors] = [await snapshotLearner(bench.learner), memory().numTensors];
      await makePlan(bench, { ...request, budgetBytes: 1e9 });
      expect(await snapshotLearner(bench.learner)).toEqual(before);
      expect(memory().numTensors).toBe(tensors);
    });
  });

  it('says that batch normalization in pieces is not identical, and that in one piece it is', async () => {
    expect((await plan({ budgetBytes: 1e9, micro: 16, batchNorm: true })).verdict.kind).toBe('not-identical');
    expect((await plan({ budgetBytes: 1e9, batchNorm: true })).verdict.kind).toBe('identical');
  });

  it('uses all samples when the batch is larger than the data', async () => {
    const result = await plan({ budgetBytes: 1e9, batch: 1_000_000 });
    expect(result.batch).toBe(1_000_000);
    expect(result.pieces).toEqual([100]);
  });
});
