// Whole runs with reading threads: the same weights to the bit, inside the plan, stopped and taken up, and nothing left behind.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedPictures } from '#test/support/packed';
import { withSampleWorker } from '#test/support/sample-worker';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';

const SPEC: RunSpec = {
  ...DEFAULT_SPEC,
  // What it ends with is compared, not its best epoch, which a stop may have left behind already.
  finalModel: 'last',
  engine: 'wasm',
  batch: 16,
  micro: 5,
  epochs: 3,
  dropout: 0.3,
  inputSize: 10,
  augment: { flip: 0.5, zoom: 0.4, rotate: 15, colour: 0.2, cutout: 0.2, mixup: 0.3 },
};

interface Outcome {
  events: RunEvent[];
  folder: string;
  weights: Buffer;
}

async function run(datasetFolder: string, given: Partial<RunSpec>, stopAt = Infinity, resumeFolder?: string): Promise<Outcome> {
  const folder = resumeFolder ?? temporaryFolder();
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec: { ...SPEC, ...given }, datasetFolder, outFolder: folder, resumeFolder }, stop.signal)) {
    events.push(event);
    if (event.kind === 'progress' && event.steps.some(({ step }) => step >= stopAt)) stop.abort();
  }
  return { events, folder, weights: readFileSync(join(folder, 'weights.bin')) };
}

const the = <K extends RunEvent['kind']>({ events }: Outcome, kind: K): RunEventOf<K> =>
  events.find((event): event is RunEventOf<K> => event.kind === kind)!;
const threads = (): number => readdirSync('/proc/self/task').length;

describe('a run with reading threads', () => {
  withSampleWorker();

  it('ends with the weights of one without, whatever their number, stopped on the way or not, and leaves none', async () => {
    const data = packedPictures({ count: 50, width: 14, height: 12 });
    const { weights } = await run(data, { workers: 0 });
    await run(data, { workers: 2, epochs: 1 });
    const before = threads();
    for (const workers of [1, 2]) expect((await run(data, { workers })).weights.equals(weights)).toBe(true);
    const stopped = await run(data, { workers: 2 }, 4);
    expect(the(stopped, 'finished').reason).toBe('stopped');
    expect(stopped.weights.equals(weights)).toBe(false);
    expect((await run(data, { workers: 1 }, Infinity, stopped.folder)).weights.equals(weights)).toBe(true);
    expect(threads()).toBeLessThanOrEqual(before);
    // The draws matter, or equality would prove nothing.
    expect((await run(data, { workers: 0, augment: undefined })).weights.equals(weights)).toBe(false);
  });

  it('counts what waits against the budget, in the plan and in the run', async () => {
    const data = packedPictures({ count: 50, width: 14, height: 12 });
    const [without, withThreads] = [await run(data, { workers: 0 }), await run(data, { workers: 2 })];
    const planned = (outcome: Outcome): number => the(outcome, 'planned').plan.peakBytes;
    const waiting = planned(withThreads) - planned(without);
    // Three slots of sixteen pictures of 10 × 10 × 3, and what goes with them.
    expect(waiting).toBeGreaterThanOrEqual(3 * 16 * 300);
    expect(waiting).toBeLessThan(10 * 16 * 300);
    expect(the(withThreads, 'finished').memory.peakBytes).toBeLessThanOrEqual(planned(withThreads));
    const budgetBytes = planned(withThreads) + 100_000;
    expect(the(await run(data, { workers: 2, budgetBytes }), 'finished').memory.peakBytes).toBeLessThanOrEqual(budgetBytes);
  });
});
