// A batch of 1024 in a budget that holds a batch of 8 in one piece: planned, trained and validated inside it.
import type { Network } from '#engine/network';
import { makePlan } from '#engine/planner';
import type { Runtime } from '#engine/runtime';
import { train } from '#engine/train';
import type { Plan } from '#shared/plan';
import { randomPictures } from './pictures';
import { RATE, withWorkbench } from './workbench';

export interface OverBudget {
  budgetBytes: number;
  peakBytes: number;
  plan: Plan;
  /** Of every step. */
  losses: number[];
}

/** Rounded up to three digits: to the byte, it has no room for the constants of one more compiled function, a few hundred bytes. */
const asTyped = (bytes: number): number => {
  const unit = 10 ** (Math.floor(Math.log10(bytes)) - 2);
  return unit * Math.ceil(bytes / unit);
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function trainOverBudget(
  runtime: Runtime,
  network: Network,
  { whole, batch, epochs }: { whole: number; batch: number; epochs: number },
): Promise<OverBudget> {
  const request = { validation: whole, pause: turn, now: () => performance.now() };
  const small = await withWorkbench(runtime, network, (bench) =>
    makePlan(bench, { ...request, batch: whole, micro: whole, budgetBytes: Infinity, train: whole }),
  );
  const budgetBytes = asTyped(small.peakBytes);
  return withWorkbench(runtime, network, async (bench) => {
    const plan = await makePlan(bench, { ...request, batch, micro: 'auto', budgetBytes, train: batch });
    bench.meter.limitBytes = budgetBytes;
    bench.meter.resetPeak();
    const losses: number[] = [];
    const course = { data: randomPictures(network, batch, whole), batch, micro: plan.micro, epochs, learningRate: RATE, seed: 1 };
    const clock = { now: () => performance.now(), pause: turn, stopping: () => false };
    const memory = () => ({ inUseBytes: bench.meter.inUseBytes, peakBytes: bench.meter.peakBytes, rssBytes: process.memoryUsage.rss() });
    for await (const event of train(bench, { ...course, ...clock, memory })) {
      if (event.kind === 'progress') losses.push(...event.steps.map(({ loss }) => loss));
    }
    return { budgetBytes, peakBytes: bench.meter.peakBytes, plan, losses };
  });
}
