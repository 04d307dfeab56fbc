// Ctrl-C in `data import` leaves what was done; it is said where that is, and the same import goes on from there.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { dataCommand } from '#cli/data';
import { importData } from '#cli/import-host';
import { stoppedAt } from '#datasets/unfinished';
import { verifyDataset } from '#datasets/verify-dataset';
import type { ImportProgress } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import { buildProgram } from '#test/support/build-program';
import { tinyImageFolder } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

const SIZE = { width: 128, height: 128, channels: 3 } as const;
let program: string;

/** Longer than the first line of a journal, which says nothing of pictures. */
const HEAD_BYTES = 500;
const journalBytes = (sets: string): number =>
  Math.max(0, ...readdirSync(sets).map((name) => statSync(join(sets, name, 'journal.jsonl'), { throwIfNoEntry: false })?.size ?? 0));

beforeAll(async () => void (program = await buildProgram('src/datasets/process.ts', 'importer-stopped')));
beforeEach(() => void vi.stubEnv('OVERBATCH_IMPORTER', program));
afterEach(() => void vi.unstubAllEnvs());

async function stopped() {
  const [folder, sets] = [tinyImageFolder(['cat', 'dog'], 200), temporaryFolder()];
  const into = join(sets, 'set');
  const stop = new AbortController();
  const watching = setInterval(() => journalBytes(sets) > HEAD_BYTES && stop.abort(), 2);
  const failure = await importData(folder, SIZE, into, { signal: stop.signal }).catch(toFailure);
  clearInterval(watching);
  return { folder, sets, into, failure };
}

test('stopped, it is named in its folder, and given up by its name', async () => {
  const { sets, into } = await stopped();
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const said = async (...args: string[]): Promise<string> => {
    printed.mockClear();
    await dataCommand(args);
    return printed.mock.calls.flat().join('\n');
  };
  try {
    expect(await said('list', sets)).toMatch(
      new RegExp(
        `^${into}: unfinished, [1-9]\\d* of 400 pictures\\. The same import goes on from there; data discard ${into} gives it up\\.$`,
      ),
    );
    expect(await said('discard', into)).toBe(`What the import into ${into} had done is gone.`);
    expect(readdirSync(sets)).toEqual([]);
    expect(await said('list', sets)).toBe(`There are no data sets in ${sets}.`);
    await expect(dataCommand(['discard', into])).rejects.toThrow('was left unfinished');
  } finally {
    printed.mockRestore();
  }
});

test('stopped, it goes on', async () => {
  const { folder, sets, into, failure } = await stopped();
  expect(failure).toEqual({ kind: 'stopped', folder: join(sets, readdirSync(sets)[0]), done: expect.any(Number) as number, total: 400 });
  const { done } = (await stoppedAt(into))!;
  expect(done).toBeGreaterThan(0);
  const progress: ImportProgress[] = [];
  const manifest = await importData(folder, SIZE, into, { onProgress: (next) => progress.push(next) });
  expect(progress.find(({ stage }) => stage === 'decode')).toEqual({ stage: 'decode', done, total: 400 });
  expect(manifest.count).toBe(400);
  await verifyDataset(into);
  expect(readdirSync(sets)).toEqual(['set']);
  expect(await stoppedAt(into)).toBeUndefined();
});
