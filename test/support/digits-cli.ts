// The digits from the command line: learnt in small pieces, and again with pieces chosen for a budget.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Receipt } from '#shared/run-event';
import type { RunSpec } from '#shared/run-spec';
import { temporaryFolder } from './temporary-folder';
import { theEvent, trainCli } from './train-cli';

/** 0.97 in micro-batches of 32, and again in a budget 5 % above that peak, never passing it. */
export async function expectDigitsLearnt(engine: RunSpec['engine']): Promise<void> {
  const digits = ['--data', 'sample:digits', '--batch', '256', '--engine', engine, '--json'];
  const first = await trainCli([...digits, '--micro', '32', '--out', temporaryFolder()]);
  expect(first.stderr.includes('Error')).toBe(false);
  expect(first.code).toBe(0);
  expect(theEvent(first, 'planned').plan).toMatchObject({ batch: 256, micro: 32 });
  const { validation, memory } = theEvent(first, 'finished');
  expect(validation!.accuracy).toBeGreaterThanOrEqual(0.97);
  expect(memory.peakBytes).toBeLessThanOrEqual(theEvent(first, 'planned').plan.peakBytes);

  const budget = Math.floor(1.05 * memory.peakBytes);
  const out = temporaryFolder();
  const second = await trainCli([...digits, '--micro', 'auto', '--budget', `${budget}B`, '--out', out]);
  expect(second.code).toBe(0);
  const { plan } = theEvent(second, 'planned');
  expect(plan).toMatchObject({ batch: 256, budgetBytes: budget });
  expect(plan.micro).toBeLessThanOrEqual(32);
  const finished = theEvent(second, 'finished');
  expect(finished.validation!.accuracy).toBeGreaterThanOrEqual(0.97);
  expect(finished.memory.peakBytes).toBeLessThanOrEqual(budget);
  console.log(
    `${engine}: accuracy ${validation!.accuracy.toFixed(4)} and ${finished.validation!.accuracy.toFixed(4)}; ` +
      `peak at 32 ${memory.peakBytes}, budget ${budget}, chosen ${plan.micro}, peak ${finished.memory.peakBytes}`,
  );

  const receipt = JSON.parse(readFileSync(join(out, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt).toMatchObject({
    batch: 256,
    microBatch: plan.micro,
    budgetBytes: budget,
    peakBytes: finished.memory.peakBytes,
    seed: 1,
  });
  for (const file of ['model.json', 'weights.bin', 'metrics.jsonl']) expect(existsSync(join(out, file))).toBe(true);
}
