// `engine` as a person types it, over an empty cache.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineCommand } from '#cli/engine';

describe('engine', () => {
  let home: string;
  let lines: string[];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'overbatch-engine-'));
    lines = [];
    vi.stubEnv('OVERBATCH_CACHE', home);
    vi.stubEnv('OVERBATCH_NATIVE', join(__dirname, '../trainer/tensorflow/install/tiny-engine'));
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });

  it('status names both engines, one JSON line each', async () => {
    expect(await engineCommand(['status', '--json'])).toBe(0);
    const found = lines.map((line) => JSON.parse(line));
    expect(found).toMatchObject([
      { kind: 'engine-status', status: { kind: 'cpu', state: 'absent', bytes: 0 } },
      { kind: 'engine-status', status: { kind: 'cuda', state: 'absent', bytes: 0 } },
    ]);
  });

  it('status is for people otherwise, remove of nothing is no failure', async () => {
    expect(await engineCommand(['status', 'cpu'])).toBe(0);
    expect(await engineCommand(['remove', 'cpu'])).toBe(0);
    expect(lines.filter((line) => line.startsWith('cpu   not installed'))).toHaveLength(2);
  });

  it.each([
    [[], /Say what to do/],
    [['install'], /Say which engine/],
    [['install', 'tpu'], /no native engine "tpu"/],
    [['paint', 'cpu'], /"engine paint" is not a command/],
    [['status', 'cpu', 'cuda'], /one word too many/],
    [['status', '--loud'], /--loud/],
  ])('%j is answered with how to use it', async (args, sentence) => {
    await expect(engineCommand(args)).rejects.toThrow(sentence);
    await expect(engineCommand(args)).rejects.toThrow(/Use: engine install cpu\|cuda/);
  });
});
