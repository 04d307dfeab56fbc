// A judging whose process dies: again with half as many samples where memory was the cause, until one is too many; never after it was cancelled.
import { expect, test } from 'vitest';
import type { Failure } from '#shared/failure';
import { FailureError } from '#shared/failure';
import { HostedJudging, type JudgingCommand } from '#shared/hosted-judging';
import type { Job, Reading } from '#shared/job';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

const COMMAND: JudgingCommand = { kind: 'evaluate', runFolder: 'run', datasetFolder: 'data', part: 'test' };
const died = (exhausted: boolean): Failure => ({ kind: 'trainer-died', how: 'SIGSEGV', exhausted });

/** Works `micro` samples at once, or fewer where it is told; `end` says how that ends. */
function judging(micro: number, end: (micro: number) => Failure | undefined) {
  const sizes: number[] = [];
  const start = (command: JudgingCommand, read: Reading<TrainerMessage, string>): Job<TrainerCommand, string> => {
    const size = Math.min(micro, command.mostMicro ?? Infinity);
    sizes.push(size);
    read({ kind: 'judging', micro: size });
    const failure = end(size);
    const result = failure ? Promise.reject(new FailureError(failure)) : Promise.resolve('judged');
    return { result, post: () => {}, cancel: () => {}, kill: () => {} };
  };
  return { hosted: new HostedJudging<string>(start, () => undefined), sizes };
}

test('memory: half as many each time', async () => {
  const { hosted, sizes } = judging(20, (micro) => (micro > 3 ? died(true) : undefined));
  expect(await hosted.run(COMMAND)).toBe('judged');
  expect(sizes).toEqual([20, 10, 5, 2]);
});

test('one sample is too many, or it died of something else, or failed: that is said', async () => {
  const always = judging(4, () => died(true));
  await expect(always.hosted.run(COMMAND)).rejects.toMatchObject({ failure: { kind: 'trainer-died' } });
  expect(always.sizes).toEqual([4, 2, 1]);
  for (const failure of [died(false), { kind: 'bad-setting', problem: 'No.' } as const]) {
    const once = judging(4, () => failure);
    await expect(once.hosted.run(COMMAND)).rejects.toMatchObject({ failure });
    expect(once.sizes).toEqual([4]);
  }
});

test('cancelled while it dies, it is not started again', async () => {
  const { hosted, sizes } = judging(4, () => died(true));
  const result = hosted.run(COMMAND);
  hosted.cancel();
  await expect(result).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(sizes).toEqual([4]);
});
