// What is looked at before anything is fetched: the platform, the disk, the folder of the cache.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireSpace } from '#trainer/tensorflow/install/disk-space';
import { cacheRoot } from '#trainer/tensorflow/install/locate';
import { platformProblem } from '#trainer/tensorflow/install/platform';

describe('the platform', () => {
  it.each([
    ['win32', 'x64', '2.31', /this is win32 x64/],
    ['linux', 'arm64', '2.31', /this is linux arm64/],
    ['linux', 'x64', '', /another C library/],
    ['linux', 'x64', '2.26', /glibc 2\.27 or newer, and this system has 2\.26/],
  ])('%s %s with glibc "%s" is refused in a sentence', (platform, arch, glibc, sentence) => {
    expect(platformProblem(platform, arch, glibc)).toMatch(sentence);
  });

  it.each(['2.27', '2.40', '3.0'])('Linux x64 with glibc %s is fine', (glibc) => {
    expect(platformProblem('linux', 'x64', glibc)).toBeUndefined();
  });

  it('has to be as new as the one that a packaged binding was built on', () => {
    expect(platformProblem('linux', 'x64', '2.31', [2, 34])).toMatch(/glibc 2\.34 or newer, and this system has 2\.31/);
    expect(platformProblem('linux', 'x64', '2.36', [2, 34])).toBeUndefined();
  });
});

describe('the disk', () => {
  it('is too small for 10^18 bytes, said with both numbers, even where the folder is still to be made', async () => {
    await expect(requireSpace(join(tmpdir(), 'overbatch/not/here'), 1e18)).rejects.toThrow(/needs 1000000 TB .* and \S+ [kMGT]B is free/);
  });

  it('is large enough for a byte', async () => {
    await expect(requireSpace(tmpdir(), 1)).resolves.toBeUndefined();
  });
});

describe('the cache', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('is where OVERBATCH_CACHE says, otherwise where the system keeps caches', () => {
    vi.stubEnv('OVERBATCH_CACHE', '/here');
    expect(cacheRoot()).toBe('/here');
    vi.stubEnv('OVERBATCH_CACHE', undefined);
    vi.stubEnv('XDG_CACHE_HOME', '/xdg');
    if (process.platform === 'linux') expect(cacheRoot()).toBe('/xdg/overbatch');
    expect(cacheRoot()).toMatch(/overbatch$/);
  });
});
