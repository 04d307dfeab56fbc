// The loops of our convolutions, in a program of its own and under sanitizers: every set of instructions that this processor has, not only
// the widest, which is all that the engine runs.
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
const SHAPES = 1500;
/** Sanitizers are as strict at any level; without this one the loops take minutes. */
const FLAGS = [
  '-std=c++17',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-unknown-pragmas',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
];

describe.skipIf(!compiler)(`loops of convolutions${reason}`, () => {
  let folder: string;
  const tried = async (...words: string[]): Promise<string> => (await run(join(folder, 'program'), words)).stdout;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overbatch-convolutions-'));
    const sources = ['gathering', 'gathered_product', 'filter_gradient'].map((name) => join(native, 'ops', `${name}.cc`));
    await run(compiler!, [
      ...FLAGS,
      '-I',
      native,
      resolve('test/native/convolutions-program.cc'),
      ...sources,
      '-o',
      join(folder, 'program'),
    ]);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['1', '2'])('compute what sums in 64 bits do, in any shape (seed %s)', async (seed) => {
    // Three results for each of one to three sets of instructions.
    expect(Number(await tried(seed, String(SHAPES)))).toBeGreaterThanOrEqual(3 * SHAPES);
  });

  it.each(['stride', 'padding'])('control: another %s is found out', async (spoil) => {
    await expect(tried('1', String(SHAPES), spoil)).rejects.toMatchObject({ stdout: expect.stringContaining('instead of') as string });
  });
});
