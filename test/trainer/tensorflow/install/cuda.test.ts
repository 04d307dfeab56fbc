// The CUDA engine's way without a card: NVIDIA's libraries, here tiny ones of the same names, are found by their bare names once the binding is loaded.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installNative } from '#trainer/tensorflow/install/install';
import { platformProblem } from '#trainer/tensorflow/install/platform';
import { TinyIndex } from './tiny-index';
import { pinOf, sharedLibrary, tinyWheel } from './tiny-wheel';

const BLAS = 'nvidia/cublas/lib/libcublas.so.12';

describe.runIf(platformProblem() === undefined)('the CUDA engine', () => {
  let home: string;
  let index: TinyIndex | undefined;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'overbatch-cuda-'));
    cpSync(join(__dirname, 'tiny-engine'), join(home, 'native'), { recursive: true });
    vi.stubEnv('OVERBATCH_CACHE', join(home, 'cache'));
    vi.stubEnv('OVERBATCH_NATIVE', join(home, 'native'));
    vi.stubEnv('LD_LIBRARY_PATH', '');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await index?.stop();
    rmSync(home, { recursive: true });
  });

  async function install(more: Record<string, Buffer>) {
    const bytes = tinyWheel(0, more);
    const wheel = pinOf(bytes);
    index = await TinyIndex.start(wheel, bytes);
    vi.stubEnv('PIP_INDEX_URL', index.simple);
    return installNative('cuda', { wheel, pip: false, signal: new AbortController().signal, onProgress: () => {} });
  }

  it('finds a library unpacked beside it, though nothing of the binding calls it', async () => {
    const library = sharedLibrary('extern "C" int tiny_blas() { return 1; }', 'libcublas.so.12');
    expect(await install({ [BLAS]: library })).toMatchObject({ kind: 'cuda', state: 'installed' });
  });

  it('is not installed where no card answers', async () => {
    await expect(install({})).rejects.toThrow(/no NVIDIA card it can use.*driver/);
  });
});
