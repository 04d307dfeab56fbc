// A plan whose process dies of a size it tries: what was measured stays, and a new process goes on below it. Never after it was cancelled, and
// never below the size that a person asked for.
import { expect, test } from 'vitest';
import { FailureError } from '#shared/failure';
import { HostedPlan, type PlanCommand, type Planned } from '#shared/hosted-plan';
import type { Job, Reading } from '#shared/job';
import type { MeasuredPoint } from '#shared/plan';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { TrainerCommand, TrainerMessage } from '#shared/trainer-messages';

const command = (micro: number | 'auto'): PlanCommand => ({ kind: 'plan', spec: { ...DEFAULT_SPEC, micro }, datasetFolder: 'data' });
const point = (micro: number): MeasuredPoint => ({ micro, peakBytes: 1000 * micro, milliseconds: 1 });
const DIED = new FailureError({ kind: 'trainer-died', how: 'SIGKILL', exhausted: false });

/** Tries the sizes up to `mostMicro` that are not known; one above `room` ends the process. */
function planning(sizes: number[], room: number) {
  const commands: PlanCommand[] = [];
  const start = (asked: PlanCommand, read: Reading<TrainerMessage, Planned>): Job<TrainerCommand, Planned> => {
    commands.push(asked);
    const told = asked.known ?? [];
    const wanted = sizes.filter((micro) => micro <= (asked.mostMicro ?? Infinity) && !told.some((p) => p.micro === micro));
    const dies = wanted.some((micro) => {
      read({ kind: 'trying', micro });
      if (micro > room) return true;
      read({ kind: 'measured', point: point(micro) });
      return false;
    });
    const planned = { plan: { measured: told } } as unknown as Planned;
    return { result: dies ? Promise.reject(DIED) : Promise.resolve(planned), post: () => {}, cancel: () => {}, kill: () => {} };
  };
  const heard: number[] = [];
  return { hosted: new HostedPlan(start, ({ micro }) => heard.push(micro)), commands, heard };
}

test('the size it died of is not tried again, and no measured one is', async () => {
  const { hosted, commands, heard } = planning([2, 8, 32, 128], 40);
  await hosted.run(command('auto'));
  expect(commands.map(({ mostMicro, known = [] }) => [mostMicro, known.map(({ micro }) => micro)])).toEqual([
    [undefined, []],
    [64, [2, 8, 32]],
  ]);
  expect(heard).toEqual([2, 8, 32]);
});

test('one sample, or the size that was asked for: that it died is the answer', async () => {
  const one = planning([2, 1], 0);
  await expect(one.hosted.run(command('auto'))).rejects.toBe(DIED);
  expect(one.commands.map(({ mostMicro }) => mostMicro)).toEqual([undefined, 1]);
  const asked = planning([2, 64], 8);
  await expect(asked.hosted.run(command(64))).rejects.toBe(DIED);
  expect(asked.commands).toHaveLength(1);
});

test('a death while nothing is tried says nothing of a size', async () => {
  let starts = 0;
  const hosted = new HostedPlan(() => (starts++, { result: Promise.reject(DIED), post: () => {}, cancel: () => {}, kill: () => {} }));
  await expect(hosted.run(command('auto'))).rejects.toBe(DIED);
  expect(starts).toBe(1);
});

test('cancelled while it dies, it is not started again', async () => {
  const { hosted, commands } = planning([2, 64], 8);
  const result = hosted.run(command('auto'));
  hosted.cancel();
  await expect(result).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  expect(commands).toHaveLength(1);
});
