// pip's own files and pages, read without pip.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configuredIndexes, findLink, readSetting } from '#trainer/tensorflow/install/package-index';
import { pipArguments } from '#trainer/tensorflow/install/pip';
import { CUDA_WHEELS, TENSORFLOW_WHEELS } from '#trainer/tensorflow/install/pins';

describe('pip settings', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it('are read from [global] and [download], continued lines included', () => {
    const text =
      '[install]\nindex-url = https://no\n[global]\nindex_url = https://yes/simple\nextra-index-url =\n  https://a\n  https://b\n';
    expect(readSetting(text, 'index-url')).toBe('https://yes/simple');
    expect(readSetting(text, 'extra-index-url')).toBe('https://a https://b');
    expect(readSetting(text, 'cert')).toBeUndefined();
  });

  it('give the index of the configuration file, and the variable wins over it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'overbatch-pip-'));
    try {
      writeFileSync(
        join(folder, 'pip.conf'),
        '[global]\nindex-url = https://mirror.example/simple\nextra-index-url = file:///wheels https://more.example/\n',
      );
      vi.stubEnv('PIP_CONFIG_FILE', join(folder, 'pip.conf'));
      vi.stubEnv('PIP_INDEX_URL', undefined);
      vi.stubEnv('PIP_EXTRA_INDEX_URL', undefined);
      expect(configuredIndexes()).toEqual(['https://mirror.example/simple', 'https://more.example/']);
      vi.stubEnv('PIP_INDEX_URL', 'https://other.example/');
      expect(configuredIndexes()[0]).toBe('https://other.example/');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a page of an index', () => {
  it('is JSON', () => {
    const page = JSON.stringify({
      files: [
        { filename: 'b.whl', url: 'https://x/b.whl' },
        { filename: 'a.whl', url: 'https://x/a.whl' },
      ],
    });
    expect(findLink(page, 'a.whl')).toBe('https://x/a.whl');
    expect(findLink(page, 'c.whl')).toBeUndefined();
  });

  it('or HTML, whose link text is the name of the file', () => {
    const page = '<!DOCTYPE html><a data-x="1" href="../a.whl?x=1&amp;y=2#sha256=f">\n a.whl </a><br><a href="b.whl">b.whl</a>';
    expect(findLink(page, 'a.whl')).toBe('../a.whl?x=1&y=2#sha256=f');
    expect(findLink(page, 'c.whl')).toBeUndefined();
  });
});

it('pip is asked for exactly the pinned file, by its own platform tags', () => {
  const text = (wheel = TENSORFLOW_WHEELS.cpu) => pipArguments(wheel, '/x').join(' ');
  expect(text()).toContain('--platform manylinux_2_27_x86_64 ');
  expect(text()).toMatch(/tensorflow-cpu==2\.21\.0$/);
  const nvcc = CUDA_WHEELS.find(({ project }) => project === 'nvidia-cuda-nvcc-cu12');
  expect(text(nvcc)).toContain('--platform manylinux2010_x86_64 --platform manylinux_2_12_x86_64 ');
});
