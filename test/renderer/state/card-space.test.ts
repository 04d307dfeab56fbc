// Whose memory counts: the card's where the engine of the plan computes on it.
import { expect, it } from 'vitest';
import type { Space } from '#shared/space';
import type { EngineReport } from '#shared/engine';
import { spaceFor } from '#renderer/state/card-space';
import { freeSentences } from '#renderer/words/space-words';

const card = {
  name: 'NVIDIA RTX A2000',
  freeBytes: 3e9,
  totalBytes: 6e9,
  users: [{ program: 'python3', bytes: 2e9 }, { program: 'game.exe' }],
};
const space: Space = { freeMemoryBytes: 5e9, totalMemoryBytes: 8e9, freeDiskBytes: 80e9, dataFolder: '/data', card };
const report = { name: 'tensorflow-cuda' } as EngineReport;

it('is the card’s where the plan’s engine, or the one that automatic takes, computes there', () => {
  for (const engine of ['auto', 'tensorflow-cuda'] as const)
    expect(spaceFor(space, engine, report)).toMatchObject({ freeMemoryBytes: 3e9, totalMemoryBytes: 6e9, freeDiskBytes: 80e9 });
  expect(spaceFor(space, 'wasm', report)).toEqual({ ...space, card: undefined });
  expect(spaceFor({ ...space, card: undefined }, 'auto', report)).toMatchObject({ freeMemoryBytes: 5e9 });
  expect(spaceFor(undefined, 'auto', report)).toBeUndefined();
});

it('is said with the card’s name and who else is on it', () => {
  expect(freeSentences(spaceFor(space, 'auto', report)!)).toEqual([
    '3.00 GB of 6.00 GB are free now on the NVIDIA RTX A2000.',
    'python3 holds 2.00 GB of it.',
    'game.exe uses the card, too.',
  ]);
  expect(freeSentences(spaceFor(space, 'js', report)!)).toEqual(['5.00 GB of 8.00 GB are free now.']);
});
