// What others took of the processors while something was timed.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { watchOthers } from '#trainer/planning/others-at-work';

function work(milliseconds: number): void {
  for (const begin = performance.now(); performance.now() - begin < milliseconds;);
}

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
