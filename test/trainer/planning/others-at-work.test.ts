// What others took of the processors while something was timed.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { takenByOthers, watchOthers } from '#trainer/planning/others-at-work';

function work(milliseconds: number): void {
  for (const begin = performance.now(); performance.now() - begin < milliseconds;);
}

test('who did not take what it wanted lost it to others only as far as others were at work', () => {
  const taken = (busy: number, mine: number, wanted = 2) => takenByOthers({ wall: 100, busy, mine }, wanted, 2);
  expect(taken(100, 100)).toBe(0);
  expect(taken(150, 100)).toBe(0.25);
  expect(taken(200, 80)).toBe(0.6);
  // It had what it wanted; and counters that are read one after the other are a little apart.
  expect([taken(200, 100, 1), taken(199, 200)]).toEqual([0, 0]);
});

test('programs that work beside are noticed, by who wanted all cores; from who had what it wanted nothing was taken', async () => {
  const cores = availableParallelism();
  const others = Array.from({ length: 2 * cores }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  onTestFinished(() => others.forEach((other) => other.kill('SIGKILL')));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const [shareOfAll, shareOfNothing] = [watchOthers(cores), watchOthers(1e-6)];
  work(600);
  expect(shareOfAll()).toBeGreaterThan(0.15);
  expect(shareOfAll()).toBeLessThanOrEqual(1);
  expect(shareOfNothing()).toBe(0);
});
