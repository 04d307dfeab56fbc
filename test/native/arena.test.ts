// The allocator of the native engine, in a program of its own: blocks never overlap, all comes back, little is wasted. Any C++ compiler will do.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCompiler } from '#trainer/tensorflow/install/compiler';

const run = promisify(execFile);
const compiler = process.platform === 'linux' ? await findCompiler(AbortSignal.timeout(20_000)) : undefined;
const reason = compiler ? '' : ' (skipped: no C++ compiler here)';
const native = resolve('native');
const STEPS = '1500';
const THREADS = '4';

describe.skipIf(!compiler)(`the arena${reason}`, () => {
  let folder: string;
  const tried = async (...words: string[]): Promise<{ waste: number; grownLater: number }> => {
    const { stdout } = await run(join(folder, 'program'), words);
    return JSON.parse(stdout) as { waste: number; grownLater: number };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overbatch-arena-'));
    const sources = [resolve('test/native/arena-program.cc'), join(native, 'arena.cc')];
    await run(compiler!, [
      '-std=c++17',
      '-O1',
      '-Wall',
      '-Wextra',
      '-Werror',
      '-pthread',
      '-I',
      native,
      ...sources,
      '-o',
      join(folder, 'program'),
    ]);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['1', '2', '3'])('hands out what nobody else has, in any order and from several threads (seed %s)', async (seed) => {
    const { waste, grownLater } = await tried(seed, STEPS, THREADS);
    // A sixteenth and the slack of 1 MiB at most: the program ends otherwise. What it reached is far more than nothing.
    expect(waste).toBeGreaterThan(0);
    expect(grownLater, 'blocks that needed fresh pages although the same calls had been made before').toBe(0);
  });

  // The same checks, each with what it must find.
  it.each([
    ['overlap', /overlaps the block before/],
    ['leak', /more kept than a sixteenth/],
    ['use-after-give', /the kernel still holds pages/],
  ])('is found out: %s', async (spoil, words) => {
    await expect(tried('1', STEPS, THREADS, spoil)).rejects.toThrow(words);
  });
});
