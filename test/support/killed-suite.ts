// A run that is killed at random places ends with the same weights, bit for bit, as one that nobody disturbed.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import type { StepReading } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from './pictures';
import { runKilled, type Killed } from './killed-run';
import { temporaryFolder } from './temporary-folder';

/** Momentum and averaged weights, a schedule, dropout, ragged pieces, a short last mini-batch: everything that has to travel. */
export const TRAVELLER: RunSpec = {
  ...DEFAULT_SPEC,
  engine: 'tensorflow-cpu',
  batch: 20,
  micro: 7,
  optimizer: 'adamw',
  schedule: 'cosine',
  ema: 0.99,
  dropout: 0.2,
  // Saves its place at every better epoch, so that kills meet checkpoints being written.
  finalModel: 'best',
};

interface Reading extends Pick<StepReading, 'step' | 'loss'> {
  kind: string;
}

const readings = (folder: string): Reading[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reading)
    .filter(({ kind }) => kind === 'step');

export async function expectSameEnd(epochs: number, kills: number, seed = 1): Promise<Killed> {
  const datasetFolder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(['a', 'b', 'c'], 40), { width: 8, height: 8, channels: 1 }, datasetFolder);
  const [whole, cut] = [temporaryFolder(), temporaryFolder()];
  const command = { kind: 'train', spec: { ...TRAVELLER, epochs }, datasetFolder } as const;
  await runKilled({ ...command, outFolder: whole }, 0);
  const killed = await runKilled({ ...command, outFolder: cut }, kills, seed);

  expect(killed.kills).toBe(kills);
  expect(readFileSync(join(cut, 'weights.bin')).equals(readFileSync(join(whole, 'weights.bin')))).toBe(true);
  const last = (folder: string) => join(folder, 'checkpoints', readdirSync(join(folder, 'checkpoints')).sort().at(-1)!, 'state.bin');
  expect(readFileSync(last(cut)).equals(readFileSync(last(whole)))).toBe(true);
  // Every step once, and each came to what it came to without a death.
  const losses = (folder: string) => readings(folder).map(({ step, loss }) => [step, loss]);
  expect(losses(cut)).toEqual(losses(whole));
  // A kill is no sign of exhaustion: the pieces stay.
  const sizes = killed.events.flatMap((event) => (event.kind === 'planned' ? [event.plan.micro] : []));
  expect(new Set(sizes)).toEqual(new Set([7]));
  expect(killed.events.filter((event) => event.kind === 'note' && event.message.includes('unexpectedly'))).toHaveLength(kills);
  return killed;
}
